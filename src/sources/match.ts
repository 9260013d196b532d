import { defaultFrom, defaultSaid, defaultView, otherwise } from './defaults.ts'
import type { SourceModule } from './module.ts'
import { rowResults, rowsFrom, rowsOf, rowsView, rowsWords, rowTexts } from './rows.ts'
import { servingLabel } from './serving.ts'
import type { Row, Scalar, Source } from './source.ts'

export interface MatchSource {
  readonly kind: 'match'
  readonly from: Source
  /** Tried in this order. */
  readonly rows: readonly Row[]
  readonly ignoreCase: boolean
  readonly fullMatch: boolean
  readonly default?: Scalar
}

export const match: SourceModule<'match'> = {
  build: ({ from, patterns, ignoreCase = true, fullMatch = false }, whole, build) => ({
    kind: 'match',
    from: build(from),
    rows: rowsOf(patterns),
    ignoreCase,
    fullMatch,
    ...defaultSaid(whole),
  }),
  variable: (source, serving, textOf) => ({
    ...servingLabel('match', 'RT', serving),
    template: 'regex-table',
    view: {
      input: textOf(source.from),
      ...defaultView(source.default),
      ignoreCase: source.ignoreCase,
      fullMatch: source.fullMatch,
      rows: rowsView(source.rows),
    },
  }),
  fromGtm: ({ type, parameters }, read) => {
    const from = type === 'remm' ? read(String(parameters.input ?? '')) : undefined
    const patterns = rowsFrom(parameters.map)
    if (from === undefined || patterns === undefined) return undefined
    const fullMatch = parameters.fullMatch === true ? { fullMatch: true } : {}
    const ignoreCase = parameters.ignoreCase === true ? {} : { ignoreCase: false }
    return { match: { from, patterns, ...ignoreCase, ...fullMatch }, ...defaultFrom(parameters) }
  },
  words: ({ from, rows, ignoreCase, fullMatch, default: fallback }, words) => {
    const how = [
      ...(ignoreCase ? [] : ['letters of the same case']),
      ...(fullMatch ? ['the whole value'] : []),
    ]
    const details = how.length === 0 ? '' : ` (${how.join(', ')})`
    return `${words(from)} by pattern${details}: ${rowsWords(rows)}${otherwise(fallback)}`
  },
  texts: ({ patterns }, at, serves) => rowTexts(patterns, `${at}/match/patterns`, 'pattern', serves),
  subjects: {},
  type: () => 'any',
  hasDefault: true,
  inputs: ({ from }) => [from],
  inputsSaid: ({ from }, at) => [{ at: `${at}/match/from`, value: from }],
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
