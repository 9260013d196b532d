/**
 * What a conversion gives every destination: each value is a source, so that it is read in one way whatever vendor asks for
 * it. A vendor's file names which of them its tags carry.
 */
import { RECOMMENDED_EVENTS } from '../facts/events.ts'
import type { Conversion, Plan } from '../plan/plan.ts'
import { buildSource } from '../sources/build.ts'
import type { Source } from '../sources/source.ts'

export interface Carried {
  /** A number, in `currency`. */
  readonly value?: Source
  /** ISO 4217, three letters. There whenever a value is, unless the plan has no currency. */
  readonly currency?: Source
  /** GA4's items: https://developers.google.com/analytics/devguides/collection/ga4/reference/events#purchase_item */
  readonly items?: Source
  /** The id of the order. */
  readonly transactionId?: Source
  /** One id for each occurrence, the same for every destination: by it a vendor counts once what reaches it twice. */
  readonly eventId?: Source
}

export const CARRIED = [
  'value',
  'currency',
  'items',
  'transactionId',
  'eventId',
] as const satisfies (keyof Carried)[]
export type CarriedName = (typeof CARRIED)[number]

/** What `send` says for one destination, where that is more than a name. */
export interface Said {
  readonly value?: Source | false
  readonly currency?: Source
  readonly id?: Source | false
  readonly items?: boolean
}

/** @param said in place of what the conversion has */
export function carriedBy(plan: Plan, conversion: Conversion, said: Said = {}): Carried {
  const event = RECOMMENDED_EVENTS.find(({ name }) => name === conversion.event)
  const ofItems = (key: string): Source | undefined =>
    conversion.ecommerce ? buildSource({ dataLayer: `ecommerce.${key}` }) : undefined
  const ofEvent = (key: string): Source | undefined =>
    event?.required.includes(key) === true ? ofItems(key) : undefined
  const own = (name: string): Source | undefined =>
    conversion.parameters.find((parameter) => parameter.name === name)?.source
  const worth = literal(conversion.worth)
  const value = said.value === false ? undefined : (said.value ?? own('value') ?? ofEvent('value') ?? worth)
  const currency = said.currency ?? own('currency') ?? ofEvent('currency') ?? literal(plan.currency)
  const transactionId = own('transaction_id') ?? ofEvent('transaction_id')
  const id = said.id ?? plan.eventId ?? transactionId
  return {
    ...(value === undefined ? {} : { value, ...optional('currency', currency) }),
    ...optional('items', said.items === false || event?.items === false ? undefined : ofItems('items')),
    ...(said.id === false ? {} : optional('transactionId', said.id ?? transactionId)),
    ...(id === false ? {} : optional('eventId', id)),
  }
}

function literal(value: string | number | undefined): Source | undefined {
  return value === undefined ? undefined : { kind: 'literal', value }
}

function optional<K extends CarriedName>(name: K, source: Source | undefined): { [P in K]?: Source } {
  return source === undefined ? {} : ({ [name]: source } as { [P in K]: Source })
}
