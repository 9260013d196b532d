import { rule } from '../../rule.ts'
import { isRegion, MISNAMED } from '../../../facts/regions.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'
import { quoted } from '../../schema/words.ts'

export const consentRegionsAreCodes = rule({
  code: 'consent-regions-are-codes',
  severity: 'error',
  profile: 'minimal',
  title: 'Consent by region names regions by their ISO 3166-2 codes.',
  reason: 'Google passes over a region that it does not know, and what holds elsewhere holds there.',
  fix: 'write a code such as DE, GB or US-CA, `EEA` for its thirty countries, or `other` for everywhere else.',
  source: 'https://developers.google.com/tag-platform/security/guides/consent',
  catalogue: ['L-C06'],
  *check({ plan }) {
    for (const region of Object.keys(plan.consentRegions ?? {})) {
      if (region === 'EEA' || region === 'other' || isRegion(region)) continue
      const upper = region.toUpperCase()
      const meant = MISNAMED[upper] ?? (upper === 'EEA' || isRegion(upper) ? upper : undefined)
      yield {
        at: pointerOf('consentRegions', region),
        about: 'key',
        message: `${quoted(region)} is no ISO 3166-2 code.`,
        ...(meant === undefined ? {} : { fix: `write ${meant}.` }),
      }
    }
  },
})
