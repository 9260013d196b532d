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
export interface LedgerEntry {
  readonly property: string
  readonly event: string
  readonly hash: string
  readonly found: boolean
}

const LINE = /^Key event (\S+) (\S+) ([0-9a-f]{12})( found)?$/

export function parseLedger(notes: string): readonly LedgerEntry[] {
  return notes.split('\n').flatMap((line) => {
    const match = LINE.exec(line)
    if (!match) return []
    const [, property = '', event = '', hash = '', found] = match
    return [{ property, event, hash, found: found !== undefined }]
  })
}

/** The notes with the list below them, in an order of its own. */
export function withLedger(notes: string, entries: readonly LedgerEntry[]): string {
  const lines = entries
    .map(
      ({ property, event, hash, found }) => `Key event ${property} ${event} ${hash}${found ? ' found' : ''}`,
    )
    .sort()
  return [...(notes === '' ? [] : [notes]), ...lines].join('\n')
}
