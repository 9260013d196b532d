import { rule } from '../../rule.ts'
import { CURRENCIES, digitsOf } from '../../../facts/currencies.ts'

export const amountsFitTheCurrency = rule({
  code: 'amounts-fit-the-currency',
  severity: 'warning',
  profile: 'recommended',
  title: 'An amount has no more decimals than the currency has.',
  reason: 'There is no half yen and no tenth of a fils.',
  fix: 'round it.',
  source: 'https://www.iso.org/iso-4217-currency-codes.html',
  catalogue: ['L-M04'],
  *check(places) {
    const { currency } = places.plan
    if (currency === undefined || !CURRENCIES.has(currency)) return
    const digits = digitsOf(currency)
    const amounts = [
      ...places.conversions.map(({ at, data }) => ({ at: `${at}/value`, amount: data.value })),
      ...places.targets.map(({ at, target }) => ({ at: `${at}/amount`, amount: target.amount })),
    ]
    for (const { at, amount } of amounts) {
      if (amount !== undefined && (String(amount).split('.')[1] ?? '').length > digits)
        yield { at, message: `${amount} has more decimals than ${currency}, which has ${digits}.` }
    }
  },
})
