import type { Estimate } from './estimate.ts'
import { normalQuantile } from './normal.ts'
import { unitsOf, type TwoByTwo } from './two-by-two.ts'

/**
 * One odds ratio over strata (Mantel-Haenszel), with the 95 % interval of Robins, Breslow and Greenland.
 *
 * Source: Mantel, Haenszel 1959, JNCI 22, 719-748; Robins, Breslow, Greenland 1986, Biometrics 42, 311-323.
 * Domain: one table a stratum; strata without units are left out. Without a pair that disagrees there is no ratio.
 * Reference: statsmodels 0.13.5, StratifiedTable([[10,20],[5,40]], [[8,12],[6,30]], [[2,18],[1,25]]): 3.556396149,
 * standard error of its logarithm .4171649639, 1.570068752 to 8.055668613.
 */
export function mantelHaenszel(strata: readonly TwoByTwo[]): Estimate {
  const sums = { r: 0, s: 0, pr: 0, psqr: 0, qs: 0, n: 0 }
  for (const stratum of strata) {
    const n = unitsOf(stratum)
    if (n === 0) continue
    const { a, b, c, d } = stratum
    const [r, s, p, q] = [(a * d) / n, (b * c) / n, (a + d) / n, (b + c) / n]
    sums.r += r
    sums.s += s
    sums.pr += p * r
    sums.psqr += p * s + q * r
    sums.qs += q * s
    sums.n += n
  }
  const { r, s, pr, psqr, qs, n } = sums
  if (n === 0) return { unknown: 'no-units' }
  if (r === 0 || s === 0) return { unknown: 'not-enough-data' }
  const half = normalQuantile(0.975) * Math.sqrt(pr / (2 * r * r) + psqr / (2 * r * s) + qs / (2 * s * s))
  return { value: r / s, low: Math.exp(Math.log(r / s) - half), high: Math.exp(Math.log(r / s) + half), n }
}
