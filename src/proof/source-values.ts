/**
 * What sources give in a situation, and the situation in which one gives a certain value: the meaning of the plan's words,
 * without their GTM. A kind is a line of the table.
 */
import { replacements, valueFormatted } from '../sources/format.ts'
import type { SourceByKind } from '../sources/kinds.ts'
import type { Read, Row, Source, SourceKind } from '../sources/source.ts'
import { sourceWords as languageWords } from '../sources/source-words.ts'
import { examplesOf } from '../sources/pattern-example.ts'
import { Impossible, messageOf, urlOf, type Moments, type Situation } from './situation.ts'

/** Written as methods, so that the line of a source's own kind takes that source without a cast. */
interface SourceValues<K extends SourceKind = SourceKind> {
  /** As the words mean it; left out where only a page knows. */
  read?(situation: Situation, source: SourceByKind[K] & Read): unknown
  /** The situation in which it gives the value; left out where none is made up. Throws Impossible. */
  assign?(situation: Situation, source: SourceByKind[K], value: unknown): Situation
  /** After "stays silent where"; left out where "its scroll" and the like will do. */
  words?(source: SourceByKind[K]): string
  /** Whether a page brings it along, so that an example is made up for it. */
  isBrought?(source: SourceByKind[K]): boolean
}

export const CANNOT_TELL = Symbol('cannot tell')

const always = (): boolean => true

interface OfMoment {
  readonly kind: SourceKind
  readonly what: string
}

/** What is read from the moment at which a trigger fires. */
const ofMoment = {
  read: ({ moments }: Situation, { kind, what }: OfMoment): unknown =>
    moments[kind]?.possible[0]?.says[what] ?? CANNOT_TELL,
  assign: (situation: Situation, { kind, what }: OfMoment, value: unknown): Situation => {
    const moments = situation.moments[kind]
    const possible = (moments?.possible ?? []).flatMap((one) => {
      const before = one.says[what]
      if (before === undefined) return []
      if (moments?.free.includes(what) !== true) return textOf(before) === textOf(value) ? [one] : []
      const said = typeof before === 'number' ? Number(value) : textOf(value)
      return Number.isNaN(said) ? [] : [{ ...one, says: { ...one.says, [what]: said } }]
    })
    if (possible.length === 0)
      throw new Impossible(`no moment of this trigger has the ${kind} ${what} "${textOf(value)}"`)
    return withMoments(situation, kind, { free: moments?.free ?? [], possible })
  },
  words: (source: Source): string => `the ${languageWords(source)}`,
}

