import { describe, expect, test } from 'vitest'
import { estimateSeconds, freeAt, NO_TRAFFIC, QUOTA, type Traffic } from '../../src/google/quota.ts'

const answeredAt = (times: readonly number[], write = false): Traffic => ({
  ...NO_TRAFFIC,
  answered: times.map((at) => ({ at, write })),
})
const together = (count: number, at = 0): number[] => Array<number>(count).fill(at)
const seconds = (count: number): number => count * 1000

describe('when the next request to Tag Manager may start', () => {
  test.each([
    ['nothing has been asked', [], -Infinity],
    ['14 were answered at once', together(14), -Infinity],
    ['15 were answered at once: after a minute', together(15), seconds(60)],
    ['15, one a second: when the first has left the minute', [...Array(15).keys()].map(seconds), seconds(60)],
    [
      '25 in 100 seconds: when the first has left them',
      [...together(10), ...together(15, seconds(60))],
      seconds(120),
    ],
    ['24, the minute free again: at once', [...together(14), ...together(10, seconds(61))], seconds(60)],
  ])('%s', (_name, times, free) => {
    expect(freeAt(QUOTA.gtm, answeredAt(times), true)).toBe(free)
  })

  test('requests under way fill places, and with all of them out an answer has to come first', () => {
    const lane = { windows: [{ limit: 3, ms: 1000 }], atOnce: 9 }
    const underWay = (all: number): Traffic => ({
      answered: [{ at: 5, write: false }],
      underWay: { all, writes: 0 },
    })
    expect(freeAt(lane, underWay(1), false)).toBe(-Infinity)
    expect(freeAt(lane, underWay(2), false)).toBe(1005)
    expect(freeAt(lane, underWay(3), false)).toBe(Infinity)
  })

  test('after "too fast" there are no bursts: one every 4 seconds, then half as fast', () => {
    const one = answeredAt([0])
    expect([1, 2, 3].map((level) => freeAt(QUOTA.gtm, one, true, level))).toEqual([4000, 8000, 16_000])
    expect(freeAt(QUOTA.gtm, { answered: [], underWay: { all: 1, writes: 1 } }, true, 1)).toBe(Infinity)
  })
})

test('GA4 counts writes apart: 180 a minute, while reads go on', () => {
  const writes = answeredAt(together(180), true)
  expect(freeAt(QUOTA.ga4, writes, true)).toBe(seconds(60))
  expect(freeAt(QUOTA.ga4, writes, false)).toBe(-Infinity)
  expect(freeAt(QUOTA.ga4, answeredAt(together(600)), false)).toBe(seconds(60))
})

describe('the estimate', () => {
  test.each([
    [0, 0, 0],
    [4, 0, 2], // a diff
    [9, 0, 5], // an apply with publish: nothing waits, only answers take their time
    [15, 0, 8],
    [16, 0, 61], // the first one that has to wait
    [9, 80, 8],
    [0, 400, 123],
  ])('%i GTM and %i GA4 requests take %i seconds', (gtm, ga4, expected) => {
    expect(estimateSeconds(gtm, ga4)).toBe(expected)
  })

  test('one call per entity for 300 conversions runs at the published pace of 25 in 100 seconds', () => {
    const pace = estimateSeconds(900, 0) / 900
    expect(pace).toBeGreaterThan(3.8)
    expect(pace).toBeLessThan(4.2)
  })
})
