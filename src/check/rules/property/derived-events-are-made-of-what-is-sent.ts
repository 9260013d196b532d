import { AUTOMATIC_EVENTS, ENHANCED_EVENTS } from '../../../facts/events.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'
import { rule } from '../../rule.ts'
import { didYouMean } from '../../schema/did-you-mean.ts'
import { quoted } from '../../schema/words.ts'

export const derivedEventsAreMadeOfWhatIsSent = rule({
  code: 'derived-events-are-made-of-what-is-sent',
  severity: 'warning',
  profile: 'recommended',
  title: 'An event that GA4 makes of another is made of one that is sent.',
  reason: 'GA4 takes the name of any event, and never makes anything of one that nobody sends.',
  fix: 'write the event of a conversion of the plan, or one that GA4 sends by itself, such as page_view; if another tag sends it, say so under `ignore`.',
  source: 'https://support.google.com/analytics/answer/10085872',
  *check(places) {
    const derived = places.plan.property?.derived ?? {}
    const sent = [
      ...places.conversions.flatMap(({ data }) => data.event ?? []),
      ...AUTOMATIC_EVENTS,
      ...ENHANCED_EVENTS.keys(),
      ...Object.keys(derived),
    ]
    for (const [event, { from }] of Object.entries(derived)) {
      if (sent.includes(from)) continue
      const meant = didYouMean(from, sent)
      yield {
        at: `${pointerOf('property', 'derived', event)}/from`,
        message: `Neither the plan nor GA4 itself sends ${quoted(from)}.`,
        ...(meant === undefined ? {} : { fix: `did you mean ${quoted(meant)}?` }),
      }
    }
  },
})
