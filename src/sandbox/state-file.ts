/**
 * The state on disk. A new file is written beside the old one and renamed over it, so that at any moment there is either the
 * whole old state or the whole new one. That holds for a process that is killed; a machine that loses power may lose the
 * last writes (there is no fsync: it would cost more than all else).
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { State } from './state.ts'
import { renderState, stateFromJson, stateToJson } from './state-json.ts'

export type SandboxStateCode =
  | 'sandbox-state-damaged'
  | 'sandbox-state-unreadable'
  | 'sandbox-state-unwritable'
  | 'sandbox-state-in-use'
  | 'sandbox-seed-unusable'
  | 'sandbox-seed-beside-state'
  | 'sandbox-export-unusable'

/** The state file or the seed cannot be used; the message is one sentence for the user, with what to do. */
export class SandboxStateError extends Error {
  readonly code: SandboxStateCode

  constructor(code: SandboxStateCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'SandboxStateError'
    this.code = code
  }
}

/** The state in the file; undefined where there is none yet. */
export function readState(file: string): State | undefined {
  const text = readText(file)
  if (text === undefined) return undefined
  try {
    return stateFromJson(JSON.parse(text))
  } catch (error) {
    throw new SandboxStateError(
      'sandbox-state-damaged',
      `The sandbox's state file ${file} is damaged (${reason(error)}): restore it from a copy, or delete it to start empty.`,
      { cause: error },
    )
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw unreadable(file, error)
  }
}

/** `beside` is a name that no other process uses: two writers of one file must not share it. */
export function writeState(file: string, beside: string, state: State): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    // Readable by its owner only: it holds somebody's container.
    writeFileSync(beside, renderState(stateToJson(state)), { mode: 0o600 })
    renameSync(beside, file)
  } catch (error) {
    discard(beside)
    throw new SandboxStateError(
      'sandbox-state-unwritable',
      `The sandbox's state file ${file} cannot be written (${reason(error)}): free some room, or give a place that may be written.`,
      { cause: error },
    )
  }
}

/** What killed writers left beside the file; whoever writes now needs far less than a minute. */
export function removeLeftovers(file: string, now: number): void {
  const folder = dirname(file)
  for (const name of namesIn(folder)) {
    if (!name.startsWith(`${basename(file)}.`) || !name.endsWith('.tmp')) continue
    const left = statSync(join(folder, name), { throwIfNoEntry: false })
    if (left && now - left.mtimeMs > 60_000) discard(join(folder, name))
  }
}

/** None where the folder is not there yet, or may not be looked into: that is said when the state is written. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** Something that is only in the way: where it cannot be removed, it stays. */
function discard(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {
    // In a folder that may not be written.
  }
}

/** Changes whenever somebody replaces the file; undefined where there is none. */
export function fileMark(file: string): string | undefined {
  try {
    const stat = statSync(file, { throwIfNoEntry: false })
    return stat && `${stat.ino} ${stat.mtimeMs} ${stat.size}`
  } catch (error) {
    throw unreadable(file, error)
  }
}

const unreadable = (file: string, error: unknown) =>
  new SandboxStateError(
    'sandbox-state-unreadable',
    `The sandbox's state file ${file} cannot be read (${reason(error)}).`,
    { cause: error },
  )

const reason = (error: unknown) => (error instanceof Error ? error.message : String(error))
