/**
 * What a thing at Google says, in the words of the plan: not "parameters.eventName of a gaawe tag" but "Event". The
 * labels are those of the plan's schema, so that a diff against Google and one against git say the same.
 */
import { labelOf, rowsOf, type DestinationKind } from '../destinations/kinds.ts'
import { withoutKeys } from '../resources/key.ts'
import { soleVariableIn } from '../resources/braces.ts'
import type { Parameters, Value, VariableSpec } from '../resources/resource.ts'
import { buildSource } from '../sources/build.ts'
import { sourceFromGtm } from '../sources/read-gtm.ts'
import { sourceWords } from '../sources/source-words.ts'

/** The container's variables by what a reference to them holds: a key behind @, or a name. */
export type Variables = ReadonlyMap<string, VariableSpec>

/** In the order in which people want to know. */
export type Said = readonly (readonly [label: string, text: string])[]

/** A text of GTM: a literal in quotes, or what a reference reads. */
export function valueWords(value: Value, variables: Variables): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') {
    const held = variables.get(soleVariableIn(value) ?? '')
    if (held?.type === USER_DATA) return userDataWords(held.parameters, variables)
    if (held?.type === CONSTANT) return valueWords(held.parameters.value ?? '', variables)
    const source = sourceFromGtm(value, variables)
    if (source === undefined || typeof source !== 'object') return withoutKeys(value)
    return withoutKeys(sourceWords(buildSource(source)))
  }
  if (Array.isArray(value))
    return (value as readonly Value[]).map((each) => valueWords(each, variables)).join('; ')
  if (typeof value === 'object') {
    return Object.entries(value as Parameters)
      .map(([name, each]) => `${name.replace(/^\$/, '')} ${valueWords(each, variables)}`)
      .join(', ')
  }
  return ''
}

/** GTM's type _Constant_: a text with a name. */
export const CONSTANT = 'c'

/** GTM's type _User-Provided Data_; its fields are parameters beside the mode. */
export const USER_DATA = 'awec'

/** The visitor's own data, each with the place that it is read from; parameters are a set, so that their order is none of GTM's. */
export function userDataWords(parameters: Parameters, variables: Variables): string {
  return Object.entries(parameters)
    .filter(([name]) => name !== 'mode')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name.replaceAll('_', ' ')} from ${valueWords(value, variables)}`)
    .join(', ')
}

/** Fields that the plan has no word for, a line each, by the names that Google has for them. */
export function fieldWords(path: string, value: unknown): Said {
  if (value === undefined || value === null || value === '' || value === false) return []
  if (typeof value !== 'object') return [[path, withoutKeys(String(value))]]
  return Object.entries(value).flatMap(([name, inner]) =>
    fieldWords(path === '' ? name : Array.isArray(value) ? `${path}[${name}]` : `${path}.${name}`, inner),
  )
}

/**
 * Tables of parameters row by row, the rest by its own name.
 * @param kind whose tag has them: one vendor's `tagId` is not another's
 */
export function parameterWords(parameters: Parameters, variables: Variables, kind?: DestinationKind): Said {
  return Object.entries(parameters).flatMap(([name, value]): Said => {
    const row = rowsOf(name)
    if (row !== undefined && Array.isArray(value)) {
      return (value as readonly Value[]).map((each) => {
        const fields = each as Parameters
        return [
          `${row.label} ${String(fields[row.name] ?? '')}`,
          valueWords(fields[row.value] ?? '', variables),
        ]
      })
    }
    return isBare(value) ? [] : [[labelOf(name, kind) ?? LABELS[name] ?? name, valueWords(value, variables)]]
  })
}

/** Of tags that are nobody's in particular. */
const LABELS: { readonly [parameter: string]: string } = {
  html: 'HTML',
  getEcommerceDataFrom: 'Ecommerce from',
  eventSettingsVariable: 'Event settings',
}

function isBare(value: Value): boolean {
  return value === '' || (typeof value === 'object' && Object.keys(value).length === 0)
}

/** Nothing, where there is no text. */
export function textWords(label: string, text: string): Said {
  return text === '' ? [] : [[label, text]]
}
