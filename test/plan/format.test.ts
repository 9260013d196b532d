import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { formatPlan } from '../../src/plan/format.ts'
import { toValue } from '../../src/plan/tree.ts'
import { parseYaml } from '../../src/plan/yaml.ts'
import { BAD_PLANS, readBadPlan } from '../check/read-bad-plan.ts'

const files = [
  ...readdirSync('plans', { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => `plans/${name}`),
]

function valueOf(text: string): unknown {
  const { tree } = parseYaml('', text)
  return tree === undefined ? undefined : toValue(tree)
}

test('fields come in the order of the schema, and take their comments along', () => {
  const text = [
    '# the plan of a shop',
    '',
    'title: Shop   # what people call it',
    'version: 1',
    'goals:',
    '    purchase:   {trigger: {dataLayer: purchase}, title: Purchase,   event: purchase}',
    '',
    '    # joined last year',
    '    account:',
    '        # agreed with sales',
    '        value: 20',
    '        title: "Account"',
    'plan: shop',
    '',
  ].join('\n')
  const { text: formatted } = formatPlan(text)
  expect(formatted).toBe(
    [
      '# the plan of a shop',
      '',
      'version: 1',
      'plan: shop',
      'title: Shop # what people call it',
      'goals:',
      '  purchase: { title: Purchase, event: purchase, trigger: { dataLayer: purchase } }',
      '',
      '  # joined last year',
      '  account:',
      '    title: "Account"',
      '    # agreed with sales',
      '    value: 20',
      '',
    ].join('\n'),
  )
})

test('lists stand close to their brackets, maps do not', () => {
  expect(formatPlan('site: {hosts: [ a.example,b.example ]}\n').text).toBe(
    'site: { hosts: [a.example, b.example] }\n',
  )
})

test('what is not YAML is left as it is', () => {
  expect(formatPlan('a: [1\n')).toEqual({ text: 'a: [1\n', changed: undefined })
  expect(formatPlan('- 1\n').changed).toBeUndefined()
})

test('brackets and # in texts are not touched', () => {
  const text = 'title: "[ a ] # b"\ndescription: |\n  # no comment\n  [ x ]\n'
  expect(formatPlan(text)).toEqual({ text, changed: false })
})

test('a map in one line becomes a block where the line is long, and what is in it only where that is long, too', () => {
  const long = `{ name: ${'a'.repeat(60)}, child: { short: 1 }, list: [1, 2], other: ${'b'.repeat(60)} }`
  expect(formatPlan(`a: ${long}\nb: { short: 1 }\n`).text).toBe(
    [
      'a:',
      `  name: ${'a'.repeat(60)}`,
      '  child: { short: 1 }',
      '  list: [1, 2]',
      `  other: ${'b'.repeat(60)}`,
      'b: { short: 1 }',
      '',
    ].join('\n'),
  )
  const texts = `a: [${'x'.repeat(70)}, ${'y'.repeat(70)}]\n`
  expect(formatPlan(texts)).toEqual({ text: texts, changed: false })
})

test.each([...files, ...BAD_PLANS])(
  'formatting %s keeps its meaning, and again changes nothing',
  async (name) => {
    const text = name.endsWith('.yaml')
      ? readFileSync(name, 'utf8')
      : ((await readBadPlan(name)).files[0]?.text ?? '')
    const once = formatPlan(text)
    expect(formatPlan(once.text)).toEqual({
      text: once.text,
      changed: once.changed === undefined ? undefined : false,
    })
    if (once.changed) expect(valueOf(once.text)).toEqual(valueOf(text))
  },
)

/** A plan's text in disorder: lines of maps moved about, comments and blank lines put in, other indentation. */
function disordered(text: string, seed: readonly number[]): string {
  let next = 0
  const chance = (of: number): boolean => (seed[next++ % seed.length] ?? 0) % of === 0
  return text
    .split('\n')
    .flatMap((line) => {
      const indent = /^ */.exec(line)?.[0] ?? ''
      const before = chance(7) && line !== '' ? [`${indent}# remark ${next}`] : []
      const blank = chance(9) ? [''] : []
      const after = chance(8) && /^[^#"'|>]*[^#"'|>:{[,]$/.test(line) ? `${line}  # aside ${next}` : line
      return [...blank, ...before, after]
    })
    .join('\n')
}

test('a comment in the line of an anchor lets the anchor stay with its key', () => {
  const { text } = formatPlan(
    'version: 1\nsite:\n  hosts: &hosts  # ours\n    - a.example\nvars: &vars # of all\n  A: b\n',
  )
  expect(text).toContain('  hosts: &hosts\n    # ours\n    - a.example\n')
  expect(text).toContain('vars: &vars\n  # of all\n  A: b\n')
  expect(formatPlan(text).changed).toBe(false)
})

test('however a plan is written, formatting keeps values and comments and is done after once', () => {
  const texts = ['outfitters', 'advisory', 'workspace'].map((name) =>
    readFileSync(`plans/${name}.yaml`, 'utf8'),
  )
  fc.assert(
    fc.property(
      fc.nat(texts.length - 1),
      fc.array(fc.nat(1000), { minLength: 50, maxLength: 400 }),
      (index, seed) => {
        const text = disordered(texts[index] ?? '', seed)
        const once = formatPlan(text)
        expect(formatPlan(once.text)).toEqual({
          text: once.text,
          changed: once.changed === undefined ? undefined : false,
        })
        expect(valueOf(once.text)).toEqual(valueOf(text))
        for (const remark of text.match(/# (remark|aside) \d+/g) ?? []) expect(once.text).toContain(remark)
      },
    ),
    { numRuns: 15 },
  )
})
