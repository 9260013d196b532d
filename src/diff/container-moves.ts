/** What differs between two states of a container, whoever did it. */
import type { EntityKind } from '../resources/resource.ts'
import type { Container, Live, Other } from '../live/live.ts'
import { sameSent } from '../live/sent.ts'
import { thingText } from '../words/change-words.ts'

export type Thing = Live<EntityKind | 'gtm/built-in-variable'> | Other

export interface Move {
  readonly thing: Thing
  readonly status: 'added' | 'changed' | 'deleted'
  /** What it was before, of one that was changed. */
  readonly was?: Thing
}

/** `kind id`: GTM's ids are unique per kind only in older containers. */
export type ThingId = `${string} ${string}`

export function thingId({ kind, remote }: Thing): ThingId {
  return `${kind} ${remote.id}`
}

export function movesBetween(before: Container, after: Container): readonly Move[] {
  const [from, to] = [byId(before), byId(after)]
  return [...new Set([...from.keys(), ...to.keys()])].flatMap((id): Move[] => {
    const [old, now] = [from.get(id), to.get(id)]
    if (now === undefined) return old === undefined ? [] : [{ thing: old, status: 'deleted' }]
    if (old === undefined) return [{ thing: now, status: 'added' }]
    return sameSent(old.remote.sent, now.remote.sent) ? [] : [{ thing: now, was: old, status: 'changed' }]
  })
}

function byId({ entities, builtIns, others }: Container): ReadonlyMap<ThingId, Thing> {
  return new Map([...entities, ...others, ...builtIns].map((thing) => [thingId(thing), thing]))
}

/** `the tag "A" was changed, the trigger "B" was added and 3 more` */
export function movesInWords(moves: readonly Move[]): string {
  const shown = moves.slice(0, 5).map(({ thing, status }) => `${thingText(thing)} was ${status}`)
  const more = moves.length - shown.length
  return more === 0 ? shown.join(', ') : `${shown.join(', ')} and ${more} more`
}
