/** Goals' guardrails: has what must not fall fallen further than it may? */
import { weekdayOf } from './days.ts'
import { shareOf } from './amounts.ts'
import { clusters } from './bootstrap-clusters.ts'
import { filled, foreignOf, unvaluedOf, unvaluedWords } from './money.ts'
import type { Period } from './period.ts'
import type { Estimate, Guardrail, Unknown } from './scorecard-types.ts'
import { clusterBootstrap } from './statistics/cluster-bootstrap.ts'
import { isKnown } from './statistics/estimate.ts'
import type { MeasuredConversion, MeasuredPlan } from './measured-plan.ts'
import { counted, sumOf, within, type Tally } from './tally.ts'
import { THRESHOLDS } from './thresholds.ts'
import { whole } from './words.ts'

export function guardrailsOf(plan: MeasuredPlan, periods: readonly Period[], tally: Tally): Guardrail[] {
  return plan.conversions.flatMap((conversion) =>
    conversion.guardrail === undefined
      ? []
      : [guardrailOf(conversion, conversion.guardrail, plan, periods, tally)],
  )
}

function guardrailOf(
  conversion: MeasuredConversion,
  { metric, maxDrop, action }: NonNullable<MeasuredConversion['guardrail']>,
  plan: MeasuredPlan,
  periods: readonly Period[],
  tally: Tally,
): Guardrail {
  const allowed = shareOf(maxDrop)
  const found = metricOf(metric, conversion, plan)
  const change: Estimate | Unknown =
    found === undefined ? { unknown: 'not-available-from-this-source' } : changeOf(found, periods, tally)
  const { verdict, reason } =
    (found?.what === 'amount'
      ? unvaluedJudgement(change, allowed, found.conversion, periods, tally)
      : undefined) ?? judge(change, allowed, metric, found === undefined)
  return {
    goal: conversion.id,
    metric,
    maxDrop: allowed,
    change,
    verdict,
    reason,
    ...(action === undefined ? {} : { action }),
  }
}

export interface Metric {
  readonly conversion: MeasuredConversion
  readonly what: 'amount' | 'occurrences'
}

/** What the plan's word for a metric is in the data: revenue, purchases or orders, or the id of a conversion. */
export function metricOf(metric: string, own: MeasuredConversion, plan: MeasuredPlan): Metric | undefined {
  const named = plan.conversions.find(({ id }) => id === metric)
  if (named !== undefined) return { conversion: named, what: 'occurrences' }
  const buying = plan.conversions.find(({ event }) => event === 'purchase')
  const word = metric.toLowerCase()
  if (word === 'revenue') {
    const conversion = own.event === 'purchase' || buying === undefined ? own : buying
    return { conversion, what: 'amount' }
  }
  if (/^(purchases|orders)$/.test(word))
    return buying === undefined ? undefined : { conversion: buying, what: 'occurrences' }
  return metric === `${own.id}s` || metric === 'count' ? { conversion: own, what: 'occurrences' } : undefined
}

/**
 * This period against the same weekdays of the periods before, as a share: -.1 is a tenth less. Each day before weighs so that its
 * weekday counts as often as in this period; weekdays without a day before are left out on both sides.
 */
