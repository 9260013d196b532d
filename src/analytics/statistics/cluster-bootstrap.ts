import type { Estimate } from './estimate.ts'
import { normalQuantile } from './normal.ts'

export interface Clusters {
  /** One row a cluster (a user): what its units add up to. In an order that does not depend on how the rows came. */
  readonly sums: readonly (readonly number[])[]
  /** Clusters that add up to nothing but are drawn all the same: users who did not buy. */
  readonly empty: number
}

/**
 * A statistic of sums over clusters with its percentile interval (95 %): whole clusters are drawn again with replacement,
 * because the sessions of one user are not independent. The seed is fixed: the same data give the same interval.
 *
 * Source: Davison, Hinkley 1997, Bootstrap Methods and their Application, 3.8; percentiles: 5.3.1. How many of the drawn
 * clusters are not empty is drawn as a rounded normal for the binomial.
 * Domain: at least two clusters. Draws for which `statistic` is not finite are left out.
 * Reference: scipy 1.10.1, bootstrap((x,), mean, method='percentile', n_resamples=200000) of ten values: 13.21 to 20.34.
 */
export function clusterBootstrap(
  { sums, empty }: Clusters,
  statistic: (totals: readonly number[]) => number,
  draws = 2000,
): Estimate {
  const size = sums.length
  const width = sums[0]?.length ?? 0
  const value = statistic(
    sums.reduce((total, row) => total.map((sum, i) => sum + (row[i] ?? 0)), zeros(width)),
  )
  if (size < 2 || !Number.isFinite(value)) return { unknown: 'not-enough-data' }
  const random = seeded(20260101)
  const spread = Math.sqrt((size * empty) / (size + empty))
  const seen: number[] = []
  for (let draw = 0; draw < draws; draw++) {
    const count = empty === 0 ? size : Math.max(0, Math.round(size + spread * normalQuantile(random())))
    const total = zeros(width)
    for (let i = 0; i < count; i++) {
      const row = sums[Math.floor(random() * size)] ?? []
      for (let j = 0; j < width; j++) total[j] = (total[j] ?? 0) + (row[j] ?? 0)
    }
    const result = statistic(total)
    if (Number.isFinite(result)) seen.push(result)
  }
  if (seen.length < draws / 2) return { unknown: 'not-enough-data' }
  seen.sort((a, b) => a - b)
  const at = (p: number): number => seen[Math.min(seen.length - 1, Math.round(p * (seen.length - 1)))] ?? NaN
  return { value, low: at(0.025), high: at(0.975), n: size + empty }
}

function zeros(width: number): number[] {
  return new Array<number>(width).fill(0)
}

/** Numbers strictly between 0 and 1 that only depend on the seed (mulberry32, public domain). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 4294967296
  }
}
