import { expect, test } from 'vitest'
import { jsonOf } from '../../src/proof/timeline.ts'

test('what is pushed twice is shown twice; only what holds itself is cut', () => {
  const granted = { ad_storage: 'granted' }
  expect(jsonOf([granted, { again: granted }])).toBe(
    '[{"ad_storage":"granted"},{"again":{"ad_storage":"granted"}}]',
  )
  const own: { self?: unknown; list: unknown[] } = { list: [] }
  own.self = own
  own.list.push(own)
  expect(jsonOf(own)).toBe('{"list":["…"],"self":"…"}')
})
