import { regionOf } from '../../../plan/markets.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const consentOfAMarketIsOfItsCountry = rule({
  code: 'consent-of-a-market-is-of-its-country',
  severity: 'error',
  profile: 'always',
  title: 'Consent stands in a market whose id is the code of a country, and once.',
  reason:
    'It holds for visitors by where they are, not by which shop they look at; Google knows countries by their ISO codes.',
  fix: 'say it under `consentRegions`, by the code of the country.',
  source: 'https://developers.google.com/tag-platform/security/guides/consent',
  *check(places) {
    for (const { id, at, market } of places.markets) {
      const region = regionOf(id)
      if (market.consent === undefined) continue
      if (region === undefined)
        yield { at: `${at}/consent`, message: `${quoted(id)} is not the code of a country.` }
      else if (places.plan.consentRegions?.[region] !== undefined)
        yield {
          at: `${at}/consent`,
          message: `Consent of ${region} stands under \`consentRegions\` as well.`,
          fix: 'remove one of the two.',
        }
    }
  },
})
