import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const audienceEventsAreTheirOwn = rule({
  code: 'audience-events-are-their-own',
  severity: 'error',
  profile: 'always',
  title: "The event of joining an audience is no conversion's.",
  reason:
    'GA4 logs the event itself when a visitor joins; under the name of a conversion every joining would count as one.',
  fix: 'give it a name of its own.',
  source: 'https://support.google.com/analytics/answer/9940393',
  *check(places) {
    for (const { at, audience } of places.audiences) {
      const { event } = audience
      if (event === undefined) continue
      const conversion = places.conversions.find(({ inGa4, data }) => inGa4 && data.event === event)
      if (conversion !== undefined)
        yield {
          at: `${at}/event`,
          message: `${quoted(event)} is the event of ${quoted(conversion.id)}, which would count everybody who joins.`,
        }
    }
  },
})
