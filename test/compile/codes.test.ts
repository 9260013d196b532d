import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CODES } from '../../src/check/codes.ts'
import { COMPILE_CODES } from '../../src/compile/codes.ts'

const src = join(import.meta.dirname, '../../src')
const files = [
  ...['compile', 'lift'].flatMap((folder) =>
    readdirSync(join(src, folder)).map((file) => join(src, folder, file)),
  ),
  join(src, 'plan/add-conversion.ts'),
].filter((file) => !file.endsWith('codes.ts'))

test('every code that is found after the check is explained, there or here, and nothing else is', () => {
  const used = files.flatMap((file) => {
    const text = readFileSync(file, 'utf8')
    return [...text.matchAll(/(?:code: |refuse\(\s*)'([a-z-]+)'/g)].map(([, code]) => code ?? '')
  })
  const ours = COMPILE_CODES.map(({ code }) => code)
  expect([...new Set(used)].filter((code) => !ours.includes(code) && !CODES.has(code))).toEqual([])
  expect(ours.filter((code) => !used.includes(code))).toEqual([])
  expect(ours.filter((code) => CODES.has(code))).toEqual([])
})
