/**
 * The data layer contract: what the site has to push so that the plan's conversions count. Only what the plan takes
 * from the data layer; each event once, however many conversions listen for it.
 */
import { vendorValues } from '../compile/leaving.ts'
import { RECOMMENDED_EVENTS } from '../facts/events.ts'
import { NUMBER_PARAMETERS } from '../facts/parameters.ts'
import { GA4_LIMITS } from '../facts/limits.ts'
import { optional } from '../plan/optional-field.ts'
import { conversionsOf, type Conversion, type Parameter, type Plan } from '../plan/plan.ts'
import type { ParameterValue } from '../sources/build.ts'
import { conditionWords, negated, type Condition } from '../sources/condition.ts'
import { holdsFor, textsFor } from '../sources/condition-example.ts'
import { examplesOf } from '../sources/pattern-example.ts'
import { inputsOf } from '../sources/read-gtm.ts'
import type { Scalar, Source } from '../sources/source.ts'
import { and } from '../words/counting.ts'
import { conditionsIn, type Trigger } from '../triggers/trigger.ts'

export interface Contract {
  readonly events: readonly ContractEvent[]
  /** Keys that are read on events which are not pushed by the site: they must stand in the data layer before. */
  readonly pageKeys: readonly ContractKey[]
}

export interface ContractEvent {
  /** The text of the `event` key; for a pattern, the pattern. */
  readonly event: string
  readonly isPattern: boolean
  readonly counts: readonly {
    readonly id: string
    readonly title: string
    readonly tier: 'goal' | 'micro'
    readonly owner?: string
    /** In words, what else must hold. */
    readonly when: readonly string[]
  }[]
  readonly keys: readonly ContractKey[]
  /** It carries Google's `ecommerce` object. */
  readonly ecommerce: boolean
  /** What to push, as a value. */
  readonly example: { readonly [key: string]: unknown }
}

/** A currency as ISO 4217 writes it, or a text that is not empty. */
export type KeyForm = 'currency' | 'filled'

/** `scalar`: what is only compared, as the text that it makes. */
export type KeyType = 'string' | 'integer' | 'number' | 'boolean' | 'scalar' | 'items'

export interface ContractKey {
  /** Dots reach into objects: `plan.type`. */
  readonly path: string
  /** Read by version 1 of the data layer: the dots are part of the name. */
  readonly isFlat?: true
  readonly type: KeyType
  readonly required: boolean
  readonly values?: readonly Scalar[]
  /** Characters that GA4 keeps of a text. */
  readonly maxLength?: number
  /** What Google takes of it beside its type. */
  readonly form?: KeyForm
  readonly example: unknown
  readonly description?: string
  /** The parameters that it becomes; empty for what only a condition or a destination reads. */
  readonly becomes: readonly string[]
  /** It is about the visitor, and for a destination alone. */
  readonly isPersonal?: true
}

export function contractOf(plan: Plan): Contract {
  const dictionary = new Map(plan.parameters.map((parameter) => [parameter.name, parameter]))
  const events = new Map<string, { isPattern: boolean; listeners: Listener[] }>()
  const elsewhere: Read[] = [...plan.sharedParameters, ...plan.userProperties].flatMap((value) =>
    readsOf(value),
  )
  for (const conversion of conversionsOf(plan)) {
    if (conversion.trigger === undefined) continue
    const listened = listenersOf(conversion.trigger)
    for (const { event, isPattern, conditions, blocks } of listened) {
      const entry = events.get(event) ?? { isPattern, listeners: [] }
      entry.listeners.push({ conversion, conditions, blocks })
      events.set(event, entry)
    }
    if (listened.length === 0) {
      elsewhere.push(
        ...conversion.parameters.flatMap((value) => readsOf(value)),
        ...sentReads(plan, conversion),
        ...conditionsIn(conversion.trigger).flatMap(readsOfCondition),
      )
    }
  }
  const patterns = [...events].filter(([, { isPattern }]) => isPattern)
  // Who listens for a pattern hears an event of the plan's own, too.
  const alsoBy = (event: string): readonly Listener[] =>
    patterns.flatMap(([pattern, { listeners }]) => (new RegExp(pattern).test(event) ? listeners : []))
  return {
    events: [...events].map(([event, { isPattern, listeners }]) =>
      contractEvent(
        plan,
        dictionary,
        event,
        isPattern,
        isPattern ? listeners : [...listeners, ...alsoBy(event)],
      ),
    ),
    pageKeys: keysOf([{ reads: elsewhere, always: true }], dictionary, plan),
  }
}

