import type { Estimate } from './estimate.ts'
import { upperGamma } from './gamma.ts'

/**
 * A count with Garwood's exact 95 % interval: what number of events its process would bring on average.
 *
 * Source: Garwood 1936, Biometrika 28, 437-442; the quantiles of the gamma distribution are found by bisection.
 * Domain: whole k >= 0. n is the count itself.
 * Reference: scipy 1.10.1, chi2.ppf(.025, 28) / 2 = 7.653930276 and chi2.ppf(.975, 30) / 2 = 23.48962112 for k = 14.
 */
export function poissonCount(k: number): Estimate {
  if (!Number.isInteger(k) || k < 0) throw new RangeError(`${k} is no count.`)
  return { value: k, low: k === 0 ? 0 : gammaQuantile(0.025, k), high: gammaQuantile(0.975, k + 1), n: k }
}

function gammaQuantile(p: number, shape: number): number {
  let low = 0
  let high = shape + 10 * Math.sqrt(shape) + 20
  while (high - low > 1e-12 * high) {
    const middle = (low + high) / 2
    if (1 - upperGamma(shape, middle) < p) low = middle
    else high = middle
  }
  return (low + high) / 2
}
