import { expect, test } from 'vitest'
import { called, EMPTY_DATA_LAYER, pushed, readFlat, readTree } from '../../src/runtime/core/data-layer.ts'

const after = (...messages: readonly { readonly [key: string]: unknown }[]) =>
  messages.reduce(pushed, EMPTY_DATA_LAYER)

test('version 1 keeps the key as it was pushed, dots included', () => {
  const layer = after({ 'a.b': 1 }, { a: { c: 2 } })
  expect(readFlat(layer, 'a.b')).toBe(1)
  expect(readFlat(layer, 'a')).toEqual({ c: 2 })
  expect(readFlat(layer, 'toString')).toBeUndefined()
})

test('version 2 expands dots and merges objects by key', () => {
  const layer = after({ 'a.b': 1 }, { a: { c: 2 } })
  expect(readTree(layer, 'a')).toEqual({ b: 1, c: 2 })
  expect(readTree(layer, 'a.b')).toBe(1)
})

test('arrays merge by index, everything else overwrites', () => {
  const layer = after({ items: [{ id: 1 }, { id: 2 }], at: 'x' }, { items: [{ name: 'n' }], at: null })
  expect(readTree(layer, 'items')).toEqual([{ id: 1, name: 'n' }, { id: 2 }])
  expect(readTree(layer, 'at')).toBeNull()
})

test('a purchase after ecommerce: null has no items of the push before; without it they survive by index', () => {
  const first = { ecommerce: { items: [{ item_id: 'A' }, { item_id: 'B' }] } }
  const second = { ecommerce: { items: [{ item_id: 'C' }] } }
  expect(readTree(after(first, { ecommerce: null }, second), 'ecommerce.items')).toEqual([{ item_id: 'C' }])
  expect(readTree(after(first, second), 'ecommerce.items')).toEqual([{ item_id: 'C' }, { item_id: 'B' }])
})

test('_clear replaces instead of merging, for the keys of that message', () => {
  const layer = after({ a: { b: 1 }, d: { e: 1 } }, { a: { c: 2 }, _clear: true })
  expect(readTree(layer, 'a')).toEqual({ c: 2 })
  expect(readTree(layer, 'd')).toEqual({ e: 1 })
})

test('a path through null reads as false, through a missing key as undefined', () => {
  const layer = after({ a: null, e: '' })
  expect(readTree(layer, 'a.b')).toBe(false)
  expect(readTree(layer, 'c.d')).toBeUndefined()
  expect(readTree(layer, 'e')).toBe('')
})

test('a command calls a method of a stored value', () => {
  const layer = called(after({ cart: ['a'] }), ['cart.push', 'b'])
  expect(readTree(layer, 'cart')).toEqual(['a', 'b'])
  expect(called(layer, ['cart.fly', 'b'])).toBe(layer)
})

test('what the page does to its object later changes nothing', () => {
  const own = { list: [1] }
  const layer = after({ own })
  own.list.push(2)
  expect(readTree(layer, 'own.list')).toEqual([1])
})
