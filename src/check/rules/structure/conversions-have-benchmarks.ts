import { METHOD, rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const conversionsHaveBenchmarks = rule({
  code: 'conversions-have-benchmarks',
  severity: 'info',
  profile: 'strict',
  title: 'A conversion with a rate for a target has benchmarks.',
  reason: 'What is usual in a channel and on a device says whether a target is bold or timid.',
  fix: 'add `benchmarks: [{ channel: Organic Search, device: mobile, rate: 6%..12% }]`.',
  source: METHOD,
  catalogue: ['L-P13'],
  *check(places) {
    for (const { id, at, data } of places.conversions) {
      if (data.target?.rate !== undefined && data.benchmarks === undefined)
        yield {
          at,
          about: 'key',
          absent: 'benchmarks',
          message: `${quoted(id)} has no benchmark to judge its target by.`,
        }
    }
  },
})
