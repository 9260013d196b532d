import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkPlan } from '../../src/check/check.ts'
import { parsePlan } from '../../src/plan/parse.ts'
import { readPlanWith } from '../../src/plan/read.ts'
import { renderDiagnosticsGithub } from '../../src/render/diagnostics-github.ts'
import { renderDiagnosticsText } from '../../src/render/diagnostics.ts'

/**
 * Plans come with pull requests from strangers: each of these is refused or made harmless within two seconds, from the
 * text to the last diagnostic. Counted is the time that this process works, or a busy machine would fail the test.
 */
const LIMIT_MS = 2000

const good = readFileSync('plans/outfitters.yaml', 'utf8')

async function checked(text: string): Promise<{ codes: string[]; text: string; github: string }> {
  const before = process.cpuUsage()
  const parsed = parsePlan(await readPlanWith('plan.yaml', () => Promise.resolve({ text })))
  const { diagnostics } = checkPlan(parsed, { today: '2026-11-22', profile: 'strict' })
  const result = {
    codes: [...new Set(diagnostics.map(({ code }) => code))],
    text: renderDiagnosticsText(diagnostics, parsed),
    github: renderDiagnosticsGithub(diagnostics, parsed),
  }
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1000).toBeLessThan(LIMIT_MS)
  return result
}

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n')

test('ten megabytes are refused', async () => {
  expect((await checked(`title: ${'x'.repeat(10_000_000)}\n`)).codes).toEqual(['plan-too-large'])
  expect((await checked(`goals:\n${lines(600_000, (index) => `  g${index}: {}`)}\n`)).codes).toEqual([
    'plan-too-large',
  ])
})

test('a hundred thousand keys are refused', async () => {
  expect((await checked(`goals:\n${lines(100_000, (index) => `  g${index}: 1`)}\n`)).codes).toEqual([
    'plan-too-large',
  ])
})

test('as many wrong keys as a plan may have are all reported', async () => {
  const { codes } = await checked(`${good}\nreview2:\n${lines(15_000, (index) => `  g${index}: 1`)}\n`)
  expect(codes).toContain('unknown-field')
})

test('fifteen thousand unknown fields do not slow each other down', async () => {
  expect((await checked(lines(15_000, (index) => `g${index}: 1`))).codes).toContain('unknown-field')
})

test('alias bombs are refused', async () => {
  const bomb = `a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n${lines(12, (index) => `a${index + 1}: &a${index + 1} [${Array(10).fill(`*a${index}`).join(', ')}]`)}\n`
  expect((await checked(bomb)).codes).toEqual(['plan-too-large'])
  const maps = `m0: &m0 { a: 1 }\n${lines(20, (index) => `m${index + 1}: &m${index + 1} { a: *m${index}, b: *m${index} }`)}\n`
  expect((await checked(maps)).codes).toEqual(['plan-too-large'])
})

test.each([
  ['brackets', `a: ${'['.repeat(50_000)}`],
  ['closed brackets', `a: ${'['.repeat(3000)}${']'.repeat(3000)}`],
  ['braces', `a: ${'{ a: '.repeat(20_000)}`],
  ['dashes', `a:\n  ${'- '.repeat(50_000)}x`],
  ['indentation', lines(900, (index) => `${' '.repeat(index)}a:`)],
  ['question marks', '? '.repeat(40_000)],
])('deep nesting by %s is refused', async (_, text) => {
  const { codes } = await checked(text)
  expect(codes).toHaveLength(1)
  expect(['plan-too-large', 'yaml-syntax']).toContain(codes[0])
})

test('regular expressions that never end are not run', async () => {
  const pattern = `^(([a-z])+.)+[A-Z]([a-z])+$`
  const text = good.replace(
    'trigger: { dataLayer: purchase }',
    () => `trigger: { page: viewed, when: [{ path: { matches: '${pattern}' } }] }`,
  )
  const { codes } = await checked(text)
  expect(codes).toContain('regexes-end-quickly')
})

test.each([
  'a',
  '(',
  '[',
  '.',
  ' ',
  '{',
  '$',
  '${',
  '{{',
  '@',
  'a@',
  ':',
  '#',
  '>',
  '*,',
  '/*',
  '\n',
  '-',
  '_',
])('texts of nothing but %j do not keep the checks busy', async (piece) => {
  const text = (length: number): string => JSON.stringify(piece.repeat(length / piece.length))
  const withTexts = (length: number): string =>
    good
      .replace('dataLayer: purchase }', () => {
        return `link: { selector: ${text(length)} }, when: [{ path: { matches: ${text(length)} } }, { host: { matches: ${text(length)} } }] }`
      })
      .replace(
        'method: { dataLayer: method }',
        () => `method: ${text(length)}, x: { javascript: ${text(length)} }`,
      )
      .replace('hosts: [www.harbour.example]', () => `hosts: [${text(length)}]`)
  expect((await checked(withTexts(2000))).codes).not.toEqual([])
  const { codes } = await checked(withTexts(10_000))
  expect(codes.includes('texts-are-short') || codes.includes('plan-too-large')).toBe(true)
  expect((await checked(withTexts(40_000))).codes).toContain('plan-too-large')
})

test('the prototype cannot be reached', async () => {
  const { codes } = await checked(`${good}\n__proto__: { polluted: true }\n`)
  expect(codes).toContain('bad-key')
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  const { codes: others } = await checked(
    good.replace(
      'goals:\n',
      'goals:\n  constructor: { title: A, feeds: 1 }\n  hasOwnProperty: { titel: B }\n',
    ),
  )
  expect(others).toContain('unknown-field')
})

test('terminal escape codes, line breaks and workflow commands come out as text', async () => {
  const title = '\u001b[2J\u001b]0;owned\u0007\r\n::error file=x::owned\n\u202e\u2066'
  const { text, github } = await checked(
    `${JSON.stringify(title)}: 1\nversion: ${JSON.stringify(title)}\nplan: ${JSON.stringify(title)}\n`,
  )
  // eslint-disable-next-line no-control-regex
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
  expect(text.split('\n').filter((line) => line.startsWith('::'))).toEqual([])
  expect(
    github
      .split('\n')
      .filter((line) => line !== '' && !/^::(error|warning|notice) file=plan\.yaml,/.test(line)),
  ).toEqual([])
  // eslint-disable-next-line no-control-regex
  expect(github).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
})
