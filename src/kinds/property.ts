import { enumWords, settings, text } from './settings.ts'

/**
 * The property itself: what its reports are reckoned in.
 * https://support.google.com/analytics/answer/9796179 (a currency), https://support.google.com/analytics/answer/9304153 (a time zone)
 */
export const property = settings({
  kind: 'ga4/property',
  title: 'property',
  titles: 'properties',
  collection: 'property',
  at: 'property',
  place: ['property'],
  fields: {
    currencyCode: text('Currency of the reports', {
      effect: 'GA4 then shows the past in the new currency as well',
    }),
    timeZone: text('Time zone of the reports', {
      effect:
        'a new time zone counts from now on, with a gap or an overlap on that day; the past keeps the old one',
    }),
    industryCategory: text('Industry', { words: enumWords() }),
  },
  stated: ({ property: { currency, timezone, industry } }) => ({
    currencyCode: currency,
    timeZone: timezone,
    industryCategory: industry?.toUpperCase().replaceAll(' ', '_'),
  }),
})
