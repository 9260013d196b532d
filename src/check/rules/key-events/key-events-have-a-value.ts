import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const keyEventsHaveAValue = rule({
  code: 'key-events-have-a-value',
  severity: 'warning',
  profile: 'recommended',
  title: 'A key event has a value.',
  reason: 'Without one, reports and bidding treat all key events alike.',
  fix: 'add `value`, or `weight` to a micro conversion, or send `value` and `currency` with the event.',
  source:
    'https://developers.google.com/analytics/devguides/config/admin/v1/rest/v1beta/properties.keyEvents',
  catalogue: ['L-K06'],
  *check(places) {
    for (const { at, id, data, keyEvent } of places.conversions) {
      const sent = data.ecommerce === true || data.parameters?.value !== undefined
      if (keyEvent && !sent && data.value === undefined && data.weight === undefined)
        yield { at, about: 'key', absent: 'value', message: `The key event ${quoted(id)} has no value.` }
    }
  },
})
