import { rule } from '../../rule.ts'

export const attributionWindowsExistInGa4 = rule({
  code: 'attribution-windows-exist-in-ga4',
  severity: 'warning',
  profile: 'recommended',
  title: 'The attribution window is one that GA4 can be set to.',
  reason:
    'GA4 offers 30, 60 and 90 days for key events (7 and 30 for acquisition); any other window can only be kept in analyses of your own.',
  fix: 'write 7d, 30d, 60d or 90d.',
  source:
    'https://developers.google.com/analytics/devguides/config/admin/v1/rest/v1alpha/AttributionSettings',
  catalogue: ['L-P15'],
  *check(places) {
    const { attributionWindow } = places.plan
    if (attributionWindow !== undefined && !['7d', '30d', '60d', '90d'].includes(attributionWindow))
      yield { at: '/attributionWindow', message: `GA4 has no attribution window of ${attributionWindow}.` }
  },
})