const VALUES: { readonly [K in SourceKind]: SourceValues<K> } = {
  dataLayer: {
    read: (situation, { key, version, default: fallback }) => {
      if (isGtms(key)) return CANNOT_TELL
      const isThere = version !== 1 || !key.includes('.') || situation.flat.includes(key)
      return (isThere ? dataOf(situation, key) : undefined) ?? valueOf(situation, fallback)
    },
    assign: (situation, { key, version }, value) => {
      if (isGtms(key)) throw new Impossible(`${key} in the data layer is GTM’s own; write a scenario by hand`)
      return {
        ...situation,
        data: { ...situation.data, [key]: value },
        flat: version === 1 ? [...situation.flat, key] : situation.flat,
      }
    },
    words: ({ key }) => `the data layer’s ${key}`,
    isBrought: ({ key }) => !isGtms(key),
  },
  url: {
    read: (situation, source) =>
      source.part === 'query'
        ? situation.query[source.name]
        : source.part === 'full'
          ? urlOf({ ...situation, fragment: '' })
          : situation[source.part],
    // Other addresses are left alone: the trigger decides where a visitor is.
    isBrought: ({ part }) => part === 'query',
    assign: (situation, source, value) => {
      const text = textOf(value)
      return source.part === 'query'
        ? { ...situation, query: { ...situation.query, [source.name]: text } }
        : withUrlPart(situation, source.part, text)
    },
    words: (source) => (source.part === 'query' ? `the query’s ${source.name}` : `the page’s ${source.part}`),
  },
  referrer: {
    read: ({ referrer }) => referrer ?? '',
    assign: (situation, _, value) => ({ ...situation, referrer: textOf(value) }),
  },
  cookie: {
    read: ({ cookies }, { name }) => cookies[name],
    assign: (situation, { name }, value) => ({
      ...situation,
      cookies: { ...situation.cookies, [name]: textOf(value) },
    }),
    words: ({ name }) => `the cookie ${name}`,
    isBrought: always,
  },
  element: {
    read: ({ elements }, source) =>
      elements.find(
        ({ selector, attribute }) => selector === selectorIn(source) && attribute === source.attribute,
      )?.value,
    assign: (situation, source, value) => {
      const more = source.attribute === undefined ? {} : { attribute: source.attribute }
      const element = { selector: selectorIn(source), value: textOf(value), ...more }
      return { ...situation, elements: [...situation.elements, element] }
    },
    isBrought: always,
  },
  click: { ...ofElement('href'), words: ({ what }) => `the click’s ${what}`, isBrought: always },
  form: { ...ofElement('action'), words: ({ what }) => `the form’s ${what}` },
  scroll: ofMoment,
  video: ofMoment,
  visibility: ofMoment,
  history: {
    ...ofMoment,
    // The address that the page moves to is the situation's.
    read: (situation, source) =>
      source.what === 'new_fragment' && situation.moments.history !== undefined
        ? situation.fragment
        : ofMoment.read(situation, source),
    assign: (situation, source, value) =>
      source.what === 'new_fragment' && situation.moments.history !== undefined
        ? { ...situation, fragment: textOf(value) }
        : ofMoment.assign(situation, source, value),
  },
  error: ofMoment,
  event: {
    read: ({ event }) => event ?? CANNOT_TELL,
    assign: (situation, _, value) => {
      if (situation.event === undefined)
        throw new Impossible('the name of the event is GTM’s own; write a scenario by hand')
      return { ...situation, event: textOf(value) }
    },
    words: () => 'the name of the event',
  },
  container: {},
  global: {},
  text: {},
  lookup: {
    read: (situation, { from, rows, default: fallback }) => {
      const input = valueIn(situation, from)
      if (input === CANNOT_TELL) return CANNOT_TELL
      const row = rows.find(({ key }) => key === textOf(input))
      return valueOf(situation, row?.value) ?? valueOf(situation, fallback)
    },
    assign: (situation, { from, rows }, value) => assigned(situation, from, rowGiving(rows, value).key),
    isBrought: isOfSite,
  },
  match: {
    read: (situation, { from, rows, fullMatch, ignoreCase, default: fallback }) => {
      const input = valueIn(situation, from)
      if (input === CANNOT_TELL) return CANNOT_TELL
      const row = rows.find(({ key }) => {
        const pattern = fullMatch ? `^(?:${key})$` : key
        return input !== undefined && new RegExp(pattern, ignoreCase ? 'i' : '').test(textOf(input))
      })
      const value = valueOf(situation, row?.value)
      if (typeof value === 'string' && value.includes('$')) return CANNOT_TELL
      return value ?? valueOf(situation, fallback)
    },
    assign: (situation, { from, rows }, value) => {
      const [input] = examplesOf(rowGiving(rows, value).key)
      if (input === undefined) throw noRow(value)
      return assigned(situation, from, input)
    },
    isBrought: isOfSite,
  },
  javascript: {},
  variable: {},
  nothing: { read: () => undefined },
}

/** Of a table: whether it reads what the site says, and not what the trigger has fixed. */
function isOfSite({ from }: { readonly from: Source }): boolean {
  return from.kind === 'dataLayer' || from.kind === 'cookie'
}

/** The values of a kind, for a source of that kind. */
function valuesOf(kind: SourceKind): SourceValues {
  return VALUES[kind]
}

/** What GTM itself writes there, or the name of the event: nothing that a site may push as it likes. */
function isGtms(key: string): boolean {
  return key === 'event' || key.startsWith('gtm.')
}

/** A value of the data layer, which may lie in another one: `a.b` in what stands under `a`, and the other way round. */
function dataOf(situation: Situation, key: string): unknown {
  const { data } = situation
  if (!Object.keys(data).some((each) => isWithin(key, each) || isWithin(each, key))) return data[key]
  return key
    .split('.')
    .reduce<unknown>(
      (at, part) =>
        typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[part] : undefined,
      messageOf(situation),
    )
}

function isWithin(key: string, outer: string): boolean {
  return key.startsWith(outer) && key[outer.length] === '.'
}

/** The situation with a value under a subject. Throws Impossible. */
export function assigned(situation: Situation, subject: Source, value: unknown): Situation {
  const made =
    subject.kind === 'literal' ? undefined : valuesOf(subject.kind).assign?.(situation, subject, value)
  if (made !== undefined) return made
  throw new Impossible(`what { ${subject.kind}: … } gives is not made up; write a scenario by hand`)
}

/** The situation without what a subject reads in the data layer. Throws Impossible. */
export function without(situation: Situation, subject: Source): Situation {
  if (subject.kind !== 'dataLayer') return situation
  const { key } = subject
  const data = Object.entries(situation.data).filter(([each]) => each !== key && !isWithin(each, key))
  const then = { ...situation, data: Object.fromEntries(data) }
  if (dataOf(then, key) !== undefined) throw new Impossible(`${key} is part of another value of the example`)
  return then
}

/** What a source gives in a situation, as the words mean it; CANNOT_TELL where only a page knows. */
export function valueIn(situation: Situation, source: Source): unknown {
  if (source.kind === 'literal') return source.value
  const { read } = valuesOf(source.kind)
  const value = read === undefined ? CANNOT_TELL : read(situation, source)
  if (value === CANNOT_TELL) return value
  return valueFormatted(source.format, value, (each) => valueIn(situation, each))
}

