import { pointerOf } from '../plan/diagnostic.ts'
import { ga4Key, textOf, type Ga4Module } from './kind.ts'
import { UNOWNED } from './unowned.ts'

/**
 * The export of every event to BigQuery. Google names the project by its number, whatever it was made with, so the plan does too.
 * https://developers.google.com/analytics/devguides/config/admin/v1/rest/v1alpha/properties.bigQueryLinks
 */
export const bigQueryLink: Ga4Module<'ga4/bigquery-link'> = {
  ...UNOWNED,
  title: 'BigQuery link',
  titles: 'BigQuery links',
  compile: (plan) =>
    Object.entries(plan.property.bigquery ?? {}).map(([number, link]) => {
      const { location, daily, streaming, advertisingIds, exclude } = link
      const project = `projects/${number}`
      return {
        kind: 'ga4/bigquery-link',
        key: ga4Key(plan, number, 'bigquery-link'),
        name: project,
        spec: {
          project,
          datasetLocation: location,
          ...(daily === undefined ? {} : { dailyExportEnabled: daily }),
          ...(streaming === undefined ? {} : { streamingExportEnabled: streaming }),
          ...(advertisingIds === undefined ? {} : { includeAdvertisingId: advertisingIds }),
          ...(exclude === undefined ? {} : { excludedEvents: [...exclude].sort() }),
        },
        notes: '',
        origin: pointerOf('property', 'bigquery', number),
      }
    }),
  at: 'property',
  namesStream: true,
  collection: 'bigQueryLinks',
  isAsked: ({ property }) => property.bigquery !== undefined,
  facet: 'bigquery-link',
  fixed: ['project', 'datasetLocation'],
  labels: { datasetLocation: 'location' },
  identity: ({ spec }) => spec.project,
  nameOf: ({ project }) => project,
  idOf: ({ project }) => project,
  fromWire: (sent) => ({
    project: textOf(sent.project),
    datasetLocation: textOf(sent.datasetLocation),
    dailyExportEnabled: sent.dailyExportEnabled === true,
    streamingExportEnabled: sent.streamingExportEnabled === true,
    includeAdvertisingId: sent.includeAdvertisingId === true,
    excludedEvents: Array.isArray(sent.excludedEvents) ? sent.excludedEvents.map(String).sort() : [],
  }),
  // Whichever streams somebody has chosen since stay chosen.
  toWire: (spec, stream) => ({ ...spec, ...(stream === undefined ? {} : { exportStreams: [stream] }) }),
  words: ({ spec }) => [
    ['BigQuery', `${spec.project}, ${spec.datasetLocation}`],
    ...onOff('Daily export', spec.dailyExportEnabled),
    ...onOff('Streaming export', spec.streamingExportEnabled),
    ...onOff('Advertising ids', spec.includeAdvertisingId),
    ...(spec.excludedEvents === undefined || spec.excludedEvents.length === 0
      ? []
      : [['Not exported', spec.excludedEvents.join(', ')] as const]),
  ],
}

function onOff(label: string, value: boolean | undefined): readonly (readonly [string, string])[] {
  return value === undefined ? [] : [[label, value ? 'on' : 'off']]
}
