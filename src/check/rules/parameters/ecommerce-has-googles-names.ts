import { ECOMMERCE_EVENTS } from '../../../facts/events.ts'
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
      if (
        tagged &&
        data.ecommerce === true &&
        data.event !== undefined &&
        !ECOMMERCE_EVENTS.includes(data.event)
      )
        yield {
          at: `${at}/ecommerce`,
          message: `GTM sends no ecommerce data with ${quoted(data.event)}: that is not one of Google's ecommerce events.`,
        }
    }
  },
})