/** What a hit carries of it: parts of an address as a browser writes them, with percent signs (GTM-RUNTIME 12). */
export function sentFrom(situation: Situation, source: Source): unknown {
  if (source.kind !== 'url') return valueIn(situation, source)
  const { hostname, pathname, hash } = new URL(urlOf(situation))
  return valueIn({ ...situation, host: hostname, path: pathname, fragment: hash.slice(1) }, source)
}

/** Whether a page brings it along, so that an example is made up for it. */
export function isBrought(source: Source): boolean {
  return source.kind !== 'literal' && valuesOf(source.kind).isBrought?.(source) === true
}

/**
 * The situation in which only those moments are left at which this holds; undefined where the source is not read from a
 * moment, or can say anything there.
 */
export function narrowed(
  situation: Situation,
  subject: Source,
  isMeant: (value: unknown) => boolean,
): { readonly situation: Situation; readonly length: number } | undefined {
  const moments = subject.kind === 'literal' ? undefined : situation.moments[subject.kind]
  if (moments === undefined || !('what' in subject) || moments.free.includes(subject.what)) return undefined
  const possible = moments.possible.filter((one) => {
    const value = valueIn(withMoments(situation, subject.kind, { ...moments, possible: [one] }), subject)
    return value !== CANNOT_TELL && isMeant(value)
  })
  return {
    situation: withMoments(situation, subject.kind, { ...moments, possible }),
    length: possible.length,
  }
}

/** In a scenario's title, after "stays silent where". */
export function sourceWords(source: Source): string {
  const words = source.kind === 'literal' ? undefined : valuesOf(source.kind).words?.(source)
  return words ?? `its ${source.kind}`
}

function valueOf(situation: Situation, source: Source | undefined): unknown {
  return source && valueIn(situation, source)
}

function textOf(value: unknown): string {
  return String(value as string)
}

function selectorIn({ selector, id }: SourceByKind['element']): string {
  return selector ?? `#${id ?? ''}`
}

function rowGiving(rows: readonly Row[], value: unknown): Row {
  const row = rows.find((each) => each.value.kind === 'literal' && String(each.value.value) === textOf(value))
  if (row === undefined) throw noRow(value)
  return row
}

/** All that the plan writes down and that may come out of it: itself, results of a table, what stands in for others. */
export function literalsIn(source: Source): readonly unknown[] {
  if (source.kind === 'literal') return [source.value]
  const fallback = 'default' in source ? source.default : undefined
  const rows = source.kind === 'lookup' || source.kind === 'match' ? source.rows : []
  return [
    ...rows.map(({ value }) => value),
    ...(fallback === undefined ? [] : [fallback]),
    ...replacements(source.format ?? {}),
  ].flatMap((each) => (each.kind === 'literal' ? [each.value] : []))
}

/** What a table can give by itself. */
export function resultsOf(source: Source): readonly string[] {
  if (source.kind !== 'lookup' && source.kind !== 'match') return []
  return source.rows.flatMap(({ value }) => (value.kind === 'literal' ? [String(value.value)] : []))
}

function noRow(value: unknown): Impossible {
  return new Impossible(`no row of the table gives "${textOf(value)}"`)
}

function withMoments(situation: Situation, kind: SourceKind, moments: Moments): Situation {
  return { ...situation, moments: { ...situation.moments, [kind]: moments } }
}

/** What is clicked or submitted: the same of both, but for where they lead. */
function ofElement(
  address: 'href' | 'action',
): Required<Pick<SourceValues<'click' | 'form'>, 'read' | 'assign'>> {
  const attributeOf = (what: string): string =>
    what === 'url' ? address : what === 'classes' ? 'class' : what
  return {
    read: (situation, { what }) => {
      if (what === 'text') return situation.text ?? ''
      if (what === 'element') return CANNOT_TELL
      const value = situation.attributes[attributeOf(what)]
      if (what === 'url') return value === undefined ? '' : new URL(value, urlOf(situation)).href
      return BUILT_IN.has(what) ? (value ?? '') : value
    },
    assign: (situation, { what }, value) => {
      if (what === 'element')
        throw new Impossible('a condition on the element itself is tried with a real page only')
      if (what === 'text') return { ...situation, text: textOf(value) }
      return { ...situation, attributes: { ...situation.attributes, [attributeOf(what)]: textOf(value) } }
    },
  }
}

/** Of an element, GTM's built-in variables are an empty text where there is nothing; other attributes are nothing. */
const BUILT_IN: ReadonlySet<string> = new Set(['classes', 'id', 'target'])

function withUrlPart(
  situation: Situation,
  part: 'full' | 'host' | 'path' | 'fragment',
  text: string,
): Situation {
  if (part !== 'full') return { ...situation, [part]: text }
  const url = new URL(text)
  return { ...situation, host: url.host, path: url.pathname, query: Object.fromEntries(url.searchParams) }
}
