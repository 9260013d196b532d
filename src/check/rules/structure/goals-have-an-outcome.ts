import { METHOD, rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const goalsHaveAnOutcome = rule({
  code: 'goals-have-an-outcome',
  severity: 'warning',
  profile: 'recommended',
  title: 'A goal says what it is for the business.',
  reason:
    'A goal without an outcome cannot be weighed against the others, and each department reads it its own way.',
  fix: 'add `outcome: revenue`, pipeline, subscription, lifetime_value or lead.',
  source: METHOD,
  catalogue: ['L-P05'],
  *check(places) {
    for (const { id, at, data } of places.goals) {
      if (data.outcome === undefined)
        yield {
          at,
          about: 'key',
          absent: 'outcome',
          message: `The goal ${quoted(id)} does not say what it is for the business.`,
        }
    }
  },
})
