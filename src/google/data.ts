/**
 * GA4's Data API: reports. Throws GoogleError; see `send` for what is repeated.
 *
 * https://developers.google.com/analytics/devguides/reporting/data/v1/rest/v1beta/properties/runReport
 */
import type { analyticsdata_v1beta } from 'googleapis/build/src/apis/analyticsdata/v1beta.js'
import type { GoogleConnection } from './connection.ts'
import * as answers from './answers.ts'
import type { WireReport } from './wire.ts'

/** As many rows as a page can have; no report that is asked for comes near it. */
const LIMIT = '250000'

/** @param property its number */
export function runReport(
  google: GoogleConnection,
  property: string,
  what: string,
  request: analyticsdata_v1beta.Schema$RunReportRequest,
): Promise<WireReport> {
  return google.data({
    what,
    effect: 'read',
    scope: 'analytics.readonly',
    call: (client, options) =>
      client.properties.runReport(
        {
          property: `properties/${property}`,
          requestBody: { ...request, limit: LIMIT, returnPropertyQuota: true },
        },
        options,
      ),
    read: answers.report,
  })
}
