import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { renderReviewJson } from '../../src/render/review-json.ts'
import { edited, reviewOf, SHOP } from './sides.ts'

const schema = JSON.parse(readFileSync('schemas/review.schema.json', 'utf8')) as Record<string, unknown>
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema)

test.each([
  ['nothing changed', SHOP, SHOP],
  ['a new plan', undefined, SHOP],
  ['a plan that is gone', SHOP, undefined],
  ['errors', SHOP, edited(SHOP, ['feeds: [purchase]', 'feeds: [purchse]'])],
  ['no plan at all', SHOP, 'goals: ['],
  [
    'a bit of everything',
    edited(
      SHOP,
      ['weight: 0.04', 'weight: 0.05'],
      ['mode: advanced', 'mode: basic'],
      [/ {6}size_guide_read:[\s\S]*?(?=\n {6}product_film)/, ''],
    ),
    SHOP,
  ],
])('what is printed is what the schema says: %s', async (_, before, after) => {
  const value: unknown = JSON.parse(renderReviewJson(await reviewOf(before, after)))
  validate(value)
  expect(validate.errors ?? []).toEqual([])
})
