/**
 * GA4's default channels. Google adds to them: AI Assistant came in May 2026.
 * https://support.google.com/analytics/answer/9756891
 */
export const DEFAULT_CHANNELS: readonly string[] = [
  ...['Affiliates', 'AI Assistant', 'Audio', 'Cross-network', 'Direct', 'Display', 'Email'],
  ...['Mobile Push Notifications', 'Organic Search', 'Organic Shopping', 'Organic Social', 'Organic Video'],
  ...['Paid Other', 'Paid Search', 'Paid Shopping', 'Paid Social', 'Paid Video'],
  ...['Referral', 'SMS', 'Unassigned'],
]
