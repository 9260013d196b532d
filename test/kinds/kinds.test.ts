/** Laws of the table of kinds: what is said of a kind elsewhere is said of every one. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ALL_KINDS, GA4, GA4_KINDS, KINDS } from '../../src/kinds/kinds.ts'
import type { VariableSpec } from '../../src/resources/resource.ts'
import { tagOf } from '../resources/make-resource.ts'

test.each(['change-set', 'apply-report', 'review'])('the schema of a %s knows every kind', (name) => {
  const text = readFileSync(`schemas/${name}.schema.json`, 'utf8')
  const known = [...new Set([...text.matchAll(/"((?:gtm|ga4)\/[a-z-]+)"/g)].map(([, kind]) => kind))]
  expect(known.sort()).toEqual([...ALL_KINDS].sort())
})

test('no two kinds have one name, one list at Google, or one facet in their keys', () => {
  for (const names of [
    ALL_KINDS.map((kind) => KINDS[kind].title),
    GA4_KINDS.map((kind) => GA4[kind].collection),
    GA4_KINDS.map((kind) => GA4[kind].facet),
  ])
    expect(new Set(names).size).toBe(names.length)
})

test('what carries no mark is never deleted, for nobody could tell whose it is', () => {
  const unmarked = ALL_KINDS.filter((kind) => KINDS[kind].mark === 'none')
  expect(unmarked.map((kind) => KINDS[kind].removal)).toEqual(unmarked.map(() => 'never'))
})

test('a user-data variable is said by its fields, so that a change of one is seen', () => {
  const spec: VariableSpec = {
    type: 'awec',
    parameters: {
      // In whatever order they stand there.
      phone_number: '{{Phone}}',
      mode: 'MANUAL',
      email: '{{Email}}',
    },
    formatValue: {},
    other: {},
  }
  expect(
    KINDS['gtm/variable'].words(
      {
        kind: 'gtm/variable',
        key: 'shop/user-data.shopper#variable',
        name: 'User Data - shopper',
        notes: '',
        spec,
      },
      new Map(),
    ),
  ).toEqual([
    ['Value', 'user-provided data: email from GTM variable Email, phone number from GTM variable Phone'],
  ])
})

test('a label that differs by market is said by what it holds, not by the inner name of its variable', () => {
  const label = '@shop/label#variable'
  const words = KINDS['gtm/tag'].words(
    tagOf('shop/purchase.ads#tag', 'Google Ads - purchase', {
      type: 'awct',
      parameters: { conversionId: '123456789', conversionLabel: `{{${label}}}` },
    }),
    new Map([[label, { type: 'c', parameters: { value: 'AbC-D' }, formatValue: {}, other: {} }]]),
  )
  expect(words).toContainEqual(['Sent to Google Ads', 'as AbC-D'])
})
