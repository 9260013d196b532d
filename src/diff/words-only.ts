/**
 * A changed owner, target or title changes nothing that a visitor's browser does: only our lines in GTM's notes. Such a
 * change makes no version by itself. It waits, and travels with the next real change, or when it is asked for.
 */
import { isDeepStrictEqual } from 'node:util'
import { NOTHING_LISTED, listedOf } from '../live/listed.ts'
import type { Change } from '../resources/change-set.ts'
import { isDraftWork } from './requests.ts'

/** @param asked whether changes of words alone are to be made too. */
export function withWaiting(changes: readonly Change[], asked: boolean): readonly Change[] {
  if (asked || isDraftWork(changes.filter((change) => !isWordsOnly(change)))) return changes
  return changes.map((change) => (isWordsOnly(change) ? { ...change, waits: true } : change))
}

function isWordsOnly({ action, kind, fields, held }: Change): boolean {
  return (
    kind.startsWith('gtm/') &&
    action === 'update' &&
    held !== true &&
    fields.every(
      ({ path, before, after }) =>
        // What is written down of GA4 stands in notes too, and is no mere word.
        path === 'notes' && isDeepStrictEqual(listIn(before), listIn(after)),
    )
  )
}

function listIn(notes: unknown): unknown {
  return typeof notes === 'string' ? listedOf(notes) : NOTHING_LISTED
}
