import { consentIn } from '../../../plan/decisions.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const cookiesAreReadWithConsent = rule({
  code: 'cookies-are-read-with-consent',
  severity: 'warning',
  profile: 'recommended',
  title: 'What reads a cookie waits for consent to storage.',
  reason: 'A cookie for measuring needs the same consent as the measuring.',
  fix: 'add `requires: [analytics_storage]` or functionality_storage, or use basic mode.',
  source: 'https://developers.google.com/tag-platform/security/concepts/consent-mode',
  catalogue: ['L-C04'],
  *check(places) {
    if (consentIn(places.plan).mode !== 'advanced') return
    const cookies = places.conditions.filter(({ subject }) => subject === 'cookie')
    for (const { at, id, data, tagged, parameters } of places.conversions) {
      if (!tagged || (data.requires ?? []).some((type) => type.endsWith('_storage'))) continue
      const cookie = parameters.find(({ kind }) => kind === 'cookie')
      const condition = cookies.find(({ conversion }) => conversion.at === at)
      const place = cookie?.at ?? condition?.at
      if (place !== undefined)
        yield { at: place, message: `${quoted(id)} reads a cookie without waiting for consent to storage.` }
    }
  },
})
