import { METHOD, rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const microsHaveAUxOutcome = rule({
  code: 'micros-have-a-ux-outcome',
  severity: 'warning',
  profile: 'recommended',
  title: 'A micro conversion says what the visitor achieves by it.',
  reason:
    'Event, metric, outcome for the visitor: without the third, a number is improved and the visit is not.',
  fix: 'add `uxOutcome`.',
  source: METHOD,
  catalogue: ['L-P11'],
  *check(places) {
    for (const { id, at, data } of places.micros) {
      if (data.uxOutcome === undefined)
        yield {
          at,
          about: 'key',
          absent: 'uxOutcome',
          message: `${quoted(id)} does not say what the visitor achieves by it.`,
        }
    }
  },
})
