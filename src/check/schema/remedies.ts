/** What to do about a value that the schema refuses. */
import type { Edit, Pointer } from '../../plan/diagnostic.ts'
import { triggerKinds } from '../../triggers/kinds.ts'
import { typeWords } from './words.ts'

export interface Remedy {
  readonly fix: string
  /** When there is only one right answer. */
  readonly edit?: Edit
}

/** What is meant where a map is wanted, by definition or field. */
export const EXAMPLES: { readonly [place: string]: string } = {
  '#/$defs/Test': '{ equals: ... } or another operator',
  '#/$defs/Target': '{ rate: 8%, of: sessions } or { count: 400, per: month }',
  '#/$defs/Trigger': '{ dataLayer: event_name }',
  '#/$defs/Evidence': '{ method: estimate, asOf: "2026-10-01" }',
  '#/$defs/Guardrail': '{ metric: revenue, maxDrop: 5% }',
  '#/$defs/Consent': '{ mode: advanced }',
  bigquery:
    '{ "123456789012": { location: EU } }, with the number of the project (`gcloud projects describe ID`)',
}

/** What to do about a value of the wrong type. */
export function typeRemedy(
  value: unknown,
  types: readonly string[],
  example: string | undefined,
  at: Pointer,
): Remedy {
  const shorthand = SHORTHANDS[fieldOf(at)]?.(value)
  if (shorthand !== undefined) return { fix: `write ${shorthand}.` }
  if (Array.isArray(value) && types.includes('object')) {
    const id = idIn(value[0])
    if (id !== undefined)
      return { fix: `write the id before the fields, without the dash: "${id}:" in place of "- id: ${id}".` }
    return isScalar(value[0])
      ? { fix: 'write one id or field a line, without the dashes.' }
      : { fix: 'write an id of its own in place of each dash, and the fields below it: "an_id:".' }
  }
  if (Array.isArray(value) && at.includes('/when/')) {
    return { fix: 'write a condition for each.' }
  }
  if (example !== undefined)
    return {
      fix: `write ${isScalar(value) ? example.replace('equals: ...', `equals: ${String(value)}`) : example}.`,
    }
  if (types.includes('array') && typeof value === 'object' && value !== null)
    return { fix: 'put a dash before it, or square brackets round it: it is a list, of one or more.' }
  if (types.includes('array') && isScalar(value)) {
    return { fix: `write it as a list: [${String(value)}].`, edit: { set: at, value: [value] } }
  }
  if (types.includes('string') && (typeof value === 'number' || typeof value === 'boolean')) {
    return { fix: `put it in quotes: "${String(value)}".`, edit: { set: at, value: String(value) } }
  }
  if (
    typeof value === 'string' &&
    isNumeric(value) &&
    types.some((type) => type === 'number' || type === 'integer')
  ) {
    return { fix: `write it without quotes: ${value}.`, edit: { set: at, value: Number(value) } }
  }
  const amount = typeof value === 'string' && types.includes('number') ? amountOf(value) : undefined
  if (amount !== undefined) return { fix: `write ${amount}, without currency, percent sign or separators.` }
  const meant = typeof value === 'string' && types.includes('boolean') ? truth(value) : undefined
  if (meant !== undefined) return { fix: `write ${meant}.`, edit: { set: at, value: meant } }
  if (types.includes('integer') && typeof value === 'number')
    return { fix: `round it: ${Math.round(value)}.` }
  return { fix: `write ${typeWords(types)}.` }
}

/**
 * What stands there when somebody writes the one thing that they mean where a map, or a word, is wanted; undefined when
 * it is something else.
 */
const SHORTHANDS: { readonly [field: string]: ((value: unknown) => string | undefined) | undefined } = {
  'trigger/scroll': (value) => ifNumber(value, '%', (number) => `scroll: { percent: [${number}] }`),
  'trigger/timer': (value) => ifNumber(value, 's', (number) => `timer: { every: ${number}s }`),
  'trigger/video': (value) =>
    value === true
      ? 'video: { start: true, complete: true }'
      : ifNumber(value, '%', (number) => `video: { percent: [${number}] }`),
  'trigger/link': (value) => ifText(value, (text) => `link: { selector: ${JSON.stringify(text)} }`),
  'trigger/click': (value) => ifText(value, (text) => `click: { selector: ${JSON.stringify(text)} }`),
  'trigger/form': (value) => ifText(value, (text) => `form: { selector: ${JSON.stringify(text)} }`),
  'trigger/visible': (value) => ifText(value, (text) => `visible: { selector: ${JSON.stringify(text)} }`),
  'trigger/page': (value) => (value === true ? 'page: viewed' : undefined),
  query: (value) =>
    ifText(value, (text) => {
      const [, name, wanted] = /^([^=]+)=(.+)$/.exec(text) ?? []
      return name === undefined ? undefined : `query: { ${name}: { equals: ${wanted ?? ''} } }`
    }),
  register: (value) => (value === true ? 'event, user, item or metric' : undefined),
  trigger: (value) =>
    Array.isArray(value)
      ? 'trigger: { any: [...] } around the list'
      : ifText(value, (text) =>
          triggerKinds().some((kind) => kind === text)
            ? `trigger: { ${text}: ... }; plan explain trigger.${text} says what stands there`
            : undefined,
        ),
}

