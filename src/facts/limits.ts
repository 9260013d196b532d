/** Limits of a standard GA4 property, each with its page. 360 properties have more of most. */
export const EVENTS_PAGE = 'https://support.google.com/analytics/answer/9267744'
export const DEFINITIONS_PAGE = 'https://support.google.com/analytics/answer/10075209'
export const KEY_EVENTS_PAGE = 'https://support.google.com/analytics/answer/9267568'
export const AUDIENCES_PAGE = 'https://support.google.com/analytics/answer/9267572'

export const GA4_LIMITS = {
  /** {@link EVENTS_PAGE} */
  parametersPerEvent: 25,
  parameterName: 40,
  parameterValue: 100,
  userProperties: 25,
  userPropertyName: 24,
  userPropertyValue: 36,
  /** {@link DEFINITIONS_PAGE} */
  definitions: { event: 50, user: 25, item: 10, metric: 50 },
  /** {@link KEY_EVENTS_PAGE} */
  keyEvents: 30,
  /** {@link AUDIENCES_PAGE}; days of membership and of a look back, the latter in audience.proto. */
  audiences: 100,
  audienceDays: 540,
  audienceLookBack: 60,
} as const

/** Longer values that GA4 keeps all the same. */
export const LONG_VALUES: { readonly [parameter: string]: number } = {
  page_title: 300,
  page_referrer: 420,
  page_location: 1000,
}
