import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { KEY_EVENTS_PAGE } from '../../../facts/limits.ts'

export const keyEventsAreOfGa4 = rule({
  code: 'key-events-are-of-ga4',
  severity: 'warning',
  profile: 'recommended',
  title: 'Only what GA4 counts is marked as a key event.',
  reason: 'A conversion of another system has no event in GA4 to be marked.',
  fix: 'remove `keyEvent`, or set `source: ga4`.',
  source: KEY_EVENTS_PAGE,
  catalogue: ['L-K01'],
  *check(places) {
    for (const { at, id, data, inGa4 } of places.micros) {
      if (!inGa4 && data.keyEvent === true)
        yield {
          at: `${at}/keyEvent`,
          about: 'key',
          message: `${quoted(id)} comes from ${data.source ?? ''}, so that GA4 has no event to mark.`,
        }
    }
  },
})
