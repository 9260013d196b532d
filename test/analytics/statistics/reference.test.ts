import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { benjaminiHochberg } from '../../../src/analytics/statistics/benjamini-hochberg.ts'
import { betaCdf, betaQuantile } from '../../../src/analytics/statistics/beta-quantile.ts'
import { clusterBootstrap } from '../../../src/analytics/statistics/cluster-bootstrap.ts'
import { isKnown, type Estimate, type Known } from '../../../src/analytics/statistics/estimate.ts'
import { chiSquaredTail, logGamma } from '../../../src/analytics/statistics/gamma.ts'
import { mantelHaenszel } from '../../../src/analytics/statistics/mantel-haenszel.ts'
import { newcombe } from '../../../src/analytics/statistics/newcombe.ts'
import { normalCdf, normalQuantile } from '../../../src/analytics/statistics/normal.ts'
import { oddsRatio } from '../../../src/analytics/statistics/odds-ratio.ts'
import { phi } from '../../../src/analytics/statistics/phi.ts'
import { poissonCount } from '../../../src/analytics/statistics/poisson.ts'
import { ridgeLogistic } from '../../../src/analytics/statistics/ridge-logistic.ts'
import {
  detectableDifference,
  equalRatesP,
  timeToTellApart,
  timeToTellFrom,
  unitsToTellApart,
  unitsToTellFrom,
} from '../../../src/analytics/statistics/two-rates.ts'
import { wilson } from '../../../src/analytics/statistics/wilson.ts'

// The reference values are those of scipy 1.10.1 and statsmodels 0.13.5 unless said; they are given to ten digits.

function known(estimate: Estimate): Known {
  if (!isKnown(estimate)) throw new Error(`unknown: ${estimate.unknown}`)
  return estimate
}

function near(actual: number, wanted: number, relative = 1e-9): void {
  expect(Math.abs(actual - wanted)).toBeLessThanOrEqual(relative * Math.max(Math.abs(wanted), 1e-300) + 1e-16)
}

function interval(estimate: Estimate, low: number, high: number, relative = 1e-9): void {
  near(known(estimate).low, low, relative)
  near(known(estimate).high, high, relative)
}

describe('the normal distribution', () => {
  test.each([
    [1e-10, -6.361340902],
    [0.001, -3.090232306],
    [0.025, -1.959963985],
    [0.05, -1.644853627],
    [0.5, 0],
    [0.8, 0.8416212336],
    [0.9, 1.281551566],
    [0.975, 1.959963985],
    [0.995, 2.575829304],
    [0.9999, 3.719016485],
  ])('has the quantile of %d', (p, x) => near(normalQuantile(p), x))

  test.each([
    [-8, 6.220960574e-16],
    [-3, 0.001349898032],
    [-1.96, 0.02499789515],
    [-0.5, 0.3085375387],
    [0, 0.5],
    [1, 0.8413447461],
    [1.96, 0.9750021049],
    [3, 0.998650102],
  ])('has the probability below %d', (x, p) => near(normalCdf(x), p))

  test('refuses a quantile that does not exist', () => {
    expect(() => normalQuantile(0)).toThrow(RangeError)
  })
})

describe('Wilson’s interval', () => {
  test.each([
    [301, 33561, 0.95, 0.008014785604, 0.01003509732],
    [9, 789, 0.95, 0.006012594936, 0.02153573592],
    [0, 10, 0.95, 0, 0.2775327999],
    [10, 10, 0.95, 0.7224672001, 1],
    [1, 3, 0.95, 0.06149194472, 0.7923403992],
    [5, 50, 0.9, 0.04952903448, 0.1915375142],
    [5000, 100000, 0.99, 0.04825439508, 0.05180531503],
  ])('of %d of %d at %d', (k, n, confidence, low, high) => interval(wilson(k, n, confidence), low, high))

  test('of 18 of 20 is that of R’s binom.confint', () =>
    interval(wilson(18, 20), 0.6989663547715128, 0.972133518786232))

  test('of no units is unknown, never zero', () => expect(wilson(0, 0)).toEqual({ unknown: 'no-units' }))

  test('lies within 0 and 1, holds the rate, is mirrored by the complement and narrower with more units', () => {
    const share = fc
      .integer({ min: 1, max: 100_000 })
      .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)))
    fc.assert(
      fc.property(share, ([k, n]) => {
        const { value, low, high } = known(wilson(k, n))
        expect(low).toBeGreaterThanOrEqual(0)
        expect(high).toBeLessThanOrEqual(1)
        expect(low).toBeLessThanOrEqual(value)
        expect(high).toBeGreaterThanOrEqual(value)
        const mirror = known(wilson(n - k, n))
        near(1 - mirror.high, low, 1e-6)
        const more = known(wilson(k * 4, n * 4))
        expect(more.high - more.low).toBeLessThan(high - low)
      }),
    )
  })

  test('of more than there are is a bug', () => expect(() => wilson(3, 2)).toThrow(RangeError))
})

