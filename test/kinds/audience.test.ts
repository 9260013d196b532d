/** The rule of an audience in GA4's own form: exactly what Google documents, and back again. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { filterWords } from '../../src/kinds/audience-filter-words.ts'
import { audience } from '../../src/kinds/audience.ts'
import {
  audienceClauses,
  audienceRule,
  normalClauses,
  type AudienceRule,
} from '../../src/kinds/audience-rule.ts'
import type { Json } from '../../src/resources/resource.ts'

const ACROSS = 'AUDIENCE_FILTER_SCOPE_ACROSS_ALL_SESSIONS'
const SAME_EVENT = 'AUDIENCE_FILTER_SCOPE_WITHIN_SAME_EVENT'
const NOBODY: AudienceRule = { did: [], didNot: [], inOrder: [] }
const of = (...leaves: Json[]): Json => ({
  andGroup: { filterExpressions: leaves.map((leaf) => ({ orGroup: { filterExpressions: [leaf] } })) },
})
const event = (eventName: string): Json => ({ eventFilter: { eventName } })

describe('written as Google documents it', () => {
  test('who did two things and not a third', () => {
    expect(audienceClauses({ ...NOBODY, did: ['add_to_cart', 'view_item'], didNot: ['purchase'] })).toEqual([
      { clauseType: 'EXCLUDE', simpleFilter: { scope: ACROSS, filterExpression: of(event('purchase')) } },
      {
        clauseType: 'INCLUDE',
        simpleFilter: { scope: ACROSS, filterExpression: of(event('add_to_cart'), event('view_item')) },
      },
    ])
  })

  test('who did none of two things in the last days: one group, so that either leaves out', () => {
    const recent = (eventName: string): Json => ({
      eventFilter: {
        eventName,
        eventParameterFilterExpression: {
          andGroup: {
            filterExpressions: [
              {
                dimensionOrMetricFilter: {
                  fieldName: 'eventCount',
                  inAnyNDayPeriod: 30,
                  numericFilter: { operation: 'GREATER_THAN', value: { int64Value: '0' } },
                },
              },
            ],
          },
        },
      },
    })
    const rule = { ...NOBODY, did: ['search'], didNot: ['purchase', 'lead'], withinDays: 30 }
    expect(audienceClauses(rule)[0]).toEqual({
      clauseType: 'EXCLUDE',
      simpleFilter: {
        scope: ACROSS,
        filterExpression: {
          andGroup: {
            filterExpressions: [{ orGroup: { filterExpressions: [recent('lead'), recent('purchase')] } }],
          },
        },
      },
    })
  })

  test('who did one thing twice, within days', () => {
    const rule = { ...NOBODY, inOrder: ['view_pricing', 'view_pricing'], withinDays: 7 }
    expect(audienceClauses(rule)).toEqual([
      {
        clauseType: 'INCLUDE',
        sequenceFilter: {
          scope: ACROSS,
          sequenceSteps: [
            { scope: SAME_EVENT, filterExpression: of(event('view_pricing')) },
            { scope: SAME_EVENT, constraintDuration: '604800s', filterExpression: of(event('view_pricing')) },
          ],
        },
      },
    ])
  })
})

const name = fc.constantFrom('a', 'b_c', 'purchase', 'view_item')
const names = fc.uniqueArray(name, { maxLength: 3 }).map((all) => all.sort())
const rules = fc
  .record({ did: names, didNot: names, inOrder: fc.array(name, { maxLength: 3 }) })
  .chain((rule) => {
    const days = fc.integer({ min: 1, max: 60 }).map((withinDays) => ({ ...rule, withinDays }))
    // Between a single step and nothing there is no time.
    const bounds = rule.inOrder.length > 1 || (rule.inOrder.length === 0 && rule.didNot.length > 0)
    return bounds ? fc.oneof(fc.constant(rule), days) : fc.constant(rule)
  })

test('what is written is read again as it was, whatever Google leaves out and in which order', () => {
  fc.assert(
    fc.property(rules, (rule: AudienceRule) => {
      const sent = withoutZeros([...audienceClauses(rule)].reverse()) as readonly Json[]
      expect(audienceRule(sent)).toEqual(rule)
    }),
  )
})

/** As protocol buffers are written: what is zero is left out. */
function withoutZeros(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(withoutZeros)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).flatMap(([field, inner]) =>
    inner === '0' || inner === undefined ? [] : [[field, withoutZeros(inner)] as const],
  )
  return Object.fromEntries(entries)
}

