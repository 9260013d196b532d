import { METHOD, rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const goalsAreFedByThree = rule({
  code: 'goals-are-fed-by-three',
  severity: 'info',
  profile: 'strict',
  title: 'Three or more micro conversions feed every goal.',
  reason: 'With one or two a drop in the goal cannot be traced to the step where visitors are lost.',
  fix: 'look for further actions that lead to the goal.',
  source: METHOD,
  catalogue: ['L-P06'],
  *check(places) {
    for (const { id, at } of places.goals) {
      const feeding = places.micros.filter((micro) => micro.data.feeds?.includes(id)).length
      if (feeding === 1 || feeding === 2)
        yield {
          at,
          about: 'key',
          message: `Only ${feeding} micro conversion${feeding === 1 ? ' feeds' : 's feed'} ${quoted(id)}.`,
        }
    }
  },
})
