/** A rate against the period before, and against the mean of the periods before (up to four, their units together). */
import type { Period } from './period.ts'
import type { Change, Rate, Unknown } from './scorecard-types.ts'
import { isKnown } from './statistics/estimate.ts'
import { newcombe } from './statistics/newcombe.ts'
import { detectableDifference } from './statistics/two-rates.ts'
import type { MeasuredConversion } from './measured-plan.ts'
import { sumOf, within, type Tally } from './tally.ts'
import { THRESHOLDS } from './thresholds.ts'

/** @param periods the one that is looked at first, then those before it */
export function trendOf(conversion: MeasuredConversion, periods: readonly Period[], tally: Tally): Change[] {
  const [now, ...before] = periods
  if (now === undefined || conversion.event === undefined || tally.answers.units === undefined) return []
  const rates = periods.map((_, index) => tally.rate(conversion, index, 'all', ''))
  const began = firstWhole(conversion, periods, tally)
  const earlier = rates
    .slice(1)
    .filter((rate, index): rate is Rate => isKnown(rate) && (before[index]?.first ?? 0) >= began)
  const [last] = before
  const lastSeen = last !== undefined && last.first >= began ? (rates[1] ?? NOTHING) : NOTHING
  // A period of which the data have nothing is no period of none.
  const lastRate = !isKnown(lastSeen) && lastSeen.unknown === 'no-units' ? NOTHING : lastSeen
  const mean = { k: sumOf(earlier, ({ k }) => k), n: sumOf(earlier, ({ n }) => n) }
  return [
    change(last?.label ?? 'the period before', rates[0] ?? NOTHING, lastRate),
    // Of none there is no mean.
    ...(mean.n === 0
      ? []
      : [
          change(`mean of ${earlier.length}`, rates[0] ?? NOTHING, {
            ...mean,
            of: '',
            value: mean.k / mean.n,
            low: 0,
            high: 1,
          }),
        ]),
  ]
}

const NOTHING: Unknown = { unknown: 'no-data' }

function change(against: string, now: Rate | Unknown, then: Rate | Unknown): Change {
  if (!isKnown(now)) return { against, difference: now, verdict: 'not-enough-data' }
  if (!isKnown(then)) return { against, difference: then, verdict: 'not-enough-data' }
  const difference = newcombe(now.k, now.n, then.k, then.n)
  const detectable = detectableDifference((now.k + then.k) / (now.n + then.n), now.n, then.n)
  const enough =
    Math.min(now.n, then.n) >= THRESHOLDS.units && Math.max(now.k, then.k) >= THRESHOLDS.occurrences
  if (!isKnown(difference) || !enough) return { against, difference, verdict: 'not-enough-data', detectable }
  const verdict = difference.low > 0 ? 'up' : difference.high < 0 ? 'down' : 'no-change-seen'
  return { against, difference, verdict, detectable }
}

/**
 * The first day from which periods may be compared: where the event came into being in the middle of the data (days before it
 * without any, on which five or more were to be expected), what lies before is another instrumentation.
 */
export function firstWhole(conversion: MeasuredConversion, periods: readonly Period[], tally: Tally): number {
  const from = Math.min(...periods.map(({ first }) => first))
  const end = periods[0]?.end ?? 0
  const days = [...tally.daysSeen].filter((day) => day >= from && day < end)
  const rows = within(tally.days(conversion.id), { first: from, end })
  const began = Math.min(...rows.map(({ day }) => day))
  const before = days.filter((day) => day < began).length
  const after = days.length - before
  if (rows.length === 0 || before === 0 || after === 0) return from
  return (sumOf(rows, ({ occurrences }) => occurrences) / after) * before >= 5 ? began : from
}
