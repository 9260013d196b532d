import type { View } from '../sources/gtm.ts'
import type { Source } from '../sources/source.ts'
import { itemCount, itemsAs } from './items.ts'
import type { DestinationModule, GivenEvent } from './module.ts'

const ITEMS = {
  product_id: 'item_id',
  product_name: 'item_name',
  product_price: 'price',
  product_quantity: 'quantity',
  product_category: 'item_category',
}

/** Pinterest: every tag says the id; the one without an event's name loads it. https://help.pinterest.com/business/article/event-code */
export const pinterest: DestinationModule<'pinterest'> = {
  title: 'Pinterest',
  id: { pattern: /^26\d{11}$/, example: '2612000000000' },
  says: 'a name',
  consent: ['ad_storage'],
  adapts: false,
  names: {
    view_item: 'pagevisit',
    view_item_list: 'viewcategory',
    search: 'search',
    add_to_cart: 'addtocart',
    purchase: 'checkout',
    generate_lead: 'lead',
    sign_up: 'signup',
    video_complete: 'watchvideo',
  },
  // A name of one's own serves audiences only; `custom` is reported.
  unnamed: 'custom',
  options: ['loader'],
  carries: ['value', 'currency', 'items', 'transactionId', 'eventId'],
  userData: 'fields',
  takesThemOnce: true,
  reads: ({ carried: { items } }) => (items === undefined ? [] : [itemsAs(items, ITEMS), itemCount(items)]),
  base: ({ id, userData, textOf }) => [
    {
      template: 'pinterest',
      view: {
        id,
        event: '',
        ...(userData?.fields.email === undefined ? {} : { email: textOf(userData.fields.email) }),
      },
    },
  ],
  event: (given) => {
    const { id, name, carried } = given
    const { value, currency, items, transactionId } = carried
    return {
      template: 'pinterest',
      view: {
        id,
        event: name,
        ...text('value', value, given),
        ...text('currency', currency, given),
        ...text('orderId', transactionId, given),
        ...text('quantity', items && itemCount(items), given),
        parameters: parametersOf(given),
      },
    }
  },
  fromGtm: ({ type, parameters }) => {
    if (type !== 'pntr') return undefined
    const [id, event] = [String(parameters.tagId ?? ''), String(parameters.eventName ?? '')]
    return event === '' ? { id } : { id, event }
  },
  labels: {
    tagId: 'Pinterest tag',
    eventName: 'Event',
    value: 'Value',
    currency: 'Currency',
    setCustomParams: 'With parameters',
    order_id: 'Order id',
    order_quantity: 'Pieces',
    em: 'User data',
  },
  rows: { values: { label: 'Parameter', name: 'name', value: 'value' } },
  examples: [
    { kind: 'pinterest', event: 'purchase', send: true, name: 'checkout' },
    { kind: 'pinterest', event: 'size_guide', send: true, name: 'custom' },
    { kind: 'pinterest', event: 'size_guide', send: 'sizeguide', name: 'sizeguide' },
  ],
}

function parametersOf({ carried: { items, eventId }, parameters, textOf }: GivenEvent): readonly View[] {
  const said = Object.fromEntries(parameters.map(({ name, source }) => [name, source]))
  const all: { readonly [name: string]: Source | undefined } = {
    event_id: eventId,
    ...(items === undefined ? {} : { line_items: itemsAs(items, ITEMS) }),
    ...said,
  }
  return Object.entries(all)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, source]) => (source === undefined ? [] : [{ name, value: textOf(source) }]))
}

function text(name: string, source: Source | undefined, { textOf }: GivenEvent): View {
  return source === undefined ? {} : { [name]: textOf(source) }
}
