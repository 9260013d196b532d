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
    for (const { at, data, tagged } of places.conversions) {
      const { event } = data
      const better = !tagged || event === undefined ? undefined : BETTER.get(plain(event))
      if (better !== undefined && !NAMES.has(event ?? ''))
        yield {
          at: `${at}/event`,
          message: `Google has a name for ${quoted(event)}: ${quoted(better)}.`,
          fix: `write \`event: ${better}\`.`,
        }
    }
  },
})

function plain(name: string): string {
  return name.toLowerCase().replaceAll('_', '')
}

const NAMES: ReadonlySet<string> = new Set(RECOMMENDED_EVENTS.map(({ name }) => name))

/** Google's name by every spelling; where two have one spelling, the first. */
const BETTER: ReadonlyMap<string, string> = new Map(
  RECOMMENDED_EVENTS.toReversed().flatMap(({ name, otherNames }) =>
    [name, ...otherNames].map((other) => [plain(other), name] as const),
  ),
)
