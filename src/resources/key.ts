/** Keys, `plan/id#facet`: made here and taken apart here. */
import type { Key, Kind, Ref } from './resource.ts'

export interface KeyParts {
  readonly plan: string
  readonly id: string
  /** Which of the things made for the id it is: `tag`, `trigger`, `key-event`, ... */
  readonly facet: string
}

export function keyOf({ plan, id, facet }: KeyParts): Key {
  return `${plan}/${id}#${facet}`
}

/** The parts of a key; for a text that is none, whatever it has of one. */
export function partsOf(key: Key): KeyParts {
  const [, plan = '', id = '', facet = ''] = /^([^/]*)\/?(.*?)(?:#([^#]*))?$/s.exec(key) ?? []
  return { plan, id, facet }
}

/** The same thing of another plan. */
export function keyInPlan(key: Key, plan: string): Key {
  return keyOf({ ...partsOf(key), plan })
}

/** The key of a thing that was made a second time, `plan/id#tag.17`: nothing in a plan has one like it. @param id Google's */
export function doubleOf(key: Key, id: string): Key {
  return `${key}.${id}`
}

/** Things that the plan takes in as they are have ids that begin so. */
export const AS_IT_IS = 'as-it-is.'

export function isTakenIn({ key }: { readonly key: Key }): boolean {
  return partsOf(key).id.startsWith(AS_IT_IS)
}

/** The id of the tag that sets consent's defaults, and of its template; no id of a plan has a hyphen. */
export const CONSENT_DEFAULTS = 'consent-defaults'

/** The ids of what all conversions share: the tag that loads GA4, and what says where its hits go, of one host or by host. */
export const GOOGLE_TAG = 'google-tag'
export const MEASUREMENT_ID = 'measurement-id'
export const MEASUREMENT_ID_BY_HOST = 'measurement-id-by-host'
export const SERVER_CONTAINER_BY_HOST = 'server-container-by-host'

/** The constant that says which plan this is; its notes hold the list of the plan's key events. */
export function versionVariableKey(plan: string): Key {
  return keyOf({ plan, id: 'version', facet: 'variable' })
}

/** How a thing of the plan is referred to. */
export function refTo(key: Key): Ref {
  return `@${key}`
}

/** The key behind a reference; undefined when it refers to something by its name. */
export function keyIn(ref: Ref): Key | undefined {
  return ref.startsWith('@') ? ref.slice(1) : undefined
}

/** Two kinds may share a key: `purchase` is a folder of a stage and an event. */
export type ResourceId = `${Kind} ${Key}`

export function resourceId({ kind, key }: { readonly kind: Kind; readonly key: Key }): ResourceId {
  return `${kind} ${key}`
}

export function resourceIn(id: ResourceId): { readonly kind: Kind; readonly key: Key } {
  const at = id.indexOf(' ')
  return { kind: id.slice(0, at) as Kind, key: id.slice(at + 1) }
}

/** A text for people: an inner name, a word by itself (in JSON: as a whole text) or between braces, reads as its id. */
export function withoutKeys(text: string): string {
  return text
    .replace(/\{\{@[^/{}]+\/([^#{}]+)#[a-z-]+\}\}/g, '{{$1}}')
    .replace(/(?<=^|["\s])@[^/"\s]+\/([^#"\s]+)#[a-z-]+(?=$|["\s])/g, '$1')
}

/** The conversion of the plan whose thing it is, in `outfitters/purchase.meta#tag` `purchase`; of other things a text that is none's id. */
export function conversionIn(key: Key): string {
  return partsOf(key).id.split('.')[0] ?? ''
}