describe('Newcombe’s interval', () => {
  test.each([
    [56, 70, 48, 80, 0.0524314724, 0.333872654],
    [9, 10, 3, 10, 0.1705227239, 0.8090179735],
    [10, 10, 0, 20, 0.6790860371, 1],
    [157, 19393, 135, 13379, -0.004173605449, 7.519388035e-5],
    [0, 10, 0, 20, -0.1611251581, 0.2775327999],
    [5, 56, 0, 29, -0.0381371479, 0.1925600139],
  ])('of %d of %d against %d of %d', (k1, n1, k2, n2, low, high) =>
    interval(newcombe(k1, n1, k2, n2), low, high, 1e-8),
  )

  test('against nobody is unknown', () => expect(newcombe(1, 2, 0, 0)).toEqual({ unknown: 'no-units' }))
})

describe('the beta distribution', () => {
  test.each([
    [0.025, 302, 33261, 0.008015768324],
    [0.975, 302, 33261, 0.01003565103],
    [0.5, 1, 1, 0.5],
    [0.025, 0.5, 0.5, 0.001541333133],
    [0.05, 2, 3, 0.09761146289],
    [0.975, 10, 1, 0.9974714215],
    [0.975, 1, 789, 0.00466447327],
    [1e-6, 3, 400, 4.552096134e-5],
    [0.9, 0.01, 5, 3.330817995e-6],
    [0.025, 50000, 950000, 0.04957368913],
  ])('has the quantile %d of beta(%d, %d)', (p, a, b, x) => near(betaQuantile(p, a, b), x, 5e-9))

  test.each([
    [302, 33261, 0.009, 0.5090931352],
    [0.5, 0.5, 0.1, 0.2048327647],
    [2, 3, 0.4, 0.5248],
    [50000, 950000, 0.05, 0.5005491422],
  ])('beta(%d, %d) lies below %d with the right probability', (a, b, x, p) => near(betaCdf(x, a, b), p, 5e-9))
})

test.each([
  [0.01, 4.599479878],
  [0.5, 0.5723649429],
  [2.5, 0.2846828705],
  [10, 12.80182748],
  [1000.5, 5908.674176],
])('the logarithm of gamma(%d)', (x, value) => near(logGamma(x), value))

test.each([
  [3.841458821, 1, 0.04999999999],
  [0.5, 1, 0.4795001222],
  [10, 3, 0.01856613546],
  [50, 1, 1.537459794e-12],
])('chi-squared is above %d with %d degrees of freedom', (x, degrees, p) =>
  near(chiSquaredTail(x, degrees), p, 5e-9),
)

test.each([
  [0, 0, 3.688879454],
  [3, 0.6186721229, 8.76727307],
  [14, 7.653930276, 23.48962112],
  [301, 267.9527273, 336.9975811],
])('a count of %d', (k, low, high) => interval(poissonCount(k), low, high))

describe('odds ratio and phi', () => {
  test.each([
    [222, 1056, 79, 32204, 0.3476710538, 85.31196516, 65.56151231, 111.0122562],
    [291, 6100, 10, 27160, 0.188098032, 123.6008875, 66.7381304, 228.912307],
    [41, 1400, 260, 31860, 0.04377303166, 3.624180698, 2.600494659, 5.050841264],
    [3, 7, 2, 18, 0.2529822128, 3.453333333, 0.5531928358, 21.55760223],
  ])('of %d, %d, %d, %d', (a, b, c, d, correlation, ratio, low, high) => {
    near(known(phi({ a, b, c, d })).value, correlation)
    near(known(oddsRatio({ a, b, c, d })).value, ratio)
    interval(oddsRatio({ a, b, c, d }), low, high)
  })

  test('a question that everybody answers alike has no correlation', () => {
    expect(phi({ a: 10, b: 0, c: 5, d: 0 })).toEqual({ unknown: 'not-enough-data' })
  })
})

describe('Mantel-Haenszel', () => {
  const tables = (...rows: number[][]) => rows.map(([a = 0, b = 0, c = 0, d = 0]) => ({ a, b, c, d }))

  test('over three strata', () => {
    const ratio = mantelHaenszel(tables([10, 20, 5, 40], [8, 12, 6, 30], [2, 18, 1, 25]))
    near(known(ratio).value, 3.556396149)
    interval(ratio, 1.570068752, 8.055668613)
  })

  test('over the first three cities of the smoking example of SAS and statsmodels', () => {
    const ratio = mantelHaenszel(tables([126, 100, 35, 61], [908, 688, 497, 807], [913, 747, 336, 598]))
    near(known(ratio).value, 2.159376596)
    interval(ratio, 1.938314791, 2.405650158)
  })

  test('without a pair that disagrees is unknown', () => {
    expect(mantelHaenszel(tables([10, 0, 5, 40]))).toEqual({ unknown: 'not-enough-data' })
  })
})

