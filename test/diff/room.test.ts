/** Lists of which a property holds so many, whoever made them. */
import { expect, test } from 'vitest'
import { diff } from '../../src/diff/diff.ts'
import type { Live } from '../../src/live/live.ts'
import { ga4ListOf } from '../../src/live/property.ts'
import type { Diagnostic } from '../../src/plan/diagnostic.ts'
import type { Ga4Kind, Resource } from '../../src/resources/resource.ts'
import { diffOptions } from '../apply/harness.ts'
import { liveStateOf } from './live-state.ts'

const wanted = (id: string): Resource<'ga4/audience'> => ({
  kind: 'ga4/audience',
  key: `shop/${id}#audience`,
  name: id,
  notes: '',
  origin: `/audiences/${id}`,
  spec: { displayName: id, description: '', membershipDurationDays: 30, filterClauses: [] },
})

function others(count: number): readonly Live<Ga4Kind>[] {
  const sent = Array.from({ length: count }, (_, index) => ({
    name: `properties/1/audiences/${index + 1}`,
    displayName: `Theirs ${index}`,
    membershipDurationDays: 30,
  }))
  return ga4ListOf('ga4/audience', sent, { plan: 'shop', listed: new Map() })
}

test('more audiences than a property holds are told beforehand, those of others counted', () => {
  const found = (theirs: number): readonly Diagnostic[] =>
    diff([wanted('a'), wanted('b')], liveStateOf({ ga4: others(theirs) }), diffOptions()).diagnostics
  expect(found(98)).toEqual([])
  expect(found(99)).toMatchObject([
    {
      code: 'property-has-room',
      severity: 'warning',
      at: '/audiences/b',
      message:
        'With the audiences of the plan the property would hold 101, and a standard one holds 100: GA4 refuses what is beyond that.',
    },
  ])
  // Whoever has that many already has a property that holds more.
  expect(found(120)).toEqual([])
})
