/** What to do about a value that the schema refuses. */
import type { Edit, Pointer } from '../../plan/diagnostic.ts'
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
}

/** What to do about a value of the wrong type. */
export function typeRemedy(
  value: unknown,
  types: readonly string[],
  example: string | undefined,
  at: Pointer,
): Remedy {
  if (Array.isArray(value) && types.includes('object')) {
    return { fix: 'write one id or field a line, without the dashes.' }
  }
  if (example !== undefined) return { fix: `write ${example}.` }
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
  const meant = typeof value === 'string' && types.includes('boolean') ? truth(value) : undefined
  if (meant !== undefined) return { fix: `write ${meant}.`, edit: { set: at, value: meant } }
  if (types.includes('integer') && typeof value === 'number')
    return { fix: `round it: ${Math.round(value)}.` }
  return { fix: `write ${typeWords(types)}.` }
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

/** A text that has the form and is most like the one that was written. */
export function formatFix(value: string, pattern: string): string {
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