interface Listener {
  readonly conversion: Conversion
  readonly conditions: readonly Condition[]
  /** Each of them keeps it from counting. */
  readonly blocks: readonly Condition[]
}

interface Listened extends Omit<Listener, 'conversion'> {
  readonly event: string
  readonly isPattern: boolean
}

/** The pushes that a trigger listens for, each with all that must hold. */
function listenersOf(
  trigger: Trigger,
  when: readonly Condition[] = [],
  unless: readonly Condition[] = [],
): readonly Listened[] {
  const conditions = [...when, ...trigger.when]
  const blocks = [...unless, ...trigger.unless]
  if (trigger.kind === 'any' || trigger.kind === 'all')
    return trigger.triggers.flatMap((inner) => listenersOf(inner, conditions, blocks))
  if (trigger.kind !== 'dataLayer') return []
  return [{ event: trigger.event, isPattern: trigger.regex, conditions, blocks }]
}

/** One reading of a key. */
interface Read {
  readonly path: string
  readonly isFlat?: true
  readonly required: boolean
  /** It is only compared, and with what: it goes nowhere. */
  readonly asked?: 'number' | 'text' | 'value'
  /** The parameter that it becomes as it is. */
  readonly becomes?: string
  /** What a table or a condition knows of it. */
  readonly values?: readonly Scalar[]
  /** Only this destination reads it. */
  readonly goesTo?: string
  readonly isPersonal?: true
}

/** What destinations read beside GA4: the id that counts an action once, their own parameters, what the visitor has told. */
function sentReads(plan: Plan, conversion: Conversion): readonly Read[] {
  return vendorValues(plan, conversion).flatMap(({ vendor, value, isPersonal }) =>
    readsOf(value).map(({ path }) => ({
      path,
      required: false,
      goesTo: vendor,
      ...(isPersonal ? { isPersonal } : {}),
    })),
  )
}

function readsOf({ name, source }: ParameterValue): readonly Read[] {
  if (source.kind === 'dataLayer')
    return [{ ...placeOf(source), required: source.default === undefined, becomes: name }]
  return inputReads(source)
}

function placeOf({ key, version }: Extract<Source, { kind: 'dataLayer' }>): Pick<Read, 'path' | 'isFlat'> {
  return { path: key, ...(version === 1 && key.includes('.') ? { isFlat: true as const } : {}) }
}

function inputReads(source: Source): readonly Read[] {
  return inputsOf(source).flatMap((input): readonly Read[] => {
    if (input.kind !== 'dataLayer') return inputReads(input)
    const required = input.default === undefined && !('default' in source && source.default !== undefined)
    const read = { ...placeOf(input), required }
    if (source.kind === 'lookup' && source.from === input)
      return [{ ...read, ...comparedWith(source.rows.map(({ key }) => key)) }]
    return [source.kind === 'match' && source.from === input ? { ...read, asked: 'text' } : read]
  })
}

