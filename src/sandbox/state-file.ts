/**
 * The state on disk. A new file is written beside the old one and renamed over it, so that at any moment there is either the
 * whole old state or the whole new one. That holds for a process that is killed; a machine that loses power may lose the
 * last writes (there is no fsync: it would cost more than all else).
 */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { State } from './state.ts'
import { renderState, stateFromJson, stateToJson } from './state-json.ts'

/** The state file cannot be used; the message is one sentence for the user. */
export class SandboxStateError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'SandboxStateError'
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
    throw new SandboxStateError(`The sandbox's state file ${file} cannot be read (${reason(error)}).`, {
      cause: error,
    })
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
    rmSync(beside, { force: true })
    throw new SandboxStateError(`The sandbox's state file ${file} cannot be written (${reason(error)}).`, {
      cause: error,
    })
  }
}

/** What killed writers left beside the file; whoever writes now needs far less than a minute. */
export function removeLeftovers(file: string, now: number): void {
  const folder = dirname(file)
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(`${basename(file)}.`) || !name.endsWith('.tmp')) continue
    const left = statSync(join(folder, name), { throwIfNoEntry: false })
    if (left && now - left.mtimeMs > 60_000) rmSync(join(folder, name), { force: true })
  }
}

/** Changes whenever somebody replaces the file; undefined where there is none. */
export function fileMark(file: string): string | undefined {
  const stat = statSync(file, { throwIfNoEntry: false })
  return stat && `${stat.ino} ${stat.mtimeMs} ${stat.size}`
}

const reason = (error: unknown) => (error instanceof Error ? error.message : String(error))
