import type { Estimate } from './estimate.ts'
import { normalQuantile } from './normal.ts'
import { unitsOf, type TwoByTwo } from './two-by-two.ts'

/**
 * Phi: Pearson's correlation of two yes-or-no questions, with Fisher's z interval (95 %).
 *
 * Source: Pearson 1900; Fisher 1921, Metron 1, 3-32.
 * Domain: counts, more than three units, and both answers given to both questions: otherwise there is no correlation.
 * Reference: numpy, cells 222, 1056, 79, 32204: .3476710538.
 */
export function phi(table: TwoByTwo): Estimate {
  const { a, b, c, d } = table
  const n = unitsOf(table)
  const margins = (a + b) * (c + d) * (a + c) * (b + d)
  if (n === 0) return { unknown: 'no-units' }
  if (margins === 0 || n <= 3) return { unknown: 'not-enough-data' }
  const value = (a * d - b * c) / Math.sqrt(margins)
  const z = Math.atanh(Math.min(Math.max(value, -1 + 1e-15), 1 - 1e-15))
  const half = normalQuantile(0.975) / Math.sqrt(n - 3)
  return { value, low: Math.tanh(z - half), high: Math.tanh(z + half), n }
}
