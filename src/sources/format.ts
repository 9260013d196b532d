/**
 * GTM's *Format value*: what a variable makes of what it has read. In this order: the case of texts, then null,
 * undefined, true and false become other values (https://support.google.com/tagmanager/answer/7683362).
 */
import type { Source as SourceDocument } from '../plan/plan-types.ts'
import type { VariableSpec } from '../resources/resource.ts'
import type { GtmVariable, Text, TemplateValues } from './gtm.ts'
import type { Source, SourceObject } from './source.ts'

type Said = NonNullable<SourceObject['format']>
type Case = NonNullable<Said['case']>
type Replaced = Exclude<keyof Said, 'case'>

export type Format = { readonly case?: Case } & { readonly [what in Replaced]?: Source }

const CASES: { readonly [C in Case]: { readonly gtm: string; readonly words: string } } = {
  lower: { gtm: 'lowercase', words: 'lower case' },
  upper: { gtm: 'uppercase', words: 'upper case' },
}
const REPLACED: { readonly [what in Replaced]: { readonly gtm: string; readonly words: string } } = {
  undefined: { gtm: 'convertUndefinedToValue', words: 'where there is none' },
  null: { gtm: 'convertNullToValue', words: 'where it is null' },
  true: { gtm: 'convertTrueToValue', words: 'where it is true' },
  false: { gtm: 'convertFalseToValue', words: 'where it is false' },
}
const WHATS = Object.keys(REPLACED) as Replaced[]

/**
 * A condition or a table turns what it reads into a text, and what is not there into `undefined` or `null`, which
 * `matches: ".+"` holds for. As the empty text it is what the plan's words say.
 */
const OR_EMPTY: Format = {
  undefined: { kind: 'literal', value: '' },
  null: { kind: 'literal', value: '' },
}
const OR_EMPTY_SAID: Said = { undefined: '', null: '' }

export function buildFormat(said: Said, build: (source: SourceDocument) => Source): Format {
  const { case: letters, ...rest } = said
  const replaced = Object.entries(rest).map(([what, source]) => [what, build(source)] as const)
  return { ...(letters === undefined ? {} : { case: letters }), ...Object.fromEntries(replaced) }
}

/** All that the variable makes of what it reads. @param own what its kind does of itself. */
export function formatOf(source: Source, own: Format): Format {
  if (source.kind === 'literal') return {}
  return { ...(source.compared === true ? OR_EMPTY : own), ...source.format }
}

/** The values that it puts in the place of others. */
export function replacements(format: Format): Source[] {
  return WHATS.flatMap((what) => format[what] ?? [])
}

/** The variable with its format; one that makes something else of what it reads is another variable. */
export function formatted(
  made: GtmVariable,
  source: Source,
  format: Format,
  textOf: (source: Source) => Text,
): GtmVariable {
  const values = { ...made.values, ...formatValues(format, textOf) }
  if (source.kind === 'literal' || made.serves === true) return { ...made, values }
  const [kind, label] = made.label
  if (source.format !== undefined)
    return {
      ...made,
      values,
      id: marked(made.id, 'format'),
      label: [kind, `${label} ${labelOf(source.format)}`],
    }
  if (source.compared !== true) return { ...made, values }
  // Until it was told apart, one variable served parameters and conditions.
  return {
    ...made,
    values,
    id: marked(made.id, 'or-empty'),
    wasId: made.id,
    label: [kind, `${label} or empty`],
  }
}

function marked(id: string, mark: string): string {
  const dot = id.indexOf('.')
  return dot === -1 ? `${id}-${mark}` : `${id.slice(0, dot)}-${mark}${id.slice(dot)}`
}

function labelOf(format: Format): string {
  return [
    ...(format.case === undefined ? [] : [`in ${CASES[format.case].words}`]),
    ...WHATS.flatMap((what) =>
      format[what] === undefined ? [] : [`${what} as ${shortWords(format[what])}`],
    ),
  ].join(' ')
}

function shortWords(source: Source): string {
  if (source.kind !== 'literal') return source.kind
  return source.value === '' ? 'empty' : String(source.value)
}

function formatValues(format: Format, textOf: (source: Source) => Text): TemplateValues {
  return {
    formatCase: format.case === undefined ? '' : CASES[format.case].gtm,
    formats: WHATS.flatMap((what) => {
      const source = format[what]
      return source === undefined ? [] : [{ name: REPLACED[what].gtm, value: textOf(source) }]
    }),
  }
}

/** The way back: nothing where nothing is formatted; undefined where the language cannot say it. */
export function formatFromGtm(
  formatValue: VariableSpec['formatValue'],
  read: (text: string) => SourceDocument | undefined,
): { readonly format?: Said } | undefined {
  const fields = Object.entries(formatValue).map(([field, value]): readonly [string, unknown] => {
    const letters = (Object.keys(CASES) as Case[]).find((each) => CASES[each].gtm === value)
    if (field === 'caseConversionType') return ['case', letters]
    const what = WHATS.find((each) => REPLACED[each].gtm === field)
    return [what ?? field, what === undefined || typeof value !== 'string' ? undefined : read(value)]
  })
  if (fields.some(([, value]) => value === undefined)) return undefined
  return fields.length === 0 ? {} : { format: Object.fromEntries(fields) as Said }
}

/** What is read to be compared, without that a missing value is empty there: that is understood. */
export function withoutOrEmpty(source: SourceDocument | undefined): SourceDocument | undefined {
  return typeof source === 'object' ? withoutFormat(source, OR_EMPTY_SAID) : source
}

/** The same without what its kind does of itself. */
export function withoutFormat(source: SourceObject, understood: Said): SourceObject {
  const { format, ...rest } = source
  if (format === undefined) return source
  const left = Object.entries(format).filter(
    ([what, value]) => JSON.stringify(value) !== JSON.stringify(understood[what as keyof Said]),
  )
  return left.length === 0 && Object.keys(format).length === Object.keys(understood).length ? rest : source
}

export function formatWords(format: Format | undefined, words: (source: Source) => string): string {
  if (format === undefined) return ''
  const parts = [
    ...(format.case === undefined ? [] : [`in ${CASES[format.case].words}`]),
    ...WHATS.flatMap((what) => {
      const source = format[what]
      const isSaid = what === 'null' && JSON.stringify(source) === JSON.stringify(format.undefined)
      return source === undefined || isSaid ? [] : [`${words(source)} ${REPLACED[what].words}`]
    }),
  ]
  return ` (${parts.join(', ')})`
}

/** What becomes of a value. @param valueOf what a replacement is. */
export function valueFormatted(
  format: Format | undefined,
  value: unknown,
  valueOf: (source: Source) => unknown,
): unknown {
  if (format === undefined) return value
  if (typeof value === 'string' && format.case !== undefined)
    return format.case === 'lower' ? value.toLowerCase() : value.toUpperCase()
  const source =
    value === undefined || value === null || typeof value === 'boolean' ? format[`${value}`] : undefined
  return source === undefined ? value : valueOf(source)
}
