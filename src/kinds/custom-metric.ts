import { parseDescription } from '../resources/marker.ts'
import { textOf, type Ga4Module } from './kind.ts'
import { textWords } from './said.ts'

export const customMetric: Ga4Module<'ga4/custom-metric'> = {
  title: 'custom metric',
  titles: 'custom metrics',
  mark: 'description',
  removal: 'archive',
  collection: 'customMetrics',
  singleton: false,
  onlyIfAsked: false,
  facet: 'custom-metric',
  sentByTags: true,
  fixed: [],
  identity: ({ spec }) => `${spec.scope} ${spec.parameterName}`,
  nameOf: ({ displayName }) => displayName,
  idOf: ({ parameterName }) => parameterName,
  fromWire: (sent) => ({
    parameterName: textOf(sent.parameterName),
    displayName: textOf(sent.displayName),
    scope: 'EVENT',
    measurementUnit: textOf(sent.measurementUnit),
    restrictedMetricTypes: [...((sent.restrictedMetricType ?? []) as string[])].sort(),
    description: parseDescription(textOf(sent.description)).text,
  }),
  toWire: ({ restrictedMetricTypes, ...spec }) => ({
    ...spec,
    ...(restrictedMetricTypes.length === 0 ? {} : { restrictedMetricType: restrictedMetricTypes }),
  }),
  wireFields: { restrictedMetricTypes: 'restrictedMetricType' },
  words: ({ spec }) => [
    ['Registered', `${spec.displayName} (metric, ${spec.measurementUnit.toLowerCase()})`],
    ...textWords('Description', spec.description),
  ],
}
