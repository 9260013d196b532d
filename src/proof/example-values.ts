/** Example values for parameters, from the plan's dictionary, and what a hit must then carry. */
import type { Conversion, Plan } from '../plan/plan.ts'
import type { ParameterValue } from '../sources/build.ts'
import type { Source } from '../sources/source.ts'
import { Impossible, type Situation } from './situation.ts'
import {
  assigned,
  CANNOT_TELL,
  isBrought,
  literalsIn,
  resultsOf,
  sentFrom,
  valueIn,
} from './source-values.ts'

/** An ecommerce object that any e-commerce event may carry. */
export function exampleEcommerce(plan: Plan): { readonly [key: string]: unknown } {
  return {
    transaction_id: 'T-1001',
    currency: plan.currency ?? 'EUR',
    value: 30.5,
    items: [{ item_id: 'SKU-1', item_name: 'Example', price: 30.5, quantity: 1 }],
  }
}

/** The same as values of the data layer, by path. */
export function ecommerceData(plan: Plan): Situation['data'] {
  return Object.fromEntries(
    Object.entries(exampleEcommerce(plan)).map(([key, value]) => [`ecommerce.${key}`, value]),
  )
}

/** What a hit carries of it, where no parameter of the conversion's own says otherwise. */
export function expectedEcommerce({ data }: Situation): { readonly [name: string]: string | number } {
  return Object.fromEntries(
    ['currency', 'value'].map((name) => [name, data[`ecommerce.${name}`] as string | number]),
  )
}

/**
 * The situation in which every parameter of the conversion has a value, as far as one can be made up.
 * @param isMeant whether a situation still is what it was made for
 */
export function exampleParameters(
  plan: Plan,
  conversion: Conversion,
  start: Situation,
  isMeant: (then: Situation) => boolean,
): Situation {
  return [...conversion.parameters].reduce((situation, parameter) => {
    const now = valueIn(situation, parameter.source)
    if (!isBrought(parameter.source) || (now !== undefined && now !== '' && now !== CANNOT_TELL))
      return situation
    try {
      const then = examplesOf(plan, parameter).map((value) => assigned(situation, parameter.source, value))
      return then.find(isMeant) ?? situation
    } catch (error) {
      if (error instanceof Impossible) return situation
      throw error
    }
  }, start)
}

type Example = string | number | boolean

/** The first will do, the others where that one must not be. */
function examplesOf(plan: Plan, { name, source }: ParameterValue): readonly Example[] {
  const definition = plan.parameters.find((each) => each.name === name)?.definition
  const listed = definition?.values ?? (definition?.example === undefined ? [] : [definition.example])
  const results = resultsOf(source)
  if (results.length > 0) return results
  const isText = source.kind !== 'dataLayer'
  if (listed.length > 0) return listed.map((each) => (isText ? String(each) : (each as Example)))
  const numeric =
    definition?.type === 'integer' || name === 'quantity' ? 3 : name === 'value' ? 12.5 : undefined
  if (numeric !== undefined) return [isText ? String(numeric) : numeric]
  if (name === 'currency') return [plan.currency ?? 'EUR']
  return [source.kind === 'click' && source.what === 'url' ? 'https://other.example/example' : 'example']
}

/** What the hit must carry: null where a parameter must be absent; what only a page knows is not asked for. */
export function expectedParameters(
  plan: Plan,
  conversion: Conversion,
  situation: Situation,
): { readonly [name: string]: string | number | null } {
  const own = new Set(conversion.parameters.map(({ name }) => name))
  const shared = plan.sharedParameters.filter(({ name }) => !own.has(name))
  const all = [...shared, ...conversion.parameters].flatMap(({ name, source }) => {
    const value = sentFrom(situation, source)
    if (value === CANNOT_TELL) return []
    const isNumber = isNumeric(plan, name) && literalsIn(source).some((each) => each === value)
    return [[name, isNumber ? Number(value) : asSent(value, source)] as const]
  })
  return Object.fromEntries(all)
}

/** Numbers of the page leave as numbers; what the plan writes down as a constant leaves as text (GTM-RUNTIME 12). */
function asSent(value: unknown, source: Source): string | number | null {
  if (value === undefined) return null
  if (value === null) return ''
  if (typeof value === 'number' && source.kind !== 'literal') return isTable(source) ? String(value) : value
  return String(value as string)
}

function isTable({ kind }: Source): boolean {
  return kind === 'lookup' || kind === 'match'
}

/**
 * Whether a constant, a table or a default gives a number where the dictionary promises one: GTM sends it as text
 * (GTM-RUNTIME 12).
 */
export function hasNumberInText(plan: Plan, { parameters }: Conversion): boolean {
  return parameters.some(
    ({ name, source }) =>
      isNumeric(plan, name) &&
      (source.kind === 'literal' || literalsIn(source).some((each) => typeof each === 'number')),
  )
}

function isNumeric(plan: Plan, name: string): boolean {
  const type = plan.parameters.find((each) => each.name === name)?.definition.type
  return type === 'integer' || type === 'number' || type === 'money'
}
