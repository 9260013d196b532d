/** The plan's list of key events: what a run is about to do, so that the next one can tell it from a hand. */
import { expect, test } from 'vitest'
import { diff } from '../../src/diff/diff.ts'
import { listedOf, NOTHING_LISTED, type ListedKeyEvent } from '../../src/live/listed.ts'
import { ga4ListOf } from '../../src/live/property.ts'
import { hashOf } from '../../src/resources/marker.ts'
import type { Resource } from '../../src/resources/resource.ts'
import { diffOptions } from '../apply/harness.ts'
import { constantOf } from '../resources/make-resource.ts'
import { liveStateOf } from './live-state.ts'

const leads = (numericValue: number): Resource<'ga4/key-event'> => ({
  kind: 'ga4/key-event',
  key: 'shop/lead#key-event',
  name: 'lead',
  notes: '',
  spec: {
    eventName: 'lead',
    countingMethod: 'ONCE_PER_EVENT',
    defaultValue: { numericValue, currencyCode: 'EUR' },
  },
})

test('one that was to leave and is wanted again as before says what stands there now, if that is another', () => {
  const entry = { property: '1', event: 'lead', hash: hashOf(leads(5)), found: false, leaving: '7' }
  const from = { plan: 'shop', listed: new Map([['lead', entry]]) }
  const sent = { name: 'properties/1/keyEvents/7', ...leads(8).spec }
  const ga4 = ga4ListOf('ga4/key-event', [sent], from)
  const version = constantOf('shop/version#variable', 'Plan version', 'shop')
  const live = liveStateOf({ ga4, listed: { ...NOTHING_LISTED, keyEvents: [entry] } })
  const { changeSet } = diff([leads(5), version], live, diffOptions())
  const made = changeSet.changes.find(({ key }) => key === version.key)
  const next: ListedKeyEvent = { property: '1', event: 'lead', hash: hashOf(leads(5)), found: false }
  expect(listedOf(made?.desired?.notes ?? '').keyEvents).toEqual([{ ...next, was: hashOf(leads(8)) }])
})
