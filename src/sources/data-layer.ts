import { defaultFrom, defaultSaid, defaultView, otherwise } from './defaults.ts'
import { nameIn } from './held-text.ts'
import { idPart } from './ids.ts'
import type { SourceModule } from './module.ts'
import type { Scalar } from './source.ts'

export interface DataLayerSource {
  readonly kind: 'dataLayer'
  /** Dots reach into objects: version 2 of GTM's data layer variable. */
  readonly key: string
  readonly default?: Scalar
}

export const dataLayer: SourceModule<'dataLayer'> = {
  build: (key, whole) => ({ kind: 'dataLayer', key, ...defaultSaid(whole) }),
  variable: ({ key, default: fallback }) => ({
    template: 'data-layer',
    id: `dataLayer${fallback === undefined ? '' : '-default'}.${idPart(key)}`,
    label: [
      'DLV',
      fallback === undefined ? key : `${key} or ${fallback === '' ? 'empty' : String(fallback)}`,
    ],
    view: { key, ...defaultView(fallback) },
  }),
  fromGtm: ({ type, parameters }) =>
    type === 'v' && parameters.dataLayerVersion === 2 && typeof parameters.name === 'string'
      ? { dataLayer: parameters.name, ...defaultFrom(parameters) }
      : undefined,
  words: (source) => `data layer key ${source.key}${otherwise(source.default)}`,
  texts: (said, at) => nameIn(said, `${at}/dataLayer`),
  subjects: {
    dataLayer: { test: 'below a name', source: (key) => ({ kind: 'dataLayer', key }) },
  },
  type: () => 'any',
  hasDefault: true,
  examples: [
    { source: { dataLayer: 'plan.type' }, words: 'data layer key plan.type' },
    {
      source: { dataLayer: 'plan.type', default: 'none' },
      words: 'data layer key plan.type, else "none"',
    },
  ],
}
