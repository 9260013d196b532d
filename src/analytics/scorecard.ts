/** The scorecard: what happened in a period, held against the plan. A value; what is drawn from it adds nothing. */
import type { Answers } from './ask.ts'
import { alertsOf } from './alerts.ts'
import { assistedOf, distinctOf, lagOf } from './assisted.ts'
import { benchmarksOf } from './benchmark.ts'
import { API_NUMBERS } from './data-api-notes.ts'
import { dayText } from './days.ts'
import { experimentsOf } from './experiment.ts'
import { AnalyticsError } from './failure.ts'
import { funnelsOf, timeToAction } from './funnel.ts'
import { guardrailsOf } from './guardrail.ts'
import { moneyOf } from './money.ts'
import { nextOf } from './next.ts'
import { isSilent, segmentsOf } from './outside.ts'
import type { Period } from './period.ts'
import { qualityOf } from './quality.ts'
import type { Breakdown, Conversion, Period as PeriodSeen, Scorecard } from './scorecard-types.ts'
import { isKnown } from './statistics/estimate.ts'
import type { MeasuredConversion, MeasuredPlan } from './measured-plan.ts'
import { sumOf, tallyOf, within, type Tally } from './tally.ts'
import { stagesOf } from './stage.ts'
import { partTargetsOf, targetOf } from './target.ts'
import { THRESHOLDS } from './thresholds.ts'
import { firstWhole, trendOf } from './trend.ts'
import { whole } from './words.ts'

export interface ScorecardInput {
  readonly plan: MeasuredPlan
  /** The period that is looked at, then those before it. */
  readonly periods: readonly Period[]
  readonly asOf: number
  readonly source: Scorecard['source']
  readonly answers: Answers
}

/** Throws AnalyticsError when the period has no rows: a verdict is never made from nothing. */
export function scorecardOf({ plan, periods, asOf, source, answers }: ScorecardInput): Scorecard {
  const [period, ...before] = periods
  if (period === undefined) throw new Error('A scorecard needs a period.')
  const tally = tallyOf(answers)
  mustHaveRows(period, tally)
  const conversions = plan.conversions.map((conversion) => rowOf(conversion, plan, periods, tally))
  const judged = {
    quality: qualityOf(plan, period, asOf, tally),
    conversions,
    guardrails: guardrailsOf(plan, periods, tally),
    experiments: experimentsOf(plan, period, tally),
    alerts: alertsOf(plan, conversions, periods, tally),
  }
  const users = (answers.users ?? []).find((row) => row.period === 0)
  return {
    formatVersion: 1,
    plan: plan.id,
    file: plan.file,
    title: plan.title,
    environment: plan.environment,
    currency: plan.currency,
    asOf: dayText(asOf),
    period: seenIn(period, tally),
    compared: before.map((one) => seenIn(one, tally)),
    source: {
      ...source,
      notes: [...(source.kind === 'api' ? [API_NUMBERS] : []), ...source.notes, ...weekendNotes(plan)],
    },
    thresholds: THRESHOLDS,
    totals: {
      sessions: users?.sessions ?? 0,
      users: users?.users ?? 0,
      events: eventsIn(period, answers),
    },
    quality: judged.quality,
    conversions,
    stages: stagesOf(plan, period, tally),
    funnels: funnelsOf(plan, tally),
    distinct: distinctOf(plan, tally),
    assisted: assistedOf(plan, tally),
    guardrails: judged.guardrails,
    experiments: judged.experiments,
    alerts: judged.alerts,
    breakdowns: breakdownsOf(plan, tally),
    next: nextOf(plan, judged),
  }
}

/** Where weekends differ, a day of one market is a working day of another. */
function weekendNotes({ markets }: MeasuredPlan): readonly string[] {
  const said = markets.flatMap(({ title, weekend }) =>
    weekend === undefined ? [] : [`${title} ${weekend.join(', ')}`],
  )
  return said.length === 0 ? [] : [`Weekends: ${said.join('; ')}. Compare whole weeks.`]
}

function mustHaveRows(period: Period, { daysSeen }: Tally): void {
  const days = [...daysSeen].sort((a, b) => a - b)
  if (days.some((day) => day >= period.first && day < period.end)) return
  const [first] = days
  const last = days.at(-1)
  const holds =
    first === undefined || last === undefined
      ? 'The data have no rows for it, nor for the periods before.'
      : `The data that were read hold ${dayText(first)} to ${dayText(last)}.`
  throw new AnalyticsError(
    'no-rows-in-the-period',
    `There is nothing in ${period.label} (${dayText(period.first)} to ${dayText(period.end - 1)}). ${holds}`,
    'name a period that has data: --week, --month, --since with --until, or --as-of the day after the last one.',
  )
}

function seenIn({ label, first, end }: Period, { daysSeen }: Tally): PeriodSeen {
  const seen = [...daysSeen].filter((day) => day >= first && day < end).length
  return { label, first: dayText(first), last: dayText(end - 1), days: end - first, seen }
}

function eventsIn({ first, end }: Period, { days, visits }: Answers): number | null {
  if (visits === undefined) return null
  return sumOf(
    (days ?? []).filter(({ day }) => day >= first && day < end),
    ({ events }) => events,
  )
}

