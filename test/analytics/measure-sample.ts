/** Measures the shop of Google's public sample in tests. The rows are not part of this repository. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Answers } from '../../src/analytics/ask.ts'
import { measure } from '../../src/analytics/measure.ts'
import type { Period } from '../../src/analytics/period.ts'
import { QUESTIONS, type Question } from '../../src/analytics/statements.ts'
import { measuredPlanOf, type MeasuredPlan } from '../../src/analytics/measured-plan.ts'
import { buildPlan } from '../../src/plan/build.ts'
import { parsePlan } from '../../src/plan/parse.ts'
import type { PlanDocument } from '../../src/plan/plan-types.ts'
import { readPlanWith } from '../../src/plan/read.ts'

export const SQL = fileURLToPath(new URL('../../src/analytics/sql', import.meta.url))
export const STORE = fileURLToPath(new URL('store.yaml', import.meta.url))

const folder = fileURLToPath(new URL('../../../shared/ga4-export/', import.meta.url))
/** Whether the rows of the sample are beside this repository. */
export const hasSample = existsSync(folder)
export const SAMPLE = `${folder}derived/ga4_202101_users30pct.parquet`
export const NDJSON = `${folder}derived/events_20210131_sample.ndjson`
export const CONSOLE = `${folder}raw/console_rows.json`

export async function planFrom(text: string): Promise<MeasuredPlan> {
  const parsed = parsePlan(await readPlanWith('plan.yaml', () => Promise.resolve({ text })))
  const document = parsed.document as PlanDocument
  const [environment = ''] = Object.keys(document.environments)
  return measuredPlanOf(buildPlan(document, environment, 'plan.yaml'))
}

export function storePlan(): Promise<MeasuredPlan> {
  return planFrom(readFileSync(STORE, 'utf8'))
}

export const day = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 86_400_000

export const JANUARY: Period = {
  kind: 'month',
  label: '2021-01',
  first: day('2021-01-01'),
  end: day('2021-02-01'),
}

/** The answers to every question, about one period and the given ones before it. */
export async function answersFrom(
  files: readonly string[],
  measured: MeasuredPlan,
  periods: readonly Period[] = [JANUARY],
  questions: readonly Question[] = QUESTIONS,
): Promise<Answers> {
  const [period = JANUARY] = periods
  const { answers } = await measure(
    { kind: 'files', files, outside: { names: [], mayLack: false } },
    measured,
    { periods, span: { first: period.first, end: period.end } },
    { first: Math.min(...periods.map(({ first }) => first)) - 31, end: period.end + 1 },
    questions,
    SQL,
    () => {
      throw new Error('no remote source in this test')
    },
    period.end,
  )
  return answers
}
