import type { ReviewRow } from './page.ts'

const EVERY = {
  weekly: 'every week, on Monday',
  monthly: 'every month, on the first Monday',
  quarterly: 'every quarter, on the first Monday',
  yearly: 'every year, on the first Monday',
} as const

/** When a review is: `every week, on Monday`, or its day. */
export function reviewWords(row: ReviewRow): string {
  return 'every' in row ? EVERY[row.every] : row.on
}
