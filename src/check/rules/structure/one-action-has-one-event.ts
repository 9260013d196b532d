import { METHOD, rule } from '../../rule.ts'
import type { PlacedConversion } from '../../places.ts'
import { quoted } from '../../schema/words.ts'

export const oneActionHasOneEvent = rule({
  code: 'one-action-has-one-event',
  severity: 'warning',
  profile: 'recommended',
  title: 'The same action has the same event everywhere.',
  reason: 'One action counted under two names on two platforms cannot be added up.',
  fix: 'use one event name, and a parameter for the difference; or tell the titles apart.',
  source: METHOD,
  catalogue: ['L-P19'],
  *check(places) {
    const seen = new Map<string, PlacedConversion>()
    for (const conversion of places.conversions) {
      const key = conversion.title.trim().toLowerCase()
      const before = seen.get(key)
      if (before === undefined) seen.set(key, conversion)
      else
        yield {
          at: `${conversion.at}/title`,
          message: `${quoted(conversion.id)} and ${quoted(before.id)} have the same title${before.data.event === conversion.data.event ? '' : ', but not the same event'}.`,
        }
    }
  },
})
