import { pointerOf } from '../../../plan/diagnostic.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const derivedEventsAreMadeOnce = rule({
  code: 'derived-events-are-made-once',
  severity: 'error',
  profile: 'always',
  title: 'An event that GA4 makes of another is sent by nobody else.',
  reason:
    'GA4 does not remove doubles: every action would count twice, and an event made of itself never ends.',
  fix: 'set `collectedBy: event_rule` on the conversion, or give one of the two another name.',
  source: 'https://support.google.com/analytics/answer/10085872',
  *check(places) {
    const tagged = new Map(
      places.conversions.flatMap(({ id, data, tagged }) =>
        tagged && data.event !== undefined ? [[data.event, id]] : [],
      ),
    )
    for (const [event, { from }] of Object.entries(places.plan.property?.derived ?? {})) {
      const at = pointerOf('property', 'derived', event)
      const sender = tagged.get(event)
      if (sender !== undefined)
        yield {
          at,
          about: 'key',
          message: `GA4 is to make ${quoted(event)}, and the tag of ${quoted(sender)} sends it as well.`,
        }
      if (from === event)
        yield {
          at: `${at}/from`,
          message: `${quoted(event)} cannot be made of itself.`,
          fix: 'name the event that it is made of.',
        }
    }
  },
})
