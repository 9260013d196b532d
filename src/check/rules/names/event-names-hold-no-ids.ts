import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { EVENTS_PAGE } from '../../../facts/limits.ts'

export const eventNamesHoldNoIds = rule({
  code: 'event-names-hold-no-ids',
  severity: 'warning',
  profile: 'recommended',
  title: 'An event name holds no number of a thing.',
  reason:
    "`view_item_48213` is a new event for every thing: GA4's lists fill up, and nothing can be compared.",
  fix: 'use one event name, and a parameter for the number.',
  source: EVENTS_PAGE,
  catalogue: ['L-N12'],
  *check(places) {
    for (const { at, data, inGa4 } of places.conversions) {
      const digits = /\d{3,}/.exec(data.event ?? '')?.[0]
      if (inGa4 && digits !== undefined)
        yield {
          at: `${at}/event`,
          message: `The event name ${quoted(data.event ?? '')} holds the number ${digits}.`,
        }
    }
  },
})
