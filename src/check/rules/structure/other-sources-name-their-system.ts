import { METHOD, rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const otherSourcesNameTheirSystem = rule({
  code: 'other-sources-name-their-system',
  severity: 'warning',
  profile: 'recommended',
  title: 'A conversion that another system knows about names that system.',
  reason: 'Whoever fills in the scorecard has to know where to look.',
  fix: 'add `system`, for example `system: HubSpot`.',
  source: METHOD,
  catalogue: ['L-P18'],
  *check(places) {
    for (const { id, at, data } of places.conversions) {
      const { source = 'ga4' } = data
      if (source !== 'ga4' && data.system === undefined)
        yield {
          at,
          about: 'key',
          absent: 'system',
          message: `${quoted(id)} comes from ${source}, but does not say from which system.`,
        }
    }
  },
})
