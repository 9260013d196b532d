import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { replaceFile } from '../../src/commands/replace-file.ts'

function newRepository(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'plan-replace-')))
  mkdirSync(join(folder, 'repository/.git'), { recursive: true })
  return join(folder, 'repository')
}

test('a file keeps its mode, and nothing is left beside it', async () => {
  const folder = newRepository()
  const file = join(folder, 'plan.yaml')
  writeFileSync(file, 'before')
  chmodSync(file, 0o640)
  await replaceFile(file, 'after')
  expect(readFileSync(file, 'utf8')).toBe('after')
  expect(statSync(file).mode & 0o777).toBe(0o640)
  expect(readdirSync(folder).toSorted()).toEqual(['.git', 'plan.yaml'])
})

test('a link within the repository stays one, and the file that it leads to is written', async () => {
  const folder = newRepository()
  writeFileSync(join(folder, 'real.yaml'), 'before')
  symlinkSync('real.yaml', join(folder, 'plan.yaml'))
  await replaceFile(join(folder, 'plan.yaml'), 'after')
  expect(readFileSync(join(folder, 'real.yaml'), 'utf8')).toBe('after')
  expect(realpathSync(join(folder, 'plan.yaml'))).toBe(join(folder, 'real.yaml'))
})

test.each(['a file', 'a folder'])('a link to %s out of the repository is refused', async (what) => {
  const folder = newRepository()
  const outside = join(folder, '../outside')
  mkdirSync(outside)
  writeFileSync(join(outside, 'plan.yaml'), 'before')
  const file = what === 'a file' ? join(folder, 'plan.yaml') : join(folder, 'plans/plan.yaml')
  if (what === 'a file') symlinkSync(join(outside, 'plan.yaml'), file)
  else symlinkSync(outside, join(folder, 'plans'))
  await expect(replaceFile(file, 'after')).rejects.toThrow(/leads out of the repository/)
  expect(readFileSync(join(outside, 'plan.yaml'), 'utf8')).toBe('before')
})

test('a write that fails leaves what was there', async () => {
  const folder = newRepository()
  const file = join(folder, 'plan.yaml')
  writeFileSync(file, 'before')
  // A text that no string of Node's may become: the write fails after the file beside was made.
  const broken = {
    toString: () => {
      throw new Error('no space')
    },
  } as unknown as string
  await expect(replaceFile(file, broken)).rejects.toThrow()
  expect(readFileSync(file, 'utf8')).toBe('before')
  expect(readdirSync(folder).toSorted()).toEqual(['.git', 'plan.yaml'])
})
