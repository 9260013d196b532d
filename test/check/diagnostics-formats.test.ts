import { Ajv2020 } from 'ajv/dist/2020.js'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkPlan } from '../../src/check/check.ts'
import { CODES } from '../../src/codes/all.ts'
import type { Diagnostic } from '../../src/plan/diagnostic.ts'
import { parsePlan, type ParsedPlan } from '../../src/plan/parse.ts'
import { readBadPlan } from './read-bad-plan.ts'
import { renderDiagnosticsGithub } from '../../src/render/diagnostics-github.ts'
import { renderDiagnosticsJson, type DiagnosticsReport } from '../../src/render/diagnostics-json.ts'
import { renderDiagnosticsSarif } from '../../src/render/diagnostics-sarif.ts'
import { countsLine, PLAIN, renderDiagnosticsText } from '../../src/render/diagnostics.ts'

async function found(name: string): Promise<{ parsed: ParsedPlan; diagnostics: readonly Diagnostic[] }> {
  const parsed = parsePlan(await readBadPlan(name))
  return { parsed, diagnostics: checkPlan(parsed, { today: '2026-11-22' }).diagnostics }
}

test('JSON keeps to its published schema and says the same as the text', async () => {
  const schema = JSON.parse(readFileSync('schemas/diagnostics.schema.json', 'utf8')) as object
  const validate = new Ajv2020().compile(schema)
  for (const name of [
    'several-mistakes-in-one-plan',
    'an-empty-file',
    'a-mistake-in-the-base-of-an-overlay',
  ]) {
    const { parsed, diagnostics } = await found(name)
    const report = JSON.parse(renderDiagnosticsJson(diagnostics, parsed)) as DiagnosticsReport
    expect(validate(report), JSON.stringify(validate.errors)).toBe(true)
    const text = renderDiagnosticsText(diagnostics, parsed)
    for (const one of report.diagnostics)
      expect(text).toContain(`${one.file}:${one.line}:${one.column} ${one.severity} ${one.code}`)
    expect(text.trimEnd().endsWith(countsLine(diagnostics))).toBe(true)
  }
})

test('GitHub annotations name file, line and columns', async () => {
  const { parsed, diagnostics } = await found('a-field-in-another-case')
  expect(renderDiagnosticsGithub(diagnostics, parsed)).toBe(
    '::error file=test/bad-plans/a-field-in-another-case/plan.yaml,line=45,endLine=45,col=9,endColumn=17,title=unknown-field::' +
      '"UXOutcome" is not a field of a micro conversion.%0Afix: did you mean "uxOutcome"?\n',
  )
})

test('SARIF names the rule and the region of every result', async () => {
  const { parsed, diagnostics } = await found('several-mistakes-in-one-plan')
  const log = JSON.parse(renderDiagnosticsSarif(diagnostics, parsed, [...CODES.values()], '1.2.3')) as {
    runs: [
      { tool: { driver: { rules: { id: string }[] } }; results: { ruleId: string; ruleIndex: number }[] },
    ]
  }
  const [run] = log.runs
  expect(run.results).toHaveLength(diagnostics.length)
  for (const result of run.results) expect(run.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId)
  expect(run.results[0]).toMatchObject({
    ruleId: 'bad-format',
    level: 'error',
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'test/bad-plans/several-mistakes-in-one-plan/plan.yaml' },
          region: { startLine: 5, startColumn: 11, endLine: 5, endColumn: 14 },
        },
      },
    ],
  })
})

test('colour is a matter of whoever prints, and changes no word', async () => {
  const { parsed, diagnostics } = await found('a-weight-in-percent')
  const marked = (text: string): string => `<${text}>`
  const paint = { ...PLAIN, red: marked, yellow: marked, cyan: marked, dim: marked, bold: marked }
  const text = renderDiagnosticsText(diagnostics, parsed, paint)
  expect(text).toContain('<error> out-of-range')
  expect(text.replaceAll(/[<>]/g, '')).toBe(renderDiagnosticsText(diagnostics, parsed))
})

test('a plan without findings has nothing to say', () => {
  expect(renderDiagnosticsText([], { locate: () => undefined, textOf: () => undefined })).toBe('')
})
