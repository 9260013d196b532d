import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const purchasesHaveATransactionId = rule({
  code: 'purchases-have-a-transaction-id',
  severity: 'error',
  profile: 'minimal',
  title: 'A purchase or refund carries its transaction_id.',
  reason: 'GA4 tells doubles by it: without one, every reload of the confirmation page is another sale.',
  fix: 'add `ecommerce: true`, or `transaction_id` to its parameters.',
  source: 'https://developers.google.com/analytics/devguides/collection/ga4/reference/events',
  catalogue: ['L-D04'],
  *check(places) {
    for (const { at, id, data, tagged } of places.conversions) {
      if (!tagged || (data.event !== 'purchase' && data.event !== 'refund') || data.ecommerce === true)
        continue
      if (data.parameters?.transaction_id === undefined)
        yield {
          at: `${at}/event`,
          absent: 'transaction_id',
          message: `${quoted(id)} sends ${quoted(data.event)} without a transaction_id.`,
        }
    }
  },
})
