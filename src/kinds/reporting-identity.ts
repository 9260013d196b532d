import { enumWords, settings, text } from './settings.ts'

/**
 * By what GA4 tells that two visits are one person's.
 * https://support.google.com/analytics/answer/10976610
 */
export const reportingIdentity = settings({
  kind: 'ga4/reporting-identity',
  title: 'reporting identity',
  titles: 'reporting identities',
  collection: 'reportingIdentitySettings',
  at: 'property',
  place: ['property', 'identity'],
  fields: {
    reportingIdentity: text('Reporting identity', {
      words: enumWords(),
      effect: 'another identity changes the reports of the past as well',
    }),
  },
  stated: ({ property: { identity } }) => ({
    reportingIdentity: identity === 'device' ? 'DEVICE_BASED' : identity?.toUpperCase(),
  }),
})
