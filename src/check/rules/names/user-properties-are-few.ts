import { rule } from '../../rule.ts'
import { GA4_LIMITS, EVENTS_PAGE } from '../../../facts/limits.ts'

export const userPropertiesAreFew = rule({
  code: 'user-properties-are-few',
  severity: 'error',
  profile: 'minimal',
  title: 'A plan sets at most 25 user properties.',
  reason: 'A property keeps 25 and drops the rest.',
  fix: 'remove some.',
  source: EVENTS_PAGE,
  catalogue: ['L-N13'],
  *check(view) {
    const names = Object.keys(view.plan.userProperties ?? {})
    if (names.length > GA4_LIMITS.userProperties)
      yield {
        at: '/userProperties',
        about: 'key',
        message: `The plan sets ${names.length} user properties; GA4 keeps ${GA4_LIMITS.userProperties}.`,
      }
  },
})
