import { compared } from './compared.ts'
import { defaultFrom, defaultInputs, defaultSaid, defaultValues, otherwise } from './defaults.ts'
import { withoutOrEmpty } from './format.ts'
import type { SourceModule } from './module.ts'
import {
  rowInputs,
  rowInputsSaid,
  rowResults,
  rowsFrom,
  rowsOf,
  rowsValues,
  rowsWords,
  rowTexts,
} from './rows.ts'
import { servingLabel } from './serving.ts'
import type { Row, Source } from './source.ts'

export interface MatchSource {
  readonly kind: 'match'
  readonly from: Source
  /** Tried in this order. */
  readonly rows: readonly Row[]
  readonly ignoreCase: boolean
  readonly fullMatch: boolean
  readonly default?: Source
}

export const match: SourceModule<'match'> = {
  build: ({ from, patterns, ignoreCase = true, fullMatch = false }, whole, build) => ({
    kind: 'match',
    from: compared(build(from)),
    rows: rowsOf(patterns, build),
    ignoreCase,
    fullMatch,
    ...defaultSaid(whole, build),
  }),
  variable: (source, serving, textOf) => ({
    ...servingLabel('match', 'RT', serving),
    template: 'regex-table',
    values: {
      input: textOf(source.from),
      ...defaultValues(source.default, textOf),
      ignoreCase: source.ignoreCase,
      fullMatch: source.fullMatch,
      rows: rowsValues(source.rows, textOf),
    },
  }),
  fromGtm: ({ type, parameters }, read) => {
    const from = type === 'remm' ? withoutOrEmpty(read(String(parameters.input ?? ''))) : undefined
    const fallback = defaultFrom(parameters, read)
    const patterns = rowsFrom(parameters.map, read)
    if (from === undefined || patterns === undefined || fallback === undefined) return undefined
    const fullMatch = parameters.fullMatch === true ? { fullMatch: true } : {}
    const ignoreCase = parameters.ignoreCase === true ? {} : { ignoreCase: false }
    return { match: { from, patterns, ...ignoreCase, ...fullMatch }, ...fallback }
  },
  words: ({ from, rows, ignoreCase, fullMatch, default: fallback }, words) => {
    const how = [
      ...(ignoreCase ? [] : ['letters of the same case']),
      ...(fullMatch ? ['the whole value'] : []),
    ]
    const details = how.length === 0 ? '' : ` (${how.join(', ')})`
    return `${words(from)} by pattern${details}: ${rowsWords(rows, words)}${otherwise(fallback, words)}`
  },
  texts: ({ patterns }, at, serves) => rowTexts(patterns, `${at}/match/patterns`, 'pattern', serves),
  subjects: {},
  type: () => 'any',
  hasDefault: true,
  inputs: ({ from, rows, default: fallback }) => [from, ...rowInputs(rows), ...defaultInputs(fallback)],
  inputsSaid: ({ from, patterns }, at) => [
    { at: `${at}/match/from`, value: from, isCompared: true },
    ...rowInputsSaid(patterns, `${at}/match/patterns`),
  ],
  results: ({ patterns }, at) => rowResults(patterns, `${at}/match/patterns`),
  examples: [
    {
      source: {
        match: { from: { url: 'path' }, patterns: { '^/ar': 'ar' }, ignoreCase: false, fullMatch: true },
      },
      words: 'page path by pattern (letters of the same case, the whole value): ^/ar → ar',
    },
  ],
}
