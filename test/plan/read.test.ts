import { mkdtempSync, mkdirSync, symlinkSync, writeFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { parsePlan } from '../../src/plan/parse.ts'
import { readPlan, readPlanWith, type PlanSource } from '../../src/plan/read.ts'

const root = mkdtempSync(join(tmpdir(), 'plan-read-'))
afterAll(() => rmSync(root, { recursive: true }))

/** A repository of its own with these files; a text that begins with -> is a symbolic link. */
function repository(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(root, name)
  mkdirSync(join(folder, '.git'), { recursive: true })
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(folder, file, '..'), { recursive: true })
    if (text.startsWith('->')) symlinkSync(text.slice(2), join(folder, file))
    else writeFileSync(join(folder, file), text)
  }
  return folder
}

function codesOf(source: PlanSource): string[] {
  return source.diagnostics.map(({ code }) => code)
}

test('a missing file, a directory and a file behind a file are said to be so', async () => {
  const folder = repository('missing', { 'plan.yaml': 'version: 1\n' })
  expect(codesOf(await readPlan(join(folder, 'no.yaml')))).toEqual(['missing-file'])
  expect(codesOf(await readPlan(folder))).toEqual(['unreadable-file'])
  expect(codesOf(await readPlan(join(folder, 'plan.yaml', 'no.yaml')))).toEqual(['missing-file'])
})

test('a symbolic link may lead to another place in the repository, and not out of it', async () => {
  const outside = join(root, 'secret.yaml')
  writeFileSync(outside, 'token: abc\n')
  const folder = repository('links', {
    'plans/real.yaml': 'version: 1\n',
    'plans/inside.yaml': '->real.yaml',
    'plans/outside.yaml': '->../../secret.yaml',
    'plans/itself.yaml': '->itself.yaml',
    'plans/extends.yaml': 'extends: ./outside.yaml\n',
    'plans/upwards.yaml': 'extends: ../../secret.yaml\n',
    linked: '->..',
    'through.yaml': 'extends: ./linked/secret.yaml\n',
  })
  expect(codesOf(await readPlan(join(folder, 'plans/inside.yaml')))).toEqual([])
  for (const name of ['plans/outside.yaml', 'plans/extends.yaml', 'plans/upwards.yaml', 'through.yaml']) {
    const source = await readPlan(join(folder, name))
    expect(codesOf(source), name).toEqual(['file-outside-repository'])
    expect(JSON.stringify(source)).not.toContain('abc')
  }
  expect(codesOf(await readPlan(join(folder, 'plans/itself.yaml')))).toEqual(['unreadable-file'])
})

test('an overlay may extend a plan elsewhere in the repository', async () => {
  const folder = repository('overlay', {
    'base/plan.yaml': 'version: 1\nplan: shop\ntitle: Base\ngoals: { a: { title: A }, b: { title: B } }\n',
    'markets/sa.yaml': 'extends: ../base/plan.yaml\ntitle: Overlay\ngoals: { a: null, c: { title: C } }\n',
  })
  const parsed = parsePlan(await readPlan(join(folder, 'markets/sa.yaml')))
  expect(parsed.document).toEqual({
    version: 1,
    plan: 'shop',
    title: 'Overlay',
    goals: { b: { title: 'B' }, c: { title: 'C' } },
  })
  expect(parsed.locate('/title')).toMatchObject({ file: join(folder, 'markets/sa.yaml'), line: 2, column: 8 })
  expect(parsed.locate('/plan')).toMatchObject({ file: join(folder, 'base/plan.yaml'), line: 2, column: 7 })
  expect(parsed.locate('/goals/b/title')).toMatchObject({ file: join(folder, 'base/plan.yaml'), line: 4 })
  expect(parsed.locate('/goals/c', 'key')).toMatchObject({
    file: join(folder, 'markets/sa.yaml'),
    line: 3,
    column: 19,
  })
})

test('a chain of overlays merges from the far end', async () => {
  const files: Record<string, string> = {
    'a/plan.yaml': 'extends: ../b/plan.yaml\nowner: a\n',
    'b/plan.yaml': 'extends: ../c.yaml\nowner: b\ncurrency: EUR\n',
    'c.yaml': 'version: 1\nowner: c\ncurrency: AED\nsite: { hosts: [x.example] }\n',
  }
  const source = await readPlanWith('a/plan.yaml', (path) => Promise.resolve({ text: files[path] ?? '' }))
  expect(source.files.map(({ path }) => path)).toEqual(['a/plan.yaml', 'b/plan.yaml', 'c.yaml'])
  expect(parsePlan(source).document).toEqual({
    version: 1,
    owner: 'a',
    currency: 'EUR',
    site: { hosts: ['x.example'] },
  })
})

