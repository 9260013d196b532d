import { METHOD, rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const conversionsHaveAMetric = rule({
  code: 'conversions-have-a-metric',
  severity: 'warning',
  profile: 'recommended',
  title: 'A conversion names the one number that shows it.',
  reason: '"More sign-ups" can mean more sessions or a better rate; one metric says which.',
  fix: 'add `metric`, for example `metric: sign-ups per visit`.',
  source: METHOD,
  catalogue: ['L-P11'],
  *check(places) {
    for (const { id, at, data } of places.conversions) {
      if (data.metric === undefined)
        yield { at, about: 'key', absent: 'metric', message: `${quoted(id)} names no metric.` }
    }
  },
})
