import { METHOD, rule } from '../../rule.ts'

export const plansHaveAnOwner = rule({
  code: 'plans-have-an-owner',
  severity: 'warning',
  profile: 'recommended',
  title: 'A plan has an owner.',
  reason: 'Somebody has to decide when goals change.',
  fix: 'add `owner` at the top, best an e-mail address.',
  source: METHOD,
  catalogue: ['L-G01'],
  *check(places) {
    if (places.plan.owner === undefined && places.conversions.some(({ data }) => data.owner !== undefined))
      yield { at: '/plan', about: 'key', absent: 'owner', message: 'The plan as a whole has no owner.' }
  },
})
