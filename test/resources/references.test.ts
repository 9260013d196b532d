import { expect, test } from 'vitest'
import { referencesOf, withReferences } from '../../src/resources/references.ts'
import type { Resource } from '../../src/resources/resource.ts'
import { tagOf } from './make-resource.ts'

const tag = tagOf('shop/a#tag', 'A', {
  parameters: { html: '{{Page URL}}' },
  firingTriggers: ['A', 'B'],
})

test('which triggers fire a tag is a set: read with other names, it has an order of its own again', () => {
  const renamed = withReferences(tag, (_, ref) => (ref === 'A' ? 'Z' : ref))
  expect(renamed.spec.firingTriggers).toEqual(['B', 'Z'])
})

test('GA4 knows no references: braces there are braces', () => {
  const dimension: Resource<'ga4/custom-dimension'> = {
    kind: 'ga4/custom-dimension',
    key: 'shop/place#custom-dimension',
    name: 'Place',
    spec: { parameterName: 'place', displayName: 'Place', scope: 'EVENT', description: 'like {{Page URL}}' },
    notes: '',
  }
  expect(referencesOf(tag)).toContainEqual({ kind: 'gtm/variable', ref: 'Page URL' })
  expect(referencesOf(dimension)).toEqual([])
  expect(withReferences(dimension, () => 'x')).toEqual(dimension)
})
