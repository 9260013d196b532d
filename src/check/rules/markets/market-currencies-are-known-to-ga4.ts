import { CURRENCIES } from '../../../facts/currencies.ts'
import { NOT_LISTED_BY_GA4 } from '../../../facts/markets.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const marketCurrenciesAreKnownToGa4 = rule({
  code: 'market-currencies-are-known-to-ga4',
  severity: 'warning',
  profile: 'recommended',
  title: "Revenue arrives, and is reported, in a currency that is on GA4's list.",
  reason:
    'GA4 converts what it lists; BHD, KWD, OMR and QAR are not on the published list, and revenue in a currency that is not has been seen to vanish.',
  fix: 'let the site convert: push `value` in the currency of the property, keep the local amount in value_local and currency_local, and say so with `reportedIn`.',
  source: 'https://support.google.com/analytics/answer/9796179',
  *check(places) {
    const reported = places.plan.property?.currency
    if (reported !== undefined && NOT_LISTED_BY_GA4.has(reported))
      yield {
        at: '/property/currency',
        message: `${reported} is not on GA4's list, so no property reports in it.`,
        fix: `write ${target(places.plan.currency)}.`,
      }
    const { currency: said } = places.plan
    if (said !== undefined && NOT_LISTED_BY_GA4.has(said))
      yield {
        at: '/currency',
        message: `${said} is not on GA4's list of currencies.`,
        fix: 'write USD, say values in it, and let the site push `value` in it and the local amount as value_local and currency_local.',
      }
    for (const { id, at, market } of places.markets) {
      const { currency, reportedIn } = market
      if (reportedIn !== undefined) {
        if (NOT_LISTED_BY_GA4.has(reportedIn))
          yield {
            at: `${at}/reportedIn`,
            message: `${reportedIn} is not on GA4's list either.`,
            fix: `write ${target(places.plan.currency)}.`,
          }
      } else if (currency !== undefined && CURRENCIES.has(currency) && NOT_LISTED_BY_GA4.has(currency)) {
        yield {
          at: `${at}/currency`,
          message: `${currency} of the market ${quoted(id)} is not on GA4's list of currencies.`,
          fix: `let the site push \`value\` in ${target(places.plan.currency)} and the local amount as value_local and currency_local, and write reportedIn: ${target(places.plan.currency)}.`,
        }
      }
    }
  },
})

function target(currency: string | undefined): string {
  return currency === undefined || NOT_LISTED_BY_GA4.has(currency) ? 'USD' : currency
}
