/** The Data API: reports of the rows that were given for a property, with what Google says about their honesty and quota. */
import type { Call, Handlers } from '../call.ts'
import { findProperty, invalid, visible } from '../ga4/resources.ts'
import type { Entity } from '../shape.ts'
import { DIMENSION_NAMES } from './dimensions.ts'
import { METRIC_NAMES, metricOf } from './metrics.ts'
import { runReport } from './report.ts'
import { eventsOf } from './exports.ts'

export const dataHandlers: Handlers = {
  'properties.runReport': (call) => report(call, call.body),

  'properties.batchRunReports': (call) => {
    const requests = (call.body['requests'] as Entity[] | undefined) ?? []
    // Up to five (reference of batchRunReports).
    if (requests.length < 1 || requests.length > 5) throw invalid('A batch has 1 to 5 requests.')
    return {
      reports: requests.map((request) => report(call, request)),
      kind: 'analyticsData#batchRunReports',
    }
  },

  'properties.getMetadata': (call) => ({
    name: `properties/${call.ids['properties'] ?? ''}/metadata`,
    dimensions: DIMENSION_NAMES.map((apiName) => ({ apiName, uiName: apiName })),
    metrics: METRIC_NAMES.map((apiName) => ({ apiName, uiName: apiName, type: metricOf(apiName)?.type })),
  }),
}

function report(call: Call, request: Entity): Entity {
  const id = call.ids['properties'] ?? ''
  const property = findProperty(call, id)
  const quota = call.store.tokens.take(id, call.store.clock.now())
  const timeZone = String(property['timeZone'])
  const answer = runReport(request, {
    events: eventsOf(call.store, id),
    keyEvents: new Set(
      visible(call.store, `properties/${id}/keyEvents`).map((one) => String(one['eventName'])),
    ),
    timeZone,
    now: call.store.clock.now(),
  })
  return {
    ...answer,
    metadata: {
      currencyCode: request['currencyCode'] ?? property['currencyCode'],
      timeZone,
      ...honesty(call),
    },
    ...(request['returnPropertyQuota'] === true && { propertyQuota: quota }),
  }
}

/** Three switches: what the rows themselves are is not changed by them. */
function honesty({ store: { behaviour } }: Call): Entity {
  return {
    ...(behaviour.reportThresholded && { subjectToThresholding: true }),
    ...(behaviour.reportOtherRow && { dataLossFromOtherRow: true }),
    ...(behaviour.reportSampled && {
      samplingMetadatas: [{ samplesReadCount: '1000000', samplingSpaceSize: '4000000' }],
    }),
  }
}
