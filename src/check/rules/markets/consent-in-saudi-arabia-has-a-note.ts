import { rule } from '../../rule.ts'

export const consentInSaudiArabiaHasANote = rule({
  code: 'consent-in-saudi-arabia-has-a-note',
  severity: 'warning',
  profile: 'recommended',
  title: 'Consent that is granted beforehand in Saudi Arabia has a note on who decided it.',
  reason:
    'The Saudi PDPL, enforced since September 2024, is read as opt-in for tracking cookies. That is for lawyers to decide; the plan shows that they have.',
  fix: 'write denied, or say it in the market `sa`, with a `consentNote` on who decided it, when and why.',
  source: 'https://kukie.io/blog/cookie-consent-saudi-arabia-pdpl',
  *check(places) {
    const market = places.markets.find(({ id }) => id === 'sa')
    if (market?.market.consentNote !== undefined) return
    const message = 'Visitors from Saudi Arabia are taken to have agreed, and nothing says why.'
    if (market?.market.consent === 'granted') yield { at: `${market.at}/consent`, message }
    if (places.plan.consentRegions?.['SA'] === 'granted') yield { at: '/consentRegions/SA', message }
  },
})
