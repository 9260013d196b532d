import { METHOD, rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const primaryGoalsHaveAGuardrail = rule({
  code: 'primary-goals-have-a-guardrail',
  severity: 'warning',
  profile: 'recommended',
  title: 'The primary goal has a guardrail.',
  reason: "Micro conversions can be pushed up at the goal's cost; the guardrail says when to stop.",
  fix: 'add `guardrail: { metric: revenue, maxDrop: 5% }`.',
  source: METHOD,
  catalogue: ['L-P16'],
  *check(places) {
    // With several primary goals, the guardrail belongs to the one that remains.
    if (places.goals.filter(({ data }) => data.primary === true).length > 1) return
    for (const { id, at, data } of places.goals) {
      if (data.primary === true && data.guardrail === undefined)
        yield {
          at,
          about: 'key',
          absent: 'guardrail',
          message: `The primary goal ${quoted(id)} has no guardrail.`,
        }
    }
  },
})
