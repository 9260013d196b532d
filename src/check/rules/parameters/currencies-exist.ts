import { rule } from '../../rule.ts'
import { CURRENCIES } from '../../../facts/currencies.ts'
import { quoted } from '../../schema/words.ts'

export const currenciesExist = rule({
  code: 'currencies-exist',
  severity: 'error',
  profile: 'minimal',
  title: 'A currency is one of ISO 4217.',
  reason: 'GA4 ignores amounts in a currency that it does not know.',
  fix: 'write the three-letter code, for example EUR.',
  source: 'https://www.iso.org/iso-4217-currency-codes.html',
  catalogue: ['L-D02'],
  *check(places) {
    const found = [
      { at: '/currency', code: places.plan.currency },
      { at: '/property/currency', code: places.plan.property?.currency },
      ...places.markets.flatMap(({ at, market: { currency, reportedIn } }) => [
        { at: `${at}/currency`, code: currency },
        { at: `${at}/reportedIn`, code: reportedIn },
      ]),
      ...places.sources
        .filter(({ name, use }) => name === 'currency' && use !== 'condition')
        .map(({ at, source }) => ({ at, code: typeof source === 'string' ? source : undefined })),
    ]
    for (const { at, code } of found) {
      if (code === undefined || CURRENCIES.has(code)) continue
      yield {
        at,
        message: `${quoted(code)} is not the code of a currency.`,
        ...(CURRENCIES.has(code.toUpperCase())
          ? { fix: `write ${code.toUpperCase()}.`, edit: { set: at, value: code.toUpperCase() } }
          : {}),
      }
    }
  },
})
