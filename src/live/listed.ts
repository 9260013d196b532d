/**
 * A GA4 key event carries no notes, and neither do the settings of a property or its links, so a list of what the plan set up
 * there stands in the notes of the plan's own version variable, one line each, for every property that the container feeds:
 *
 *   Key event 345000001 newsletter_signup 3f9a0c112233
 *   Key event 345000001 purchase 77aa00bb11cc found
 *
 *   Key event 345000001 search 0a1b2c3d4e5f was 112233445566
 *   Key event 345000001 old_step 99aa88bb77cc leaving 4711
 *   Setting 345000001 property currencyCode 5e6f7a8b9c0d
 *   Setting 345000001 google-ads-link/1234567890 adsPersonalizationEnabled 0f1e2d3c4b5a
 *   Key events 5f3c9a0c1122
 *
 * The hash of a key event is that of what the version with this list was to be followed by, because it is written after the
 * container. So its line says what was to be done and what stood there before, and what stands there now says whether it was done:
 *
 *   `was HASH`     it was to be changed from that; found unchanged, the change is still to be made, and nobody's doing
 *   `leaving ID`   it was to be deleted; ID is Google's, so that one which somebody makes anew is not taken for it
 *   `found`        it was there before the plan: kept up to date, never deleted
 *
 * Of settings each field has its own line: a plan states some of them, and what it no longer states stays as it is. They are written
 * before the version, so a line of theirs says what was written: many a setting is on or off, and whoever changes one by hand sets
 * it back to what it was.
 *
 * The last line is a sum over the others. What a plan made is deleted with it one day, so a list that somebody has changed by hand
 * is not believed: the one of an earlier version is.
 */
import { versionVariableKey } from '../resources/key.ts'
import { shortHash } from '../resources/marker.ts'
import type { EntityKind } from '../resources/resource.ts'
import type { Container, Live, Owner } from './live.ts'

export interface ListedKeyEvent {
  /** The property's number. */
  readonly property: string
  readonly event: string
  readonly hash: string
  readonly found: boolean
  readonly was?: string
  readonly leaving?: string
}

/** One field of what GA4 has no place for a mark on. */
export interface ListedSetting {
  /** The property's number. */
  readonly property: string
  /** `property`, `google-ads-link/1234567890` where a property may have several, `enhanced-measurement@2` of its stream 2. */
  readonly thing: string
  /** Google's name of the field. */
  readonly field: string
  /** Of the value that was written. */
  readonly hash: string
}

/** What a plan wrote down of what it set up in GA4, for every property that its container feeds. */
export interface Listed {
  readonly keyEvents: readonly ListedKeyEvent[]
  readonly settings: readonly ListedSetting[]
}

export const NOTHING_LISTED: Listed = { keyEvents: [], settings: [] }

const KEY_EVENT = /^Key event (\S+) (\S+) ([0-9a-f]{12})( found)?(?: was ([0-9a-f]{12}))?(?: leaving (\d+))?$/

const SETTING = /^Setting (\S+) (\S+) (\S+) ([0-9a-f]{12})$/

const SUM = /^Key events ([0-9a-f]{12})$/

/** The number of the stream that a line is of; undefined for what the whole property has. */
export function streamOf({ thing }: ListedSetting): string | undefined {
  return /^[^/]*@([^/]*)/.exec(thing)?.[1]
}

/** What identifies one field of a setting among the uses of a property. */
export function settingIdentity(thing: string, field: string): string {
  return `setting ${thing} ${field}`
}

/** The lines of a list, whoever wrote them. */
export function listedOf(notes: string): Listed {
  const lines = notes.split('\n')
  return { keyEvents: lines.flatMap(keyEventIn), settings: lines.flatMap(settingIn) }
}

function keyEventIn(line: string): readonly ListedKeyEvent[] {
  const match = KEY_EVENT.exec(line)
  if (!match) return []
  const [, property = '', event = '', hash = '', found, was, leaving] = match
  return [
    {
      property,
      event,
      hash,
      found: found !== undefined,
      ...(was === undefined ? {} : { was }),
      ...(leaving === undefined ? {} : { leaving }),
    },
  ]
}

function settingIn(line: string): readonly ListedSetting[] {
  const match = SETTING.exec(line)
  if (!match) return []
  const [, property = '', thing = '', field = '', hash = ''] = match
  return [{ property, thing, field, hash }]
}

/** The notes without the list: bookkeeping, and nothing that anybody wants to read. */
export function withoutListed(notes: string): string {
  return notes
    .split('\n')
    .filter((line) => [KEY_EVENT, SETTING, SUM].every((each) => !each.test(line)))
    .join('\n')
}

/** The notes with the list below them, in an order of its own. */
export function withListed(notes: string, listed: Listed): string {
  return [...(notes === '' ? [] : [notes]), ...linesOf(listed), `Key events ${sumOf(listed)}`].join('\n')
}

function sumOf(listed: Listed): string {
  return shortHash(linesOf(listed).join('\n'))
}

function linesOf({ keyEvents, settings }: Listed): readonly string[] {
  return [...keyEvents.map(keyEventLine), ...settings.map(settingLine)].sort()
}

function keyEventLine({ property, event, hash, found, was, leaving }: ListedKeyEvent): string {
  const more = [
    ...(found ? ['found'] : []),
    ...(was === undefined ? [] : [`was ${was}`]),
    ...(leaving === undefined ? [] : [`leaving ${leaving}`]),
  ]
  return ['Key event', property, event, hash, ...more].join(' ')
}

function settingLine({ property, thing, field, hash }: ListedSetting): string {
  return ['Setting', property, thing, field, hash].join(' ')
}

/** The plan's list in a container; undefined where it is gone with its version variable, or not as a run of ours wrote it. */
export function listedIn({ entities }: Container, { plan, formerly }: Owner): Listed | undefined {
  const called = (id: string | undefined): Live<EntityKind> | undefined =>
    entities.find(
      ({ kind, ours, key }) =>
        id !== undefined && kind === 'gtm/variable' && ours && key === versionVariableKey(id),
    )
  const own = called(plan) ?? called(formerly)
  if (own === undefined) return undefined
  const listed = listedOf(own.notes)
  const sums = own.notes.split('\n').flatMap((line) => SUM.exec(line)?.[1] ?? [])
  const isAsWritten = sums.length === 1 && sums[0] === sumOf(listed)
  return isAsWritten ? listed : undefined
}
