import { track } from './plan-events.ts'

track({ event: 'contact_mail' })
track({ event: 'tab_prices' })
track({ event: 'shared', steps: 1, kind: 'a' })
track({ event: 'shared', steps: 1, kind: 'a', note: 'x', internal: true })
track({ event: 'form_step', step: { no: 3, name: 'last', done: true } })
track({ event: 'form_step', step: { no: 3, name: 'last', done: 'yes' } })
const items = [{ item_id: 'SKU-1', item_name: 'Lamp', item_brand: 'L' }].map((item) => ({
  ...item,
  price: 1,
}))
track({
  event: 'purchase',
  ecommerce: { currency: 'EUR', value: 1, transaction_id: 'T', items, tax: 0.2, shipping: 5, coupon: 'TEN' },
  rows: [{ label: 'first' }],
  'flat.key': 'x',
})
track({ event: 'contact_fax' }) // wrong: 2322
track({ event: 'shared', kind: 'a' }) // wrong: 2345
track({ event: 'shared', steps: 1 }) // wrong: 2345
track({ event: 'form_step', step: { no: '3', name: 'last', done: true } }) // wrong: 2322
const bare = { currency: 'EUR', value: 1, transaction_id: 'T' }
const rest = { rows: [{ label: 'first' }], 'flat.key': 'x' }
track({ event: 'purchase', ecommerce: { ...bare, items: [{ item_id: 'SKU-1' }] }, ...rest }) // wrong: 2322
track({ event: 'purchase', ecommerce: { ...bare, items, tax: '0.2' }, ...rest }) // wrong: 2322
