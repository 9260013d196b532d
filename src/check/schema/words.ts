/** The schema's patterns and definitions in the words of a diagnostic. */
import type { Schema } from '../../plan/schema.ts'
import { or } from '../../words/counting.ts'

const ID = 'lower-case letters, digits and underscores, starting with a letter'
const PERCENTAGE = 'a percentage such as 8% or 2.5%'

/** What each pattern of the schema asks for. A test keeps the table complete. */
export const PATTERN_WORDS: { readonly [pattern: string]: string } = {
  '^[a-z][a-z0-9_]*$': ID,
  '^[A-Z]{3}$': 'three capital letters (ISO 4217), for example EUR',
  '^[1-9][0-9]*d$': 'a number of days such as 30d',
  '^[a-z]{2,3}(-[A-Za-z0-9]+)*$': 'a language tag such as en or pt-BR',
  '^[^@#]': 'the name of a trigger in GTM, which begins with no @ and no #',
  '^(https://|\\$\\{)': 'an address that starts with https://',
  '^[A-Z_][A-Z0-9_]*$': 'capital letters, digits and underscores',
  '^[A-Za-z][A-Za-z0-9_]*$': 'ASCII letters, digits and underscores, starting with a letter',
  '^[A-Za-z][A-Za-z0-9_.-]*$':
    'ASCII letters, digits and underscores (for a server container dots and hyphens as well), starting with a letter',
  '^(granted|denied)$': 'granted or denied, or either for each consent type',
  '^[A-Za-z0-9_]+$': 'ASCII letters, digits and underscores',
  '^[0-9]+$': 'digits only',
  '^[0-9a-f]{40}$': 'the forty digits of a commit, 0 to 9 and a to f',
  '^[^,\\s]+$': 'a text without commas and spaces',
  '^([0-9]{10}|[0-9]{3}-[0-9]{3}-[0-9]{4})$': 'the ten digits of a Google Ads account, such as 123-456-7890',
  '^[0-9]+(ms|s)$': 'a duration such as 500ms or 2s',
  '^[0-9]+(ms|s|m)$': 'a duration such as 500ms, 30s or 2m',
  '^[A-Za-z][A-Za-z0-9_ ]*$': 'ASCII letters, digits, spaces and underscores, starting with a letter',
  '^[0-9]+(\\.[0-9]+)?%$': PERCENTAGE,
  '^[0-9]{4}-[0-9]{2}-[0-9]{2}$': 'a day such as 2027-03-31',
  '^[0-9]{4}-[0-9]{2}-[0-9]{2}\\.\\.[0-9]{4}-[0-9]{2}-[0-9]{2}$': 'two days such as 2026-07-01..2026-09-30',
  '^[0-9.]+\\.\\.[0-9.]+$': 'an interval such as 0.021..0.034',
  '^([a-z][a-z0-9.:-]*\\.[A-Za-z0-9_]+|\\$\\{[A-Z_][A-Z0-9_]*\\})$':
    "the export's dataset, such as my-project.analytics_123456789",
  '^[0-9]+(\\.[0-9]+)?%\\.\\.[0-9]+(\\.[0-9]+)?%$': 'a range such as 6%..12%',
  '^(TODO|[0-9]+|\\$\\{[A-Z_][A-Z0-9_]*(:-[^{}]*)?\\})$': 'digits only',
  '^(TODO|GTM-[A-Z0-9]+|\\$\\{[A-Z_][A-Z0-9_]*(:-[^{}]*)?\\})$':
    "the container's public id, such as GTM-ABC1234",
  '^(TODO|G-[A-Z0-9]+|\\$\\{[A-Z_][A-Z0-9_]*(:-[^{}]*)?\\})$':
    "the web stream's measurement id, such as G-ABC1234567",
  '^(url|text|id|classes|target|element|data-[a-z0-9-]+|aria-[a-z]+|href|title|name)$':
    'url, text, id, classes, target, element, href, title, name, or an attribute such as data-cta or aria-label',
}

const TYPE_WORDS: { readonly [type: string]: string } = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of fields',
}

/** "a text", "a text or a map of fields". */
export function typeWords(types: readonly string[]): string {
  return or(types.map((type) => TYPE_WORDS[type] ?? type))
}

/** A value of the user's, as it can stand in a sentence: quoted, on one line, not too long. */
export function quoted(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  const text = (typeof value === 'string' ? value : JSON.stringify(value)).replaceAll(/\s+/g, ' ')
  return `"${text.length > 60 ? `${text.slice(0, 57)}...` : text}"`
}

/** What the user wrote where something else is wanted. */
export function foundWords(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a map of fields'
  if (typeof value === 'string') return `the text ${quoted(value)}`
  return typeof value === 'number' ? `the number ${value}` : String(value)
}

const NAMED_BY_FIELD = new Set([
  ...['EnhancedMeasurement', 'Consent', 'Naming', 'Evidence'],
  ...['Alerts', 'Property', 'Retention', 'Sent', 'UserData'],
])

/** "a micro conversion", "the plan", or the field's own name in quotes where it has no kind. */
export function kindWords(schema: Schema, key: string | undefined): string {
  if (key === undefined) return 'the plan'
  const definition = schema.$ref?.replace('#/$defs/', '')
  if (definition === undefined || NAMED_BY_FIELD.has(definition)) return quoted(key)
  const word = DEFINITION_WORDS[definition] ?? definition.replaceAll(/(?<=[a-z])[A-Z]/g, ' $&').toLowerCase()
  return `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`
}

const DEFINITION_WORDS: { readonly [definition: string]: string } = {
  Micro: 'micro conversion',
  PartTarget: 'target of a part',
  Source: 'value',
  Ignore: 'ignored finding',
}
