import type { Pointer } from '../plan/diagnostic.ts'
import type { Plan } from '../plan/plan.ts'
import { keyOf as makeKey } from '../resources/key.ts'
import type { Key, Ref, Resource } from '../resources/resource.ts'
import type { TemplateValues } from '../sources/gtm.ts'

/** What a name is made of; the pattern is the user's or the default. */
export interface Naming {
  readonly pattern: string
  readonly values: { readonly [placeholder: string]: string }
  /** Told apart by this when two things would get one name. */
  readonly id: string
}

/** A GTM entity before its name is settled and its template rendered. */
export interface PlannedEntity {
  readonly kind: 'gtm/variable' | 'gtm/trigger' | 'gtm/tag'
  readonly template: string
  readonly key: Key
  readonly was?: readonly Key[]
  readonly naming: Naming
  readonly notes: string
  readonly origin: Pointer
  readonly folder: Ref
  readonly values: TemplateValues
}

/** The same of what no template renders. */
export interface PlannedResource<K extends 'gtm/folder' | 'gtm/template'> {
  readonly kind: K
  readonly key: Key
  readonly naming: Naming
  readonly resource: Omit<Resource<K>, 'name'>
}

export { refTo } from '../resources/key.ts'

export type Facet = 'folder' | 'template' | 'variable' | 'trigger' | 'tag' | 'built-in-variable'

/**
 * Ids of the plan are slugs with underscores, so ids of our own have a hyphen or a dot and never meet them.
 */
export function keyOf(plan: Plan, id: string, facet: Facet): Key {
  return makeKey({ plan: plan.id, id, facet })
}