test('what the plan has no words for is said whole, and nothing of it is lost', () => {
  const video: Json = {
    clauseType: 'INCLUDE',
    simpleFilter: {
      scope: ACROSS,
      filterExpression: of({
        eventFilter: {
          eventName: 'video_complete',
          eventParameterFilterExpression: {
            andGroup: {
              filterExpressions: [
                {
                  dimensionOrMetricFilter: {
                    fieldName: 'videoTitle',
                    stringFilter: { matchType: 'EXACT', value: 'Tour' },
                  },
                },
              ],
            },
          },
        },
      }),
    },
  }
  expect(audienceRule([video])).toBeUndefined()
  expect(normalClauses([video])).toEqual([video])
  const spec = audience.fromWire({ displayName: 'Fans', membershipDurationDays: 90, filterClauses: [video] })
  expect(
    new Map(audience.words({ kind: 'ga4/audience', key: '', name: '', notes: '', spec }, new Map())).get(
      'Filter',
    ),
  ).toBe('include: video_complete with videoTitle exact "Tour" (across all sessions)')
})

test('a raw filter is read in words, and two that differ never read alike', () => {
  const test_ = (fields: Json): Json => ({
    dimensionOrMetricFilter: { fieldName: 'country', ...(fields as object) },
  })
  const either: Json = {
    andGroup: {
      filterExpressions: [
        {
          orGroup: {
            filterExpressions: [
              test_({ stringFilter: { matchType: 'CONTAINS', value: 'Oman' } }),
              { notExpression: test_({ inListFilter: { values: ['Qatar', 'Kuwait'] } }) },
            ],
          },
        },
        { orGroup: { filterExpressions: [{ eventFilter: { eventName: 'purchase' } }] } },
      ],
    },
  }
  const steps: Json = {
    clauseType: 'EXCLUDE',
    sequenceFilter: {
      scope: ACROSS,
      sequenceMaximumDuration: '86400s',
      sequenceSteps: [
        { scope: ACROSS, filterExpression: of({ eventFilter: { eventName: 'a' } }) },
        {
          scope: ACROSS,
          immediatelyFollows: true,
          filterExpression: of({ eventFilter: { eventName: 'b' } }),
        },
      ],
    },
  }
  const simple: Json = { clauseType: 'INCLUDE', simpleFilter: { scope: ACROSS, filterExpression: either } }
  expect(filterWords([simple, steps])).toBe(
    'include: (country contains "Oman" or not country inListFilter values "Qatar", "Kuwait") and purchase (across all sessions); ' +
      'exclude: a (across all sessions), then b (across all sessions, immediatelyFollows true) (across all sessions, sequenceMaximumDuration 86400s)',
  )
  // Each text and number in it counts.
  const said = JSON.stringify([simple, steps])
  for (const [found] of said.matchAll(/(?<=:)"[^"]+"|(?<=[[,])"[^"]+"(?=[\],])/g)) {
    const other = said.replace(found, '"OTHER"')
    expect(filterWords(JSON.parse(other) as Json[]), other).not.toBe(filterWords([simple, steps]))
  }
  const oneText = JSON.parse(said.replace('"Qatar","Kuwait"', '"Qatar, Kuwait"')) as Json[]
  expect(filterWords(oneText)).not.toBe(filterWords([simple, steps]))
})

test('a number in a filter is the text that Google answers with', () => {
  const more = (value: Json): Json => ({
    clauseType: 'INCLUDE',
    simpleFilter: {
      scope: ACROSS,
      filterExpression: of({
        dimensionOrMetricFilter: {
          fieldName: 'eventCount',
          numericFilter: { operation: 'GREATER_THAN', value },
        },
      }),
    },
  })
  expect(normalClauses([more({ int64Value: 2 })])).toEqual([more({ int64Value: '2' })])
  expect(normalClauses([more({ int64Value: 0 })])).toEqual(normalClauses([more({})]))
})
