/** Whole commands, in this process, in a folder of their own, against a sandbox over HTTP. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import type { Io } from '../../src/commands/io.ts'
import { run } from '../../src/commands/run.ts'

export interface Outcome {
  readonly exitCode: number
  readonly out: string
  readonly err: string
}

const root = process.cwd()

/** Every test of the file starts in a new folder that holds the example plans, and leaves nothing behind. */
export function inNewFolder(): void {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'plan-'))
    cpSync(join(root, 'plans'), join(folder, 'plans'), { recursive: true })
    process.chdir(folder)
  })
  afterEach(() => {
    process.chdir(root)
    rmSync(folder, { recursive: true, force: true })
  })
}

/** @param answer what the user answers when asked; undefined when there is no terminal. */
export function planAnswering(answer: boolean | undefined, ...argv: readonly string[]): Promise<Outcome> {
  return runPlan({ HOME: process.env['HOME'] }, answer, argv)
}

/** `plan ...argv` with nothing in its environment but what is given. */
export async function runPlan(
  env: Io['env'],
  answer: boolean | undefined,
  argv: readonly string[],
  more: Partial<Io> = {},
): Promise<Outcome> {
  let out = ''
  let err = ''
  const io: Io = {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    progress: () => undefined,
    ask: () => Promise.resolve(answer),
    env,
    now: () => new Date('2026-11-22T12:00:00Z'),
    colour: false,
    untilStopped: () => new Promise(() => undefined),
    ...more,
  }
  const exitCode = await run(argv, io)
  return { exitCode, out, err }
}

/** `plan ...argv`, with nobody at the terminal. */
export function plan(...argv: readonly string[]): Promise<Outcome> {
  return planAnswering(undefined, ...argv)
}
