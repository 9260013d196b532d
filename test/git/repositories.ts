/** Real git repositories in folders of their own, each with the example plans and what a test does to them. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach } from 'vitest'
import { gitIn } from './git-in.ts'
import { runPlan, type Outcome } from '../scenarios/run-plan.ts'

const root = process.cwd()
export const SHOP = readFileSync('test/review/shop.yaml', 'utf8')
const folders: string[] = []

afterEach(() => {
  process.chdir(root)
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'plan-git-'))
  folders.push(folder)
  process.chdir(folder)
  return folder
}

/** A repository with these files committed on `main`; the working directory is in it. */
export function newRepository(files: Readonly<Record<string, string>> = { 'plans/shop.yaml': SHOP }): string {
  const folder = newFolder()
  git('init', '--quiet', '--initial-branch=main')
  write(files)
  commit('The plans')
  return folder
}

export function write(files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
}

/** Changes one place of a file; fails when the place is not there. */
export function edit(file: string, from: string | RegExp, to: string): void {
  const before = readFileSync(file, 'utf8')
  const after = before.replace(from, to)
  if (after === before) throw new Error(`${String(from)} is not in ${file}.`)
  writeFileSync(file, after)
}

export function git(...args: readonly string[]): string {
  return gitIn('.', ...args)
}

export function commit(message: string): string {
  git('add', '--all')
  git('commit', '--quiet', '--message', message)
  return git('rev-parse', 'HEAD')
}

/** `plan ...argv` here, with nothing in the environment but what is given. */
export function planWith(
  env: Readonly<Record<string, string>>,
  ...argv: readonly string[]
): Promise<Outcome> {
  return runPlan({ PATH: process.env['PATH'], HOME: process.env['HOME'], ...env }, undefined, argv)
}

export function plan(...argv: readonly string[]): Promise<Outcome> {
  return planWith({}, ...argv)
}
