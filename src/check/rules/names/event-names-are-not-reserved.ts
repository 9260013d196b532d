import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
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
    for (const { at, data, tagged } of places.conversions) {
      const { event } = data
      if (tagged && event !== undefined && RESERVED_EVENTS.has(event))
        yield { at: `${at}/event`, message: `GA4 keeps the event name ${quoted(event)} for itself.` }
    }
  },
})
