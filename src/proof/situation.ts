/**
 * The world in which conditions hold, or one of them does not: an address, cookies, values in the data layer, attributes of
 * the element that is clicked. Made from the plan's own words, never from what they compile to.
 */
import type { Plan } from '../plan/plan.ts'
import type { Condition } from '../sources/condition.ts'
import { valueFormatted } from '../sources/format.ts'
import type { Source } from '../sources/source.ts'
import { examplesOf } from './pattern-example.ts'

export interface Situation {
  readonly host: string
  readonly path: string
  readonly query: { readonly [name: string]: string }
  readonly fragment: string
  readonly referrer?: string
  readonly cookies: { readonly [name: string]: string }
  /** Values of the data layer by path. */
  readonly data: { readonly [path: string]: unknown }
  /** Of the element that is clicked, submitted or shown. */
  readonly attributes: { readonly [name: string]: string }
  readonly text?: string
  /** Of the page, for parameters and conditions that read an element of it. */
  readonly elements: readonly {
    readonly selector: string
    readonly attribute?: string
    readonly value: string
  }[]
}

/** Why something cannot be made up. It ends the making of one scenario, and that scenario says it. */
export class Impossible extends Error {}

export function startOf(plan: Plan): Situation {
  return {
    host: plan.environment.hosts[0] ?? 'www.site.example',
    path: '/',
    query: {},
    fragment: '',
    cookies: {},
    data: {},
    attributes: {},
    elements: [],
  }
}

/** A situation in which all these conditions hold. Throws Impossible. */
export function satisfying(start: Situation, conditions: readonly Condition[]): Situation {
  const bySubject = new Map<string, Condition[]>()
  for (const condition of conditions) {
    // One thing, whether a test takes it for a text or for a number.
    const subject = JSON.stringify({ ...condition.subject, compared: undefined })
    bySubject.set(subject, [...(bySubject.get(subject) ?? []), condition])
  }
  return [...bySubject.values()].reduce((situation, group) => {
    const [first] = group
    if (first === undefined) return situation
    const now = valueIn(situation, first.subject)
    if (now !== CANNOT_TELL && group.every((condition) => holds(condition, now))) return situation
    const value = candidates(first.subject, group).find((each) =>
      group.every((condition) => holds(condition, each)),
    )
    if (value === undefined)
      throw new Impossible(`no example was found for ${group.map(conditionWords).join(' and ')}`)
    return assigned(situation, first.subject, value)
  }, start)
}

/** The condition that holds exactly when this one does not. */
export function opposite(condition: Condition): Condition {
  return { ...condition, negate: !condition.negate }
}

/** Whether the words hold for a value. A missing value holds for nothing but a negation: that is what the words say. */
export function holds(condition: Condition, actual: unknown): boolean {
  const { operator, value, anyOf = [value], negate, ignoreCase } = condition
  const text = actual === undefined || actual === null ? undefined : String(actual as string)
  if (operator === 'exists') return (text !== undefined && text !== '') === ((value === 'true') !== negate)
  const result = text !== undefined && anyOf.some((each) => compared(operator, text, each, ignoreCase))
  return result !== negate
}

function compared(
  operator: Condition['operator'],
  text: string,
  value: string,
  ignoreCase: boolean,
): boolean {
  switch (operator) {
    case 'equals':
      return text === value
    case 'contains':
      return text.includes(value)
    case 'startsWith':
      return text.startsWith(value)
    case 'endsWith':
      return text.endsWith(value)
    case 'matches':
      return new RegExp(value, ignoreCase ? 'i' : '').test(text)
    case 'lessThan':
      return Number(text) < Number(value)
    case 'greaterThan':
      return Number(text) > Number(value)
    case 'exists':
      return (text !== '') === (value === 'true')
    case 'css':
      throw new Impossible('a condition on a selector is tried with a real page only')
  }
}

