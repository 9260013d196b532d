import { normalCdf, normalQuantile } from './normal.ts'
import { mustBeShare } from './whole-numbers.ts'

/**
 * The two-sided p value that two rates are equal: the z test with the pooled rate.
 *
 * Source: Fleiss, Levin, Paik 2003, Statistical Methods for Rates and Proportions, 3.2, without correction.
 * Domain: k of n units on each side. Two rates that are both 0 or both 1 are equal: 1.
 * Reference: statsmodels 0.13.5, proportions_ztest([157, 135], [19393, 13379]): p = .0589269531.
 */
export function equalRatesP(k1: number, n1: number, k2: number, n2: number): number {
  mustBeShare(k1, n1)
  mustBeShare(k2, n2)
  const pooled = (k1 + k2) / (n1 + n2)
  if (pooled === 0 || pooled === 1) return 1
  const z = (k1 / n1 - k2 / n2) / Math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
  return 2 * normalCdf(-Math.abs(z))
}

const CHANCE = { alpha: 0.05, power: 0.8 }

/** The quantiles of a two-sided test at 5 % with 80 % power, added. */
function reach(): number {
  return normalQuantile(1 - CHANCE.alpha / 2) + normalQuantile(CHANCE.power)
}

/**
 * The smallest difference from a rate that two samples of these sizes would show four times out of five.
 *
 * Source: Fleiss, Levin, Paik 2003, 4.2, turned round, with the variance of the rate itself.
 * Domain: 0 <= rate <= 1, sizes > 0. Reference: 8,000 sessions against 8,000 at 1 %: .0044 (ANALYTICS of this product, by hand).
 */
export function detectableDifference(rate: number, n1: number, n2: number): number {
  return reach() * Math.sqrt(rate * (1 - rate) * (1 / n1 + 1 / n2))
}

/**
 * Units needed on each side to tell two rates apart four times out of five.
 *
 * Source: Fleiss, Levin, Paik 2003, 4.2 (4.14), without correction.
 * Reference: R, power.prop.test(p1 = .02, p2 = .025, power = .8): n = 13808.92.
 */
export function unitsToTellApart(p1: number, p2: number): number {
  if (p1 === p2) throw new RangeError('Equal rates cannot be told apart.')
  const mean = (p1 + p2) / 2
  const { alpha, power } = CHANCE
  const spread =
    normalQuantile(1 - alpha / 2) * Math.sqrt(2 * mean * (1 - mean)) +
    normalQuantile(power) * Math.sqrt(p1 * (1 - p1) + p2 * (1 - p2))
  return Math.ceil((spread / (p1 - p2)) ** 2)
}

/**
 * Units needed to tell a rate from a number that is given, such as a target, four times out of five.
 *
 * Source: Rosner 2015, Fundamentals of Biostatistics, one-sample binomial test, sample size.
 * Domain: 0 < wanted < 1. Reference: .05 against a given .02: (1.959964 √.0196 + .841621 √.0475)² / .03² = 232.9, by hand.
 */
export function unitsToTellFrom(rate: number, wanted: number): number {
  if (rate === wanted) throw new RangeError('Equal rates cannot be told apart.')
  const spread = spreadAround(wanted * (1 - wanted), rate * (1 - rate))
  return Math.ceil((spread / (rate - wanted)) ** 2)
}

/**
 * For how long counts, or sums of amounts, must be seen to tell their pace from one that is given, four times out of five, in the
 * unit of time of both.
 *
 * Source: as above, with a Poisson count's variance, which is its mean; a sum of amounts x of independent people has the
 * variance of a compound Poisson sum, the mean times Σx² / Σx (Feller 1968, An Introduction to Probability Theory, XII.2).
 * Domain: paces >= 0, wanted > 0. @param each Σx² / Σx of what one of them adds: 1 for counts.
 * Reference: 90 a week against 100: (1.959964 √100 + .841621 √90)² / 10² = 7.603, by hand; the same at 20 each, 1,800 against 2,000.
 */
export function timeToTellFrom(pace: number, wanted: number, each = 1): number {
  if (pace === wanted) throw new RangeError('Equal paces cannot be told apart.')
  return (spreadAround(wanted * each, pace * each) / (pace - wanted)) ** 2
}

/**
 * For how long two counts, or sums of amounts, must be seen to tell their paces apart four times out of five: that long each.
 *
 * Source: Fleiss, Levin, Paik 2003, 4.2 (4.14), as for two rates, with the variance of a compound Poisson sum as above.
 * Domain: paces >= 0, not both 0. @param each Σx² / Σx of what one of them adds: 1 for counts.
 * Reference: 90 a week against 100: ((1.959964 + .841621) √190)² / 10² = 14.913, by hand; the same at 20 each, 1,800 against 2,000.
 */
export function timeToTellApart(pace: number, other: number, each = 1): number {
  if (pace === other) throw new RangeError('Equal paces cannot be told apart.')
  return (spreadAround((pace + other) * each, (pace + other) * each) / (pace - other)) ** 2
}

/** @param given the variance if what is given were true; @param seen the variance as it is */
function spreadAround(given: number, seen: number): number {
  const { alpha, power } = CHANCE
  return normalQuantile(1 - alpha / 2) * Math.sqrt(given) + normalQuantile(power) * Math.sqrt(seen)
}
