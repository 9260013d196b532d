import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { RECOMMENDED_EVENTS } from '../../../facts/events.ts'

export const recommendedEventNamesAreUsed = rule({
  code: 'recommended-event-names-are-used',
  severity: 'warning',
  profile: 'recommended',
  title: 'Where Google has a name for an action, the plan uses it.',
  reason: "GA4's reports, audiences and Google Ads know the recommended names and nothing about your own.",
  fix: 'use the recommended name.',
  source: 'https://support.google.com/analytics/answer/9267735',
  catalogue: ['L-N07'],
  *check(places) {
    const plain = (name: string): string => name.toLowerCase().replaceAll('_', '')
    for (const { at, data, tagged } of places.conversions) {
      const { event } = data
      if (!tagged || event === undefined || RECOMMENDED_EVENTS.some(({ name }) => name === event)) continue
      const better = RECOMMENDED_EVENTS.find(({ name, otherNames }) =>
        [name, ...otherNames].some((other) => plain(other) === plain(event)),
      )
      if (better !== undefined)
        yield {
          at: `${at}/event`,
          message: `Google has a name for ${quoted(event)}: ${quoted(better.name)}.`,
          fix: `write \`event: ${better.name}\`.`,
        }
    }
  },
})
