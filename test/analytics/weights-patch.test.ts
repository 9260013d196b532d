/** Which weights are offered to the plan. */
import { expect, test } from 'vitest'
import { weightOffers } from '../../src/analytics/weights-patch.ts'
import type { GoalWeights, MicroWeight } from '../../src/analytics/weights.ts'
import { storePlan } from './measure-sample.ts'

const micro = (id: string, more: Partial<MicroWeight>): MicroWeight => {
  const weight = { value: 0.05, low: 0.04, high: 0.06, n: 1500 }
  return {
    micro: id,
    table: { a: 75, b: 1425, c: 5, d: 1000 },
    weight,
    difference: weight,
    oddsRatio: weight,
    phi: weight,
    coefficient: 1,
    q: 0.001,
    halves: [weight, weight],
    drifting: false,
    strata: [],
    verdict: 'predictive',
    reason: '',
    ...more,
  }
}

test('what drifts is named and not written, what is not predictive is neither', async () => {
  const goals: readonly GoalWeights[] = [
    {
      goal: 'purchase',
      sessions: 2505,
      done: 80,
      micros: [
        micro('item_viewed', {}),
        micro('search', { drifting: true }),
        micro('page_scrolled', { verdict: 'weak', drifting: true }),
      ],
      pairs: [],
      check: { sessions: 0, baseRate: 0, summedWeights: 0, adjustedModel: 0, calibration: [] },
    },
  ]
  const offers = weightOffers(goals, await storePlan(), '2026-03-10', '2026-01-05..2026-02-23')
  expect(offers.map(({ micro: id, drifting, edits }) => [id, drifting, edits.length])).toEqual([
    ['item_viewed', false, 6],
    ['search', true, 0],
  ])
})
