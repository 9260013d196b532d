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
import { conditionWords, type Condition } from '../sources/condition.ts'
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

export type KeyType = 'string' | 'integer' | 'number' | 'boolean' | 'items'

export interface ContractKey {
  /** Dots reach into objects: `plan.type`. */
  readonly path: string
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
    const listened = listenersOf(conversion.trigger, [])
    for (const { event, isPattern, conditions } of listened) {
      const entry = events.get(event) ?? { isPattern, listeners: [] }
      entry.listeners.push({ conversion, conditions })
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
  return {
    events: [...events].map(([event, { isPattern, listeners }]) =>
      contractEvent(plan, dictionary, event, isPattern, listeners),
    ),
    pageKeys: keysOf(
      elsewhere.map((read) => [read]),
      dictionary,
      plan,
    ),
  }
}

interface Listener {
  readonly conversion: Conversion
  readonly conditions: readonly Condition[]
}

interface Listened {
  readonly event: string
  readonly isPattern: boolean
  readonly conditions: readonly Condition[]
}

/** The pushes that a trigger listens for, each with all that must hold. */
function listenersOf(trigger: Trigger, inherited: readonly Condition[]): readonly Listened[] {
  const conditions = [...inherited, ...trigger.when]
  if (trigger.kind === 'any' || trigger.kind === 'all')
    return trigger.triggers.flatMap((inner) => listenersOf(inner, conditions))
  return trigger.kind === 'dataLayer' ? [{ event: trigger.event, isPattern: trigger.regex, conditions }] : []
}

/** One reading of a key. */
interface Read {
  readonly path: string
  readonly required: boolean
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
    return [{ path: source.key, required: source.default === undefined, becomes: name }]
  return inputReads(source)
}

function inputReads(source: Source): readonly Read[] {
  return inputsOf(source).flatMap((input): readonly Read[] =>
    input.kind === 'dataLayer'
      ? [
          {
            path: input.key,
            required: input.default === undefined && !('default' in source && source.default !== undefined),
            ...(source.kind === 'lookup' ? { values: source.rows.map(({ key }) => key) } : {}),
          },
        ]
      : inputReads(input),
  )
}

function readsOfCondition({ subject, operator, value, anyOf = [value], negate }: Condition): readonly Read[] {
  if (subject.kind !== 'dataLayer') return inputReads(subject)
  const known = operator === 'equals' && !negate ? { values: anyOf } : {}
  return [{ path: subject.key, required: !negate, ...known }]
}

function contractEvent(
  plan: Plan,
  dictionary: ReadonlyMap<string, Parameter>,
  event: string,
  isPattern: boolean,
  listeners: readonly Listener[],
): ContractEvent {
  const ecommerce = listeners.some(({ conversion }) => conversion.ecommerce)
  const reads = listeners.map(({ conversion, conditions }) => [
    ...conversion.parameters.flatMap(readsOf),
    ...conditions.flatMap(readsOfCondition),
    ...(conversion.ecommerce ? ecommerceReads(conversion.event ?? event) : []),
    ...sentReads(plan, conversion),
  ])
  const keys = keysOf(reads, dictionary, plan)
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
    example: exampleOf(event, keys, exampleTexts(listeners[0]?.conditions ?? [])),
  }
}

/**
 * A key once, with what all its readers know. It is required when everybody who listens needs it: a condition always does, a
 * parameter unless the dictionary says that it is optional.
 * @param readers what each reader of the event reads.
 */
function keysOf(
  readers: readonly (readonly Read[])[],
  dictionary: ReadonlyMap<string, Parameter>,
  plan: Plan,
): readonly ContractKey[] {
  const paths = [...new Set(readers.flatMap((reads) => reads.map(({ path }) => path)))].sort()
  const isOptional = (name = ''): boolean => dictionary.get(name)?.definition.optional === true
  return paths.map((path) => {
    const reads = readers.map((each) => each.filter((read) => read.path === path))
    const all = reads.flat()
    const becomes = [...new Set(all.flatMap((read) => read.becomes ?? []))].sort()
    const definition = becomes
      .map((name) => dictionary.get(name)?.definition)
      .find((found) => found !== undefined)
    const type = typeOf(path, becomes, definition?.type)
    const told = all.flatMap((read) => read.values ?? [])
    // A table may know other values than the dictionary; what only conditions name is not a closed list.
    const values = definition?.values
    const sentTo = [...new Set(all.flatMap((read) => read.goesTo ?? []))]
    const isPersonal = all.some((read) => read.isPersonal)
    const onlySent = all.every((read) => read.goesTo !== undefined)
    const description = definition?.description ?? (onlySent ? sentWords(sentTo, isPersonal) : undefined)
    return {
      path,
      type,
      required: reads.every((each) => each.some((read) => read.required && !isOptional(read.becomes))),
      ...(values === undefined ? {} : { values }),
      ...(type === 'string' && !onlySent ? { maxLength: GA4_LIMITS.parameterValue } : {}),
      ...(type === 'string' && values === undefined ? formOf(path, becomes) : {}),
      example: definition?.example ?? values?.[0] ?? told[0] ?? exampleFor(path, type, plan),
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

function typeOf(path: string, becomes: readonly string[], declared: string | undefined): KeyType {
  if (path.endsWith('.items')) return 'items'
  if (declared === 'money') return 'number'
  if (declared === 'integer' || declared === 'number' || declared === 'boolean') return declared
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

/** What the first conversion's conditions ask for, so that the example counts. */
function exampleTexts(conditions: readonly Condition[]): ReadonlyMap<string, string> {
  return new Map(
    conditions.flatMap(({ subject, operator, value, anyOf = [value], negate }) =>
      subject.kind === 'dataLayer' && operator === 'equals' && !negate
        ? [[subject.key, anyOf[0] ?? value] as const]
        : [],
    ),
  )
}

function exampleOf(
  event: string,
  keys: readonly ContractKey[],
  told: ReadonlyMap<string, string>,
): { readonly [key: string]: unknown } {
  const push: { [key: string]: unknown } = { event }
  for (const { path, example } of keys) {
    const steps = path.split('.')
    const last = steps.pop() ?? path
    let place = push
    for (const step of steps) {
      const inner = Object.hasOwn(place, step) ? place[step] : undefined
      const next = typeof inner === 'object' && inner !== null ? (inner as { [key: string]: unknown }) : {}
      place[step] = next
      place = next
    }
    place[last] = told.get(path) ?? example
  }
  return push
}
