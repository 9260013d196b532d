import { CURRENCIES, digitsOf } from '../../../facts/currencies.ts'
import { rule } from '../../rule.ts'

export const marketDecimalsFitTheCurrency = rule({
  code: 'market-decimals-fit-the-currency',
  severity: 'warning',
  profile: 'recommended',
  title: 'Where the smallest coin is not a hundredth, the market says so.',
  reason:
    'Shops and payment providers count in the smallest coin. A site that divides by 100 everywhere reports ten times the revenue of Kuwait, where 1000 fils are one dinar.',
  fix: 'add `decimals`, and tell the developers.',
  source: 'https://www.iso.org/iso-4217-currency-codes.html',
  *check(places) {
    for (const { at, market } of places.markets) {
      const { currency, decimals } = market
      if (currency === undefined || !CURRENCIES.has(currency)) continue
      const digits = digitsOf(currency)
      const edit = { set: `${at}/decimals`, value: digits }
      if (decimals === undefined && digits !== 2)
        yield {
          at: `${at}/currency`,
          message: `${currency} has ${digits} decimals, and the plan does not say that the site heeds it.`,
          fix: `have amounts divided by ${10 ** digits}, and write decimals: ${digits}.`,
        }
      else if (decimals !== undefined && decimals !== digits)
        yield {
          at: `${at}/decimals`,
          message: `${currency} has ${digits} decimals, not ${decimals}.`,
          fix: `write decimals: ${digits}.`,
          edit,
        }
    }
  },
})
