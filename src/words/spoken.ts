/** What things say, with whatever they refer to called as people find it in GTM: no key is a name to a reader. */
import type { Variables } from '../kinds/said.ts'
import { refTo } from '../resources/key.ts'
import { withReferences } from '../resources/references.ts'
import type { Kind, Ref, Resource } from '../resources/resource.ts'
import { resourceWords, type Words } from './resource-words.ts'

/** How things are called, by what refers to them. */
export interface Called {
  readonly names: ReadonlyMap<`${Kind} ${Ref}`, string>
  /** By name, and each referring by names. */
  readonly variables: Variables
}

/** One thing, and how a spec refers to it. */
export type Referred = readonly [ref: Ref, resource: Resource]

/**
 * @param things of two with one reference the later counts
 * @param isNamed of which kind they are called so; triggers of a plan are told by what they say
 */
export function calledBy(
  things: readonly Referred[],
  isNamed: (kind: Kind) => boolean = (kind) => kind === 'gtm/variable' || kind === 'gtm/tag',
): Called {
  const named = new Map(
    things
      .filter(([, { kind }]) => isNamed(kind))
      .map((each) => [`${each[1].kind} ${each[0]}` as const, each]),
  )
  const names = new Map([...named].map(([id, [, { name }]]) => [id, name]))
  const variables = [...named.values()].flatMap(([, each]) =>
    each.kind === 'gtm/variable' ? [[each.name, withNames(each, names).spec] as const] : [],
  )
  return { names, variables: new Map(variables) }
}

/** What the plan is going to have, referred to by key. */
export function referred(resource: Resource): Referred {
  return [refTo(resource.key), resource]
}

export function spokenWords(resource: Resource, { names, variables }: Called): Words {
  return resourceWords(withNames(resource, names), variables)
}

function withNames<R extends Resource>(resource: R, names: Called['names']): R {
  return withReferences(resource, (kind, ref) => names.get(`${kind} ${ref}`) ?? ref)
}
