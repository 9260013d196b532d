/**
 * A GA4 key event carries no notes, so the list of those that the plan set up stands in the notes of the plan's own
 * version variable, one line each, for every property that the container feeds:
 *
 *   Key event 345000001 newsletter_signup 3f9a0c112233
 *   Key event 345000001 purchase 77aa00bb11cc found
 *
 *   Key event 345000001 search 0a1b2c3d4e5f was 112233445566
 *   Key event 345000001 old_step 99aa88bb77cc leaving 4711
 *   Key events 5f3c9a0c1122
 *
 * The hash is that of what the version with this list was to be followed by, because GA4 is written after the container. So
 * the list says what was to be done and what stood there before, and what stands there now says whether it was done:
 *
 *   `was HASH`     it was to be changed from that; found unchanged, the change is still to be made, and nobody's doing
 *   `leaving ID`   it was to be deleted; ID is Google's, so that one which somebody makes anew is not taken for it
 *   `found`        it was there before the plan: kept up to date, never deleted
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

const LINE = /^Key event (\S+) (\S+) ([0-9a-f]{12})( found)?(?: was ([0-9a-f]{12}))?(?: leaving (\d+))?$/

const SUM = /^Key events ([0-9a-f]{12})$/

/** The lines of a list, whoever wrote them. */
export function keyEventLines(notes: string): readonly ListedKeyEvent[] {
  return notes.split('\n').flatMap((line) => {
    const match = LINE.exec(line)
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
  })
}

/** The notes without the list: bookkeeping, and nothing that anybody wants to read. */
export function withoutKeyEventList(notes: string): string {
  return notes
    .split('\n')
    .filter((line) => !LINE.test(line) && !SUM.test(line))
    .join('\n')
}

/** The notes with the list below them, in an order of its own. */
export function withKeyEventList(notes: string, listed: readonly ListedKeyEvent[]): string {
  const lines = listed.map(lineOf).sort()
  return [...(notes === '' ? [] : [notes]), ...lines, `Key events ${sumOf(listed)}`].join('\n')
}

function sumOf(listed: readonly ListedKeyEvent[]): string {
  return shortHash(listed.map(lineOf).sort().join('\n'))
}

function lineOf({ property, event, hash, found, was, leaving }: ListedKeyEvent): string {
  const more = [
    ...(found ? ['found'] : []),
    ...(was === undefined ? [] : [`was ${was}`]),
    ...(leaving === undefined ? [] : [`leaving ${leaving}`]),
  ]
  return ['Key event', property, event, hash, ...more].join(' ')
}

/** The plan's list in a container; undefined where it is gone with its version variable, or not as a run of ours wrote it. */
export function keyEventListIn(
  { entities }: Container,
  { plan, formerly }: Owner,
): readonly ListedKeyEvent[] | undefined {
  const called = (id: string | undefined): Live<EntityKind> | undefined =>
    entities.find(
      ({ kind, ours, key }) =>
        id !== undefined && kind === 'gtm/variable' && ours && key === versionVariableKey(id),
    )
  const own = called(plan) ?? called(formerly)
  if (own === undefined) return undefined
  const [listed, sums] = [
    keyEventLines(own.notes),
    own.notes.split('\n').flatMap((line) => SUM.exec(line)?.[1] ?? []),
  ]
  const isAsWritten = sums.length === 1 && sums[0] === sumOf(listed)
  return isAsWritten ? listed : undefined
}
