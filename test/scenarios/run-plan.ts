/** Whole commands, in this process, in a folder of their own, against a sandbox over HTTP. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import type { Io } from '../../src/commands/io.ts'
import { run } from '../../src/commands/run.ts'
import { outcomeOf, type Outcome } from './outcome.ts'

export type { Outcome }

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
export function runPlan(
  env: Io['env'],
  answer: boolean | undefined,
  argv: readonly string[],
  more: Partial<Io> = {},
): Promise<Outcome> {
  return outcomeOf((io) => run(argv, io), { ask: () => Promise.resolve(answer), env, ...more })
}

/** `plan ...argv`, with nobody at the terminal. */
export function plan(...argv: readonly string[]): Promise<Outcome> {
  return planAnswering(undefined, ...argv)
}
