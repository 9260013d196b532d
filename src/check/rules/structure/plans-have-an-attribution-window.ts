import { METHOD, rule } from '../../rule.ts'

export const plansHaveAnAttributionWindow = rule({
  code: 'plans-have-an-attribution-window',
  severity: 'warning',
  profile: 'recommended',
  title: 'A plan says how long a micro conversion may lead to a goal.',
  reason: 'Without a window, every goal has every earlier action as its cause.',
  fix: 'add `attributionWindow: 30d`.',
  source: METHOD,
  catalogue: ['L-P15'],
  *check(places) {
    if (places.plan.attributionWindow === undefined)
      yield {
        at: '/plan',
        about: 'key',
        absent: 'attributionWindow',
        message: 'The plan has no attribution window.',
      }
  },
})