function readsOfCondition(condition: Condition): readonly Read[] {
  const { subject, operator, value, anyOf = [value], negate } = condition
  if (subject.kind !== 'dataLayer') return inputReads(subject)
  const read = { ...placeOf(subject), required: !negate }
  if (operator === 'equals') {
    const { asked, values = [] } = comparedWith(anyOf)
    return [
      { ...read, asked, values: negate ? values.flatMap((value) => OPPOSITES.get(value) ?? []) : values },
    ]
  }
  const isNumber = operator === 'lessThan' || operator === 'greaterThan'
  return [{ ...read, asked: isNumber ? 'number' : operator === 'exists' ? 'value' : 'text' }]
}

/** What a site pushes where the other is not meant. */
const OPPOSITES: ReadonlyMap<Scalar, Scalar> = new Map([
  ['true', 'false'],
  ['false', 'true'],
])

/** GTM compares texts: a number or a boolean is as good, where that is what is asked for. */
function comparedWith(values: readonly string[]): {
  readonly asked: 'text' | 'value'
  readonly values: readonly Scalar[]
} {
  const isText = values.every((value) => typeof natural(value, 'scalar') === 'string')
  return { asked: isText ? 'text' : 'value', values }
}

function contractEvent(
  plan: Plan,
  dictionary: ReadonlyMap<string, Parameter>,
  event: string,
  isPattern: boolean,
  listeners: readonly Listener[],
): ContractEvent {
  const ecommerce = listeners.some(({ conversion }) => conversion.ecommerce)
  const readers = listeners.map(({ conversion, conditions, blocks }): Reader => ({
    always: conditions.length === 0,
    reads: [
      ...conversion.parameters.flatMap(readsOf),
      ...conditions.flatMap(readsOfCondition),
      ...blocks.map(negated).flatMap(readsOfCondition),
      ...(conversion.ecommerce ? ecommerceReads(conversion.event ?? event) : []),
      ...sentReads(plan, conversion),
    ],
  }))
  const [first] = listeners
  const meant = first === undefined ? [] : [...first.conditions, ...first.blocks.map(negated)]
  const keys = keysOf(readers, dictionary, plan, meant)
  const name = isPattern ? examplesOf(event).find((text) => new RegExp(event).test(text)) : undefined
  return {
    event,
    isPattern,
    counts: listeners.map(({ conversion, conditions }) => ({
      id: conversion.id,
      title: conversion.title,
      tier: conversion.tier,
      ...(conversion.owner === undefined ? {} : { owner: conversion.owner }),
      when: conditions.map((condition) => conditionWords(condition, '')),
    })),
    keys,
    ecommerce,
    example: exampleOf(name ?? event, keys),
  }
}

/** Who listens for an event, and whether each push of it counts there. */
interface Reader {
  readonly reads: readonly Read[]
  readonly always: boolean
}

/**
 * A key once, with what all its readers know. It is required when somebody who always counts needs it, or everybody who may: a
 * condition always does, a parameter unless the dictionary says that it is optional.
 * @param meant what must hold so that the example counts.
 */
