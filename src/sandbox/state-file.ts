/**
 * The state on disk. A new file is written beside the old one and renamed over it, so that at any moment there is either the
 * whole old state or the whole new one. That holds for a process that is killed; a machine that loses power may lose the
 * last writes (there is no fsync: it would cost more than all else).
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
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

export function writeState(file: string, state: State): void {
  const beside = `${file}.tmp`
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

const reason = (error: unknown) => (error instanceof Error ? error.message : String(error))
