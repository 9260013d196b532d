/**
 * The schema beside this file is OASIS's, as SchemaStore publishes it (Apache 2.0):
 * https://raw.githubusercontent.com/schemastore/schemastore/master/src/schemas/json/sarif-2.1.0-rtm.5.json
 */
import { Ajv } from 'ajv'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkPlan } from '../../src/check/check.ts'
import { CODES } from '../../src/codes/all.ts'
import { parsePlan } from '../../src/plan/parse.ts'
import { BAD_PLANS, readBadPlan } from './read-bad-plan.ts'
import { renderDiagnosticsSarif } from '../../src/render/diagnostics-sarif.ts'

// Draft 4, of which it uses nothing that later drafts read otherwise, but for how a schema says its name.
const schema = JSON.parse(readFileSync('test/check/sarif-2.1.0-rtm.5.json', 'utf8')) as Record<
  string,
  unknown
>
delete schema['$schema']
delete schema['id']
const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema)

test('what is said of every bad plan is SARIF by its schema', async () => {
  const broken: string[] = []
  for (const name of BAD_PLANS) {
    const parsed = parsePlan(await readBadPlan(name))
    const { diagnostics } = checkPlan(parsed, { today: '2026-11-22', profile: 'strict' })
    const log: unknown = JSON.parse(renderDiagnosticsSarif(diagnostics, parsed, [...CODES.values()], '1.0.0'))
    if (!validate(log)) broken.push(`${name}: ${JSON.stringify(validate.errors?.[0])}`)
  }
  expect(BAD_PLANS.length).toBeGreaterThan(120)
  expect(broken).toEqual([])
})

test('the schema refuses what is not SARIF', () => {
  expect(validate({ version: '2.1.0' })).toBe(false)
  expect(validate({ version: '2.1.0', runs: [{ tool: {} }] })).toBe(false)
})
