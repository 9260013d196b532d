/** What sources and triggers say to GTM, before a name is settled and a template rendered. */
import type { Ref } from '../resources/resource.ts'

/** A text in an entity: a literal of the plan, a reference to a variable, or several of them one after the other. */
export type Text = string | { readonly variable: Ref } | { readonly joined: readonly Text[] }

/** What a template sees. Everything that is a decision was made before. */
export type TemplateValues = { readonly [name: string]: boolean | Text | readonly (Text | TemplateValues)[] }

/** A variable before its key and name. */
export interface GtmVariable {
  /** In templates/gtm/variables. */
  readonly template: string
  /** What it reads, as the part of its key: `dataLayer.plan.type`. */
  readonly id: string
  /** The id it had when what it serves was called otherwise. */
  readonly wasId?: string
  /** What it is called after. */
  readonly label: readonly [kind: string, source: string]
  /** It is known by what it serves, not by what it reads. */
  readonly serves?: true
  readonly values: TemplateValues
}
