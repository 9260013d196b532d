/** The recipe of CONTRIBUTING, "Adding a rule": data that explains it and a pure function are all that the check needs. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkPlan } from '../../src/check/check.ts'
import { rule } from '../../src/check/rule.ts'
import { RULES } from '../../src/check/rules/index.ts'
import { parsePlan } from '../../src/plan/parse.ts'
import { readPlanWith } from '../../src/plan/read.ts'

const TITLES = rule({
  // A code of another rule's, so that the closed union of codes need not know the made-up one.
  code: 'plans-stay-small',
  severity: 'warning',
  profile: 'recommended',
  title: 'Titles do not shout.',
  reason: 'Capitals are hard to read.',
  fix: 'write it in small letters.',
  source: 'The style of the house',
  *check(places) {
    for (const { at, title } of places.conversions)
      if (title === title.toUpperCase()) yield { at: `${at}/title`, message: `"${title}" shouts.` }
  },
})

const base = readFileSync('test/bad-plans/base.yaml', 'utf8')

async function findings(profile: 'minimal' | 'recommended' | 'strict'): Promise<readonly unknown[]> {
  const text = base.replace('title: Site search', 'title: SITE SEARCH')
  const parsed = parsePlan(await readPlanWith('plan.yaml', () => Promise.resolve({ text })))
  return checkPlan(parsed, { today: '2026-11-24', profile, rules: [TITLES] }).diagnostics
}

test('the check says what it finds, with its fix, in its profiles', async () => {
  const found = {
    severity: 'warning',
    code: 'plans-stay-small',
    message: '"SITE SEARCH" shouts.',
    fix: 'write it in small letters.',
    at: '/stages/awareness/micro/search/title',
  }
  expect(await findings('minimal')).toEqual([])
  expect(await findings('recommended')).toEqual([found])
  expect(await findings('strict')).toEqual([{ ...found, severity: 'error' }])
})

test('every rule has its file, its line in the list and its page', () => {
  const files = (readdirSync('src/check/rules', { recursive: true }) as string[]).filter((file) =>
    /[\\/].*\.ts$/.test(file),
  )
  expect(RULES.map(({ code }) => code).sort()).toEqual(
    files.map((file) => file.replace(/^.*[\\/]|\.ts$/g, '')).sort(),
  )
  const pages = readdirSync('docs/codes')
  expect(RULES.filter(({ code }) => !pages.includes(`${code}.md`)).map(({ code }) => code)).toEqual([])
})
