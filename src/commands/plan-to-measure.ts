/** What the commands that measure do first: the plan, the period, and the answers of its source. */
import { join } from 'node:path'
import { seenByApi } from '../analytics/data-api-filter.ts'
import type { Asked } from '../analytics/asked.ts'
import { dayOf } from '../analytics/days.ts'
import { AnalyticsError } from '../analytics/failure.ts'
import { daysFor, measure, periodsFrom, type Days, type Measured } from '../analytics/measure.ts'
import { periodOf, type Period } from '../analytics/period.ts'
import { sourceOf, type Source } from '../analytics/sources.ts'
import type { Question } from '../analytics/statements.ts'
import { measuredPlanOf, type MeasuredPlan } from '../analytics/measured-plan.ts'
import type { Io } from './io.ts'
import { loadPlan, today, type LoadedPlan, type PlanOptions } from './load-plan.ts'
import { PACKAGE_ROOT } from './package-files.ts'
import type { TargetOptions } from './target.ts'

export interface MeasureOptions extends PlanOptions, TargetOptions {
  readonly from?: readonly string[]
  readonly outside?: readonly string[]
  readonly week?: string
  readonly month?: string
  readonly since?: string
  readonly until?: string
  readonly asOf?: string
}

export interface PlanToMeasure extends LoadedPlan {
  readonly measured: MeasuredPlan
  readonly source: Source
  readonly asOf: number
  readonly today: number
}

export const SQL_FOLDER = join(PACKAGE_ROOT, 'src/analytics/sql')

/** Reads the plan and says where its numbers are; asks nothing yet. */
export async function planToMeasure(
  named: string | undefined,
  options: MeasureOptions,
  io: Io,
): Promise<PlanToMeasure> {
  const loaded = await loadPlan(named, options, io)
  const { environment } = loaded.plan
  const analytics = environment.analytics
  const source = sourceOf(analytics, environment.ga4.property, options.from ?? [], options.outside ?? [])
  const measured = measuredPlanOf(loaded.plan)
  const now = dayOf(today(io)) ?? 0
  return {
    ...loaded,
    measured: source.kind === 'api' ? seenByApi(measured) : measured,
    source,
    asOf: asOfDay(options, now),
    today: now,
  }
}

function asOfDay({ asOf }: MeasureOptions, now: number): number {
  if (asOf === undefined) return now
  const day = dayOf(asOf)
  if (day === undefined) throw badDay(`"${asOf}" is no day.`)
  if (day > now) throw badDay(`${asOf} lies in the future.`)
  return day
}

function badDay(message: string): AnalyticsError {
  return new AnalyticsError('bad-period', message, 'give a day up to today, for example --as-of 2021-02-01.')
}

/** The period that is meant, those before it that its figures need, and the days that must be read for them. */
export function periodToMeasure(
  { measured, asOf }: PlanToMeasure,
  options: MeasureOptions,
): { readonly period: Period; readonly asked: Asked; readonly days: Days } {
  const period = periodOf({ ...options, asOf }, measured.cadence, measured.weekStart)
  const periods = periodsFrom(period, measured)
  const asked = { periods, span: { first: period.first, end: period.end } }
  return { period, asked, days: daysFor(periods, measured) }
}

/** The period that is meant, and the answers to questions about it and the periods before. */
export async function measurePeriod(
  toMeasure: PlanToMeasure,
  options: MeasureOptions,
  questions: readonly Question[],
  io: Io,
): Promise<Measured & { readonly periods: readonly Period[] }> {
  const { measured, source, plan, today: now } = toMeasure
  const { period, asked, days } = periodToMeasure(toMeasure, options)
  const { remoteOpener } = await import('./remote-source.ts')
  io.progress(`Reading ${period.label} and the periods before`)
  return remoteOpener(source, plan, options, io, async (open) => {
    const found = await measure(source, measured, asked, days, questions, SQL_FOLDER, open, now)
    return { ...found, periods: asked.periods }
  }).finally(() => io.progress())
}
