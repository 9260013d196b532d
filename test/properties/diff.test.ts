/** Laws of comparing and ordering, without any network. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Change } from '../../src/resources/change-set.ts'
import { canonicalJson } from '../../src/resources/canonical-json.ts'
import type { Resource } from '../../src/resources/resource.ts'
import { diff } from '../../src/diff/diff.ts'
import { inDependencyOrder } from '../../src/diff/order.ts'
import { fieldChanges } from '../../src/diff/field-changes.ts'
import { containerOf } from '../../src/live/container.ts'
import { listedOf, withListed } from '../../src/live/listed.ts'
import { withRenamed } from '../../src/live/sent.ts'
import { keysUsedBy } from '../../src/resources/references.ts'
import { diffOptions } from '../apply/harness.ts'
import { resourcesOf, SHOP } from '../apply/make-resources.ts'
import { liveStateOf } from '../diff/live-state.ts'

const EMPTY = liveStateOf({ plan: 'outfitters', property: 'properties/345000001' })

const resources = resourcesOf(SHOP)
const shuffled = fc.shuffledSubarray([...resources], { minLength: resources.length })

describe('diff', () => {
  test('the order in which the plan lists things makes no difference', () => {
    const { changeSet } = diff(resources, EMPTY, diffOptions())
    fc.assert(
      fc.property(shuffled, (other) => {
        expect(diff(other, EMPTY, diffOptions()).changeSet).toEqual(changeSet)
      }),
      { numRuns: 50 },
    )
  })

  test('it holds no id of Google’s', () => {
    const tag = { tagId: '987654321', name: 'GA4 Event - signup', type: 'html' }
    const live = { ...EMPTY, content: containerOf({ tag: [tag] }, { plan: 'outfitters' }) }
    expect(JSON.stringify(diff(resources, live, diffOptions()))).not.toContain('987654321')
  })
})

describe('order', () => {
  test('everything comes after what it refers to', () => {
    fc.assert(
      fc.property(shuffled, (some) => {
        const ordered = inDependencyOrder(some)
        const place = new Map(ordered.map((resource, index) => [`${resource.kind} ${resource.key}`, index]))
        for (const [index, resource] of ordered.entries()) {
          for (const { kind, key } of keysUsedBy(resource)) {
            expect(place.get(`${kind} ${key}`) ?? -1).toBeLessThan(index)
          }
        }
      }),
      { numRuns: 50 },
    )
  })

  test('nothing gets lost, even where things refer to each other in a circle', () => {
    const circle: readonly Resource[] = ['a', 'b'].map((id, index) => ({
      kind: 'gtm/variable',
      key: `outfitters/${id}#variable`,
      name: id,
      spec: {
        type: 'jsm',
        parameters: { javascript: `{{@outfitters/${index === 0 ? 'b' : 'a'}#variable}}` },
        formatValue: {},
        other: {},
      },
      notes: '',
    }))
    expect(inDependencyOrder(circle)).toHaveLength(2)
  })

  test('key events are created after the container has been written, GTM’s deletes after its creates', () => {
    const { changes } = diff(resources, EMPTY, diffOptions()).changeSet
    const first = (test: (change: Change) => boolean): number => changes.findIndex(test)
    const last = (test: (change: Change) => boolean): number => changes.findLastIndex(test)
    expect(first(({ kind }) => kind === 'ga4/key-event')).toBeGreaterThan(
      last(({ kind }) => kind.startsWith('gtm/')),
    )
    expect(first(({ kind }) => kind === 'gtm/tag')).toBeGreaterThan(
      last(({ kind }) => kind === 'gtm/trigger'),
    )
  })
})

describe('fields', () => {
  test('equal values have no changes, others have some', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        expect(fieldChanges(a, a)).toEqual([])
        expect(fieldChanges(a, b).length > 0).toBe(canonicalJson(a) !== canonicalJson(b))
      }),
      {
        examples: [
          [[], [null]],
          [{}, { a: null }],
        ],
      },
    )
  })

  test('a row put into a table is one change', () => {
    const row = (parameter: string, parameterValue: string): object => ({ parameter, parameterValue })
    const before = { table: [row('a', '1'), row('b', '2')] }
    const after = { table: [row('new', '0'), row('a', '1'), row('b', '3')] }
    expect(fieldChanges(before, after)).toEqual([
      { path: 'table[0]', after: row('new', '0') },
      { path: 'table[2].parameterValue', before: '2', after: '3' },
    ])
    expect(fieldChanges(before, { table: [...before.table].reverse() })).toEqual([
      { path: 'table', before: ['a', 'b'], after: ['b', 'a'] },
    ])
  })
})

describe('names', () => {
  test('two variables may swap their names', () => {
    const swap = new Map([
      ['A', 'B'],
      ['B', 'A'],
    ])
    const sent = {
      name: '{{A}}',
      value: '{{A}} {{B}} {{C}}',
      notes: '{{A}}',
      setupTag: [{ tagName: 'A', stopOnSetupFailure: true }],
      teardownTag: [{ tagName: 'C' }],
    }
    expect(withRenamed(sent, { variables: swap, tags: new Map() })).toEqual({
      ...sent,
      value: '{{B}} {{A}} {{C}}',
    })
    expect(withRenamed(sent, { variables: new Map(), tags: swap })).toEqual({
      ...sent,
      setupTag: [{ tagName: 'B', stopOnSetupFailure: true }],
    })
  })
})

test('the list of GA4 reads as it was written, whatever stands above it', () => {
  const property = fc.stringMatching(/^\d{1,10}$/)
  const hash = fc.stringMatching(/^[0-9a-f]{12}$/)
  const keyEvent = fc.record({
    property,
    event: fc.stringMatching(/^[a-z][a-z0-9_]{0,39}$/),
    hash,
    found: fc.boolean(),
  })
  const setting = fc.record({
    property,
    thing: fc.constantFrom('property', 'google-ads-link/1234567890', 'bigquery-link/projects%2F1'),
    field: fc.constantFrom('currencyCode', 'adsPersonalizationEnabled'),
    hash,
  })
  fc.assert(
    fc.property(fc.array(keyEvent), fc.array(setting), (keyEvents, settings) => {
      const sorted = (list: readonly object[]): readonly string[] =>
        list.map((each) => canonicalJson(each)).sort()
      const read = listedOf(withListed('Plan: plan.yaml\nA line', { keyEvents, settings }))
      expect(sorted(read.keyEvents)).toEqual(sorted(keyEvents))
      expect(sorted(read.settings)).toEqual(sorted(settings))
    }),
  )
})