/** Texts worth trying for conditions on one subject. */
function candidates(subject: Source, conditions: readonly Condition[]): readonly string[] {
  // Of several values the first will do.
  const positive = conditions
    .filter(({ negate }) => !negate)
    .map((condition) => ({ ...condition, value: condition.anyOf?.[0] ?? condition.value }))
  const one = (operator: Condition['operator']): string =>
    positive.find((condition) => condition.operator === operator)?.value ?? ''
  const plain = positive.flatMap(({ operator, value }): readonly string[] => {
    switch (operator) {
      case 'matches':
        return examplesOf(value)
      case 'lessThan':
        return [String(Number(value) - 1)]
      case 'greaterThan':
        return [String(Number(value) + 1)]
      case 'exists':
        return [value === 'true' ? 'x' : '']
      default:
        return [value, `${value}x`, `x${value}`]
    }
  })
  const built = `${one('startsWith')}${one('contains')}${one('endsWith')}`
  const isPath = subject.kind === 'url' && subject.part === 'path'
  const isHost = subject.kind === 'url' && subject.part === 'host'
  const isUrl = subject.kind === 'referrer' || (subject.kind === 'url' && subject.part === 'full')
  const neutral = isHost
    ? ['other.example']
    : isPath
      ? ['/', '/elsewhere', '/else/where']
      : ['other', '1', '']
  const all = [built, `${one('startsWith')}/${one('contains')}/${one('endsWith')}`, ...plain, ...neutral]
  if (isPath) return all.flatMap((text) => (text.startsWith('/') ? [text] : [`/${text}`, `/x/${text}`]))
  if (isUrl)
    return all.flatMap((text) => [text, `https://other.example/${text}`]).filter((text) => URL.canParse(text))
  return all
}

/** The situation with a value under a subject. */
export function assigned(situation: Situation, subject: Source, value: unknown): Situation {
  const text = String(value as string)
  const attribute = (name: string): Situation => ({
    ...situation,
    attributes: { ...situation.attributes, [name]: text },
  })
  switch (subject.kind) {
    case 'url':
      return subject.part === 'query'
        ? { ...situation, query: { ...situation.query, [subject.name]: text } }
        : withUrlPart(situation, subject.part, text)
    case 'referrer':
      return { ...situation, referrer: text }
    case 'cookie':
      return { ...situation, cookies: { ...situation.cookies, [subject.name]: text } }
    case 'dataLayer':
      return { ...situation, data: { ...situation.data, [subject.key]: value } }
    case 'element': {
      const selector = subject.selector ?? `#${subject.id ?? ''}`
      const more = subject.attribute === undefined ? {} : { attribute: subject.attribute }
      return { ...situation, elements: [...situation.elements, { selector, value: text, ...more }] }
    }
    case 'click':
    case 'form':
      switch (subject.what) {
        case 'url':
          return attribute(subject.kind === 'form' ? 'action' : 'href')
        case 'text':
          return { ...situation, text }
        case 'classes':
          return attribute('class')
        case 'element':
          throw new Impossible('a condition on the element itself is tried with a real page only')
        default:
          return attribute(subject.what)
      }
    case 'lookup': {
      const row = subject.rows.find((each) => String(each.value) === text)
      if (row === undefined) throw new Impossible(`no row of the table gives "${text}"`)
      return assigned(situation, subject.from, row.key)
    }
    case 'match': {
      const row = subject.rows.find((each) => String(each.value) === text)
      const input = examplesOf(row?.key ?? '')[0]
      if (row === undefined || input === undefined)
        throw new Impossible(`no row of the table gives "${text}"`)
      return assigned(situation, subject.from, input)
    }
    default:
      throw new Impossible(`what { ${subject.kind}: … } gives is not made up; write a scenario by hand`)
  }
}

