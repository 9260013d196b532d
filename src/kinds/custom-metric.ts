import { parseDescription } from '../resources/marker.ts'
import { textOf, type Ga4Module } from './kind.ts'
import { registered } from './registered.ts'
import { textWords } from './said.ts'

export const customMetric: Ga4Module<'ga4/custom-metric'> = {
  title: 'custom metric',
  titles: 'custom metrics',
  mark: 'description',
  removal: 'archive',
  compile: (plan) =>
    plan.parameters.flatMap((parameter) => {
      const { register, unit = 'standard', restrict = [] } = parameter.definition
      if (register !== 'metric') return []
      const { shared, texts } = registered(plan, parameter, 'custom-metric')
      const restricted = restrict.map((type) => `${type.toUpperCase()}_DATA`).sort()
      return [
        {
          kind: 'ga4/custom-metric',
          ...shared,
          spec: {
            ...texts,
            scope: 'EVENT',
            measurementUnit: unit.toUpperCase(),
            restrictedMetricTypes: restricted,
          },
        },
      ]
    }),
  at: 'property',
  collection: 'customMetrics',
  singleton: false,
  isAsked: 'always',
  facet: 'custom-metric',
  subject: 'parameter',
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
