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
import { isImport, isParking, planWrites, readDraft, type Write } from './writes.ts'
import { contentOf } from '../live/read-live.ts'
import { ChunkRefused, send, type Rung, type Way } from './send-writes.ts'
import { Refused } from './stop.ts'
import type { Workspace } from './workspace.ts'

export interface WriteProgress {
  readonly rung: Rung
  readonly done: number
  readonly total: number
}

/** So often is a lost answer looked into on the last rung before giving up. */
const MAX_LOST = 5

export interface WrittenDraft {
  readonly preview: WirePreview
  readonly content: Container
}

/** Writes until nothing is missing, then reads the draft back. */
export async function writeDraft(
  google: GoogleConnection,
  workspace: Workspace,
  changeSet: ChangeSet,
  before: Container,
  onProgress: (progress: WriteProgress) => void,
): Promise<WrittenDraft> {
  const look = async (): Promise<WrittenDraft> => {
    const preview = await quickPreview(google, workspace.path)
    return { preview, content: contentOf(preview.version, changeSet) }
  }
  let content = workspace.content
  let way: Way = { rung: 'bulk', size: Infinity }
  let written: WrittenDraft | undefined
  let sent = new Set<string>()
  let lost = 0
  let left = Infinity
  let total = 0
  for (;;) {
    const draft = readDraft(changeSet, content)
    const writes = planWrites(changeSet, before, draft)
    // What is left was taken without a word of refusal, and not carried out: reading back says what it is.
    const isInVain = writes.every((write) => sent.has(deedOf(write)))
    if (isInVain) return written ?? look()
    // Every step forward gives new patience.
    if (writes.length < left) lost = 0
    left = writes.length
    total = Math.max(total, writes.length)
    const report = (done: number): void =>
      onProgress({ rung: way.rung, done: total - writes.length + done, total })
    report(0)
    const now = firstOf(writes)
    sent = new Set()
    try {
      await send(google, workspace.path, now, draft, way, report)
      sent = new Set(now.map(deedOf))
      report(now.length)
    } catch (failure) {
      lost++
      way = nextWay(way, failure, lost)
    }
    written = await look()
    content = written.content
  }
}

/**
 * What the others wait for: names that are given up, then templates of the gallery and new ones, for a tag of one has Google's id of it in its
 * type, where nobody has seen `new_N`.
 */
function firstOf(writes: readonly Write[]): readonly Write[] {
  const parked = writes.filter(isParking)
  const imported = writes.filter(isImport)
  const templates = writes.filter((write) => write.op === 'create' && write.kind === 'gtm/template')
  return [parked, imported, templates].find(({ length }) => length > 0) ?? writes
}

function deedOf(write: Write): string {
  return write.op === 'enable' ? `enable ${write.type}` : `${write.op} ${write.kind} ${write.name}`
}

/** Which way to go after a failure, or the same again where the draft is to be looked at first. Throws when there is none. */
function nextWay(way: Way, failure: unknown, lost: number): Way {
  const isSeveral = failure instanceof ChunkRefused
  const error = isSeveral || failure instanceof Refused ? failure.error : failure
  if (!(error instanceof GoogleError)) throw failure
  // What is refused by itself is not taken in another way either.
  if (way.rung !== 'single' && failure instanceof Refused && !error.maybeApplied) throw failure
  const length = isSeveral ? failure.length : 1
  if (way.rung === 'single') {
    // Renaming a variable may make GTM rewrite what refers to it, and so outdate what was read of those.
    if ((error.maybeApplied || error.code === 'stale-fingerprint') && lost <= MAX_LOST) return way
    throw failure
  }
  // Once it is looked at; a second time in vain it may have been too much for one call.
  if (error.maybeApplied) return lost > 1 ? smaller(way, length) : way
  if (error.code === 'not-supported') return { rung: 'single', size: 1 }
  if (!TOO_MUCH.has(error.code)) throw error
  return smaller(way, length)
}

/** What a call may be refused with that would go through in parts. */
const TOO_MUCH: ReadonlySet<string> = new Set(['invalid', 'duplicate-name', 'refused', 'stale-fingerprint'])

/** @param length how many changes were too many */
function smaller({ rung }: Way, length: number): Way {
  if (rung === 'bulk') return { rung: 'levels', size: Infinity }
  return length === 1 ? { rung: 'single', size: 1 } : { rung, size: Math.ceil(length / 2) }
}