test('Benjamini-Hochberg keeps the order of the question', () => {
  const adjusted = benjaminiHochberg([0.01, 0.04, 0.03, 0.005, 0.5, 0.02, 0.02, 1])
  const wanted = [0.04, 0.05333333333, 0.048, 0.04, 0.5714285714, 0.04, 0.04, 1]
  for (const [i, value] of adjusted.entries()) near(value, wanted[i] ?? NaN)
})

describe('ridge logistic regression', () => {
  const groups = [
    [0, 0, 0, 500, 2],
    [1, 0, 0, 200, 6],
    [0, 1, 0, 150, 3],
    [1, 1, 0, 80, 20],
    [0, 0, 1, 60, 1],
    [1, 0, 1, 40, 4],
    [0, 1, 1, 30, 5],
    [1, 1, 1, 20, 9],
  ].map(([a = 0, b = 0, c = 0, n = 0, k = 0]) => ({ x: [a, b, c], n, k }))

  test.each([
    [0, [-5.610599337, 2.152551221, 2.230708971, 1.329246814], [0.3635182882, 0.3462214729, 0.3435672868]],
    [1, [-5.207484088, 1.893771154, 1.981134744, 1.170128477], [0.3234941037, 0.312280584, 0.3199291734]],
    [10, [-4.012821831, 1.043595126, 1.110614693, 0.6243571877], [0.2165669763, 0.215932577, 0.2331729247]],
  ])('with a penalty of %d', (lambda, wanted, errors) => {
    const { intercept, coefficients, standardErrors } = ridgeLogistic(groups, lambda)
    for (const [i, value] of [intercept, ...coefficients].entries()) near(value, wanted[i] ?? NaN)
    for (const [i, value] of standardErrors.entries()) near(value, errors[i] ?? NaN, 1e-8)
  })

  test('gives an answer where every unit with the feature has the outcome', () => {
    const { coefficients } = ridgeLogistic(
      [
        { x: [1], n: 300, k: 300 },
        { x: [0], n: 30_000, k: 0 },
      ],
      1,
    )
    expect(Number.isFinite(coefficients[0])).toBe(true)
    expect(coefficients[0]).toBeGreaterThan(5)
  })
})

describe('the cluster bootstrap', () => {
  const values = [12.1, 15.3, 9.8, 22.4, 18, 11.2, 30.5, 14.9, 16.6, 13.3]
  const mean = ([sum = 0, n = 0]: readonly number[]) => sum / n
  const clusters = { sums: values.map((value) => [value, 1]), empty: 0 }

  test('of a mean is that of scipy', () => {
    const { low, high, value } = known(clusterBootstrap(clusters, mean, 50_000))
    expect(value).toBeCloseTo(16.41, 10)
    expect(Math.abs(low - 13.20975)).toBeLessThan(0.05)
    expect(Math.abs(high - 20.34025)).toBeLessThan(0.05)
  })

  test('is the same each time', () => {
    expect(clusterBootstrap(clusters, mean)).toEqual(clusterBootstrap(clusters, mean))
  })

  test('of a count among many who did nothing is about that of a Poisson count', () => {
    const ones = { sums: Array.from({ length: 301 }, () => [1]), empty: 26_766 }
    const { low, high } = known(clusterBootstrap(ones, ([k = 0]) => k, 20_000))
    expect(Math.abs(low - 267)).toBeLessThan(3)
    expect(Math.abs(high - 335)).toBeLessThan(3)
  })

  test('is wider when the units belong to fewer users', () => {
    const width = (estimate: Estimate) => known(estimate).high - known(estimate).low
    const apart = { sums: Array.from({ length: 200 }, (_, i) => [i % 2, 1]), empty: 0 }
    const together = { sums: Array.from({ length: 20 }, (_, i) => [10 * (i % 2), 10]), empty: 0 }
    expect(width(clusterBootstrap(together, mean))).toBeGreaterThan(2 * width(clusterBootstrap(apart, mean)))
  })

  test('of one user is unknown', () => {
    expect(clusterBootstrap({ sums: [[1, 1]], empty: 0 }, mean)).toEqual({ unknown: 'not-enough-data' })
  })
})

describe('two rates', () => {
  test.each([
    [157, 19393, 135, 13379, 0.0589269531],
    [56, 70, 48, 80, 0.008045081368],
  ])('%d of %d and %d of %d are equal by chance', (k1, n1, k2, n2, p) => near(equalRatesP(k1, n1, k2, n2), p))

  test('a week of 8,000 sessions can see a rate of 1 % move by .44 points', () => {
    expect(detectableDifference(0.01, 8000, 8000)).toBeCloseTo(0.0044, 4)
  })

  test('to tell 2.0 % from 2.5 % takes about 13,800 units a side', () => {
    expect(unitsToTellApart(0.02, 0.025)).toBe(13_809)
    expect(unitsToTellFrom(0.05, 0.02)).toBe(233)
    near(timeToTellFrom(90, 100), 7.603, 1e-3)
    near(timeToTellFrom(1800, 2000, 20), 7.603, 1e-3)
    near(timeToTellApart(90, 100), 14.913, 1e-3)
    near(timeToTellApart(1800, 2000, 20), 14.913, 1e-3)
  })
})
