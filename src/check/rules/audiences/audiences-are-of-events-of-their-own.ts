import { conversionsNamedBy } from '../../audiences.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const audiencesAreOfEventsOfTheirOwn = rule({
  code: 'audiences-are-of-events-of-their-own',
  severity: 'error',
  profile: 'always',
  title: "The event of a conversion in an audience is no other conversion's.",
  reason:
    'GA4 finds who did it by the name of the event alone: whoever did the other one would be in the list as well.',
  fix: 'give the conversion an event of its own, or write the audience with `filter`, where parameters can be tested.',
  source: 'https://support.google.com/analytics/answer/9267572',
  *check(places) {
    for (const { id, at, conversion } of conversionsNamedBy(places)) {
      const event = conversion?.data.event
      if (event === undefined || conversion?.inGa4 !== true) continue
      const others = places.conversions.filter(
        (other) => other.id !== id && other.inGa4 && other.data.event === event,
      )
      if (others.length > 0)
        yield {
          at,
          message: `${quoted(event)} is the event of ${quoted(id)} and of ${others.map((other) => quoted(other.id)).join(' and of ')}: GA4 cannot tell who did which.`,
        }
    }
  },
})
