import { rule } from '../../rule.ts'

export const plansDecideOnConsent = rule({
  code: 'plans-decide-on-consent',
  severity: 'warning',
  profile: 'recommended',
  title: 'A plan says how its tags treat consent.',
  reason:
    'In most of the world analytics without consent is unlawful, and leaving it open is a decision, too.',
  fix: 'add `consent: { mode: advanced }`, basic, or none where the law asks for none.',
  source: 'https://developers.google.com/tag-platform/security/guides/consent',
  catalogue: ['L-C01'],
  *check(places) {
    if (places.plan.consent === undefined)
      yield {
        at: '/plan',
        about: 'key',
        absent: 'consent',
        message: 'The plan does not say how its tags treat consent.',
      }
  },
})
