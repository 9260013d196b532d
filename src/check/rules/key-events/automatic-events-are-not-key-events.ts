import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { AUTOMATIC_EVENTS } from '../../../facts/events.ts'

export const automaticEventsAreNotKeyEvents = rule({
  code: 'automatic-events-are-not-key-events',
  severity: 'warning',
  profile: 'recommended',
  title: 'What happens on every visit is not a key event.',
  reason:
    'A session with a key event counts as engaged: with `page_view` or `scroll` as one, every session is, and every rate is 100 %.',
  fix: 'mark an event that means something, or send one of your own.',
  source: 'https://developers.google.com/analytics/devguides/reporting/data/v1/api-schema',
  catalogue: ['L-K03'],
  *check(places) {
    for (const { at, id, data, keyEvent } of places.conversions) {
      const { event } = data
      if (
        keyEvent &&
        event !== undefined &&
        (AUTOMATIC_EVENTS.has(event) || event === 'scroll' || event === 'click')
      )
        yield {
          at: `${at}/event`,
          message: `${quoted(id)} makes ${quoted(event)} a key event, which nearly every visit has.`,
        }
    }
  },
})
