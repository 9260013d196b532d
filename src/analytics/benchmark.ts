/** A range that is usual, and where the rate of the same units stands. */
import { shareRange } from './amounts.ts'
import type { Benchmark, Rate, Unknown } from './scorecard-types.ts'
import { isKnown } from './statistics/estimate.ts'
import type { MeasuredConversion } from './measured-plan.ts'
import type { Tally } from './tally.ts'
import { THRESHOLDS } from './thresholds.ts'

export function benchmarksOf(conversion: MeasuredConversion, tally: Tally): Benchmark[] {
  return conversion.benchmarks.map(({ channel, device, rate: range, source }) => {
    const [low, high] = shareRange(range)
    const rate =
      channel !== undefined && device !== undefined
        ? tally.rate(conversion, 0, 'channel, device', `${channel}, ${device}`)
        : channel !== undefined
          ? tally.rate(conversion, 0, 'channel', channel)
          : device !== undefined
            ? tally.rate(conversion, 0, 'device', device)
            : tally.rate(conversion, 0, 'all', '')
    return {
      ...(channel === undefined ? {} : { channel }),
      ...(device === undefined ? {} : { device }),
      low,
      high,
      rate,
      verdict: standing(rate, low, high),
      ...(source === undefined ? {} : { source }),
    }
  })
}

/** Only an interval that lies on one side whole is a verdict. */
export function standing(rate: Rate | Unknown, low: number, high: number): Benchmark['verdict'] {
  if (!isKnown(rate) || rate.n < THRESHOLDS.units) return 'not-enough-data'
  if (Math.max(rate.k, rate.n * low) < THRESHOLDS.occurrences) return 'not-enough-data'
  if (rate.high < low) return 'below'
  if (rate.low > high) return 'above'
  return rate.low >= low && rate.high <= high ? 'within' : 'not-enough-data'
}
