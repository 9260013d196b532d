import { flag, list, settings } from './settings.ts'

/**
 * What GA4 cuts out of addresses before it keeps them.
 * https://support.google.com/analytics/answer/13544947
 */
export const dataRedaction = settings({
  kind: 'ga4/data-redaction',
  title: 'data redaction',
  titles: 'data redaction settings',
  collection: 'dataRedactionSettings',
  at: 'stream',
  place: ['property', 'redact'],
  fields: {
    emailRedactionEnabled: flag('E-mail addresses are cut out', ['yes', 'no']),
    queryParameterRedactionEnabled: flag('Query parameters are cut out', ['yes', 'no']),
    queryParameterKeys: list('Cut out of addresses'),
  },
  // GA4 refuses to switch it on without a parameter.
  together: [['queryParameterRedactionEnabled', 'queryParameterKeys']],
  stated: ({ property: { redact } }) => ({
    emailRedactionEnabled: redact?.email,
    queryParameterRedactionEnabled: redact?.query && redact.query.length > 0,
    queryParameterKeys: redact?.query?.length === 0 ? undefined : redact?.query && [...redact.query].sort(),
  }),
})
