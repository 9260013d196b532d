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
  /** Of a custom dimension or metric, in characters: v1beta/properties.customDimensions. */
  description: 150,
  /** {@link KEY_EVENTS_PAGE} */
  keyEvents: 30,
  /** {@link AUDIENCES_PAGE}; days of membership and of a look back, the latter in audience.proto. */
  audiences: 100,
  audienceDays: 540,
  audienceLookBack: 60,
  /** https://support.google.com/analytics/answer/9934109 */
  audienceEvents: 20,
  /** Of a property, and custom metrics in one: {@link DEFINITIONS_PAGE}, v1alpha/resources.proto (CalculatedMetric). */
  calculatedMetrics: 5,
  metricsOfOne: 5,
} as const

/**
 * What a property of GA4 360 has more of.
 *   https://github.com/henkisdabro/wookstar-claude-code-plugins/blob/1e19ab3a948d82c22694680e215c3d9d88becdbb/ga-suite/skills/ga4-custom-dimensions/references/dimension-limits-quotas.md
 * Key events: https://support.google.com/analytics/answer/12229528
 */
export const GA4_360_LIMITS = {
  definitions: { event: 125, user: 100, item: 25, metric: 125 },
  keyEvents: 50,
} as const

/** Workspaces at once in a free container; 360 has no such limit. https://support.google.com/tagmanager/answer/7059647 */
export const WORKSPACES = 3

/** Longer values that GA4 keeps all the same. */
export const LONG_VALUES: { readonly [parameter: string]: number } = {
  page_title: 300,
  page_referrer: 420,
  page_location: 1000,
}
