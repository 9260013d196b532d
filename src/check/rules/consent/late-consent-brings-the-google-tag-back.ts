import { rule } from '../../rule.ts'

export const lateConsentBringsTheGoogleTagBack = rule({
  code: 'late-consent-brings-the-google-tag-back',
  severity: 'warning',
  profile: 'recommended',
  title: 'In basic mode the page on which a visitor agrees is counted.',
  reason:
    'The Google tag that consent has held back does not come again by itself: that page counts no page view, and the first event begins the visit.',
  fix: 'name the event that the consent tool pushes when a visitor agrees: `updateEvent: consent_given`; or have it load the page anew, and ignore this.',
  source: 'https://support.google.com/tagmanager/answer/10718549',
  *check({ plan }) {
    if (plan.consent?.mode !== 'basic' || plan.googleTag === 'existing') return
    if (plan.consent.updateEvent === undefined)
      yield {
        at: '/consent',
        about: 'key',
        absent: 'updateEvent',
        message: 'The plan does not say how the Google tag learns that a visitor has agreed.',
      }
  },
})
