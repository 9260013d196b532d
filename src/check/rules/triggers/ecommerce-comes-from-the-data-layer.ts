import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const ecommerceComesFromTheDataLayer = rule({
  code: 'ecommerce-comes-from-the-data-layer',
  severity: 'error',
  profile: 'minimal',
  title: 'An event with ecommerce data fires on the push that brings them.',
  reason:
    'The ecommerce object is there only in the push of that event: on a click or a page view GTM finds nothing, or what was left from before.',
  fix: 'use `dataLayer`, with the event that the shop pushes.',
  source: 'https://developers.google.com/analytics/devguides/collection/ga4/ecommerce?client_type=gtm',
  catalogue: ['L-T18'],
  *check(places) {
    for (const { at, id, data, tagged, triggers } of places.conversions) {
      const other = triggers.find(({ kind }) => kind !== 'dataLayer' && kind !== 'page')
      if (
        tagged &&
        data.ecommerce === true &&
        other !== undefined &&
        !triggers.some(({ kind }) => kind === 'dataLayer')
      )
        yield {
          at: `${at}/ecommerce`,
          message: `${quoted(id)} sends ecommerce data, but fires on a ${other.kind} trigger, which has none.`,
        }
    }
  },
})
