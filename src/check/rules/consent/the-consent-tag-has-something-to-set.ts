import { rule } from '../../rule.ts'

export const theConsentTagHasSomethingToSet = rule({
  code: 'the-consent-tag-has-something-to-set',
  severity: 'error',
  profile: 'always',
  title: 'A plan that asks for a tag of the consent defaults says what they are.',
  reason: 'Without defaults nothing is written, and what waits for consent acts as if it had been given.',
  fix: 'say it for everybody under `consent.defaults`, or by region: `consentRegions: { EEA: denied, other: granted }`; or leave `defaultsTag` out.',
  source: 'https://developers.google.com/tag-platform/security/guides/consent',
  *check({ plan }) {
    const { defaultsTag, defaults = {} } = plan.consent ?? {}
    const ofMarkets = Object.values(plan.markets ?? {}).some((market) => market?.consent !== undefined)
    const said = Object.keys(defaults).length + Object.keys(plan.consentRegions ?? {}).length
    if (defaultsTag === true && said === 0 && !ofMarkets)
      yield {
        at: '/consent/defaultsTag',
        message: 'The plan asks for a tag that sets the consent defaults, and says none.',
      }
  },
})
