import { expect, test } from 'vitest'
import {
  boolean,
  container,
  customEvent,
  dataLayerVariable,
  eventTag,
  googleTag,
  table,
  template,
} from './containers.ts'
import { opened, push } from '../../src/runtime/node/session.ts'
import { eventsOf, gtag, hitsOf, lastQuery, PAGE, pushing, readHits } from './session.ts'

const trigger = [customEvent('5', 'go')]

/** The keys that a parameter with this variable becomes, after a push of `go` with these values. */
function sent(values: object, parameters: readonly (readonly [string, string])[], options = {}) {
  const names = ['b', 'list', 'num', 'zero', 'nil', 'miss', 'empty', 'no', 'obj', 'text', 'a.b']
  const parts = {
    tag: [eventTag('1', 'custom', ['5'], parameters)],
    trigger,
    variable: [
      ...names.map((name) => dataLayerVariable(name)),
      dataLayerVariable('dflt', 'miss', { default: 'dflt' }),
      dataLayerVariable('nil or', 'nil', { default: 'dflt' }),
    ],
    ...options,
  }
  return lastQuery(pushing(container(parts), [{ event: 'go', ...values }]))
}

test.each([
  ['b', { b: true }, { 'ep.p': 'true' }],
  ['list', { list: [1, 'x'] }, { 'ep.p': '1,x' }],
  ['num', { num: 3.5 }, { 'epn.p': '3.5' }],
  ['zero', { zero: 0 }, { 'epn.p': '0' }],
  ['nil', { nil: null }, { 'ep.p': '' }],
  ['miss', {}, {}],
  ['dflt', {}, { 'ep.p': 'dflt' }],
  ['nil or', { nil: null }, { 'ep.p': '' }],
  ['empty', { empty: '' }, { 'ep.p': '' }],
  ['no', { no: false }, { 'ep.p': 'false' }],
  ['obj', { obj: { a: 1 } }, { 'ep.p': '[object Object]' }],
  ['a.b', { 'a.b': 'deep' }, { 'ep.p': 'deep' }],
])('a parameter from {{%s}} with %j is sent as %j', (name, values, expected) => {
  expect(sent(values, [['p', `{{${name}}}`]])).toEqual(expected)
})

test('text in value stays text, currency and user_id have keys of their own, session_id overwrites the session', () => {
  const values = { text: '30.5' }
  expect(
    sent(values, [
      ['value', '{{text}}'],
      ['currency', 'EUR'],
      ['user_id', 'u1'],
      ['session_id', 'zz'],
      ['engagement_time_msec', '5'],
      ['debug_mode', 'true'],
    ]),
  ).toEqual({ 'ep.value': '30.5', cu: 'EUR', uid: 'u1', sid: 'zz', 'ep.debug_mode': 'true' })
})

test('inside text, missing and null are empty', () => {
  expect(sent({ num: 3.5, b: true, nil: null }, [['p', 'v={{num}}/{{b}}/{{nil}}/{{miss}}']])).toEqual({
    'ep.p': 'v=3.5/true//',
  })
})

const PURCHASE = {
  event: 'purchase',
  ecommerce: {
    transaction_id: 'T1',
    value: 30.5,
    tax: 1,
    shipping: 2,
    coupon: 'C',
    currency: 'EUR',
    items: [
      {
        item_id: 'S1',
        item_name: 'A',
        price: 10.25,
        quantity: 2,
        item_brand: 'b',
        item_category: 'c',
        custom_x: 'zz',
      },
      { item_id: 'S2', item_name: 'B', price: 10, quantity: 1 },
    ],
  },
}

const ecommerceTag = (event: string, trigger: string) =>
  eventTag('1', event, [trigger], [], {
    parameter: [boolean('sendEcommerceData', true), template('getEcommerceDataFrom', 'dataLayer')],
  })

test('a purchase carries its items, its money and the mark of a key event', () => {
  const parts = { tag: [ecommerceTag('purchase', '6')], trigger: [customEvent('6', 'purchase')] }
  expect(lastQuery(pushing(container(parts, { keyEvents: ['purchase'] }), [PURCHASE]))).toEqual({
    cu: 'EUR',
    'ep.transaction_id': 'T1',
    'epn.value': '30.5',
    'epn.tax': '1',
    'epn.shipping': '2',
    'ep.coupon': 'C',
    _c: '1',
    pr1: 'idS1~nmA~pr10.25~qt2~brb~cac~k0custom_x~v0zz',
    pr2: 'idS2~nmB~pr10~qt1',
  })
})

