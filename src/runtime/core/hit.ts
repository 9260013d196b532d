/**
 * A GA4 event on its way to Google, in Google's words (GTM-RUNTIME 7): `ep.` texts, `epn.` numbers, `up.` and `upn.` user
 * properties, `pr1`… items, and the shared keys. Both ways: what a tag sets becomes a query, a query is read back.
 */
import { isRecord, isUnknown, reasonOf, textOf, type Reason } from './value.ts'

export type Query = readonly (readonly [key: string, value: string])[]

export interface Hit {
  /** The measurement id. */
  readonly target: string
  readonly event: string
  /** Where it goes, without the query. */
  readonly to: string
  readonly query: Query
  /** The tag that sent it; `automatic` when it sent it by itself (page_view of the Google tag). */
  readonly tag: string
  readonly automatic: boolean
  /** Parameters whose value rests on what is not modelled. */
  readonly open: { readonly [parameter: string]: Reason }
}

/** What a hit says, read from its query: what a report shows and an expectation is held against. */
export interface ReadHit {
  readonly target: string
  readonly event: string
  readonly parameters: { readonly [name: string]: string | number }
  readonly userProperties: { readonly [name: string]: string | number }
  readonly items: readonly { readonly [name: string]: string }[]
  readonly consent?: string
  readonly page?: string
  readonly keyEvent: boolean
}

/** Event names that carry items; with any other name GTM drops the ecommerce object (GTM-RUNTIME 12). */
export const ECOMMERCE_EVENTS: ReadonlySet<string> = new Set(
  `add_payment_info add_shipping_info add_to_cart add_to_wishlist begin_checkout purchase refund remove_from_cart
   select_item select_promotion view_cart view_item view_item_list view_promotion`.split(/\s+/),
)

/** Settings of the library that never leave as parameters; `debug_mode` only when it is a boolean. */
export const SETTINGS = new Set(
  `send_page_view server_container_url transport_url first_party_collection send_to groups event_callback event_timeout
   engagement_time_msec cookie_domain cookie_expires cookie_flags cookie_path cookie_prefix cookie_update
   allow_google_signals allow_ad_personalization_signals user_properties update`.split(/\s+/),
)

/** Parameters with a key of their own (GTM-RUNTIME 7; page_… and language: Google tag settings reference). */
const SHARED_KEYS: { readonly [parameter: string]: string } = {
  currency: 'cu',
  user_id: 'uid',
  session_id: 'sid',
  page_location: 'dl',
  page_referrer: 'dr',
  page_title: 'dt',
  language: 'ul',
  client_id: 'cid',
}

const ITEM_CODES: { readonly [field: string]: string } = {
  item_id: 'id',
  item_name: 'nm',
  item_brand: 'br',
  item_category: 'ca',
  item_category2: 'c2',
  item_category3: 'c3',
  item_category4: 'c4',
  item_category5: 'c5',
  item_variant: 'va',
  price: 'pr',
  quantity: 'qt',
  coupon: 'cp',
  discount: 'ds',
  item_list_name: 'ln',
  item_list_id: 'li',
  index: 'lp',
  location_id: 'lo',
  affiliation: 'af',
  promotion_id: 'pi',
  promotion_name: 'pn',
  creative_name: 'cn',
  creative_slot: 'cs',
}

export interface Settings {
  readonly parameters: ReadonlyMap<string, unknown>
  readonly userProperties: ReadonlyMap<string, unknown>
}

/** The event's own part of a hit, and what of it cannot be known. */
export function encoded(
  event: string,
  { parameters, userProperties }: Settings,
): { readonly query: Query; readonly open: Hit['open'] } {
  const query: (readonly [string, string])[] = [['en', event]]
  const open: { [parameter: string]: Reason } = {}
  const add = (prefix: 'ep' | 'up', name: string, value: unknown): void => {
    if (isUnknown(value)) open[name] = reasonOf(value)
    else if (value !== undefined)
      query.push([
        typeof value === 'number' ? `${prefix}n.${name}` : `${prefix}.${name}`,
        value === null ? '' : textOf(value),
      ])
  }
  for (const [name, value] of parameters) {
    const key = SHARED_KEYS[name]
    if (SETTINGS.has(name) || (name === 'debug_mode' && typeof value === 'boolean')) continue
    if (name === 'items') {
      if (isUnknown(value)) open[name] = reasonOf(value)
      else if (ECOMMERCE_EVENTS.has(event)) query.push(...encodedItems(value))
    } else if (key === undefined || isUnknown(value)) add('ep', name, value)
    else if (value !== undefined) query.push([key, value === null ? '' : textOf(value)])
  }
  for (const [name, value] of userProperties) add('up', name, value)
  return { query, open }
}

function encodedItems(items: unknown): (readonly [string, string])[] {
  if (!Array.isArray(items)) return []
  return (items as unknown[]).slice(0, 200).flatMap((item, index) => {
    if (!isRecord(item)) return []
    let custom = 0
    const fields = Object.entries(item).flatMap(([field, value]) => {
      if (value === undefined || value === null || value === '') return []
      const code = ITEM_CODES[field]
      if (code !== undefined) return [`${code}${escaped(textOf(value))}`]
      const number = custom++
      return [`k${number}${escaped(field)}`, `v${number}${escaped(textOf(value))}`]
    })
    return [[`pr${index + 1}`, fields.join('~')] as const]
  })
}

/** A tilde separates the fields of an item; one inside a value is doubled. */
function escaped(text: string): string {
  return text.replaceAll('~', '~~')
}

/** Reads one event's query, shared keys included. @param query the keys of the address and of the event's own line */
export function readHit(query: Query): ReadHit {
  const parameters: { [name: string]: string | number } = {}
  const userProperties: { [name: string]: string | number } = {}
  const items: { [name: string]: string }[] = []
  const one = new Map(query)
  for (const pair of query) {
    const key = pair[0]
    const value = pair[1]
    const kind = key.slice(0, key.indexOf('.') + 1)
    if (kind === 'ep.') parameters[key.slice(3)] = value
    else if (kind === 'epn.') parameters[key.slice(4)] = Number(value)
    else if (kind === 'up.') userProperties[key.slice(3)] = value
    else if (kind === 'upn.') userProperties[key.slice(4)] = Number(value)
    else if (key.startsWith('pr') && /^pr\d+$/.test(key)) items[Number(key.slice(2)) - 1] = readItem(value)
  }
  const currency = one.get('cu')
  const user = one.get('uid')
  if (currency !== undefined) parameters['currency'] = currency
  if (user !== undefined) parameters['user_id'] = user
  const consent = one.get('gcs')
  const page = one.get('dl')
  return {
    target: one.get('tid') ?? '',
    event: one.get('en') ?? '',
    parameters,
    userProperties,
    items: items.filter((item) => item !== undefined),
    ...(consent === undefined ? {} : { consent }),
    ...(page === undefined ? {} : { page }),
    keyEvent: one.get('_c') === '1',
  }
}

const FIELD_OF_CODE = new Map(Object.entries(ITEM_CODES).map(([field, code]) => [code, field]))

function readItem(text: string): { [name: string]: string } {
  const item: { [name: string]: string } = {}
  const custom = new Map<string, string>()
  for (const part of text.split(/(?<!~)~(?!~)/)) {
    const code = part.slice(0, 2)
    const value = part.slice(2).replaceAll('~~', '~')
    const field = FIELD_OF_CODE.get(code)
    if (field !== undefined) item[field] = value
    else if (code.startsWith('k')) custom.set(code.slice(1), value)
    else if (code.startsWith('v')) item[custom.get(code.slice(1)) ?? code] = value
  }
  return item
}
