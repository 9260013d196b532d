/** What a conversion was worth in a period. */
import { isSilent } from './outside.ts'
import type { Period } from './period.ts'
import type { Money, Unknown } from './scorecard-types.ts'
import type { MeasuredConversion } from './measured-plan.ts'
import { sumOf, within, type Tally } from './tally.ts'
import { whole } from './words.ts'

/** The amounts that came with the events; what came without one is worth the plan's value, and stands apart. */
export function moneyOf(conversion: MeasuredConversion, period: Period, tally: Tally): Money | Unknown {
  if (conversion.sameAs.length > 0) return { unknown: 'cannot-be-told-apart' }
  if (conversion.event === undefined && isSilent(period, tally)) return { unknown: 'no-data' }
  const rows = within(tally.days(conversion.id), period)
  const own = sumOf(rows, ({ own: valued }) => valued)
  if (own === 0 && conversion.value === undefined) return { unknown: 'no-data' }
  const measured = sumOf(rows, ({ amount }) => amount)
  const without = sumOf(rows, (row) => row.occurrences - row.own - row.foreign_currency)
  const assumed = (conversion.value ?? 0) * without
  return {
    amount: cents(measured + assumed),
    measured: cents(measured),
    assumed: cents(assumed),
    asSent: cents(sumOf(rows, (row) => row.as_sent)),
  }
}

/** The share without an amount of the plan's currency from which sums say little. */
export const MOST_UNVALUED = 0.1

/** Occurrences without an amount, of how many, where the others carry one; undefined where all or none do. */
export interface Unvalued {
  readonly without: number
  readonly of: number
}

export function unvaluedOf(
  conversion: MeasuredConversion,
  span: Pick<Period, 'first' | 'end'>,
  tally: Tally,
): Unvalued | undefined {
  const all = tally.days(conversion.id)
  const rows = within(all, span)
  const without = sumOf(rows, (row) => row.no_amount)
  if (without === 0 || sumOf(all, ({ amount }) => amount) === 0) return undefined
  return { without, of: sumOf(rows, ({ occurrences }) => occurrences) }
}

/** Occurrences whose amount is in another currency and so in no sum, of how many; undefined where they are too few to matter. */
export function foreignOf(
  conversion: MeasuredConversion,
  span: Pick<Period, 'first' | 'end'>,
  tally: Tally,
): Unvalued | undefined {
  const rows = within(tally.days(conversion.id), span)
  const without = sumOf(rows, (row) => row.foreign_currency)
  const of = sumOf(rows, ({ occurrences }) => occurrences)
  return without > MOST_UNVALUED * of ? { without, of } : undefined
}

/** What to multiply a sum with, were those without an amount worth the average of the others. */
export function filled(unvalued: Unvalued | undefined): number {
  return unvalued === undefined ? 1 : unvalued.of / (unvalued.of - unvalued.without)
}

/** `78 of 114 carry no amount`. */
export function unvaluedWords({ without, of }: Unvalued): string {
  return `${whole(without)} of ${whole(of)} ${of === 1 ? 'carries' : 'carry'} no amount`
}

/** Sums of binary fractions end in dust. */
export function cents(amount: number): number {
  return Math.round(amount * 10_000) / 10_000
}
