import { METHOD, rule } from '../../rule.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'
import { rangeOf } from '../../amounts.ts'

export const benchmarksRunFromLowToHigh = rule({
  code: 'benchmarks-run-from-low-to-high',
  severity: 'error',
  profile: 'always',
  title: "A benchmark's range runs from the lower to the higher number.",
  reason: 'Turned round, no result lies within it.',
  fix: 'swap the two numbers.',
  source: METHOD,
  catalogue: ['L-P13'],
  *check(places) {
    for (const { at, data } of places.conversions) {
      for (const [index, { rate }] of (data.benchmarks ?? []).entries()) {
        const [low, high] = rangeOf(rate)
        if (low <= high) continue
        const place = at + pointerOf('benchmarks', index, 'rate')
        yield {
          at: place,
          message: `The range ${rate} runs downwards.`,
          fix: `write ${high}%..${low}%.`,
          edit: { set: place, value: `${high}%..${low}%` },
        }
      }
    }
  },
})
