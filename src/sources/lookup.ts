import { defaultFrom, defaultSaid, defaultView, otherwise } from './defaults.ts'
import type { SourceModule } from './module.ts'
import { rowResults, rowsFrom, rowsOf, rowsView, rowsWords, rowTexts } from './rows.ts'
import { servingLabel } from './serving.ts'
import type { Row, Scalar, Source } from './source.ts'

export interface LookupSource {
  readonly kind: 'lookup'
  readonly from: Source
  readonly rows: readonly Row[]
  readonly default?: Scalar
}

export const lookup: SourceModule<'lookup'> = {
  build: ({ from, map }, whole, build) => ({
    kind: 'lookup',
    from: build(from),
    rows: rowsOf(map),
    ...defaultSaid(whole),
  }),
  variable: (source, serving, textOf) => ({
    ...servingLabel('lookup', 'LT', serving),
    template: 'lookup-table',
    view: {
      input: textOf(source.from),
      ...defaultView(source.default),
      // A lookup table has no order; the file's must not show.
      rows: rowsView([...source.rows].sort((a, b) => (a.key < b.key ? -1 : 1))),
    },
  }),
  fromGtm: ({ type, parameters }, read) => {
    const from = type === 'smm' ? read(String(parameters.input ?? '')) : undefined
    const map = rowsFrom(parameters.map)
    if (from === undefined || map === undefined) return undefined
    return { lookup: { from, map }, ...defaultFrom(parameters) }
  },
  words: ({ from, rows, default: fallback }, words) =>
    `${words(from)} by table: ${rowsWords(rows)}${otherwise(fallback)}`,
  texts: ({ map }, at, serves) => rowTexts(map, `${at}/lookup/map`, 'literal', serves),
  subjects: {},
  type: () => 'any',
  hasDefault: true,
  inputs: ({ from }) => [from],
  inputsSaid: ({ from }, at) => [{ at: `${at}/lookup/from`, value: from }],
  results: ({ map }, at) => rowResults(map, `${at}/lookup/map`),
  examples: [
    {
      source: {
        lookup: { from: { form: 'id' }, map: { '': 'none', a: 'hero' } },
        default: 'other',
      },
      words: 'id of the form by table: "" → none, a → hero, else "other"',
    },
  ],
}
