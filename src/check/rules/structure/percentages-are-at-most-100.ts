import { METHOD, rule } from '../../rule.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'
import { percentOf, rangeOf } from '../../amounts.ts'

export const percentagesAreAtMost100 = rule({
  code: 'percentages-are-at-most-100',
  severity: 'error',
  profile: 'always',
  title: 'A share is at most 100 %.',
  reason: 'More than everything cannot be reached or lost.',
  fix: 'write a percentage from 0% to 100%.',
  source: METHOD,
  catalogue: ['L-P12'],
  *check(places) {
    for (const { at, target } of places.targets) {
      if (target.rate !== undefined && percentOf(target.rate) > 100)
        yield { at: `${at}/rate`, message: `A rate of ${target.rate} is more than everything.` }
    }
    for (const { at, data } of places.conversions) {
      for (const [index, { rate }] of (data.benchmarks ?? []).entries()) {
        if (rangeOf(rate).some((end) => end > 100))
          yield {
            at: at + pointerOf('benchmarks', index, 'rate'),
            message: `The range ${rate} goes above 100 %.`,
          }
      }
      const maxDrop = data.guardrail?.maxDrop
      if (maxDrop !== undefined && percentOf(maxDrop) > 100)
        yield { at: `${at}/guardrail/maxDrop`, message: `Nothing can drop by ${maxDrop}.` }
    }
  },
})
