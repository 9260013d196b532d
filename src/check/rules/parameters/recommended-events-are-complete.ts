import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { RECOMMENDED_EVENTS } from '../../../facts/events.ts'
import { and } from '../../../words/counting.ts'

export const recommendedEventsAreComplete = rule({
  code: 'recommended-events-are-complete',
  severity: 'warning',
  profile: 'recommended',
  title: 'A recommended event carries the parameters that make it one.',
  reason:
    '`search` without `search_term`, or a cart without items, fills none of the reports that it is there for.',
  fix: "add the parameters, or `ecommerce: true` for what the data layer's ecommerce object holds.",
  source: 'https://developers.google.com/analytics/devguides/collection/ga4/reference/events',
  catalogue: ['L-D03'],
  *check(places) {
    const shared = Object.keys(places.plan.sharedParameters ?? {})
    for (const { at, id, data, tagged, keyEvent } of places.conversions) {
      const known = RECOMMENDED_EVENTS.find(({ name }) => name === data.event)
      if (
        !tagged ||
        known === undefined ||
        data.ecommerce === true ||
        data.event === 'purchase' ||
        data.event === 'refund'
      )
        continue
      const given = [...Object.keys(data.parameters ?? {}), ...shared]
      // A key event has its default value; money on anything else is nice to have. Purchases have a rule of their own.
      const needed = known.required.filter((name) =>
        known.items
          ? name === 'items'
          : !['value', 'currency'].includes(name) ||
            (keyEvent && data.value === undefined && data.weight === undefined),
      )
      const missing = needed.filter((name) => !given.includes(name))
      if (missing.length > 0)
        yield {
          at: `${at}/event`,
          restsOn: [`${at}/value`, `${at}/weight`],
          message: `${quoted(data.event ?? '')} of ${quoted(id)} comes without ${and(missing)}.`,
          ...(known.items
            ? { fix: 'add `ecommerce: true`: it sends items, value and currency from the data layer.' }
            : {}),
        }
    }
  },
})