/** The last field of a pointer; below a trigger with the trigger's name before it. */
function fieldOf(at: Pointer): string {
  const steps = at.split('/')
  const field = steps.at(-1) ?? ''
  const isKind = steps.at(-2) === 'trigger' || steps.at(-3) === 'any' || steps.at(-3) === 'all'
  return isKind ? `trigger/${field}` : field
}

/** A number, with or without its unit. */
function ifNumber(value: unknown, unit: string, words: (number: number) => string): string | undefined {
  const number = typeof value === 'string' && value.endsWith(unit) ? value.slice(0, -unit.length) : value
  const isOne = typeof number === 'number' || (typeof number === 'string' && isNumeric(number))
  return isOne ? words(Number(number)) : undefined
}

function ifText(value: unknown, words: (text: string) => string | undefined): string | undefined {
  return typeof value === 'string' ? words(value) : undefined
}

/** `5%` is 0.05; `AED 1,200` and `1,200` are 1200. */
function amountOf(text: string): number | undefined {
  const [, number, percent] =
    /^(?:[A-Z]{3}|\p{Sc})?\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\s*(%)?(?:[A-Z]{3}|\p{Sc})?$/u.exec(text) ?? []
  if (number === undefined) return undefined
  const value = Number((/[\d,]+(?:\.\d+)?/.exec(text)?.[0] ?? '').replaceAll(',', ''))
  return percent === undefined ? value : Number((value / 100).toFixed(6))
}

/** What names an entry of a list that should have been a map by id. */
function idIn(item: unknown): string | undefined {
  const { id } = (typeof item === 'object' && item !== null ? item : {}) as { readonly id?: unknown }
  return typeof id === 'string' ? id : undefined
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

function isNumeric(text: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(text)
}

/** YAML 1.1 took these words for true and false. */
function truth(text: string): boolean | undefined {
  if (/^(yes|on|true)$/i.test(text)) return true
  return /^(no|off|false)$/i.test(text) ? false : undefined
}

/** Letters that Unicode does not take apart. */
const LATIN: { readonly [letter: string]: string } = {
  ı: 'i',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
}

/** Where no spelling of what was written is what was meant. */
const FORMAT_FIXES: { readonly [pattern: string]: ((value: string) => string | undefined) | undefined } = {
  '^[^,\\s]+$': (value) => {
    const parts = value.split(/[,\s]+/).filter((part) => part !== '')
    return parts.length > 1 ? `write them one by one: ${parts.join(', ')}.` : 'leave out commas and spaces.'
  },
  '^[0-9]+(\\.[0-9]+)?%$': (value) => {
    const [, rate, of] = /^([\d.]+%) of (\w+)$/.exec(value) ?? []
    return rate === undefined ? undefined : `write ${rate}, and beside it of: ${of ?? ''}.`
  },
  // Only the numbers of Google Cloud projects are all digits.
  '^[0-9]+$': () => 'write the number of the project: `gcloud projects describe ID` says it.',
}

/** A text that has the form and is most like the one that was written. */
export function formatFix(value: string, pattern: string): string {
  const words = FORMAT_FIXES[pattern]?.(value)
  if (words !== undefined) return words
  const slug = value
    .replaceAll(/[ıøłđßæœ]/g, (letter) => LATIN[letter] ?? letter)
    .normalize('NFKD')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[_\d]+|_+$/g, '')
  const candidates = [
    slug,
    value.toUpperCase(),
    Number(value) > 0 && Number(value) < 1 ? `${Number((Number(value) * 100).toFixed(4))}%` : '',
    `${value}%`,
    `${value}d`,
    `${value}s`,
    value.replace(/\s*days?$/, 'd'),
    value.replace(',', '.'),
    value.split('/').at(-1) ?? '',
    slug.toUpperCase(),
    `https://${value}`,
    value.replace(/^http:/, 'https:'),
    value.replace(/-|–|\.{3,}/, '..').replaceAll(' ', ''),
  ]
  const expression = new RegExp(pattern, 'u')
  const meant = candidates.find((candidate) => candidate !== '' && expression.test(candidate))
  return meant === undefined ? 'write it in that form.' : `write ${meant}.`
}