function withUrlPart(
  situation: Situation,
  part: 'full' | 'host' | 'path' | 'fragment',
  text: string,
): Situation {
  switch (part) {
    case 'host':
      return { ...situation, host: text }
    case 'path':
      return { ...situation, path: text }
    case 'fragment':
      return { ...situation, fragment: text }
    case 'full': {
      const url = new URL(text)
      return { ...situation, host: url.host, path: url.pathname, query: Object.fromEntries(url.searchParams) }
    }
  }
}

export const CANNOT_TELL = Symbol('cannot tell')

/** What a source gives in a situation, as the words mean it; CANNOT_TELL where only a page knows. */
export function valueIn(situation: Situation, source: Source): unknown {
  const value = valueRead(situation, source)
  if (source.kind === 'literal' || value === CANNOT_TELL) return value
  return valueFormatted(source.format, value, (each) => valueIn(situation, each))
}

function valueRead(situation: Situation, source: Source): unknown {
  const or = (fallback: Source | undefined): unknown => fallback && valueIn(situation, fallback)
  switch (source.kind) {
    case 'literal':
      return source.value
    case 'dataLayer':
      return situation.data[source.key] ?? or(source.default)
    case 'url':
      switch (source.part) {
        case 'host':
        case 'path':
        case 'fragment':
          return situation[source.part]
        case 'full':
          return urlOf({ ...situation, fragment: '' })
        case 'query':
          return situation.query[source.name]
      }
      return CANNOT_TELL
    case 'referrer':
      return situation.referrer ?? ''
    case 'cookie':
      return situation.cookies[source.name]
    case 'element':
      return situation.elements.find(
        ({ selector, attribute }) =>
          selector === (source.selector ?? `#${source.id ?? ''}`) && attribute === source.attribute,
      )?.value
    case 'click':
    case 'form':
      switch (source.what) {
        case 'text':
          return situation.text ?? ''
        case 'classes':
          return situation.attributes['class'] ?? ''
        case 'id':
          return situation.attributes['id'] ?? ''
        case 'target':
          return situation.attributes['target'] ?? ''
        case 'url': {
          const url = situation.attributes[source.kind === 'form' ? 'action' : 'href']
          return url === undefined ? '' : new URL(url, urlOf(situation)).href
        }
        case 'element':
          return CANNOT_TELL
        default:
          return situation.attributes[source.what]
      }
    case 'nothing':
      return undefined
    case 'lookup': {
      const from = valueIn(situation, source.from)
      if (from === CANNOT_TELL) return CANNOT_TELL
      return or(source.rows.find(({ key }) => key === String(from as string))?.value) ?? or(source.default)
    }
    case 'match': {
      const from = valueIn(situation, source.from)
      if (from === CANNOT_TELL) return CANNOT_TELL
      const row = source.rows.find(({ key }) => {
        const pattern = source.fullMatch ? `^(?:${key})$` : key
        return (
          from !== undefined && new RegExp(pattern, source.ignoreCase ? 'i' : '').test(String(from as string))
        )
      })
      const value = or(row?.value)
      if (typeof value === 'string' && value.includes('$')) return CANNOT_TELL
      return value ?? or(source.default)
    }
    default:
      return CANNOT_TELL
  }
}

export function urlOf({ host, path, query, fragment }: Situation): string {
  const search = new URLSearchParams(query).toString()
  return new URL(
    `https://${host}${path}${search === '' ? '' : `?${search}`}${fragment === '' ? '' : `#${fragment}`}`,
  ).href
}

/** The data of a situation as one message. */
export function messageOf(situation: Situation): { readonly [key: string]: unknown } {
  const message: { [key: string]: unknown } = {}
  for (const [path, value] of Object.entries(situation.data)) {
    const keys = path.split('.')
    const last = keys.pop() ?? ''
    let at = message
    for (const key of keys) at = (at[key] ??= {}) as { [key: string]: unknown }
    at[last] = value
  }
  return message
}

function conditionWords({ subject, operator, value, negate }: Condition): string {
  return `${subject.kind} ${negate ? 'not ' : ''}${operator} "${value}"`
}
