/** Where a plan says a name of GTM's: near the one that asks, then anywhere. */
import { expect, test } from 'vitest'
import { placeOfName } from '../../src/plan/place-of-name.ts'

const DOCUMENT = {
  sharedParameters: { shop: { variable: 'Shop' } },
  goals: {
    signup: {
      title: 'Plan',
      trigger: { existing: 'Their form' },
      parameters: { 'plan/of': { variable: 'Plan' } },
    },
    order: { title: 'Order', parameters: {} },
  },
  destinations: { chat: { kind: 'html', html: '<script>chat({{Visitor}})</script>' } },
}

test.each([
  ['Plan', '/goals/signup/title', '/goals/signup/parameters/plan~1of/variable'],
  ['Their form', '/goals/signup/trigger', '/goals/signup/trigger/existing'],
  ['Visitor', '/destinations/chat', '/destinations/chat/html'],
  ['Visitor', '', '/destinations/chat/html'],
  ['Order', '/goals/order/title', undefined],
  ['Shop', '/nowhere/at/all', '/sharedParameters/shop/variable'],
])('%j, asked for by %j, stands at %j', (name, from, at) => {
  expect(placeOfName(DOCUMENT, name, from)).toBe(at)
})
