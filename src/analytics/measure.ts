/** From a source to answers: opens what is named, asks, closes. */
import { ask, type Answers } from './ask.ts'
import type { Asked } from './asked.ts'
import { findDataFiles, findWhatIsThere } from './data-files.ts'
import { openDuckdb, readOutsideRows } from './duckdb.ts'
import { dayOfDate, dayText } from './days.ts'
import type { Engine } from './engine.ts'
import { AnalyticsError } from './failure.ts'
import { outsideRows, withOutside } from './outside.ts'
import { periodBefore, type Period } from './period.ts'
import type { Scorecard } from './scorecard-types.ts'
import type { Source } from './sources.ts'
import { readStatements, type Question, type Statements } from './statements.ts'
import type { MeasuredPlan } from './measured-plan.ts'

export interface Measured {
  readonly answers: Answers
  readonly source: Scorecard['source']
}

/** What opens a source that is not files. Made where the connection is. */
export type OpenRemote = (source: Exclude<Source, { kind: 'files' }>) => RemoteSource

export type RemoteSource =
  | {
      readonly kind: 'engine'
      readonly engine: Engine
      readonly names: readonly string[]
      readonly notes: () => readonly string[]
    }
  | {
      readonly kind: 'answers'
      readonly ask: (plan: MeasuredPlan, asked: Asked, questions: readonly Question[]) => Promise<Answers>
      readonly names: readonly string[]
      readonly notes: () => readonly string[]
    }

/** first <= day < end */
export interface Days {
  readonly first: number
  readonly end: number
}

/**
 * Answers the questions about a plan. What the files of what GA4 cannot see get wrong is said first: asking may cost.
 * @param sqlFolder holds the SQL texts
 */
export async function measure(
  source: Source,
  plan: MeasuredPlan,
  asked: Asked,
  days: Days,
  questions: readonly Question[],
  sqlFolder: string,
  openRemote: OpenRemote,
  today: number,
): Promise<Measured> {
  const { names, mayLack } = source.outside
  const { files, lacking } = mayLack
    ? await findWhatIsThere(names)
    : { files: await findDataFiles(names), lacking: [] }
  const rows = files.length === 0 ? undefined : outsideRows(await readOutsideRows(files), plan, today)
  const { answers, source: read } = await measureInside(
    source,
    plan,
    asked,
    days,
    questions,
    sqlFolder,
    openRemote,
  )
  const notes = lacking.map((name) => `There is no file "${name}": of what only it counts nothing is known.`)
  return {
    answers: rows === undefined ? answers : withOutside(answers, rows),
    source: { ...read, notes: [...read.notes, ...notes] },
  }
}

async function measureInside(
  source: Source,
  plan: MeasuredPlan,
  asked: Asked,
  days: Days,
  questions: readonly Question[],
  sqlFolder: string,
  openRemote: OpenRemote,
): Promise<Measured> {
  if (source.kind === 'files') {
    const files = await findDataFiles(source.files)
    const statements = await readStatements(sqlFolder, 'duckdb')
    const engine = await openDuckdb(files, statements.prelude)
    const answers = await asking(engine, statements, plan, asked, days, questions)
    return { answers, source: { kind: 'files', names: files.map(({ path }) => path), notes: [] } }
  }
  const remote = openRemote(source)
  const names = [...remote.names]
  if (remote.kind === 'answers') {
    const answers = await remote.ask(plan, asked, questions)
    return { answers, source: { kind: source.kind, names, notes: [...remote.notes()] } }
  }
  const statements = await readStatements(sqlFolder, 'bigquery')
  const answers = await asking(remote.engine, statements, plan, asked, days, questions)
  return { answers, source: { kind: source.kind, names, notes: [...remote.notes()] } }
}

async function asking(
  engine: Engine,
  statements: Statements,
  plan: MeasuredPlan,
  asked: Asked,
  days: Days,
  questions: readonly Question[],
): Promise<Answers> {
  try {
    const answers = await ask(engine, statements, plan, asked, days, questions)
    await mustHaveDays(engine, answers, asked)
    return answers
  } finally {
    await engine.close()
  }
}

/** Where the period has no day and the source can say cheaply which days it holds, they are the way out. */
async function mustHaveDays(engine: Engine, { days }: Answers, { periods, span }: Asked): Promise<void> {
  if (days?.some(({ day, events }) => events > 0 && day >= span.first && day < span.end) !== false) return
  const held = await engine.holds?.()
  if (held === undefined) return
  const [first, last] = [dayOfDate(held.first), dayOfDate(held.last)]
  if (first === undefined || last === undefined) return
  const period = periods[0]
  const named = `${dayText(span.first)} to ${dayText(span.end - 1)}`
  throw new AnalyticsError(
    'no-rows-in-the-period',
    `There is nothing in ${period === undefined || period.label.includes('..') ? named : `${period.label} (${named})`}. The data hold ${dayText(first)} to ${dayText(last)}.`,
    // Days before a given one are looked at as they are; the last full week, month or quarter before it may lie before the data.
    period?.kind === 'days'
      ? `name days among those, or the day that counts as today: --as-of ${dayText(last + 1)}.`
      : `name days among those: --week, --month, or of a scorecard --since ${dayText(first)} --until ${dayText(last)}.`,
  )
}

/** The period and the four before it. */
export function periodsFrom(period: Period, plan: MeasuredPlan): readonly Period[] {
  const periods = [period]
  for (let last = period; periods.length < 5; periods.push(last)) last = periodBefore(last, plan.weekStart)
  return periods
}

/** The days that a scorecard needs: those of all periods, the attribution window before the first, and one for sessions over midnight. */
export function daysFor(periods: readonly Period[], plan: MeasuredPlan): Days {
  const [period] = periods
  const end = period?.end ?? 0
  const first = Math.min(...periods.map((one) => one.first), (period?.first ?? 0) - plan.windowDays)
  return { first: first - 1, end: end + 1 }
}
