import { compared } from './compared.ts'
import { defaultFrom, defaultInputs, defaultSaid, defaultValues, otherwise } from './defaults.ts'
import { withoutOrEmpty } from './format.ts'
import type { SourceModule } from './module.ts'
import {
  plainRowsOf,
  rowInputs,
  rowInputsSaid,
  rowResults,
  rowsFrom,
  rowsValues,
  rowsWords,
  rowTexts,
  writtenKey,
} from './rows.ts'
import { servingLabel } from './serving.ts'
import type { Row, Source } from './source.ts'

export interface LookupSource {
  readonly kind: 'lookup'
  readonly from: Source
  readonly rows: readonly Row[]
  readonly default?: Source
}

export const lookup: SourceModule<'lookup'> = {
  build: ({ from: said, map }, whole, build) => {
    const from = compared(build(said))
    return { kind: 'lookup', from, rows: plainRowsOf(map, from, build), ...defaultSaid(whole, build) }
  },
  variable: (source, serving, textOf) => ({
    ...servingLabel('lookup', 'LT', serving),
    template: 'lookup-table',
    values: {
      input: textOf(source.from),
      ...defaultValues(source.default, textOf),
      // A lookup table has no order; the file's must not show.
      rows: rowsValues(
        [...source.rows].sort((a, b) => (writtenKey(a) < writtenKey(b) ? -1 : 1)),
        textOf,
      ),
    },
  }),
  fromGtm: ({ type, parameters }, read) => {
    const from = type === 'smm' ? withoutOrEmpty(read(String(parameters.input ?? ''))) : undefined
    const fallback = defaultFrom(parameters, read)
    const map = rowsFrom(parameters.map, read)
    if (from === undefined || map === undefined || fallback === undefined) return undefined
    return { lookup: { from, map }, ...fallback }
  },
  words: ({ from, rows, default: fallback }, words) =>
    `${words(from)} by table: ${rowsWords(rows, words)}${otherwise(fallback, words)}`,
  texts: ({ map }, at, serves) => rowTexts(map, `${at}/lookup/map`, 'literal', serves),
  subjects: {},
  type: () => 'any',
  hasDefault: true,
  inputs: ({ from, rows, default: fallback }) => [from, ...rowInputs(rows), ...defaultInputs(fallback)],
  inputsSaid: ({ from, map }, at) => [
    { at: `${at}/lookup/from`, value: from, isCompared: true },
    ...rowInputsSaid(map, `${at}/lookup/map`),
  ],
  results: ({ map }, at) => rowResults(map, `${at}/lookup/map`),
  examples: [
    {
      source: {
        lookup: { from: { form: 'id' }, map: { '': 'none', a: 'hero' } },
        default: 'other',
      },
      words: 'id of the form by table: "" → none, a → hero, else "other"',
    },
    {
      source: {
        lookup: { from: { url: 'host' }, map: { a: { cookie: 'a' }, b: { nothing: true } } },
        default: { dataLayer: 'fallback' },
      },
      words: 'page host by table: a → cookie a, b → nothing, else data layer key fallback',
    },
  ],
}
