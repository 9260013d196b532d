import { readFileSync, existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { checkPlan, type CheckOptions } from '../../src/check/check.ts'
import { RULES } from '../../src/check/rules/index.ts'
import { parsePlan } from '../../src/plan/parse.ts'
import { BAD_PLANS, readBadPlan } from './read-bad-plan.ts'
import { renderDiagnosticsText } from '../../src/render/diagnostics.ts'

/**
 * One folder a bad plan, named for what is wrong with it: what is said about it in `diagnostics.txt`, and
 * where needed `check.json` with options and the number of findings (one, if it does not say otherwise).
 */
const folder = new URL('../bad-plans/', import.meta.url)

interface Case extends Pick<CheckOptions, 'profile' | 'environment' | 'env'> {
  readonly findings?: number
  /** Only these rules are checked. */
  readonly only?: readonly string[]
}

function caseOf(name: string): Case {
  const file = new URL(`${name}/check.json`, folder)
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Case) : {}
}

test.each(BAD_PLANS)('%s', async (name) => {
  const { findings = 1, only, ...options } = caseOf(name)
  const rules = RULES.filter(({ code }) => only?.includes(code) !== false)
  const parsed = parsePlan(await readBadPlan(name))
  const { diagnostics } = checkPlan(parsed, { today: '2026-11-22', ...options, rules })
  const text = renderDiagnosticsText(diagnostics, parsed)
  await expect(text).toMatchFileSnapshot(fileURLToPath(new URL(`${name}/diagnostics.txt`, folder)))
  expect(diagnostics.length, text).toBe(findings)
  expect(diagnostics.every((one) => one.fix !== undefined)).toBe(true)
})
