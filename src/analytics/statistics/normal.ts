/**
 * The standard normal distribution: probability below x, and its inverse.
 *
 * Source: cdf through the continued fraction and series of erfc (Abramowitz, Stegun 7.1.5, 7.1.14); quantile: Acklam's
 * rational start (relative error 1.15e-9), then one step of Halley with that cdf.
 * Domain: any x; 0 < p < 1.
 * Reference: scipy 1.10.1, norm.cdf(-8) = 6.220960574e-16, norm.ppf(1e-10) = -6.361340902, norm.ppf(.975) = 1.959963985.
 */
export function normalCdf(x: number): number {
  return x < 0 ? upperTail(-x) : 1 - upperTail(x)
}

/** P(Z > x) for x >= 0, exact to the last digits also where it is very small. */
function upperTail(x: number): number {
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)
  if (x < 3) {
    let term = x
    let sum = x
    for (let i = 3; term > sum * 1e-17; i += 2) {
      term *= (x * x) / i
      sum += term
    }
    return 0.5 - density * sum
  }
  let fraction = 0
  for (let i = 120; i > 0; i--) fraction = i / (x + fraction)
  return density / (x + fraction)
}

export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`${p} is no probability between 0 and 1.`)
  if (p > 0.5) return -normalQuantile(1 - p)
  const start = p < 0.02425 ? tailStart(p) : middleStart(p)
  const error = normalCdf(start) - p
  const step = error * Math.sqrt(2 * Math.PI) * Math.exp((start * start) / 2)
  return start - step / (1 + (start * step) / 2)
}

function tailStart(p: number): number {
  const q = Math.sqrt(-2 * Math.log(p))
  return (
    polynomial(
      [
        -7.784894002430293e-3, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
        2.938163982698783,
      ],
      q,
    ) / polynomial([7.784695709041462e-3, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1], q)
  )
}

function middleStart(p: number): number {
  const q = p - 0.5
  const r = q * q
  return (
    (polynomial(
      [
        -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
        2.506628277459239,
      ],
      r,
    ) *
      q) /
    polynomial(
      [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1],
      r,
    )
  )
}

/** Highest power first. */
function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0)
}
