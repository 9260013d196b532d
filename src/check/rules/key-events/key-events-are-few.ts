import { rule } from '../../rule.ts'
import { GA4_LIMITS, KEY_EVENTS_PAGE } from '../../../facts/limits.ts'

export const keyEventsAreFew = rule({
  code: 'key-events-are-few',
  severity: 'error',
  profile: 'minimal',
  title: 'A plan marks at most 30 key events.',
  reason: 'A standard property holds 30 (a 360 property 50), those of others included.',
  fix: 'take `keyEvent: true` from micro conversions; they are counted all the same.',
  source: KEY_EVENTS_PAGE,
  catalogue: ['L-K02'],
  *check(places) {
    const events = new Set(
      places.conversions
        .filter(({ keyEvent, data }) => keyEvent && data.event !== undefined)
        .map(({ data }) => data.event),
    )
    if (events.size > GA4_LIMITS.keyEvents)
      yield {
        at: '/stages',
        about: 'key',
        message: `The plan marks ${events.size} key events; a property holds ${GA4_LIMITS.keyEvents}.`,
      }
  },
})
