/** Which file a plan stands in, and from where it is named, is no part of what the plan says. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { inNewFolder, plan } from './run-plan.ts'

inNewFolder()

const OUTFITTERS = 'plans/outfitters.yaml'
const RENAMED = 'plans/shop (new).yaml'

/** The files that the notes in the sandbox of the working directory name. */
function filesInNotes(): readonly string[] {
  const state = readFileSync('.plan/sandbox.json', 'utf8')
  return [...new Set([...state.matchAll(/Plan: ([^\\]*?\.yaml)/g)].map(([, file = '']) => file))].sort()
}

async function expectNoChange(file: string): Promise<void> {
  const outcome = await plan('diff', file, '--sandbox', '--detailed-exitcode')
  expect(outcome).toMatchObject({ exitCode: 0 })
  expect(outcome.out).toContain('Nothing to change')
}

test('named another way or renamed, an applied plan has nothing to change; the next real change brings the new name', async () => {
  await plan('apply', `./${OUTFITTERS}`, '--sandbox', '--auto-approve')
  expect(filesInNotes()).toEqual([OUTFITTERS])
  await expectNoChange(OUTFITTERS)
  await expectNoChange(resolve(OUTFITTERS))

  renameSync(OUTFITTERS, RENAMED)
  await expectNoChange(RENAMED)

  const text = readFileSync(RENAMED, 'utf8')
  writeFileSync(RENAMED, text.replace('form#newsletter-hero, ', 'form#newsletter-top, '))
  const real = await plan('apply', RENAMED, '--sandbox', '--auto-approve')
  expect(real).toMatchObject({ exitCode: 0 })
  expect(real.out).toMatch(/Done: 1 change made in version 3/)
  expect(filesInNotes()).toEqual([OUTFITTERS, RENAMED])
  await expectNoChange(RENAMED)
})

test('applied from a folder inside the repository, the notes name the file from its top', async () => {
  mkdirSync('.git')
  process.chdir('plans')
  await plan('apply', 'outfitters.yaml', '--sandbox', '--auto-approve')

  process.chdir('..')
  expect(filesInNotes()).toEqual([OUTFITTERS])
  await expectNoChange(OUTFITTERS)
})
