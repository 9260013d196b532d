import { itemCount, itemsAs } from './items.ts'
import type { DestinationModule } from './module.ts'
import { field, rows, rowsIn, textIn } from './native.ts'
import { routes } from './vendor-script.ts'

const ITEMS = {
  product_id: 'item_id',
  product_name: 'item_name',
  product_price: 'price',
  product_quantity: 'quantity',
  product_category: 'item_category',
}

const TABLE = { name: 'name', value: 'value' }

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
  // `em` is the one field of its tag in GTM.
  takes: ['email'],
  reads: ({ carried: { items } }) => (items === undefined ? [] : [itemsAs(items, ITEMS), itemCount(items)]),
  base: (given) => [
    {
      template: 'pinterest',
      values: {
        id: given.id,
        event: '',
        ...(given.userData?.fields.email === undefined
          ? {}
          : { email: given.textOf(given.userData.fields.email) }),
      },
    },
    ...routes('pinterest', given, 'if(w.pintrk)w.pintrk("page");'),
  ],
  event: (given) => {
    const { id, name, carried } = given
    const { value, currency, items, transactionId, eventId } = carried
    return {
      template: 'pinterest',
      values: {
        id,
        event: name,
        ...field('value', value, given),
        ...field('currency', currency, given),
        ...field('orderId', transactionId, given),
        ...field('quantity', items && itemCount(items), given),
        parameters: rows({ event_id: eventId, line_items: items && itemsAs(items, ITEMS) }, given),
      },
    }
  },
  fromGtm: ({ type, parameters }) => {
    if (type !== 'pntr') return undefined
    const [id, event] = [String(parameters.tagId ?? ''), String(parameters.eventName ?? '')]
    return event === '' ? { id } : { id, event }
  },
  said: ({ parameters }) => ({
    ...textIn('value', parameters.value),
    ...textIn('currency', parameters.currency),
    ...textIn('id', parameters.order_id),
    ...rowsIn(parameters.values, TABLE),
    ...(typeof parameters.order_quantity === 'string' && parameters.order_quantity !== ''
      ? { items: true }
      : {}),
    ...(typeof parameters.em === 'string' && parameters.em !== ''
      ? { fields: { email: parameters.em } }
      : {}),
  }),
  types: {
    pntr: { title: 'Pinterest', words: 'a tag of Pinterest' },
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
  rows: { values: { label: 'Parameter', ...TABLE } },
  examples: [
    { kind: 'pinterest', event: 'purchase', send: true, name: 'checkout' },
    { kind: 'pinterest', event: 'size_guide', send: true, name: 'custom' },
    { kind: 'pinterest', event: 'size_guide', send: 'sizeguide', name: 'sizeguide' },
  ],
}
