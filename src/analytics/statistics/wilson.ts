import type { Estimate } from './estimate.ts'
import { normalQuantile } from './normal.ts'
import { mustBeShare } from './whole-numbers.ts'

/**
 * Wilson's interval for a rate: k of n units, 95 % unless said.
 *
 * Source: Brown, Cai, DasGupta 2001, Statistical Science 16(2), 101-133.
 * Domain: whole numbers, 0 <= k <= n. Without units there is no rate, so there is no number either.
 * Reference: statsmodels 0.13.5, proportion_confint(301, 33561, .05, 'wilson'): .008014785604 to .01003509732.
 */
export function wilson(k: number, n: number, confidence = 0.95): Estimate {
  if (n === 0 && k === 0) return { unknown: 'no-units' }
  mustBeShare(k, n)
  const z = normalQuantile(1 - (1 - confidence) / 2)
  const p = k / n
  const scale = 1 + (z * z) / n
  const centre = (p + (z * z) / (2 * n)) / scale
  const half = (z / scale) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))
  return { value: p, low: k === 0 ? 0 : centre - half, high: k === n ? 1 : centre + half, n }
}
