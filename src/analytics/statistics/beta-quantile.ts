import { logGamma } from './gamma.ts'

/**
 * The value below which a beta(a, b) variable lies with probability p.
 *
 * Source: incomplete beta by Lentz's continued fraction (Numerical Recipes 6.4), inverted by bisection on log x or x.
 * Domain: a, b > 0; 0 <= p <= 1.
 * Reference: scipy 1.10.1, beta.ppf(.025, 302, 33261) = .008015768324, beta.ppf(.9, .01, 5) = 3.330817995e-06.
 */
export function betaQuantile(p: number, a: number, b: number): number {
  if (!(p >= 0 && p <= 1 && a > 0 && b > 0)) throw new RangeError(`beta(${a}, ${b}) has no quantile ${p}.`)
  if (p === 0 || p === 1) return p
  let low = 0
  let high = 1
  for (let i = 0; i < 400 && high - low > 1e-15 * high; i++) {
    // Small values are halved in their exponent, or a thousand steps would be needed to reach them.
    const middle = low === 0 && high < 1e-3 ? high / 16 : (low + high) / 2
    if (betaCdf(middle, a, b) < p) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** The probability that a beta(a, b) variable is below x. */
export function betaCdf(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const scale = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x))
  return x < (a + 1) / (a + b + 2)
    ? (scale * continuedFraction(x, a, b)) / a
    : 1 - (scale * continuedFraction(1 - x, b, a)) / b
}

function continuedFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300
  let c = 1
  let d = 1 / (Math.abs(1 - ((a + b) * x) / (a + 1)) < tiny ? tiny : 1 - ((a + b) * x) / (a + 1))
  let h = d
  for (let m = 1; m < 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / (1 + even * d || tiny)
    c = 1 + even / c || tiny
    h *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / (1 + odd * d || tiny)
    c = 1 + odd / c || tiny
    h *= d * c
    if (Math.abs(d * c - 1) < 1e-16) break
  }
  return h
}
