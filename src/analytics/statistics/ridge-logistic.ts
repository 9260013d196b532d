/** Units that look the same: `x` their 0/1 features, n how many, k of them with the outcome. */
export interface Group {
  readonly x: readonly number[]
  readonly n: number
  readonly k: number
}

export interface RidgeFit {
  readonly intercept: number
  readonly coefficients: readonly number[]
  /** Of the coefficients, from the inverse of the penalised information. */
  readonly standardErrors: readonly number[]
}

/**
 * Logistic regression with a quadratic penalty (λ/2 · Σβ², intercept free), by Newton's method.
 *
 * Source: le Cessie, van Houwelingen 1992, Applied Statistics 41, 191-201.
 * Domain: at least one group with units; λ > 0 gives an answer also where the outcome is separated.
 * Reference: numpy (same Newton) and scipy.optimize.minimize, eight groups, λ = 1: -5.207484088, 1.893771154, 1.981134744,
 * 1.170128477; λ = 0: statsmodels GLM -5.610599337, 2.152551221, 2.230708971, 1.329246814.
 */
export function ridgeLogistic(groups: readonly Group[], lambda: number): RidgeFit {
  const size = (groups[0]?.x.length ?? 0) + 1
  const rows = groups.map(({ x, n, k }) => ({ x: [1, ...x], n, k }))
  let beta = new Array<number>(size).fill(0)
  let information: number[][] = []
  for (let round = 0; round < 100; round++) {
    const gradient = beta.map((b, i) => (i === 0 ? 0 : -lambda * b))
    information = beta.map((_, i) => beta.map((_, j) => (i === j && i > 0 ? lambda : 0)))
    for (const { x, n, k } of rows) {
      const p = 1 / (1 + Math.exp(-x.reduce((sum, value, i) => sum + value * (beta[i] ?? 0), 0)))
      for (const [i, xi] of x.entries()) {
        if (xi === 0) continue
        gradient[i] = (gradient[i] ?? 0) + xi * (k - n * p)
        const line = information[i] ?? []
        for (const [j, xj] of x.entries()) line[j] = (line[j] ?? 0) + xi * xj * n * p * (1 - p)
      }
    }
    const step = solve(information, gradient)
    // A first step from far away may overshoot; halving the largest to 5 keeps the probabilities off 0 and 1.
    const largest = Math.max(...step.map(Math.abs))
    const scale = largest > 5 ? 5 / largest : 1
    beta = beta.map((b, i) => b + scale * (step[i] ?? 0))
    if (largest < 1e-12) break
  }
  const variances = beta.map(
    (_, i) =>
      solve(
        information,
        beta.map((_, j) => (i === j ? 1 : 0)),
      )[i] ?? 0,
  )
  const [intercept = 0, ...coefficients] = beta
  return { intercept, coefficients, standardErrors: variances.slice(1).map(Math.sqrt) }
}

/** Solves a symmetric positive system by elimination with pivots. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0])
  const size = rows.length
  for (let column = 0; column < size; column++) {
    let best = column
    for (let i = column; i < size; i++)
      if (Math.abs(rows[i]?.[column] ?? 0) > Math.abs(rows[best]?.[column] ?? 0)) best = i
    const pivot = rows[best] ?? []
    rows[best] = rows[column] ?? []
    rows[column] = pivot
    for (const [i, row] of rows.entries()) {
      if (i === column) continue
      const factor = (row[column] ?? 0) / (pivot[column] ?? 1)
      if (factor !== 0) for (let j = column; j <= size; j++) row[j] = (row[j] ?? 0) - factor * (pivot[j] ?? 0)
    }
  }
  return rows.map((row, i) => (row[size] ?? 0) / (row[i] ?? 1))
}
