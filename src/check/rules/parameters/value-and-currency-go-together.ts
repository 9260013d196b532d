import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const valueAndCurrencyGoTogether = rule({
  code: 'value-and-currency-go-together',
  severity: 'error',
  profile: 'minimal',
  title: 'An event with a value has a currency, and the other way round.',
  reason: 'GA4 ignores a value without a currency.',
  fix: 'add the other of the two.',
  source: 'https://developers.google.com/analytics/devguides/collection/ga4/reference/events',
  catalogue: ['L-D01'],
  *check(places) {
    const shared = Object.keys(places.plan.sharedParameters ?? {})
    for (const { at, id, data, tagged } of places.conversions) {
      if (!tagged || data.ecommerce === true) continue
      const own = Object.keys(data.parameters ?? {})
      const has = (name: string): boolean => own.includes(name) || shared.includes(name)
      if (own.includes('value') && !has('currency'))
        yield {
          at: `${at}/parameters/value`,
          about: 'key',
          message: `${quoted(id)} sends a value without a currency.`,
          fix: `add \`currency: ${places.plan.currency ?? 'EUR'}\` to its parameters.`,
        }
      if (own.includes('currency') && !has('value'))
        yield {
          at: `${at}/parameters/currency`,
          about: 'key',
          message: `${quoted(id)} sends a currency without a value.`,
          fix: 'add `value`, or remove `currency`.',
        }
    }
  },
})
