import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { renderCodeDocs } from '../../scripts/generate-code-docs.ts'
import { renderRuleLists } from '../../scripts/generate-rule-list.ts'
import { CODES, STEPS } from '../../src/codes/all.ts'
import type { DiagnosticCode } from '../../src/codes/code.ts'
import { explainCode, listCodes, nearestCode } from '../../src/codes/explain.ts'
import { NOT_CHECKED } from '../../src/check/not-checked.ts'
import { BAD_PLANS } from '../check/read-bad-plan.ts'
import { RULES } from '../../src/check/rules/index.ts'

const rulesFolder = new URL('../../src/check/rules/', import.meta.url)
const badPlans = new URL('../bad-plans/', import.meta.url)
const docs = new URL('../../docs/codes/', import.meta.url)

const src = new URL('../../src/', import.meta.url)

test('every rule file is in the list, and is named as its code (else: npm run generate)', async () => {
  for (const [file, text] of await renderRuleLists()) expect(readFileSync(file, 'utf8')).toBe(text)
  const files = (readdirSync(rulesFolder, { recursive: true }) as string[]).filter((file) =>
    file.includes('/'),
  )
  expect(RULES.map(({ code }) => code).toSorted()).toEqual(
    files.map((file) => file.replace(/^.*\/|\.ts$/g, '')).toSorted(),
  )
})

test('a code that nobody explains does not compile', () => {
  // @ts-expect-error it is none of the union
  const code: DiagnosticCode = 'no-such-code'
  expect(explainCode(code)).toBeUndefined()
  const casts = sources(src).filter(({ text }) => /as (DiagnosticCode|\w+Code)\b/.test(text))
  expect(casts.map(({ file }) => file)).toEqual([])
})

test('every code is said by something', () => {
  // The sandbox has its own words for everything but its files.
  const own = (file: string) => file.startsWith('sandbox/') && file !== 'sandbox/state-file.ts'
  const all = sources(src).filter(({ file }) => !file.startsWith('codes/') && !own(file))
  const said = (code: string): boolean => {
    // A single word may mean anything elsewhere.
    const use = new RegExp(code.includes('-') ? `'${code}'` : `code:[^,]*'${code}'`)
    return all.some(({ text }) => use.test(text))
  }
  expect([...CODES.keys()].filter((code) => !said(code))).toEqual([])
})

test('a code stands for one thing', () => {
  const codes = STEPS.flatMap((step) => step.codes.map(({ code }) => code))
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([])
  expect(codes.filter((code) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(code))).toEqual([])
})

test('every code says the law, why it matters, what to do and where it comes from', () => {
  for (const { title, reason, fix, source } of CODES.values()) {
    expect(title).toMatch(/^[A-Z`].*[.)]$/s)
    expect(reason.length).toBeGreaterThan(10)
    expect(fix.length).toBeGreaterThan(8)
    expect(source).not.toBe('')
  }
})

test('every check is shown at work by a bad plan', () => {
  const shown = BAD_PLANS.map((name) =>
    readFileSync(new URL(`${name}/diagnostics.txt`, badPlans), 'utf8'),
  ).join('\n')
  const checked = [...CODES.values()].filter(({ profile }) => profile !== undefined)
  const unseen = checked.map(({ code }) => code).filter((code) => !new RegExp(` ${code}$`, 'm').test(shown))
  expect(unseen).toEqual([])
})

test('the lint catalogue is accounted for, entry by entry', () => {
  const entries = [
    ...[...CODES.values()].flatMap(({ catalogue = [] }) => catalogue),
    ...NOT_CHECKED.map(({ entry }) => entry),
  ]
  const expected = Object.entries({ P: 22, N: 13, D: 17, K: 8, A: 3, T: 25, C: 6, M: 4, G: 7 }).flatMap(
    ([family, count]) =>
      Array.from({ length: count }, (_, index) => `L-${family}${String(index + 1).padStart(2, '0')}`),
  )
  expect([...new Set(entries)].toSorted()).toEqual(expected.toSorted())
  const checked = new Set([...CODES.values()].flatMap(({ catalogue = [] }) => catalogue))
  expect(NOT_CHECKED.filter(({ entry }) => checked.has(entry))).toEqual([])
  expect(checked.size).toBeGreaterThanOrEqual(80)
})

test('the pages under docs/codes are up to date', async () => {
  const rendered = await renderCodeDocs()
  expect(readdirSync(docs).toSorted()).toEqual([...rendered.keys()].toSorted())
  for (const [name, text] of rendered) expect(readFileSync(new URL(name, docs), 'utf8')).toBe(text)
})

test('explain knows every code, and what was meant by another', () => {
  for (const code of CODES.keys()) expect(explainCode(code)).toContain(code)
  expect(explainCode('no-such-code')).toBeUndefined()
  expect(nearestCode('weight-has-evidence')).toBe('weights-have-evidence')
  const lines = listCodes().split('\n')
  for (const code of CODES.keys()) expect(lines.filter((line) => line.startsWith(`${code} `))).toHaveLength(1)
})

interface SourceFile {
  readonly file: string
  readonly text: string
}

function sources(folder: URL): readonly SourceFile[] {
  return (readdirSync(folder, { recursive: true }) as string[])
    .filter((file) => file.endsWith('.ts'))
    .map((file) => ({ file, text: readFileSync(new URL(file, folder), 'utf8') }))
}
