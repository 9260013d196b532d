import { METHOD, rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const noWeightOutweighsTheRest = rule({
  code: 'no-weight-outweighs-the-rest',
  severity: 'warning',
  profile: 'recommended',
  title: 'No micro conversion holds more than half of all weight.',
  reason: 'A plan that hangs on one signal is wrong as soon as that signal is.',
  fix: 'recalculate the weights from what happened.',
  source: METHOD,
  catalogue: ['L-P08'],
  *check(places) {
    const weighed = places.micros.filter((micro) => micro.data.weight !== undefined)
    const total = weighed.reduce((sum, micro) => sum + (micro.data.weight ?? 0), 0)
    if (weighed.length < 3) return
    for (const { id, at, data } of weighed) {
      if ((data.weight ?? 0) > total / 2)
        yield {
          at: `${at}/weight`,
          message: `${quoted(id)} holds more than half of the weight of all ${weighed.length} weighted micro conversions.`,
        }
    }
  },
})
