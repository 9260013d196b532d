import { ECOMMERCE_EVENTS } from '../../../facts/events.ts'
import { resultsIn } from '../../../sources/said.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { or } from '../../../words/counting.ts'

export const ecommerceHasGooglesNames = rule({
  code: 'ecommerce-has-googles-names',
  severity: 'error',
  profile: 'minimal',
  title: "Only Google's ecommerce events carry the ecommerce object.",
  reason:
    'With any other name GTM drops items, value and currency: the event arrives without them, and nobody is told.',
  fix: `use one of Google's names: ${or(ECOMMERCE_EVENTS)}; or map \`value\` and \`currency\` as parameters.`,
  source: 'https://developers.google.com/analytics/devguides/collection/ga4/ecommerce',
  *check(places) {
    for (const { at, data, tagged } of places.conversions) {
      if (!tagged || data.ecommerce !== true) continue
      const written = data.event === undefined ? [] : [{ at: `${at}/ecommerce`, value: data.event }]
      const read = data.eventFrom === undefined ? [] : resultsIn(data.eventFrom, `${at}/eventFrom`)
      for (const { at: place, value } of [...written, ...read])
        if (!ECOMMERCE_EVENTS.includes(String(value)))
          yield {
            at: place,
            message: `GTM sends no ecommerce data with ${quoted(String(value))}: that is not one of Google's ecommerce events.`,
          }
    }
  },
})
