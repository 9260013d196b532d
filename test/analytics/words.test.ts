/** Sentences whose figures must add up for who reads them. */
import { expect, test } from 'vitest'
import {
  benchmarkWords,
  partTargetWords,
  stageWords,
  targetWords,
} from '../../src/analytics/scorecard-words.ts'

const reached = (value: number) => ({ value, low: value / 2, high: value * 2, n: 6 })

test('a target says its number so that the share reached can be worked out', () => {
  const target = { kind: 'count', text: '40 per month', status: 'cannot-tell' } as const
  expect(targetWords({ ...target, wanted: 9.09, progress: reached(0.66) })).toContain(', 9.1 in these days')
  expect(targetWords({ ...target, wanted: 78.2, progress: reached(0.66) })).toContain(', 78 in these days')
})

test('who is behind has not reached all of it, however near the interval comes', () => {
  const target = { kind: 'count', text: '100 per week', wanted: 100, status: 'behind' } as const
  const progress = { value: 0.8, low: 0.634, high: 0.9957, n: 80 }
  expect(targetWords({ ...target, progress })).toContain('behind, 80 % (63 % to under 100 %) of it reached')
})

test('a part of whom nobody came has no count of sessions', () => {
  expect(
    partTargetWords({
      part: 'Kuwait',
      target: {
        kind: 'count',
        text: '100 per month',
        wanted: 23,
        progress: { unknown: 'no-data' },
        status: 'not-enough-data',
      },
    }),
  ).toBe('Kuwait: target 100 per month: no data')
})

test('a benchmark stands behind what was seen', () => {
  const rate = { k: 38, n: 2663, of: 'sessions', value: 0.014, low: 0.01, high: 0.02 }
  const range = { device: 'mobile', low: 0.02, high: 0.03 } as const
  expect(benchmarkWords({ ...range, rate, verdict: 'below' })).toBe(
    'mobile: 1.4 % (1.0 % to 2.0 %, n 2,663), against 2.0 % to 3.0 %: below',
  )
  expect(benchmarkWords({ ...range, rate: { unknown: 'no-data' }, verdict: 'not-enough-data' })).toBe(
    'mobile: no data, against 2.0 % to 3.0 %',
  )
})

test('shares are said by stage where there are several', () => {
  const assisted = { goal: 'purchase', occurrences: 2, total: 30, valued: 'measured' as const, shares: [] }
  const stages = [
    { stage: 'look', value: 10 },
    { stage: '', value: 20 },
  ]
  expect(stageWords({ ...assisted, stages }, 'USD')).toEqual(['by stage: look 10 USD, none 20 USD'])
  expect(stageWords({ ...assisted, stages: stages.slice(0, 1) }, 'USD')).toEqual([])
})
