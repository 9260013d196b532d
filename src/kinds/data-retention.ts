import { textOf, type Ga4Module } from './kind.ts'

/**
 * How long GA4 keeps what it knows of single visitors.
 * https://support.google.com/analytics/answer/7667196
 */
export const dataRetention: Ga4Module<'ga4/data-retention'> = {
  title: 'data retention',
  titles: 'data retention settings',
  mark: 'none',
  removal: 'never',
  collection: 'dataRetentionSettings',
  singleton: true,
  onlyIfAsked: true,
  facet: 'data-retention',
  sentByTags: false,
  fixed: [],
  identity: () => '',
  nameOf: () => 'data retention',
  idOf: () => 'property',
  fromWire: (sent) => ({
    eventDataRetention: textOf(sent.eventDataRetention),
    userDataRetention: textOf(sent.userDataRetention),
    // Google leaves out what is false.
    resetUserDataOnNewActivity: sent.resetUserDataOnNewActivity === true,
  }),
  toWire: (spec) => ({ ...spec }),
  wireFields: {},
  words: ({ spec: { eventDataRetention, userDataRetention, resetUserDataOnNewActivity: resets } }) => [
    ...durationWords('Events are kept', eventDataRetention),
    ...durationWords('Visitors are kept', userDataRetention),
    ...(resets === undefined ? [] : [['A new visit starts the time again', resets ? 'yes' : 'no'] as const]),
  ],
}

/** `FOURTEEN_MONTHS` reads `fourteen months`. */
function durationWords(label: string, duration: string | undefined): readonly (readonly [string, string])[] {
  return duration === undefined ? [] : [[label, duration.toLowerCase().replaceAll('_', ' ')]]
}
