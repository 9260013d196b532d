import { rule } from '../../rule.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'
import { quoted } from '../../schema/words.ts'

export const ecommerceIsNotMappedByHand = rule({
  code: 'ecommerce-is-not-mapped-by-hand',
  severity: 'error',
  profile: 'minimal',
  title: 'With `ecommerce: true` nothing of the ecommerce object is mapped by hand.',
  reason:
    'The object brings items, value, currency and transaction_id; a second source for one of them wins or loses by chance.',
  fix: 'remove the parameter, or `ecommerce: true`.',
  source: 'https://developers.google.com/analytics/devguides/collection/ga4/ecommerce?client_type=gtm',
  catalogue: ['L-T18'],
  *check(places) {
    for (const { at, id, data, tagged } of places.conversions) {
      if (!tagged || data.ecommerce !== true) continue
      for (const name of ['items', 'value', 'currency', 'transaction_id', 'tax', 'shipping', 'coupon']) {
        if (data.parameters?.[name] !== undefined)
          yield {
            at: at + pointerOf('parameters', name),
            about: 'key',
            message: `${quoted(id)} sends ${quoted(name)} twice: by hand and from the ecommerce object.`,
          }
      }
    }
  },
})
