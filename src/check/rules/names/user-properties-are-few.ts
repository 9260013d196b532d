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
  *check(places) {
    const shared = Object.keys(places.plan.userProperties ?? {})
    const own = places.conversions.filter(({ data }) => data.userProperties !== undefined)
    const names = new Set([...shared, ...own.flatMap(({ data }) => Object.keys(data.userProperties ?? {}))])
    const at = shared.length > 0 ? '' : (own.at(-1)?.at ?? '')
    if (names.size > GA4_LIMITS.userProperties)
      yield {
        at: `${at}/userProperties`,
        about: 'key',
        message: `The plan sets ${names.size} user properties; GA4 keeps ${GA4_LIMITS.userProperties}.`,
      }
  },
})