export function changeOf(
  { conversion, what }: Metric,
  periods: readonly Period[],
  tally: Tally,
): Estimate | Unknown {
  const [now, ...before] = periods
  if (now === undefined || tally.days(conversion.id).length === 0) return { unknown: 'no-data' }
  if (conversion.event === undefined) return { unknown: 'not-available-from-this-source' }
  const from = Math.min(...before.map(({ first }) => first))
  const seen = [...tally.daysSeen]
  const perWeekday = (days: readonly number[]): readonly number[] =>
    [0, 1, 2, 3, 4, 5, 6].map((weekday) => days.filter((day) => weekdayOf(day) === weekday).length)
  const these = perWeekday(seen.filter((day) => day >= now.first && day < now.end))
  const those = perWeekday(seen.filter((day) => day >= from && day < now.first))
  const weigh = (day: number): readonly number[] => {
    const weekday = weekdayOf(day)
    const [here = 0, there = 0] = [these[weekday], those[weekday]]
    if (here === 0 || there === 0) return [0, 0]
    if (day >= now.first && day < now.end) return [1, 0]
    return day >= from && day < now.first ? [0, here / there] : [0, 0]
  }
  const least = Math.min(
    sumOf(within(tally.days(conversion.id), now), counted(conversion)),
    sumOf(within(tally.days(conversion.id), { first: from, end: now.first }), counted(conversion)),
  )
  const most = sumOf(within(tally.days(conversion.id), { first: from, end: now.first }), counted(conversion))
  if (most < THRESHOLDS.occurrences)
    return { unknown: least === 0 && most === 0 ? 'no-data' : 'not-enough-data' }
  const drawn = clusters(conversion, tally, what, weigh)
  if (drawn === undefined) return { unknown: 'not-available-from-this-source' }
  return clusterBootstrap(drawn, ([here = 0, there = 0]) => here / there - 1)
}

/** Amounts that are in no sum let it say nothing. Those that were not sent are no fall: where they would fill it, were they worth the average of the others, nothing is known of one. */
function unvaluedJudgement(
  change: Estimate | Unknown,
  allowed: number,
  conversion: MeasuredConversion,
  periods: readonly Period[],
  tally: Tally,
): Pick<Guardrail, 'verdict' | 'reason'> | undefined {
  const [now, ...before] = periods
  if (!isKnown(change) || now === undefined) return undefined
  const foreign = periods.map((period) => foreignOf(conversion, period, tally)).find(Boolean)
  if (foreign !== undefined) {
    const { without, of } = foreign
    return {
      verdict: 'cannot-tell',
      reason: `${whole(without)} of ${whole(of)} amounts are in another currency than the plan’s, and in no sum.`,
    }
  }
  if (change.high >= 0) return undefined
  const here = unvaluedOf(conversion, now, tally)
  const from = Math.min(...before.map(({ first }) => first))
  const there = unvaluedOf(conversion, { first: from, end: now.first }, tally)
  if (here === undefined || ((1 + change.value) * filled(here)) / filled(there) - 1 <= -allowed)
    return undefined
  const then = there === undefined ? 'none before' : `${whole(there.without)} of ${whole(there.of)} before`
  return { verdict: 'cannot-tell', reason: `${unvaluedWords(here)}, ${then}: that may be the whole fall.` }
}

function judge(
  change: Estimate | Unknown,
  allowed: number,
  metric: string,
  unnamed: boolean,
): { readonly verdict: Guardrail['verdict']; readonly reason: string } {
  if (unnamed)
    return {
      verdict: 'cannot-tell',
      reason: `"${metric}" is not in the data; name revenue, purchases, or the id of a conversion.`,
    }
  if (!isKnown(change)) {
    const why = {
      'not-enough-data': `fewer than ${THRESHOLDS.occurrences} in the periods before`,
      'no-data': 'the periods before have none',
      'no-units': 'there are no units',
      'not-available-from-this-source': 'this source knows no users, so there is no interval',
      'cannot-be-told-apart': 'another conversion looks the same',
    }[change.unknown]
    return { verdict: 'cannot-tell', reason: `No verdict: ${why}.` }
  }
  const { low, high } = change
  if (low > -allowed) return { verdict: 'ok', reason: 'The whole interval is above what is allowed.' }
  if (high < -allowed) return { verdict: 'breach', reason: 'The whole interval is below what is allowed.' }
  if (high < 0) return { verdict: 'watch', reason: 'It has fallen; whether by more than is allowed is open.' }
  return { verdict: 'cannot-tell', reason: 'The interval holds both no change and more than is allowed.' }
}
