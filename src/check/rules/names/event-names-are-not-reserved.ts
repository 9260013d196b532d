import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { madeEvents } from '../../made-events.ts'
import { RESERVED_EVENTS } from '../../../facts/events.ts'

export const eventNamesAreNotReserved = rule({
  code: 'event-names-are-not-reserved',
  severity: 'error',
  profile: 'minimal',
  title: 'An event name is not one that GA4 keeps for itself.',
  reason: 'GA4 drops or misreads events under its own names.',
  fix: 'choose another name.',
  source: 'https://support.google.com/analytics/answer/13316687',
  catalogue: ['L-N03'],
  *check(places) {
    const sent = places.conversions.flatMap(({ at, data: { event }, tagged }) =>
      tagged && event !== undefined ? [{ at: `${at}/event`, name: event }] : [],
    )
    for (const { name, ...place } of [...sent, ...madeEvents(places)])
      if (RESERVED_EVENTS.has(name))
        yield { ...place, message: `GA4 keeps the event name ${quoted(name)} for itself.` }
  },
})
