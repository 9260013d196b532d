import { expect, test } from 'vitest'
import { dayOf, dayText } from '../../src/analytics/days.ts'
import { periodBefore, periodOf, type Cadence, type WeekStart } from '../../src/analytics/period.ts'
import { standing } from '../../src/analytics/benchmark.ts'
import { rateOf } from '../../src/analytics/tally.ts'

const named = (options: object, cadence: Cadence = 'weekly', weekStart: WeekStart = 'monday') => {
  const { label, first, end } = periodOf({ asOf: dayOf('2021-03-03') ?? 0, ...options }, cadence, weekStart)
  return [label, dayText(first), dayText(end - 1)]
}

test.each<[object, Cadence, WeekStart, string[]]>([
  [{}, 'weekly', 'monday', ['2021-W08', '2021-02-22', '2021-02-28']],
  [{}, 'weekly', 'sunday', ['2021-W08', '2021-02-21', '2021-02-27']],
  [{}, 'weekly', 'saturday', ['2021-W08', '2021-02-20', '2021-02-26']],
  [{}, 'monthly', 'monday', ['2021-02', '2021-02-01', '2021-02-28']],
  [{}, 'quarterly', 'monday', ['2020-Q4', '2020-10-01', '2020-12-31']],
  [{}, 'yearly', 'monday', ['2020', '2020-01-01', '2020-12-31']],
  [{ week: '2020-W53' }, 'weekly', 'monday', ['2020-W53', '2020-12-28', '2021-01-03']],
  [{ week: '2021-W02' }, 'weekly', 'sunday', ['2021-W02', '2021-01-10', '2021-01-16']],
  [{ month: '2021-01' }, 'weekly', 'monday', ['2021-01', '2021-01-01', '2021-01-31']],
])('%j, %s, weeks from %s', (options, cadence, weekStart, wanted) => {
  expect(named(options, cadence, weekStart)).toEqual(wanted)
})

test('a week before the first of the year is of the year before', () => {
  const week = periodOf({ week: '2021-W01', asOf: dayOf('2021-03-03') ?? 0 }, 'weekly', 'monday')
  expect(periodBefore(week, 'monday').label).toBe('2020-W53')
})

test('a rate has no verdict under the least n, nor with an interval across an edge', () => {
  expect(standing(rateOf(9, 789, 'sessions'), 0.012, 0.02)).toBe('not-enough-data')
  expect(standing(rateOf(9, 789, 'sessions'), 0.005, 0.01)).toBe('not-enough-data')
  expect(standing(rateOf(9, 789, 'sessions'), 0.05, 0.1)).toBe('below')
  expect(standing(rateOf(99, 99, 'sessions'), 0.1, 0.2)).toBe('not-enough-data')
  expect(standing(rateOf(600, 10_000, 'sessions'), 0.05, 0.07)).toBe('within')
  expect(standing(rateOf(800, 10_000, 'sessions'), 0.05, 0.07)).toBe('above')
  expect(standing(rateOf(0, 0, 'sessions'), 0.05, 0.07)).toBe('not-enough-data')
})
