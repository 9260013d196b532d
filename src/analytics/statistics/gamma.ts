/**
 * The logarithm of the gamma function for x > 0.
 *
 * Source: Lanczos' approximation with g = 7 and nine terms (Numerical Recipes 6.1, Godfrey's coefficients); relative error 1e-14.
 * Reference: scipy 1.10.1, gammaln(.01) = 4.599479878, gammaln(1000.5) = 5908.674176.
 */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  const t = x + 6.5
  const sum = LANCZOS.reduce(
    (total, coefficient, i) => total + (i === 0 ? coefficient : coefficient / (x - 1 + i)),
    0,
  )
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum)
}

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]

/**
 * The probability that a chi-squared variable with `degrees` of freedom is above x.
 *
 * Source: regularised upper incomplete gamma, series and continued fraction (Numerical Recipes 6.2).
 * Domain: x >= 0, degrees >= 1.
 * Reference: scipy 1.10.1, chi2.sf(3.841458821, 1) = .05, chi2.sf(10, 3) = .01856613546, chi2.sf(50, 1) = 1.537459794e-12.
 */
export function chiSquaredTail(x: number, degrees: number): number {
  return x <= 0 ? 1 : upperGamma(degrees / 2, x / 2)
}

/** Q(a, x) = Γ(a, x) / Γ(a): also the probability that a Poisson variable of mean x is below a. */
export function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1
  const scale = Math.exp(a * Math.log(x) - x - logGamma(a))
  if (x < a + 1) {
    let term = 1 / a
    let sum = term
    for (let i = 1; term > sum * 1e-17; i++) {
      term *= x / (a + i)
      sum += term
    }
    return 1 - scale * sum
  }
  // Lentz's method.
  let b = x + 1 - a
  let c = 1e300
  let d = 1 / b
  let h = d
  for (let i = 1; i < 100_000; i++) {
    const an = -i * (i - a)
    b += 2
    d = 1 / (an * d + b)
    c = b + an / c
    h *= d * c
    if (Math.abs(d * c - 1) < 1e-16) break
  }
  return scale * h
}
