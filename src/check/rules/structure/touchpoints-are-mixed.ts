import { METHOD, rule } from '../../rule.ts'
import type { ConversionView } from '../../view.ts'

export const touchpointsAreMixed = rule({
  code: 'touchpoints-are-mixed',
  severity: 'info',
  profile: 'strict',
  title: 'Not everything that is measured happens on the site.',
  reason: 'E-mail, chat and push lead to goals as well; a plan without them gives the site the credit.',
  fix: 'add a micro conversion with `source: vendor` or `crm`, or `onsite: false`.',
  source: METHOD,
  catalogue: ['L-P17'],
  *check(view) {
    const onsite = ({ data }: ConversionView): boolean => data.onsite ?? (data.source ?? 'ga4') === 'ga4'
    if (view.micros.length > 0 && view.micros.every(onsite))
      yield { at: '/stages', about: 'key', message: 'All micro conversions happen on the site.' }
  },
})
