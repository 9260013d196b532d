/** Numbers as people read them. */
import type { Unknown } from './scorecard-types.ts'

/** 2.5 %, with as many digits as tell it from zero. */
export function percent(share: number): string {
  const value = share * 100
  const digits = value !== 0 && Math.abs(value) < 1 ? 2 : Math.abs(value) < 10 ? 1 : 0
  return `${value.toFixed(digits)} %`
}

/** 12,345 */
export function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

/** 12,345 USD; without a currency the number alone. */
export function amountWords(amount: number, currency: string): string {
  return `${whole(amount)}${currency === '' ? '' : ` ${currency}`}`
}

/** 31 s, 4 min, 2.5 h, 3 days. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`
  if (seconds < 3600) return `${(seconds / 60).toFixed(seconds < 600 ? 1 : 0)} min`
  return seconds < 86_400 ? `${(seconds / 3600).toFixed(1)} h` : `${(seconds / 86_400).toFixed(1)} days`
}

export const UNKNOWN_WORDS: Readonly<Record<Unknown['unknown'], string>> = {
  'no-units': 'nothing to divide by',
  'not-enough-data': 'not enough data',
  'no-data': 'no data',
  'not-available-from-this-source': 'not available from this source',
  'cannot-be-told-apart': 'cannot be told apart',
}
