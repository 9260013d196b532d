import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const taggedConversionsHaveAnEvent = rule({
  code: 'tagged-conversions-have-an-event',
  severity: 'error',
  profile: 'always',
  title: 'A conversion that a tag collects names its event.',
  reason: 'The tag sends this event to GA4; without a name there is nothing to send.',
  fix: 'add `event`, or say with `source` or `collectedBy` who else knows about it.',
  source: 'https://support.google.com/analytics/answer/13316687',
  *check(places) {
    for (const { at, id, inGa4, data } of places.conversions) {
      if (inGa4 && data.event === undefined)
        yield {
          at,
          about: 'key',
          absent: 'event',
          message: `${quoted(id)} is counted in GA4, but names no event.`,
        }
    }
  },
})
