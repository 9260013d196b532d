import { mkdtempSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { keptTrees } from '../../src/plan/kept-trees.ts'
import { parsePlan } from '../../src/plan/parse.ts'
import { readPlanWith, type PlanSource } from '../../src/plan/read.ts'
import { parseYaml } from '../../src/plan/yaml.ts'
import { largePlan } from '../../scripts/large-plan.ts'

const LARGE = `${largePlan(20)}#${'-'.repeat(100_000)}\n`
const newFolder = (): string => join(mkdtempSync(join(tmpdir(), 'plan-trees-')), 'trees')
const read = (text: string, folder: string, file = 'plan.yaml', version = '1'): Promise<PlanSource> =>
  readPlanWith(file, () => Promise.resolve({ text }), keptTrees(folder, version))

/** The tree of one file that holds these values, long enough to be kept. */
const treeOf = (values: unknown) => {
  const text = `${stringify({ values })}${'#'.repeat(100_000)}\n`
  const { tree } = parseYaml('plan.yaml', text)
  if (tree === undefined) throw new Error('it can be read')
  return { text, tree }
}

test('what is found is the tree that was read, whatever it holds', async () => {
  const trees = keptTrees(newFolder(), '1')
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), async (values) => {
      // Of the two zeros JSON has one; what becomes of the other is below.
      const { text, tree } = treeOf(JSON.parse(JSON.stringify(values)))
      await trees.keep(text, tree)
      expect(await trees.find('plan.yaml', text)).toEqual(tree)
    }),
    { numRuns: 60 },
  )
})

test('a second reading gives the same values at the same places, also under another name', async () => {
  const folder = newFolder()
  const first = parsePlan(await read(LARGE, folder))
  expect(readdirSync(folder)).toHaveLength(1)
  const again = parsePlan(await read(LARGE, folder, 'other.yaml'))
  expect(again.document).toEqual(first.document)
  const at = '/stages/stage_3/micro/action_3_1/target'
  expect(again.locate(at)).toEqual({ ...first.locate(at), file: 'other.yaml' })
  expect(again.locate(at, 'key')).toEqual({ ...first.locate(at, 'key'), file: 'other.yaml' })
})

test('what is kept is taken for nothing but its own text, and not when it is damaged', async () => {
  const folder = newFolder()
  await read(LARGE, folder)
  const path = join(folder, readdirSync(folder)[0] ?? '')
  const whole = readFileSync(path, 'utf8')
  const changed = LARGE.replace('title: Large plan', 'title: Other plan')
  expect(parsePlan(await read(changed, folder)).document).toMatchObject({ title: 'Other plan' })
  for (const damaged of ['', whole.slice(0, -10), whole.replace('Large plan', 'Wrong plan'), '{}']) {
    writeFileSync(path, damaged)
    expect(parsePlan(await read(LARGE, folder)).document).toMatchObject({ title: 'Large plan' })
  }
})

test('another version reads for itself', async () => {
  const folder = newFolder()
  await read(LARGE, folder)
  await read(LARGE, folder, 'plan.yaml', '2')
  expect(readdirSync(folder)).toHaveLength(2)
})

test('a file that something is wrong with is read anew each time, and says so each time', async () => {
  const folder = newFolder()
  const doubled = `${LARGE}title: Again\n`
  for (let time = 0; time < 2; time++)
    expect((await read(doubled, folder)).diagnostics.map(({ code }) => code)).toEqual(['duplicate-key'])
})

test('nobody else may read it; a small file is not kept, and of many the latest are', async () => {
  const folder = newFolder()
  await read('version: 1\n', folder)
  expect(() => readdirSync(folder)).toThrow('ENOENT')
  const trees = keptTrees(folder, '1')
  const { text, tree } = treeOf('first')
  await trees.keep(text, tree)
  const first = join(folder, readdirSync(folder)[0] ?? '')
  expect([statSync(folder).mode & 0o777, statSync(first).mode & 0o777]).toEqual([0o700, 0o600])
  utimesSync(first, 1, 1)
  for (let index = 0; index < 20; index++) {
    const more = treeOf(index)
    await trees.keep(more.text, more.tree)
  }
  expect(readdirSync(folder)).toHaveLength(16)
  expect(await trees.find('plan.yaml', text)).toBeUndefined()
})

test('without a folder that can be written it is parsed each time', async () => {
  for (let time = 0; time < 2; time++)
    expect(parsePlan(await read(LARGE, '/dev/null/trees')).document).toMatchObject({ title: 'Large plan' })
})

test('numbers that JSON has no words for stay what they are', async () => {
  const folder = newFolder()
  for (const [written, value] of [
    ['.inf', Infinity],
    ['-0', -0],
    ['.nan', NaN],
  ])
    for (let time = 0; time < 2; time++)
      expect(parsePlan(await read(`${LARGE}x: ${written}\n`, folder)).document).toMatchObject({ x: value })
})
