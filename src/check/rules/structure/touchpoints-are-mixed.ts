import { METHOD, rule } from '../../rule.ts'
import { isOnSite } from '../../../plan/decisions.ts'

export const touchpointsAreMixed = rule({
  code: 'touchpoints-are-mixed',
  severity: 'info',
  profile: 'strict',
  title: 'Not everything that is measured happens on the site.',
  reason: 'E-mail, chat and push lead to goals as well; a plan without them gives the site the credit.',
  fix: 'add a micro conversion with `source: vendor` or `crm`, or `onsite: false`.',
  source: METHOD,
  catalogue: ['L-P17'],
  *check(places) {
    if (places.micros.length > 0 && places.micros.every(({ data }) => isOnSite(data)))
      yield { at: '/stages', about: 'key', message: 'All micro conversions happen on the site.' }
  },
})
