/** Settings that are always there: what is nobody's, and what stands in a stream that is missing. */
import { expect, test } from 'vitest'
import { diff } from '../../src/diff/diff.ts'
import { ga4ListOf } from '../../src/live/property.ts'
import type { Live, LiveState } from '../../src/live/live.ts'
import type { Ga4Kind, Resource } from '../../src/resources/resource.ts'
import { diffOptions } from '../apply/harness.ts'

const state = (ga4: readonly Live<Ga4Kind>[], stream?: string): LiveState => ({
  plan: 'shop',
  container: { path: 'accounts/1/containers/2', publicId: 'GTM-TEST01', usageContext: ['web'] },
  property: 'properties/1',
  ...(stream === undefined ? {} : { stream }),
  version: { id: '1', path: 'accounts/1/containers/2/versions/1', name: '', description: '' },
  content: { entities: [], builtIns: [], others: [] },
  ga4,
  ga4Reads: 1,
  keyEventList: [],
  ga4Uses: [],
  gtmReads: 3,
})
const scrolls: Resource<'ga4/enhanced-measurement'> = {
  kind: 'ga4/enhanced-measurement',
  key: 'shop/property#enhanced-measurement',
  name: 'settings',
  notes: '',
  origin: '/enhancedMeasurement',
  spec: { scrollsEnabled: false },
}

test('a measurement id that the property does not have is refused at its place', () => {
  const { diagnostics, changeSet } = diff([scrolls], state([]), diffOptions())
  expect(diagnostics).toMatchObject([
    { code: 'stream-is-not-there', severity: 'error', at: '/enhancedMeasurement' },
  ])
  expect(changeSet.changes).toEqual([])
})

test('only what the plan states differs, and what else is set is nobody’s', () => {
  const sent = { name: 'properties/1/dataStreams/2/x', scrollsEnabled: true, streamEnabled: true }
  const live = ga4ListOf('ga4/enhanced-measurement', [sent], { plan: 'shop', listed: new Map() })
  const { changeSet } = diff([scrolls], state(live, 'properties/1/dataStreams/2'), diffOptions())
  expect(changeSet.changes).toMatchObject([
    { action: 'update', cause: 'plan', fields: [{ path: 'scrollsEnabled', before: true, after: false }] },
  ])
  // Two lists are read whether or not anything differs; one request writes, one reads back.
  expect(changeSet.requests.ga4).toBe(1 + 1 + 1)
  const { changeSet: none } = diff([], state(live, 'properties/1/dataStreams/2'), diffOptions())
  expect(none.changes).toEqual([])
})
