import { isKnown, type Estimate } from './estimate.ts'
import { wilson } from './wilson.ts'

/**
 * The difference of two independent rates, the first minus the second, with Newcombe's 95 % interval (method 10).
 *
 * Source: Newcombe 1998, Statistics in Medicine 17, 873-890.
 * Domain: k of n units on each side; without units on one side there is no difference. n is that of both together.
 * Reference: statsmodels 0.13.5, confint_proportions_2indep(56, 70, 48, 80, method='newcomb'): .0524314724 to .333872654.
 */
export function newcombe(k1: number, n1: number, k2: number, n2: number): Estimate {
  const first = wilson(k1, n1)
  const second = wilson(k2, n2)
  if (!isKnown(first) || !isKnown(second)) return { unknown: 'no-units' }
  const value = first.value - second.value
  return {
    value,
    low: value - Math.hypot(first.value - first.low, second.high - second.value),
    high: value + Math.hypot(first.high - first.value, second.value - second.low),
    n: n1 + n2,
  }
}