function keysOf(
  readers: readonly Reader[],
  dictionary: ReadonlyMap<string, Parameter>,
  plan: Plan,
  meant: readonly Condition[] = [],
): readonly ContractKey[] {
  const paths = [...new Set(readers.flatMap(({ reads }) => reads.map(({ path }) => path)))].sort()
  const isOptional = (name = ''): boolean => dictionary.get(name)?.definition.optional === true
  return paths.map((path) => {
    const needs = ({ reads }: Reader): boolean =>
      reads.some((read) => read.path === path && read.required && !isOptional(read.becomes))
    const all = readers.flatMap(({ reads }) => reads.filter((read) => read.path === path))
    const becomes = [...new Set(all.flatMap((read) => read.becomes ?? []))].sort()
    const definition = becomes
      .map((name) => dictionary.get(name)?.definition)
      .find((found) => found !== undefined)
    const onlyAsked = all.every((read) => read.asked !== undefined)
    const asked = new Set(all.flatMap((read) => read.asked ?? []))
    const type = typeOf(path, becomes, definition?.type ?? askedType(asked, onlyAsked))
    const told = all.flatMap((read) => read.values ?? [])
    // A table may know other values than the dictionary; what only conditions name is not a closed list, and where conversions
    // share a push, the values of one that may not count bind nobody else.
    const holders = readers.filter(({ reads }) => reads.some((read) => read.path === path))
    const sends = ({ reads }: Reader): boolean =>
      reads.some((read) => read.path === path && read.becomes !== undefined)
    const isClosed = holders.every(sends) || holders.some((reader) => reader.always && sends(reader))
    const values = isClosed ? definition?.values : undefined
    const sentTo = [...new Set(all.flatMap((read) => read.goesTo ?? []))]
    const isPersonal = all.some((read) => read.isPersonal)
    const onlySent = all.every((read) => read.goesTo !== undefined)
    const description = definition?.description ?? (onlySent ? sentWords(sentTo, isPersonal) : undefined)
    const conditions = meant.filter(({ subject }) => subject.kind === 'dataLayer' && subject.key === path)
    const example = definition?.example
    const known = [...(example === undefined ? [] : [example]), ...(values ?? []), ...told]
    return {
      path,
      ...(all.some((read) => read.isFlat) ? { isFlat: true as const } : {}),
      type,
      required: readers.some((reader) => reader.always && needs(reader)) || readers.every(needs),
      ...(values === undefined ? {} : { values }),
      ...(type === 'string' && !onlySent && !onlyAsked ? { maxLength: GA4_LIMITS.parameterValue } : {}),
      ...(type === 'string' && values === undefined ? formOf(path, becomes) : {}),
      example: exampleThatHolds(conditions, type, known, exampleFor(path, type, plan)),
      ...(description === undefined ? {} : { description }),
      becomes,
      ...(isPersonal ? { isPersonal } : {}),
    }
  })
}

/**
 * Revenue in a currency that GA4 cannot read is none, and orders without an id are taken for one:
 * https://developers.google.com/analytics/devguides/collection/ga4/reference/events#purchase
 */
const FORMS: ReadonlyMap<string, KeyForm> = new Map([
  ['currency', 'currency'],
  ['transaction_id', 'filled'],
])

function formOf(path: string, becomes: readonly string[]): { readonly form?: KeyForm } {
  const names = [...becomes, path.slice(path.lastIndexOf('.') + 1)]
  return optional(
    'form',
    names.map((name) => FORMS.get(name)).find((form) => form !== undefined),
  )
}

function sentWords(titles: readonly string[], isPersonal: boolean): string {
  return isPersonal
    ? `About the visitor: goes to ${and(titles)}, and into no parameter`
    : `Goes to ${and(titles)}`
}

/** What a number is compared with is one; what is only compared otherwise may be anything that makes the text. */
function askedType(asked: ReadonlySet<Read['asked']>, onlyAsked: boolean): KeyType | undefined {
  if (asked.has('number')) return 'number'
  if (!onlyAsked) return undefined
  return asked.has('value') ? 'scalar' : 'string'
}

function typeOf(path: string, becomes: readonly string[], declared: string | undefined): KeyType {
  if (path.endsWith('.items')) return 'items'
  if (declared === 'money') return 'number'
  if (declared === 'scalar' || declared === 'integer' || declared === 'number' || declared === 'boolean')
    return declared
  if (declared !== undefined) return 'string'
  const names = [...becomes, path.slice(path.lastIndexOf('.') + 1)]
  return names.some((name) => NUMBER_PARAMETERS.has(name)) ? 'number' : 'string'
}

/**
 * Google's e-commerce object, with what the event must carry: https://developers.google.com/analytics/devguides/collection/ga4/ecommerce
 */
function ecommerceReads(event: string): readonly Read[] {
  const needed = RECOMMENDED_EVENTS.find(({ name }) => name === event)?.required ?? MONEY_AND_ITEMS
  const ofOrders = needed.includes('transaction_id') ? ['transaction_id'] : []
  return [...ofOrders, ...MONEY_AND_ITEMS].map((name) => ({
    path: `ecommerce.${name}`,
    required: needed.includes(name),
  }))
}

