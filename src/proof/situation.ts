/**
 * The world in which conditions hold, or one of them does not: an address, cookies, values in the data layer, attributes of
 * the element that is clicked. Made from the plan's own words, never from what they compile to.
 */
import { hostsOf, type Plan } from '../plan/plan.ts'
import type { SourceKind } from '../sources/source.ts'

/** What a trigger says of the moment at which it fires: the `depth` of a scroll, the `title` of a video. */
export interface Moment {
  readonly [what: string]: string | number | boolean
}

/** The moments that one trigger can have. */
export interface Moments {
  /** As a visitor comes by them; the first one is brought about. */
  readonly possible: readonly PossibleMoment[]
  /** What of them can be made to be anything: an error's message. */
  readonly free: readonly string[]
}

export interface PossibleMoment {
  readonly says: Moment
  /** Others that come first, whoever brings this one about: a scroll to 75 % passes 25 %. */
  readonly passes: readonly Moment[]
}

export interface Situation {
  readonly host: string
  readonly path: string
  readonly query: { readonly [name: string]: string }
  readonly fragment: string
  /** The name of the event that the site pushes, where that is what fires. */
  readonly event?: string
  readonly referrer?: string
  readonly cookies: { readonly [name: string]: string }
  /** Values of the data layer by path. */
  readonly data: { readonly [path: string]: unknown }
  /** Those of them that are pushed under exactly this name, dots and all, which version 1 of the data layer reads. */
  readonly flat: readonly string[]
  /** Of the element that is clicked, submitted or shown. */
  readonly attributes: { readonly [name: string]: string }
  readonly text?: string
  /** Of the page, for parameters and conditions that read an element of it. */
  readonly elements: readonly {
    readonly selector: string
    readonly attribute?: string
    readonly value: string
  }[]
  /** Of the triggers, by the source that reads them. */
  readonly moments: { readonly [source in SourceKind]?: Moments }
}

/** Why something cannot be made up. It ends the making of one scenario, and that scenario says it. */
export class Impossible extends Error {}

/** No page in particular. */
export const EMPTY: Situation = {
  host: '',
  path: '',
  query: {},
  fragment: '',
  cookies: {},
  data: {},
  flat: [],
  attributes: {},
  elements: [],
  moments: {},
}

/** Where no host is named at all. */
export const MADE_UP_HOST = 'www.site.example'

export function startOf(plan: Plan): Situation {
  return { ...EMPTY, host: hostsOf(plan)[0] ?? MADE_UP_HOST, path: '/' }
}

export function urlOf({ host, path, query, fragment }: Situation): string {
  const search = Object.keys(query).length === 0 ? '' : new URLSearchParams(query).toString()
  return new URL(
    `https://${host}${path}${search === '' ? '' : `?${search}`}${fragment === '' ? '' : `#${fragment}`}`,
  ).href
}

/** The data of a situation as one message. */
export function messageOf(situation: Situation): { readonly [key: string]: unknown } {
  const message: { [key: string]: unknown } = {}
  for (const [path, value] of Object.entries(situation.data)) {
    // Version 2 takes a name with dots apart by itself (GTM-RUNTIME 4).
    const keys = situation.flat.includes(path) ? [path] : path.split('.')
    const last = keys.pop() ?? ''
    let at = message
    for (const key of keys) {
      // A value that is no object gives way to what is put under it.
      if (typeof at[key] !== 'object' || at[key] === null) at[key] = {}
      at = at[key] as { [key: string]: unknown }
    }
    at[last] = typeof value === 'object' ? structuredClone(value) : value
  }
  return message
}
