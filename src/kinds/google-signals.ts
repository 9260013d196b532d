import { settings, text } from './settings.ts'

/**
 * Whether GA4 joins its data with that of people who are signed in to Google. The first time somebody has to agree on the page;
 * until then GA4 refuses to switch it on.
 * https://support.google.com/analytics/answer/9445345
 */
export const googleSignals = settings({
  kind: 'ga4/google-signals',
  title: 'Google signals',
  titles: 'Google signals settings',
  collection: 'googleSignalsSettings',
  at: 'property',
  place: ['property', 'signals'],
  fields: {
    state: text('Google signals', { words: (value) => (value === ENABLED ? 'on' : 'off') }),
  },
  stated: ({ property: { signals } }) => ({
    state: signals === undefined ? undefined : signals ? ENABLED : 'GOOGLE_SIGNALS_DISABLED',
  }),
})

const ENABLED = 'GOOGLE_SIGNALS_ENABLED'
