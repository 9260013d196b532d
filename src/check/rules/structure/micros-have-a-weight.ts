import { METHOD, rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const microsHaveAWeight = rule({
  code: 'micros-have-a-weight',
  severity: 'warning',
  profile: 'recommended',
  title: 'A micro conversion has a weight or a value.',
  reason: 'Without one, a glance at a banner counts as much as a started checkout.',
  fix: "add `weight`, its share of the goal's value, or `value`.",
  source: METHOD,
  catalogue: ['L-P08'],
  *check(places) {
    for (const { id, at, data, keyEvent } of places.micros) {
      // Of a key event more is asked.
      if (keyEvent) continue
      if (data.weight === undefined && data.value === undefined)
        yield {
          at,
          about: 'key',
          absent: 'weight',
          message: `The micro conversion ${quoted(id)} has neither weight nor value.`,
        }
    }
  },
})