const MONEY_AND_ITEMS: readonly string[] = ['currency', 'value', 'items']

function exampleFor(path: string, type: KeyType, plan: Plan): unknown {
  const name = path.slice(path.lastIndexOf('.') + 1)
  if (type === 'items') return [{ item_id: 'SKU-1', item_name: 'Lamp', price: 129.5, quantity: 1 }]
  if (type === 'boolean') return true
  if (type === 'integer') return 3
  if (type === 'number') return 129.5
  if (name === 'currency') return plan.currency ?? 'EUR'
  if (name === 'transaction_id') return 'T-10001'
  return EXAMPLES[name] ?? name.replaceAll('_', '-')
}

/** What keys that GA4 and the vendors know look like, where the plan has no example of its own. */
const EXAMPLES: { readonly [name: string]: string } = {
  coupon: 'WELCOME10',
  email: 'visitor@example.com',
  event_id: '6f1c2e90-48d3',
  method: 'email',
  payment_type: 'card',
  phone: '+971500000000',
  search_term: 'rain jacket',
  shipping_tier: 'express',
}

/** The first of these for which the conditions hold, else one made up for them; the usual one where nothing is found. */
function exampleThatHolds(
  conditions: readonly Condition[],
  type: KeyType,
  known: readonly unknown[],
  usual: unknown,
): unknown {
  const natives = (values: readonly unknown[]): readonly unknown[] =>
    values.map((value) => natural(value, type)).filter((value) => fits(value, type))
  const typed = natives([...known, usual])
  const made = conditions.length === 0 ? [] : natives([...textsFor(conditions)].filter((text) => text !== ''))
  const holds = (value: unknown): boolean => conditions.every((each) => holdsFor(each, value))
  // 129.5 is more than 100, and nothing that a person would choose.
  const all = type === 'number' ? [...natives(known), ...made, ...typed] : [...typed, ...made]
  return all.find(holds) ?? typed[0] ?? usual
}

function fits(value: unknown, type: KeyType): boolean {
  if (type === 'integer') return Number.isInteger(value)
  return type === 'number' || type === 'boolean' ? typeof value === type : true
}

/** A text of the plan as a site would push it: numbers as numbers. */
function natural(value: unknown, type: KeyType): unknown {
  if (typeof value !== 'string' || type === 'string' || type === 'items') return value
  if (value === 'true' || value === 'false') return value === 'true'
  return value.trim() !== '' && String(Number(value)) === value ? Number(value) : value
}

function exampleOf(event: string, keys: readonly ContractKey[]): { readonly [key: string]: unknown } {
  const push: { [key: string]: unknown } = { event }
  for (const key of keys) {
    const steps = [...stepsOfKey(key)]
    const last = steps.pop() ?? key.path
    let place = push
    for (const [index, step] of steps.entries()) {
      const inner = Object.hasOwn(place, step) ? place[step] : undefined
      const isList = isPlace(steps[index + 1] ?? last)
      const next: unknown = typeof inner === 'object' && inner !== null ? inner : isList ? [] : {}
      place[step] = next
      place = next as { [key: string]: unknown }
    }
    // A list has its length by itself, and no holes.
    if (Array.isArray(place)) {
      if (!isPlace(last)) continue
      while (place.length < Number(last)) place.push(structuredClone(place[0]) ?? {})
    }
    place[last] = key.example
  }
  return push
}

/** The names that lead to a key in what is pushed. */
export function stepsOfKey({ path, isFlat }: Pick<ContractKey, 'path' | 'isFlat'>): readonly string[] {
  return isFlat === true ? [path] : path.split('.')
}

/** A step into a list: the 0 of `items.0.name`. */
export function isPlace(step: string): boolean {
  return /^\d{1,2}$/.test(step)
}
