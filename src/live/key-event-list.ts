/**
 * A GA4 key event carries no notes, so the list of those that the plan set up stands in the notes of the plan's own
 * version variable, one line each, for every property that the container feeds:
 *
 *   Key event 345000001 newsletter_signup 3f9a0c112233
 *   Key event 345000001 purchase 77aa00bb11cc found
 *
 * The hash is that of what was last applied. `found` was there before the plan: it is kept up to date, but never
 * deleted. The list is written before the key events are created and after they are deleted, so that a run which is
 * cut off leaves none that nobody knows of.
 */
import { versionVariableKey } from '../resources/key.ts'
import type { Container } from './live.ts'

export interface ListedKeyEvent {
  /** The property's number. */
  readonly property: string
  readonly event: string
  readonly hash: string
  readonly found: boolean
}

const LINE = /^Key event (\S+) (\S+) ([0-9a-f]{12})( found)?$/

export function parseKeyEventList(notes: string): readonly ListedKeyEvent[] {
  return notes.split('\n').flatMap((line) => {
    const match = LINE.exec(line)
    if (!match) return []
    const [, property = '', event = '', hash = '', found] = match
    return [{ property, event, hash, found: found !== undefined }]
  })
}

/** The notes without the list: bookkeeping, and nothing that anybody wants to read. */
export function withoutKeyEventList(notes: string): string {
  return notes
    .split('\n')
    .filter((line) => !LINE.test(line))
    .join('\n')
}

/** The notes with the list below them, in an order of its own. */
export function withKeyEventList(notes: string, listed: readonly ListedKeyEvent[]): string {
  const lines = listed
    .map(
      ({ property, event, hash, found }) => `Key event ${property} ${event} ${hash}${found ? ' found' : ''}`,
    )
    .sort()
  return [...(notes === '' ? [] : [notes]), ...lines].join('\n')
}

/** The lists in a container: this plan's, and those of all other plans. */
export function keyEventListsIn(
  { entities }: Container,
  plan: string,
): { readonly ours: readonly ListedKeyEvent[]; readonly others: readonly ListedKeyEvent[] } {
  const variables = entities.filter(({ kind }) => kind === 'gtm/variable')
  const own = variables.find(({ ours, key }) => ours && key === versionVariableKey(plan))
  const others = variables.filter(({ mark }) => mark !== undefined && mark.plan !== plan)
  return {
    ours: parseKeyEventList(own?.notes ?? ''),
    others: others.flatMap(({ notes }) => parseKeyEventList(notes)),
  }
}