test('what was sent is read back', () => {
  const parts = { tag: [ecommerceTag('purchase', '6')], trigger: [customEvent('6', 'purchase')] }
  expect(readHits(pushing(container(parts), [PURCHASE]))).toMatchObject([
    {
      event: 'purchase',
      target: 'G-TEST',
      parameters: { currency: 'EUR', value: 30.5, coupon: 'C' },
      items: [
        { item_id: 'S1', custom_x: 'zz' },
        { item_id: 'S2', price: '10' },
      ],
    },
  ])
})

test('with a name that is no e-commerce event, items, value and currency are dropped', () => {
  const parts = { tag: [ecommerceTag('order_done', '6')], trigger: [customEvent('6', 'purchase')] }
  expect(lastQuery(pushing(container(parts), [PURCHASE]))).toEqual({})
  const byHand = eventTag('1', 'order_done', ['6'], [['items', '{{ecommerce.items}}']])
  const own = {
    tag: [byHand],
    trigger: [customEvent('6', 'purchase')],
    variable: [dataLayerVariable('ecommerce.items')],
  }
  expect(lastQuery(pushing(container(own), [PURCHASE]))).toEqual({})
})

test('an ecommerce object of Universal Analytics is not guessed at', () => {
  const parts = { tag: [ecommerceTag('purchase', '6')], trigger: [customEvent('6', 'purchase')] }
  const old = { event: 'purchase', ecommerce: { purchase: { actionField: { id: 'T1' } } } }
  expect(hitsOf(pushing(container(parts), [old])).at(-1)?.open).toMatchObject({
    value: { code: 'universal-analytics-ecommerce' },
  })
})

test('sources of an event tag win in order: e-commerce, settings variable, settings table, legacy parameters', () => {
  const settings = {
    name: 'settings',
    type: 'gtes',
    parameter: [
      table('eventSettingsTable', [
        ['value', 'variable'],
        ['coupon', 'variable'],
        ['tax', 'variable'],
      ]),
    ],
  }
  const tag = eventTag(
    '1',
    'purchase',
    ['6'],
    [
      ['coupon', 'table'],
      ['tax', 'table'],
    ],
    {
      parameter: [
        boolean('sendEcommerceData', true),
        template('eventSettingsVariable', '{{settings}}'),
        table('eventParameters', [['tax', 'legacy']], ['name', 'value']),
      ],
    },
  )
  const parts = { tag: [tag], trigger: [customEvent('6', 'purchase')], variable: [settings] }
  expect(lastQuery(pushing(container(parts), [PURCHASE]))).toMatchObject({
    'ep.value': 'variable',
    'ep.coupon': 'table',
    'ep.tax': 'legacy',
    'epn.shipping': '2',
  })
})

test('numbers written as constants leave as text, numbers of the data layer as numbers', () => {
  expect(
    sent({ num: 3 }, [
      ['a', '3'],
      ['b', '{{num}}'],
    ]),
  ).toEqual({ 'ep.a': '3', 'epn.b': '3' })
})

test('the Google tag goes first, and its settings ride on every later event', () => {
  const parts = {
    tag: [googleTag('9', undefined, [['site_area', 'shop']]), eventTag('1', 'custom', ['5'])],
    trigger,
  }
  const session = pushing(container(parts), [{ event: 'go' }])
  expect(eventsOf(session)).toEqual(['page_view', 'custom'])
  expect(lastQuery(session)).toEqual({ 'ep.site_area': 'shop' })
  const [first, second] = hitsOf(session).map(({ query }) => Object.fromEntries(query))
  expect(first).toMatchObject({ _fv: '1', _ss: '1', _nsi: '1' })
  expect(second).not.toHaveProperty('_fv')
})

test('settings of the Google tag are frozen when it runs', () => {
  const parts = {
    tag: [googleTag('9', undefined, [['plan', '{{plan}}']]), eventTag('1', 'custom', ['5'])],
    trigger,
    variable: [dataLayerVariable('plan', 'plan', { default: 'free' })],
  }
  expect(lastQuery(pushing(container(parts), [{ event: 'go', plan: 'pro' }]))).toEqual({ 'ep.plan': 'free' })
})

