import { rule } from '../../rule.ts'
import { and } from '../../../words/counting.ts'

export const defaultsNameAllTypes = rule({
  code: 'defaults-name-all-types',
  severity: 'error',
  profile: 'minimal',
  title: 'Consent defaults name all four types of consent mode.',
  reason: 'A type without a default counts as granted.',
  fix: 'add the missing ones.',
  source: 'https://developers.google.com/tag-platform/security/concepts/consent-mode',
  catalogue: ['L-C02'],
  *check(places) {
    const { defaults } = places.plan.consent ?? {}
    if (defaults === undefined) return
    const missing = ['ad_storage', 'analytics_storage', 'ad_user_data', 'ad_personalization'].filter(
      (type) => !(type in defaults),
    )
    if (missing.length > 0)
      yield {
        at: '/consent/defaults',
        about: 'key',
        message: `The consent defaults leave out ${and(missing)}.`,
        fix: `add ${missing.map((type) => `${type}: denied`).join(', ')}.`,
      }
  },
})