function rowOf(
  conversion: MeasuredConversion,
  plan: MeasuredPlan,
  periods: readonly Period[],
  tally: Tally,
): Conversion {
  const period = periods[0] as Period
  const { id, title, tier, primary, stage, owner, source, approvedBy, metric, metrics, incentive } =
    conversion
  const rate = tally.rate(conversion, 0, 'all', '')
  const target = targetOf(conversion, period, tally, rate, plan.currency)
  const segments = [...segmentsOf(id, period, tally)]
  return {
    id,
    title,
    tier,
    primary,
    ...(stage === undefined ? {} : { stage }),
    ...(owner === undefined ? {} : { owner }),
    ...(approvedBy === undefined ? {} : { approvedBy }),
    ...(metric === undefined ? {} : { metric }),
    ...(metrics.length === 0 ? {} : { metrics: [...metrics] }),
    ...(incentive === undefined ? {} : { incentive }),
    source,
    count: countOf(conversion, period, tally),
    rate,
    ...(target === undefined ? {} : { target }),
    ...(conversion.targets.length === 0 ? {} : { targets: partTargetsOf(conversion, period, tally, plan) }),
    benchmarks: benchmarksOf(conversion, tally),
    trend: trendOf(conversion, periods, tally),
    history: periods
      .map(({ label }, index) => ({ period: label, rate: tally.rate(conversion, index, 'all', '') }))
      .reverse(),
    value: moneyOf(conversion, period, tally),
    timeToAction:
      conversion.event === undefined
        ? { unknown: 'not-available-from-this-source' }
        : timeToAction(id, tally),
    ...(tier === 'goal' && conversion.event !== undefined ? { lag: lagOf(conversion, tally) } : {}),
    ...(segments.length === 0 ? {} : { segments }),
    notes: notesOf(conversion, periods, tally),
  }
}

function countOf(conversion: MeasuredConversion, period: Period, tally: Tally): Conversion['count'] {
  if (conversion.sameAs.length > 0) return { unknown: 'cannot-be-told-apart' }
  const all = tally.days(conversion.id)
  if (conversion.event === undefined && all.length === 0) return { unknown: 'not-available-from-this-source' }
  if (conversion.event === undefined && isSilent(period, tally)) return { unknown: 'no-data' }
  const rows = within(all, period)
  return {
    occurrences: sumOf(rows, ({ occurrences }) => occurrences),
    events: sumOf(rows, ({ events }) => events),
    sessions: conversion.event === undefined ? null : sumOf(rows, ({ sessions }) => sessions),
    withoutId: sumOf(rows, ({ without_id }) => without_id),
  }
}

function notesOf(conversion: MeasuredConversion, periods: readonly Period[], tally: Tally): string[] {
  const period = periods[0] as Period
  const began = firstWhole(conversion, periods, tally)
  const from = Math.min(...periods.map(({ first }) => first))
  const rows = within(tally.days(conversion.id), period)
  const [events, occurrences] = [sumOf(rows, (row) => row.events), sumOf(rows, (row) => row.occurrences)]
  return [
    ...(conversion.once === 'session' && events > occurrences && conversion.sameAs.length === 0
      ? [`A session counts once: there were ${whole(events)} events.`]
      : []),
    ...(began > from ? [`First seen on ${dayText(began)}: no trend across that day.`] : []),
    ...(conversion.evidence !== undefined && ageOf(conversion.evidence.asOf, period.end) > 90
      ? [
          `The weight is of ${conversion.evidence.asOf}, ${ageOf(conversion.evidence.asOf, period.end)} days before the end of the period: plan weights makes a new one.`,
        ]
      : []),
  ]
}

function ageOf(day: string, end: number): number {
  return end - Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000)
}

const MOST_BUCKETS = 6

function breakdownsOf(plan: MeasuredPlan, tally: Tally): Breakdown[] {
  return (['device', 'channel', 'market', 'segment'] as const).flatMap((slice): Breakdown[] => {
    const marketOf = (bucket: string) =>
      slice === 'market' ? plan.markets.find(({ id }) => id === bucket) : undefined
    // The plan's own markets are shown, however small.
    const buckets = tally
      .buckets(slice)
      .filter(({ bucket }, index) => index < MOST_BUCKETS || marketOf(bucket) !== undefined)
    if (buckets.length === 0) return []
    return [
      {
        slice,
        buckets: buckets.map(({ bucket, sessions }) => ({
          bucket,
          ...titleOf(marketOf(bucket)),
          sessions,
          rates: plan.conversions
            .filter(({ event }) => event !== undefined)
            .map((conversion) => {
              const rate = tally.rate(conversion, 0, slice, bucket)
              const enough = isKnown(rate) && rate.n >= THRESHOLDS.units && rate.k >= THRESHOLDS.occurrences
              return { conversion: conversion.id, rate, enough }
            }),
        })),
      },
    ]
  })
}

function titleOf(market: MeasuredPlan['markets'][number] | undefined): { readonly title?: string } {
  return market === undefined ? {} : { title: market.title }
}

/** True where CI is to stop: a guardrail is broken, or an alarm was raised. */
export function isAlarming({ guardrails, alerts, experiments }: Scorecard): boolean {
  return (
    alerts.length > 0 ||
    guardrails.some(({ verdict }) => verdict === 'breach') ||
    experiments.some(({ verdict }) => verdict === 'guard-breached')
  )
}
