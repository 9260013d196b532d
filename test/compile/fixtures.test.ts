import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkPlan } from '../../src/check/check.ts'
import { parsePlan } from '../../src/plan/parse.ts'
import { readPlan } from '../../src/plan/read.ts'
import { compileFile } from './compile-file.ts'

const FIXTURES = join(import.meta.dirname, '../fixtures')

/** A fixture takes part by having a desired.json; `vitest -u` fills an empty one. */
const names = readdirSync(FIXTURES).filter((name) => existsSync(join(FIXTURES, name, 'desired.json')))

describe.each(names)('%s', (name) => {
  test('is a valid plan', async () => {
    const parsed = parsePlan(await readPlan(join(FIXTURES, name, 'plan.yaml')))
    const { diagnostics } = checkPlan(parsed, { today: '2026-11-22', profile: 'minimal' })
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  })

  test('gives what desired.json says', async () => {
    const { compiled } = await compileFile(join(FIXTURES, name, 'plan.yaml'))
    expect(compiled.diagnostics).toEqual([])
    await expect(`${JSON.stringify(compiled.resources, null, 2)}\n`).toMatchFileSnapshot(
      join(FIXTURES, name, 'desired.json'),
    )
  })
})
