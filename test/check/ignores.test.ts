/** The day that stands under `until` is the first on which a finding is back. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkPlan } from '../../src/check/check.ts'
import { parsePlan } from '../../src/plan/parse.ts'
import { readPlanWith } from '../../src/plan/read.ts'

const base = readFileSync('test/bad-plans/base.yaml', 'utf8')
  .replace('guardrail: { metric: revenue, maxDrop: 5% }\n', '')
  .concat('\nignore: [{ code: primary-goals-have-a-guardrail, reason: Being named, until: "2026-12-01" }]\n')

async function codesOn(today: string, text = base): Promise<readonly string[]> {
  const parsed = parsePlan(await readPlanWith('plan.yaml', () => Promise.resolve({ text })))
  return checkPlan(parsed, { today, profile: 'strict' })
    .diagnostics.map(({ code }) => code)
    .filter((code) => code === 'primary-goals-have-a-guardrail' || code.startsWith('ignores-'))
}

test('a finding is ignored up to the day before, and back on the day itself', async () => {
  expect(await codesOn('2026-11-30')).toEqual([])
  expect(await codesOn('2026-12-01')).toEqual(['primary-goals-have-a-guardrail', 'ignores-are-current'])
  expect(await codesOn('2026-12-02')).toEqual(['primary-goals-have-a-guardrail', 'ignores-are-current'])
})

test('what is accepted of one thing is not accepted of another', async () => {
  const text = base.replace(
    'primary-goals-have-a-guardrail, reason',
    'primary-goals-have-a-guardrail, at: someone, reason',
  )
  const at = (id: string): Promise<readonly string[]> => codesOn('2026-11-30', text.replace('someone', id))
  expect(await at('purchase')).toEqual([])
  expect(await at('goals')).toEqual([])
  expect(await at('newsletter')).toEqual(['primary-goals-have-a-guardrail'])
})

test('whatever has an id may be named: a destination, a market, an audience, and nothing that is not there', async () => {
  const things =
    '\ndestinations: { meta: { kind: meta, id: "123456789012345" } }\nmarkets: { de: { title: Germany, hosts: [de.shop.example] } }\naudiences: { buyers: { title: Buyers, did: [purchase], keep: 30d } }\n'
  const unknown = async (id: string): Promise<boolean> => {
    const text = `${base.replace('guardrail, reason', `guardrail, at: ${id}, reason`)}${things}`
    const parsed = parsePlan(await readPlanWith('plan.yaml', () => Promise.resolve({ text })))
    const { diagnostics } = checkPlan(parsed, { today: '2026-11-30' })
    return diagnostics.some(({ code }) => code === 'ids-in-ignore-are-known')
  }
  expect(await unknown('meta')).toBe(false)
  expect(await unknown('de')).toBe(false)
  expect(await unknown('buyers')).toBe(false)
  expect(await unknown('mehta')).toBe(true)
})
