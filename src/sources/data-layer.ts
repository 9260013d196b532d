import { defaultFrom, defaultInputs, defaultSaid, defaultValues, otherwise } from './defaults.ts'
import { nameIn } from './held-text.ts'
import { idPart } from './ids.ts'
import type { SourceModule } from './module.ts'
import type { Source } from './source.ts'
import { quotedName } from './words.ts'

export interface DataLayerSource {
  readonly kind: 'dataLayer'
  /** Dots reach into objects; in version 1 they are part of the name. */
  readonly key: string
  /** Of GTM's data layer variable: 1 knows only what was pushed under exactly this key. */
  readonly version?: 1
  readonly default?: Source
}

export const dataLayer: SourceModule<'dataLayer'> = {
  build: (key, whole, build) => ({
    kind: 'dataLayer',
    key,
    ...(whole.version === 1 ? { version: 1 } : {}),
    ...defaultSaid(whole, build),
  }),
  variable: ({ key, version, default: fallback }, _, textOf) => ({
    template: 'data-layer',
    id: `dataLayer${version === 1 ? '-v1' : ''}${fallback === undefined ? '' : '-default'}.${idPart(key)}`,
    label: ['DLV', `${key}${version === 1 ? ' version 1' : ''}${orElse(fallback)}`],
    values: { key, isFirst: version === 1, ...defaultValues(fallback, textOf) },
  }),
  fromGtm: ({ type, parameters }, read) => {
    const fallback = defaultFrom(parameters, read)
    const { name, dataLayerVersion: version } = parameters
    if (type !== 'v' || typeof name !== 'string' || fallback === undefined) return undefined
    if (version !== 1 && version !== 2) return undefined
    return { dataLayer: name, ...(version === 1 ? { version } : {}), ...fallback }
  },
  words: ({ key, version, default: fallback }, words) =>
    `data layer key ${key}${version === 1 ? ' (version 1)' : ''}${otherwise(fallback, words)}`,
  plain: ({ key }) => `the site’s ${quotedName(key)}`,
  texts: (said, at) => nameIn(said, `${at}/dataLayer`),
  subjects: {
    dataLayer: { test: 'below a name', source: (key) => ({ kind: 'dataLayer', key }) },
  },
  type: () => 'any',
  hasDefault: true,
  inputs: ({ default: fallback }) => defaultInputs(fallback),
  examples: [
    { source: { dataLayer: 'plan.type' }, words: 'data layer key plan.type' },
    {
      source: { dataLayer: 'plan.type', default: 'none' },
      words: 'data layer key plan.type, else "none"',
    },
    {
      source: { dataLayer: 'plan.type', default: { cookie: 'plan' } },
      words: 'data layer key plan.type, else cookie plan',
    },
    {
      source: { dataLayer: 'plan.type', version: 1 },
      words: 'data layer key plan.type (version 1)',
    },
    {
      source: { dataLayer: 'plan.type', format: { case: 'lower', undefined: 'none', true: 'yes' } },
      words: 'data layer key plan.type (in lower case, "none" where there is none, "yes" where it is true)',
    },
  ],
}

function orElse(fallback: Source | undefined): string {
  if (fallback === undefined) return ''
  if (fallback.kind !== 'literal') return ` or ${fallback.kind}`
  return ` or ${fallback.value === '' ? 'empty' : String(fallback.value)}`
}
