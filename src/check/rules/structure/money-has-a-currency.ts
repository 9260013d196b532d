import { rule } from '../../rule.ts'

export const moneyHasACurrency = rule({
  code: 'money-has-a-currency',
  severity: 'error',
  profile: 'always',
  title: 'A plan with amounts of money says in which currency.',
  reason: 'GA4 ignores a value without a currency, and 180 dirhams are not 180 dollars.',
  fix: 'add `currency:` to the plan, for example `currency: EUR`.',
  source: 'https://developers.google.com/analytics/devguides/collection/ga4/reference/events',
  catalogue: ['L-D01'],
  *check(places) {
    if (places.plan.currency !== undefined) return
    const amounts = [
      ...places.conversions.filter(({ data }) => data.value !== undefined).map(({ at }) => `${at}/value`),
      ...places.targets.filter(({ target }) => target.amount !== undefined).map(({ at }) => `${at}/amount`),
    ]
    const [first] = amounts
    if (first === undefined) return
    const more = amounts.length > 1 ? ` (nor for ${amounts.length - 1} more)` : ''
    yield { restsOn: ['/currency'], at: first, message: `The plan has no currency for this amount${more}.` }
  },
})
