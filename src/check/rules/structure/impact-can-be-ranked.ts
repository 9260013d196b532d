import { METHOD, rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const impactCanBeRanked = rule({
  code: 'impact-can-be-ranked',
  severity: 'info',
  profile: 'strict',
  title: 'A micro conversion has what a ranking needs: expected lift and effort.',
  reason: 'Lift times worth, set against effort, says what to improve first.',
  fix: 'add `expectedLift` and `effort`.',
  source: METHOD,
  catalogue: ['L-P14'],
  *check(places) {
    for (const { id, at, data } of places.micros) {
      const missing = (['expectedLift', 'effort'] as const).filter((field) => data[field] === undefined)
      const [first] = missing
      if (first !== undefined)
        yield {
          at,
          about: 'key',
          absent: first,
          message: `${quoted(id)} has no ${missing.join(' and no ')}.`,
        }
    }
  },
})
