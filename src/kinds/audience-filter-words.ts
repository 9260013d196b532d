/**
 * A raw filter of an audience in a line that people read. Whatever has no words of its own is said field by field, so that
 * two filters that differ never read alike.
 *
 *   include: video_complete with videoTitle exact "Tour" (across all sessions)
 */
import type { Json } from '../resources/resource.ts'

export function filterWords(clauses: readonly Json[]): string {
  return clauses.map(clauseWords).join('; ')
}

type Fields = { readonly [field: string]: Json | undefined }

function clauseWords(clause: Json): string {
  const { clauseType = '', ...rest } = fieldsOf(clause)
  return `${textOf(clauseType).toLowerCase()}: ${valueWords(rest)}`
}

function valueWords(value: Json | undefined): string {
  if (isList(value)) return value.map(memberWords).join(', ')
  if (typeof value !== 'object' || value === null) return textOf(value)
  const [only, ...others] = Object.entries(fieldsOf(value))
  if (only !== undefined && others.length === 0 && Object.hasOwn(PARTS, only[0])) {
    const words = PARTS[only[0]]?.(fieldsOf(only[1]))
    if (words !== undefined) return words
  }
  return fieldWords(fieldsOf(value))
}

/** Texts of a list may hold a comma. */
function memberWords(member: Json): string {
  return typeof member === 'string' ? JSON.stringify(member) : valueWords(member)
}

function fieldWords(fields: Fields): string {
  return Object.entries(fields)
    .map(([field, inner]) => `${field} ${valueWords(inner)}`)
    .join(' ')
}

/** What stands alone in its map, by Google's name for it. */
const PARTS: { readonly [field: string]: (inner: Fields) => string } = {
  simpleFilter: partWords,
  sequenceFilter: ({ sequenceSteps = [], ...rest }) =>
    [
      listOf(sequenceSteps)
        .map((step) => partWords(fieldsOf(step)))
        .join(', then '),
      scopeWords(rest),
    ].join(''),
  andGroup: (inner) => groupWords(inner, ' and '),
  orGroup: (inner) => groupWords(inner, ' or '),
  notExpression: (inner) => `not ${valueWords(inner)}`,
  eventFilter: ({ eventName = '', eventParameterFilterExpression: inner, ...rest }) =>
    [textOf(eventName), inner && `with ${valueWords(inner)}`, fieldWords(rest)].filter(Boolean).join(' '),
  dimensionOrMetricFilter: ({ fieldName = '', ...rest }) => `${textOf(fieldName)} ${valueWords(rest)}`,
  stringFilter: ({ matchType = '', value = '', ...rest }) =>
    [enumWords(matchType), JSON.stringify(value), fieldWords(rest)].filter(Boolean).join(' '),
  numericFilter: ({ operation = '', value = '', ...rest }) =>
    [enumWords(operation), numberWords(value), fieldWords(rest)].filter(Boolean).join(' '),
}

function partWords({ filterExpression = {}, ...rest }: Fields): string {
  return valueWords(filterExpression) + scopeWords(rest)
}

function scopeWords({ scope, ...rest }: Fields): string {
  const words = [scope && enumWords(scope).replace('audience filter scope ', ''), fieldWords(rest)]
  const said = words.filter(Boolean).join(', ')
  return said === '' ? '' : ` (${said})`
}

function groupWords({ filterExpressions = [], ...rest }: Fields, between: string): string {
  const members = listOf(filterExpressions).map(valueWords)
  const said = members.length > 1 && between === ' or ' ? `(${members.join(between)})` : members.join(between)
  return [said, fieldWords(rest)].filter(Boolean).join(' ')
}

function numberWords(value: Json): string {
  const [only, ...others] = Object.entries(fieldsOf(value))
  return only !== undefined && others.length === 0 ? textOf(only[1]) : valueWords(value)
}

function enumWords(value: Json): string {
  return textOf(value).toLowerCase().replaceAll('_', ' ')
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '')
}

function fieldsOf(value: Json | undefined): Fields {
  return typeof value === 'object' && value !== null && !isList(value) ? (value as Fields) : {}
}

function listOf(value: Json): readonly Json[] {
  return isList(value) ? value : []
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}
