import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compileFile } from './compile-file.ts'

const FIXTURES = join(import.meta.dirname, '../fixtures')

/** A fixture takes part by having a desired.json; `vitest -u` fills an empty one. */
const names = readdirSync(FIXTURES).filter((name) => existsSync(join(FIXTURES, name, 'desired.json')))

describe.each(names)('%s', (name) => {
  test('gives what desired.json says', async () => {
    const { compiled } = await compileFile(join(FIXTURES, name, 'plan.yaml'))
    expect(compiled.diagnostics).toEqual([])
    await expect(`${JSON.stringify(compiled.resources, null, 2)}\n`).toMatchFileSnapshot(
      join(FIXTURES, name, 'desired.json'),
    )
  })
})
