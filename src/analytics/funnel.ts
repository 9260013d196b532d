/** The funnel: who came how far, in order. */
import { funnelSteps } from './asked.ts'
import type { Funnel, Quartiles, Unknown } from './scorecard-types.ts'
import { isKnown } from './statistics/estimate.ts'
import type { MeasuredPlan } from './measured-plan.ts'
import { NOT_AVAILABLE, rateOf, type Tally } from './tally.ts'
import { THRESHOLDS } from './thresholds.ts'

export function funnelsOf(plan: MeasuredPlan, tally: Tally): Funnel[] {
  const { answers } = tally
  const rows = answers.funnel
  if (rows === undefined) return []
  const steps = funnelSteps(plan)
  return (['sessions', 'users'] as const).map((unit): Funnel => {
    const reached = steps.map((_, index) => rows.find((row) => row.unit === unit && row.place === index + 1))
    let before: number | undefined
    const drawn = steps.map(({ id, title, conversions }, index): Funnel['steps'][number] => {
      // Of which nothing came on any day: not a step that nobody took, but one that cannot be seen.
      const seen = answers.daily === undefined || conversions.some((one) => tally.days(one).length > 0)
      if (!seen) {
        const unknown = { unknown: 'no-data' } as const
        return { id, title, seen, units: 0, rate: unknown, lost: 0, time: unknown }
      }
      const units = reached[index]?.units ?? 0
      const from = before
      before = units
      if (from === undefined) {
        const unknown = { unknown: 'no-units' } as const
        return { id, title, seen, units, rate: unknown, lost: 0, time: unknown }
      }
      const rate = rateOf(units, from, unit)
      return { id, title, seen, units, rate, lost: from - units, time: quartiles(reached[index], units) }
    })
    const later = drawn
      .filter(({ seen }) => seen)
      .slice(1)
      .filter(({ units, lost }) => units + lost >= THRESHOLDS.units)
    const slowest = most(later, ({ time, units }) =>
      isKnown(time) && units >= THRESHOLDS.occurrences ? time.half : -1,
    )
    const steepest = most(later, ({ rate }) => (isKnown(rate) ? 1 - rate.value : -1))
    return {
      unit,
      steps: drawn,
      ...(slowest === undefined ? {} : { slowest: slowest.id }),
      ...(steepest === undefined ? {} : { steepest: steepest.id }),
    }
  })
}

function most<T>(items: readonly T[], value: (item: T) => number): T | undefined {
  const best = Math.max(...items.map(value))
  return best < 0 ? undefined : items.find((item) => value(item) === best)
}

interface QuartileRow {
  readonly quarter: number | null
  readonly half: number | null
  readonly three_quarters: number | null
}

function quartiles(row: QuartileRow | undefined, n: number): Quartiles | Unknown {
  if (row === undefined || row.quarter === null || row.half === null || row.three_quarters === null)
    return { unknown: 'no-data' }
  const tenth = (seconds: number): number => Math.round(seconds * 10) / 10
  return { quarter: tenth(row.quarter), half: tenth(row.half), threeQuarters: tenth(row.three_quarters), n }
}

export function timeToAction(conversion: string, { answers }: Tally): Quartiles | Unknown {
  if (answers.timing === undefined) return NOT_AVAILABLE
  const row = answers.timing.find((one) => one.conversion === conversion)
  return quartiles(row, row?.sessions ?? 0)
}
