import type { Pointer } from './diagnostic.ts'
import { pointerOf } from './diagnostic.ts'
import type { Condition, ParameterValue, Scalar, Source } from './plan.ts'
import type { Condition as ConditionDocument, Source as SourceDocument, Test } from './plan-types.ts'

type SourceObject = Exclude<SourceDocument, Scalar>

/** The flat "one key of many" object of the language becomes a tagged union. */
export function buildSource(source: SourceDocument): Source {
  if (typeof source !== 'object') return { kind: 'literal', value: source }
  const fallback = source.default === undefined ? {} : { default: source.default }
  if (source.dataLayer !== undefined) return { kind: 'dataLayer', key: source.dataLayer, ...fallback }
  if (source.url !== undefined) return buildUrl(source.url)
  if (source.referrer !== undefined) return { kind: 'page', part: 'referrer' }
  if (source.cookie !== undefined) return { kind: 'cookie', name: source.cookie }
  if (source.element !== undefined) return { kind: 'element', ...source.element }
  if (source.click !== undefined) return { kind: 'click', what: source.click }
  if (source.form !== undefined) return { kind: 'form', what: source.form }
  if (source.scroll !== undefined) return { kind: 'scroll', what: source.scroll }
  if (source.video !== undefined) return { kind: 'video', what: source.video }
  if (source.visibility !== undefined) return { kind: 'visibility', what: source.visibility }
  if (source.history !== undefined) return { kind: 'history', what: source.history }
  if (source.error !== undefined) return { kind: 'error', what: source.error }
  if (source.lookup !== undefined) {
    const { from, map } = source.lookup
    return { kind: 'lookup', from: buildSource(from), rows: rowsOf(map), ...fallback }
  }
  if (source.match !== undefined) {
    const { from, patterns, ignoreCase = true, fullMatch = false } = source.match
    return {
      kind: 'match',
      from: buildSource(from),
      rows: rowsOf(patterns),
      ignoreCase,
      fullMatch,
      ...fallback,
    }
  }
  if (source.javascript !== undefined) return { kind: 'javascript', code: source.javascript }
  if (source.variable !== undefined) return { kind: 'variable', name: source.variable }
  throw new Error('A source without a kind passed the check.')
}

/** The sources of an event's parameters or of user properties, in the order of the file. */
export function buildParameterValues(
  values: { readonly [name: string]: SourceDocument } | undefined,
  at: Pointer,
): ParameterValue[] {
  return Object.entries(values ?? {}).map(([name, source]) => ({
    name,
    at: at + pointerOf(name),
    source: buildSource(source),
  }))
}

export function buildCondition(condition: ConditionDocument, at: Pointer): Condition {
  const { value, test, ...named } = condition
  if (value !== undefined) return { at, subject: buildSource(value), ...buildTest(test ?? {}) }
  const [name] = Object.keys(named) as [keyof typeof named]
  switch (name) {
    case 'path':
    case 'host':
    case 'fragment':
    case 'referrer':
      return { at, subject: { kind: 'page', part: name }, ...buildTest(named[name] ?? {}) }
    case 'url':
      return { at, subject: { kind: 'page', part: 'full' }, ...buildTest(named.url ?? {}) }
    default: {
      const [[what, inner] = ['', {}]] = Object.entries(named[name] ?? {})
      const source = name === 'query' ? { url: { query: what } } : { [name]: what }
      return { at, subject: buildSource(source as SourceObject), ...buildTest(inner) }
    }
  }
}

function buildUrl(url: NonNullable<SourceObject['url']>): Source {
  if (typeof url === 'object') return { kind: 'query', name: url.query }
  return { kind: 'page', part: url as 'full' | 'host' | 'path' | 'fragment' }
}

function rowsOf(map: { readonly [key: string]: Scalar }): { key: string; value: Scalar }[] {
  return Object.entries(map).map(([key, value]) => ({ key, value }))
}

function buildTest(test: Test): Omit<Condition, 'at' | 'subject'> {
  const { negate = false, ignoreCase = false, ...operators } = test
  const [[operator, value] = ['equals', '']] = Object.entries(operators)
  return { operator: operator as Condition['operator'], value: String(value), negate, ignoreCase }
}
