import { METHOD, rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const conversionsHaveATarget = rule({
  code: 'conversions-have-a-target',
  severity: 'warning',
  profile: 'recommended',
  title: 'A conversion has a numeric target.',
  reason: 'Without a number there is no telling whether what is done about it works.',
  fix: 'add `target: { rate: 8%, of: sessions }` or `target: { count: 400, per: month }`.',
  source: METHOD,
  catalogue: ['L-P12'],
  *check(places) {
    for (const { id, at, data } of places.conversions) {
      if (data.target === undefined)
        yield { at, about: 'key', absent: 'target', message: `${quoted(id)} has no target.` }
    }
  },
})
