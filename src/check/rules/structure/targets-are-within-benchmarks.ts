import { METHOD, rule } from '../../rule.ts'
import { percentOf, rangeOf } from '../../amounts.ts'

export const targetsAreWithinBenchmarks = rule({
  code: 'targets-are-within-benchmarks',
  severity: 'warning',
  profile: 'recommended',
  title: 'A target is not below everything that is usual.',
  reason: 'A target below every benchmark is met without doing anything.',
  fix: 'raise the target, or correct the benchmarks.',
  source: METHOD,
  catalogue: ['L-P13'],
  *check(places) {
    for (const { at, data } of places.conversions) {
      const { target, benchmarks = [] } = data
      if (target?.rate === undefined || benchmarks.length === 0) continue
      const ranges = benchmarks.map(({ rate }) => rangeOf(rate))
      if (ranges.some(([low, high]) => low > high)) continue
      const lowest = Math.min(...ranges.map(([low]) => low))
      const highest = Math.max(...ranges.map(([, high]) => high))
      const rate = percentOf(target.rate)
      if (rate < lowest)
        yield {
          at: `${at}/target/rate`,
          message: `The target of ${target.rate} is below every benchmark (from ${lowest}%).`,
        }
      if (rate > highest * 2)
        yield {
          at: `${at}/target/rate`,
          message: `The target of ${target.rate} is more than twice the best benchmark (${highest}%).`,
          fix: 'set a target that can be reached, or correct the benchmarks.',
        }
    }
  },
})
