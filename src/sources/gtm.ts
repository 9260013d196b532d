/** What sources and triggers say to GTM, before a name is settled and a template rendered. */
import type { Ref } from '../resources/resource.ts'

/** A text in an entity: a literal of the plan, or a reference to a variable. Never a mix. */
export type Text = string | { readonly variable: Ref }

/** What a template sees. Everything that is a decision was made before. */
export type View = { readonly [name: string]: boolean | Text | readonly (Text | View)[] }

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
  readonly view: View
}
