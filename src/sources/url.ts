import { builtInName } from '../facts/built-ins.ts'
import { ENCODED } from './encoded.ts'
import { idPart } from './ids.ts'
import type { SourceModule } from './module.ts'
import type { Read, SourceObject } from './source.ts'
import { quotedName } from './words.ts'

export type UrlSource = Pick<Read, 'format'> & UrlPart

type UrlPart =
  | { readonly kind: 'url'; readonly part: 'full' | 'host' | 'path' | 'fragment' }
  | { readonly kind: 'url'; readonly part: 'query'; readonly name: string }

/** Parts of the page's address that are built-in variables. */
const BUILT_INS: { readonly [part in UrlSource['part']]?: string } = {
  full: 'pageUrl',
  host: 'pageHostname',
  path: 'pagePath',
}
/** GTM decodes the values of the query alone. */
const ENCODED_PARTS: { readonly [part in UrlSource['part']]?: RegExp } = {
  full: ENCODED.whole,
  path: ENCODED.path,
  fragment: ENCODED.fragment,
}
/** How people call the parts. */
export const PART_WORDS = { full: 'address', host: 'host', path: 'path', fragment: 'fragment' } as const
const PARTS = Object.keys(PART_WORDS) as (keyof typeof PART_WORDS)[]

export const url: SourceModule<'url'> = {
  build: (said) =>
    typeof said === 'object'
      ? { kind: 'url', part: 'query', name: said.query }
      : { kind: 'url', part: said as keyof typeof PART_WORDS },
  text: ({ part, format }) => {
    const type = BUILT_INS[part]
    // A built-in variable has no format.
    return type === undefined || format !== undefined ? undefined : { variable: builtInName(type) }
  },
  variable: (source) =>
    source.part === 'query'
      ? {
          template: 'url-query',
          id: `query.${idPart(source.name)}`,
          label: ['URL Query', source.name],
          values: { key: source.name },
        }
      : {
          template: 'url-part',
          id: `url.${source.part}`,
          label: ['URL', source.part],
          values: { component: COMPONENTS[source.part] },
        },
  fromBuiltIn: (type) => {
    const part = PARTS.find((each) => BUILT_INS[each] === type)
    return part === undefined ? undefined : { url: part }
  },
  fromGtm: ({ type, parameters: { component, queryKey, ...rest } }): SourceObject | undefined => {
    if (type !== 'u' || Object.keys(rest).length > 0) return undefined
    if (component === 'QUERY' && typeof queryKey === 'string') return { url: { query: queryKey } }
    const part = PARTS.find((each) => COMPONENTS[each] === component)
    return part === undefined ? undefined : { url: part }
  },
  words: (source) =>
    source.part === 'query' ? `query parameter ${source.name}` : `page ${PART_WORDS[source.part]}`,
  plain: (source) =>
    source.part === 'query' ? `${quotedName(source.name)} in the address` : `the ${PART_WORDS[source.part]}`,
  texts: (said, at) =>
    typeof said === 'object'
      ? [{ at: `${at}/url/query`, text: said.query, sort: 'name' }]
      : [{ at: `${at}/url`, text: said, sort: 'name' }],
  subjects: {
    path: { test: 'at once', source: { kind: 'url', part: 'path' } },
    host: { test: 'at once', source: { kind: 'url', part: 'host' } },
    url: { test: 'at once', source: { kind: 'url', part: 'full' } },
    fragment: { test: 'at once', source: { kind: 'url', part: 'fragment' } },
    query: { test: 'below a name', source: (name) => ({ kind: 'url', part: 'query', name }) },
  },
  always: ({ part }) => part !== 'query',
  encoded: ({ part }) => ENCODED_PARTS[part],
  type: ({ part }) => (part === 'query' ? 'any' : 'text'),
  hasDefault: false,
  examples: [
    { source: { url: 'path' }, words: 'page path' },
    { source: { url: 'fragment' }, words: 'page fragment' },
    { source: { url: 'path', format: { case: 'lower' } }, words: 'page path (in lower case)' },
    { source: { url: { query: 'q' } }, words: 'query parameter q' },
  ],
}

/** A variable of type URL reads the same parts; the built-in ones are simpler and are used where there is one. */
const COMPONENTS = { full: 'URL', host: 'HOST', path: 'PATH', fragment: 'FRAGMENT' } as const
