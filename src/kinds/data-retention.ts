import { enumWords, flag, settings, text } from './settings.ts'

/**
 * How long GA4 keeps what it knows of single visitors.
 * https://support.google.com/analytics/answer/7667196
 */
export const dataRetention = settings({
  kind: 'ga4/data-retention',
  title: 'data retention',
  titles: 'data retention settings',
  collection: 'dataRetentionSettings',
  at: 'property',
  place: ['property', 'retention'],
  // Both are "Required" (analytics_admin v1beta/resources.proto, DataRetentionSettings).
  together: [['eventDataRetention', 'userDataRetention']],
  fields: {
    eventDataRetention: text('Events are kept', { words: enumWords() }),
    userDataRetention: text('Visitors are kept', { words: enumWords() }),
    resetUserDataOnNewActivity: flag('A new visit starts the time again', ['yes', 'no']),
  },
  stated: ({ property: { retention } }) =>
    retention === undefined
      ? {}
      : {
          eventDataRetention: DURATIONS[retention.events],
          userDataRetention: DURATIONS[retention.users],
          resetUserDataOnNewActivity: retention.resetOnActivity,
        },
})

/** https://developers.google.com/analytics/devguides/config/admin/v1/rest/v1beta/DataRetentionSettings */
const DURATIONS = {
  '2 months': 'TWO_MONTHS',
  '14 months': 'FOURTEEN_MONTHS',
  '26 months': 'TWENTY_SIX_MONTHS',
  '38 months': 'THIRTY_EIGHT_MONTHS',
  '50 months': 'FIFTY_MONTHS',
} as const