test('an overlay with an id of its own was never called what its base was called before', async () => {
  const documentOf = async (overlay: string): Promise<unknown> => {
    const files: Record<string, string> = {
      'own.yaml': `extends: base.yaml\n${overlay}`,
      'base.yaml': 'plan: shop\nwas: store\n',
    }
    return parsePlan(await readPlanWith('own.yaml', (path) => Promise.resolve({ text: files[path] ?? '' })))
      .document
  }
  expect(await documentOf('plan: shop_sa\n')).toEqual({ plan: 'shop_sa' })
  expect(await documentOf('was: shop_ksa\nplan: shop_sa\n')).toEqual({ plan: 'shop_sa', was: 'shop_ksa' })
  expect(await documentOf('plan: shop\n')).toEqual({ plan: 'shop', was: 'store' })
  expect(await documentOf('owner: a\n')).toEqual({ plan: 'shop', was: 'store', owner: 'a' })
})

test('of several plans that one extends a later goes before an earlier, and a base of both before neither', async () => {
  const files: Record<string, string> = {
    'own.yaml': 'extends: [language.yaml, market.yaml]\nowner: own\n',
    'language.yaml': 'extends: base.yaml\ntitle: language\ntimezone: language\n',
    'market.yaml': 'extends: base.yaml\ntimezone: market\nowner: market\n',
    'base.yaml': 'version: 1\ntitle: base\ntimezone: base\nowner: base\ncurrency: EUR\n',
  }
  const read = (path: string): ReturnType<typeof readPlanWith> =>
    readPlanWith(path, (each) => Promise.resolve({ text: files[each] ?? '' }))
  const source = await read('own.yaml')
  expect(source.files.map((file) => file.path)).toEqual([
    'own.yaml',
    'market.yaml',
    'language.yaml',
    'base.yaml',
  ])
  expect(parsePlan(source).document).toEqual({
    version: 1,
    title: 'language',
    timezone: 'market',
    owner: 'own',
    currency: 'EUR',
  })
  files['base.yaml'] = 'extends: [own.yaml]\n'
  expect(codesOf(await read('own.yaml'))).toEqual(['circular-extends'])
})

test('every key and every value of a file is located where it stands', async () => {
  const text =
    '# a plan\nversion: 1\ngoals:\n  purchase: { title: "A", value: 5 }\n  b:\n    feeds: [one, two]\n'
  const parsed = parsePlan(await readPlanWith('p.yaml', () => Promise.resolve({ text })))
  const at = (pointer: string, about: 'key' | 'value'): string => {
    const place = parsed.locate(pointer, about)
    return `${place?.line}:${place?.column}-${place?.endLine}:${place?.endColumn}`
  }
  expect(at('/version', 'key')).toBe('2:1-2:8')
  expect(at('/version', 'value')).toBe('2:10-2:11')
  expect(at('/goals/purchase', 'key')).toBe('4:3-4:11')
  expect(at('/goals/purchase/title', 'value')).toBe('4:22-4:25')
  expect(at('/goals/b/feeds/1', 'value')).toBe('6:18-6:21')
  expect(at('/goals/b/nothing/here', 'key')).toBe('5:3-5:4')
})

test('ids that every object inherits are ids like any other', async () => {
  const text = 'goals: { constructor: { title: A }, toString: { title: B } }\n'
  const document = parsePlan(await readPlanWith('p.yaml', () => Promise.resolve({ text }))).document as {
    goals: Record<string, unknown>
  }
  expect(Object.keys(document.goals)).toEqual(['constructor', 'toString'])
  expect(document.goals['valueOf']).toBeUndefined()
})

test('an alias stands for what it names', async () => {
  const text = 'a: &target { rate: 8%, of: sessions }\nb: *target\n'
  const parsed = parsePlan(await readPlanWith('p.yaml', () => Promise.resolve({ text })))
  expect(parsed.document).toEqual({ a: { rate: '8%', of: 'sessions' }, b: { rate: '8%', of: 'sessions' } })
  expect(parsed.locate('/b/rate')).toMatchObject({ line: 1 })
})