test('an event before the Google tag goes out first, without its settings, and takes the first-visit flags', () => {
  const parts = {
    tag: [googleTag('9', ['2147479573'], [['site_area', 'shop']]), eventTag('1', 'early', ['2147479572'])],
  }
  const session = pushing(container(parts), [])
  expect(eventsOf(session)).toEqual(['early', 'page_view'])
  const [early, view] = hitsOf(session).map(({ query }) => Object.fromEntries(query))
  expect(early).toMatchObject({ _fv: '1', _ss: '1' })
  expect(early).not.toHaveProperty('ep.site_area')
  expect(view).not.toHaveProperty('_fv')
})

test('send_page_view false sends no page_view, and user properties are marked as such', () => {
  const settings = {
    name: 'settings',
    type: 'gtes',
    parameter: [table('userProperties', [['tier', 'gold']], ['name', 'value'])],
  }
  const parts = {
    tag: [
      googleTag('9', undefined, [['send_page_view', 'false']], {
        parameter: [template('eventSettingsVariable', '{{settings}}')],
      }),
      eventTag('1', 'custom', ['5']),
    ],
    trigger,
    variable: [settings],
  }
  const session = pushing(container(parts), [{ event: 'go' }])
  expect(eventsOf(session)).toEqual(['custom'])
  expect(lastQuery(session)).toEqual({ 'up.tier': 'gold' })
})

test('consent stands in gcs, and decides where hits go', () => {
  const parts = { tag: [eventTag('1', 'custom', ['5'])], trigger }
  const [unset] = hitsOf(pushing(container(parts), [{ event: 'go' }]))
  expect(unset?.to).toBe('https://analytics.google.com/g/collect')
  const denied = { ad_storage: 'denied', analytics_storage: 'denied' }
  const [held] = hitsOf(pushing(container(parts), [gtag('consent', 'default', denied), { event: 'go' }]))
  expect(held?.to).toBe('https://www.google-analytics.com/g/collect')
  expect(Object.fromEntries(held?.query ?? [])['gcs']).toBe('G100')
  const granted = gtag('consent', 'update', { ad_storage: 'granted', analytics_storage: 'granted' })
  const session = pushing(container(parts), [gtag('consent', 'default', denied), granted, { event: 'go' }])
  expect(lastQuery(session)).toEqual({ gcs: 'G111' })
})

test('hits go to the server container that the Google tag names', () => {
  const server = [['server_container_url', 'https://sgtm.harbour.example']] as const
  const parts = { tag: [googleTag('9', undefined, server), eventTag('1', 'custom', ['5'])], trigger }
  const session = pushing(container(parts), [{ event: 'go' }])
  expect(hitsOf(session).map(({ to }) => to)).toEqual(Array(2).fill('https://sgtm.harbour.example/g/collect'))
  expect(lastQuery(session)).toEqual({})
})

test('consent given late: the Google tag never comes back, and hits go to Google instead of the server container', () => {
  const basic = {
    consentStatus: 'needed',
    consentType: { type: 'list', list: [{ value: 'analytics_storage' }] },
  }
  const server = [['server_container_url', 'https://sgtm.harbour.example']] as const
  const parts = {
    tag: [
      googleTag('9', undefined, server, { consentSettings: basic }),
      eventTag('1', 'custom', ['5'], [], { consentSettings: basic }),
    ],
    trigger,
  }
  const arranged = container(parts)
  const start = [
    gtag('consent', 'default', { analytics_storage: 'denied' }),
    { 'gtm.start': 0, event: 'gtm.js' },
  ]
  const session = [
    ...start,
    { event: 'go' },
    gtag('consent', 'update', { analytics_storage: 'granted' }),
    { event: 'go' },
  ].reduce<ReturnType<typeof opened>>(push, opened(arranged, PAGE))
  expect(eventsOf(session)).toEqual(['custom'])
  expect(hitsOf(session)[0]?.to).toBe('https://analytics.google.com/g/collect')
  expect(Object.fromEntries(hitsOf(session)[0]?.query ?? [])).toMatchObject({ _fv: '1', _ss: '1' })
})
