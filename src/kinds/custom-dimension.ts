import { parseDescription } from '../resources/marker.ts'
import type { CustomDimensionSpec } from '../resources/resource.ts'
import { textOf, type Ga4Module } from './kind.ts'
import { registered } from './registered.ts'
import { textWords } from './said.ts'

export const customDimension: Ga4Module<'ga4/custom-dimension'> = {
  title: 'custom dimension',
  titles: 'custom dimensions',
  mark: 'description',
  removal: 'archive',
  compile: (plan) =>
    plan.parameters.flatMap((parameter) => {
      const { register } = parameter.definition
      if (register === undefined || register === 'metric') return []
      const { shared, texts } = registered(plan, parameter, 'custom-dimension')
      return [{ kind: 'ga4/custom-dimension', ...shared, spec: { ...texts, scope: SCOPES[register] } }]
    }),
  at: 'property',
  collection: 'customDimensions',
  singleton: false,
  isAsked: 'always',
  facet: 'custom-dimension',
  subject: 'parameter',
  sentByTags: true,
  fixed: [],
  // The same parameter may be registered once in every scope.
  identity: ({ spec }) => `${spec.scope} ${spec.parameterName}`,
  nameOf: ({ displayName }) => displayName,
  idOf: ({ parameterName }) => parameterName,
  fromWire: (sent) => ({
    parameterName: textOf(sent.parameterName),
    displayName: textOf(sent.displayName),
    scope: textOf(sent.scope) as CustomDimensionSpec['scope'],
    description: parseDescription(textOf(sent.description)).text,
  }),
  toWire: (spec) => ({ ...spec }),
  wireFields: {},
  words: ({ spec }) => [
    ['Registered', `${spec.displayName} (dimension, scope ${spec.scope.toLowerCase()})`],
    ...textWords('Description', spec.description),
  ],
}

const SCOPES = { event: 'EVENT', user: 'USER', item: 'ITEM' } as const
