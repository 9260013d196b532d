/**
 * What may hurt a live site or bend its numbers, in a sentence each: a review of two revisions and a diff against what is
 * live say it before everything else, and in the same words.
 */
import { isGa4Tag } from '../kinds/tag.ts'
import type { Consent } from '../plan/plan-types.ts'
import { isMade, type Change } from '../resources/change-set.ts'
import {
  GOOGLE_TAG,
  MEASUREMENT_ID,
  MEASUREMENT_ID_BY_HOST,
  partsOf,
  SERVER_CONTAINER_BY_HOST,
} from '../resources/key.ts'
import { some } from './counting.ts'

type ConsentMode = Consent['mode']

const MODES: { readonly [M in ConsentMode]: string } = {
  none: 'tags fire whatever the visitor chose',
  basic: 'tags wait until the visitor agrees',
  advanced: 'tags fire before the visitor agrees, without cookies',
}

export function consentGoes(was: ConsentMode, is: ConsentMode, whose = 'The consent mode'): string {
  return `${whose} goes from ${was} (${MODES[was]}) to ${is} (${MODES[is]}).`
}

/** Measurement ids, or in words which one it is. */
export function hitsGoTo(from: string, to: string): string {
  return `Hits go to ${to} instead of ${from}: reports of ${from} stop growing.`
}

/** Addresses of a server container; undefined where there is none. */
export function hitsGoThrough(from: string | undefined, to: string | undefined): string {
  return `Hits go ${way(to)} instead of ${way(from)}.`
}

function way(url: string | undefined): string {
  return url === undefined ? 'straight to Google' : `through ${url}`
}

/** @param what `The micro conversion "Sign-up" (signup) is deleted` */
export function noLongerCollected(what: string, event: string): string {
  return `${what}: its event ${event} is no longer collected by it.`
}

export function newKeyEvents(names: readonly string[]): string {
  return `New key ${events(names)}: counted as such from the day of the apply, not for the time before.`
}

export function noKeyEvents(names: readonly string[]): string {
  return `No longer key ${events(names)}: it is still collected, but key event reports and imports into Google Ads stop.`
}

function events(names: readonly string[]): string {
  return `${names.length === 1 ? 'event' : 'events'} ${names.join(', ')}`
}

/** What a key event's fields mean for its reports. */
export function keyEventDangers({ name, fields }: Pick<Change, 'name' | 'fields'>): readonly string[] {
  return [
    ...(fields.some(({ path }) => path === 'countingMethod')
      ? [`${name} is counted in another way from the day of the apply: expect a step in its reports.`]
      : []),
    ...(fields.some(({ path }) => path.startsWith('defaultValue'))
      ? [
          `${name} gets another default value${amountsOf(fields)} from the day of the apply; what was collected keeps the old one.`,
        ]
      : []),
  ]
}

/** Which one it is, where no more than the amount and its currency move. */
function amountsOf(fields: Change['fields']): string {
  const amount = fields.find(({ path }) => path === 'defaultValue.numericValue')
  const currency = fields.find(({ path }) => path === 'defaultValue.currencyCode')
  if (amount?.before === undefined || amount.after === undefined) return ''
  const said = (value: unknown, of: unknown): string =>
    [value, of].filter((one) => one !== undefined).join(' ')
  return ` (${said(amount.after, currency?.after)} instead of ${said(amount.before, currency?.before)})`
}

/** What changes to something that exists say of all that, as far as it shows in Tag Manager and GA4. */
export function dangersIn(all: readonly Change[]): readonly string[] {
  const changes = all.filter(isMade)
  const updates = changes.filter(({ action }) => action === 'update' || action === 'rename')
  const keyEvents = changes.filter(({ kind }) => kind === 'ga4/key-event')
  const named = (action: Change['action'], say: (names: readonly string[]) => string): readonly string[] => {
    const names = keyEvents.filter((each) => each.action === action).map(({ name }) => name)
    return names.length === 0 ? [] : [say(names)]
  }
  return [
    ...consentDangers(updates),
    ...new Set(updates.flatMap(measurementDangers)),
    ...new Set(updates.flatMap(transportDangers)),
    ...changes.flatMap(goneDangers),
    ...named('create', newKeyEvents),
    ...named('delete', noKeyEvents),
    ...keyEvents.filter(({ action }) => action === 'update').flatMap(keyEventDangers),
  ]
}

