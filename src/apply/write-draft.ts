/**
 * Writing a change set into a workspace. The list of writes is the same on every rung; how it is sent is found out:
 *
 *   bulk     everything in one call, new things referred to by `new_N`
 *   levels   one call a level of dependency (fewer changes a call when that is refused), real ids in between
 *   single   one call for each entity
 *
 * After anything but a plain success the draft is read again and what is still missing computed anew: a refused call
 * may have worked in part, and one whose answer was lost may have worked whole.
 */
import type { GoogleConnection } from '../google/connection.ts'
import { GoogleError } from '../google/errors.ts'
import { quickPreview } from '../google/gtm.ts'
import type { WirePreview } from '../google/wire.ts'
import type { ChangeSet } from '../resources/change-set.ts'
import type { Container } from '../live/live.ts'
import { isParking, planWrites, readDraft, type Write } from './writes.ts'
import { contentOf } from '../live/read-live.ts'
import { ChunkRefused, send, type Rung, type Way } from './send-writes.ts'
import { Refused } from './stop.ts'
import type { Workspace } from './workspace.ts'

export interface WriteProgress {
  readonly rung: Rung
  readonly done: number
  readonly total: number
}

/** So often is a lost answer looked into before giving up. */
const MAX_LOST = 5

/** Writes until nothing is missing, then reads the draft back. */
export async function writeDraft(
  google: GoogleConnection,
  workspace: Workspace,
  changeSet: ChangeSet,
  before: Container,
  onProgress: (progress: WriteProgress) => void,
): Promise<WirePreview> {
  let content = workspace.content
  let way: Way = { rung: 'bulk', size: Infinity }
  let preview: WirePreview | undefined
  let lost = 0
  let left = Infinity
  let total = 0
  for (;;) {
    const draft = readDraft(changeSet, content)
    const writes = planWrites(changeSet, before, draft)
    // Every step forward gives new patience.
    if (writes.length < left) lost = 0
    left = writes.length
    total = Math.max(total, writes.length)
    if (writes.length === 0) return preview ?? quickPreview(google, workspace.path)
    const report = (done: number): void =>
      onProgress({ rung: way.rung, done: total - writes.length + done, total })
    report(0)
    try {
      const parked = writes.filter(isParking)
      await send(google, workspace.path, parked.length > 0 ? parked : writes, draft, way, report)
      if (parked.length === 0) {
        report(writes.length)
        return quickPreview(google, workspace.path)
      }
    } catch (failure) {
      const next = nextWay(way, failure, writes)
      if (next === 'look') {
        if (++lost > MAX_LOST) throw underlying(failure)
        // Twice in vain: perhaps it is too much for one call.
        if (lost > 1) way = smaller(way, writes.length)
      } else way = next
    }
    preview = await quickPreview(google, workspace.path)
    content = contentOf(preview.version, changeSet.plan)
  }
}

function underlying(failure: unknown): unknown {
  return failure instanceof ChunkRefused || failure instanceof Refused ? failure.error : failure
}

/** Which way to go after a failure, or that the draft should be looked at and the same way be tried again. Throws when there is none. */
function nextWay(way: Way, failure: unknown, writes: readonly Write[]): Way | 'look' {
  const error = underlying(failure)
  if (!(error instanceof GoogleError)) throw failure
  if (error.maybeApplied) return 'look'
  // Renaming a variable may make GTM rewrite what refers to it, and so outdate what was read of those.
  if (error.code === 'stale-fingerprint')
    return way.rung === 'bulk' ? { rung: 'levels', size: Infinity } : 'look'
  if (way.rung === 'single') throw failure
  if (error.code === 'not-supported') return { rung: 'single', size: 1 }
  if (error.code !== 'invalid' && error.code !== 'duplicate-name' && error.code !== 'refused') throw failure
  const refused = way.rung === 'bulk' ? writes.length : 1
  return smaller(way, failure instanceof ChunkRefused ? failure.length : refused)
}

/** @param length how many changes were too many */
function smaller({ rung }: Way, length: number): Way {
  if (rung === 'single' || length === 1) return { rung: 'single', size: 1 }
  return rung === 'bulk'
    ? { rung: 'levels', size: Infinity }
    : { rung: 'levels', size: Math.ceil(length / 2) }
}
