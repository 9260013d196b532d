import { METHOD, rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const goalsAreDescribed = rule({
  code: 'goals-are-described',
  severity: 'warning',
  profile: 'recommended',
  title: 'A goal says what exactly counts.',
  reason: 'Without a shared definition, sales and marketing report two numbers for the same goal.',
  fix: 'add `description`: what counts, and what does not.',
  source: METHOD,
  catalogue: ['L-P05'],
  *check(places) {
    for (const { id, at, data } of places.goals) {
      if (data.description === undefined)
        yield {
          at,
          about: 'key',
          absent: 'description',
          message: `The goal ${quoted(id)} does not say what exactly counts.`,
        }
    }
  },
})