/** From how many tags on a change of consent is told where no Google tag of the plan's says that it is the mode. */
const MANY = 3

/** The plan's mode shows in GA4's tags, in the Google tag for sure: a conversion may wait on its own account. */
function consentDangers(updates: readonly Change[]): readonly string[] {
  const moved = updates.flatMap(({ key, name, desired, fields }) => {
    const status = fields.find(({ path }) => path === 'consent.status')
    const [was, is] = [status?.before, status?.after].map((each) => MODE_OF[String(each)])
    const isGa4 = desired?.kind === 'gtm/tag' && isGa4Tag(desired.spec)
    return !isGa4 || was === undefined || is === undefined ? [] : [{ key, name, was, is }]
  })
  const shared = moved.find(({ key }) => partsOf(key).id === GOOGLE_TAG)
  if (shared !== undefined) return [consentGoes(shared.was, shared.is)]
  const ways = new Map<string, typeof moved>()
  for (const each of moved)
    ways.set(`${each.was} ${each.is}`, [...(ways.get(`${each.was} ${each.is}`) ?? []), each])
  return [...ways.values()].flatMap((tags) => {
    const [first] = tags
    const names = some(
      tags.map(({ name }) => name),
      2,
    )
    return first === undefined || tags.length < MANY
      ? []
      : [consentGoes(first.was, first.is, `The consent of the tags ${names}`)]
  })
}

const MEASUREMENT_IDS: ReadonlySet<string> = new Set([MEASUREMENT_ID, MEASUREMENT_ID_BY_HOST])

/** What GTM calls the consent settings of a tag, by the mode that asks for it. */
const MODE_OF: { readonly [status: string]: ConsentMode } = {
  needed: 'basic',
  notNeeded: 'advanced',
  notSet: 'none',
}

function measurementDangers({ key, fields }: Change): readonly string[] {
  if (!MEASUREMENT_IDS.has(partsOf(key).id)) return []
  return fields.flatMap(({ path, before, after }) =>
    isResult(path) && typeof before === 'string' && typeof after === 'string'
      ? [hitsGoTo(before, after)]
      : [],
  )
}

/** Of a constant its value, of a table a row's result or its default; rows are told apart by their host. */
function isResult(path: string): boolean {
  return /^parameters\.(?:value|defaultValue|map\[\d+\]\.value)$/.test(path)
}

/** The Google tag carries the address, and the settings of every event where that tag is somebody else's. */
function transportDangers({ key, fields, words }: Change): readonly string[] {
  if (partsOf(key).id === SERVER_CONTAINER_BY_HOST)
    return fields.flatMap(({ path, before, after }) =>
      isResult(path) ? [hitsGoThrough(textOf(before), textOf(after))] : [],
    )
  return words.flatMap(({ word, before, after }) =>
    SERVER_WORDS.has(word) && [before, after].every(isAddress) ? [hitsGoThrough(before, after)] : [],
  )
}

const SERVER_WORDS: ReadonlySet<string> = new Set([
  'Setting server_container_url',
  'Parameter server_container_url',
])

/** Or none at all; what is read from a table is told where the table changes. */
function isAddress(text: string | undefined): boolean {
  return text === undefined || text.startsWith('https://')
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** A conversion that leaves the plan, or that the plan no longer measures by a tag. */
function goneDangers({ action, kind, key, subject, words }: Change): readonly string[] {
  const event = words.find(({ word }) => word === 'Event')?.before
  if (action !== 'delete' || kind !== 'gtm/tag' || partsOf(key).id !== subject.id || event === undefined)
    return []
  const title = subject.title === undefined ? subject.id : `"${subject.title}" (${subject.id})`
  return [noLongerCollected(`The conversion ${title} goes`, event)]
}
