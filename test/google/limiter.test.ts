import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Limiter, type Waiting } from '../../src/google/limiter.ts'
import { QUOTA, type Api, type Request } from '../../src/google/quota.ts'
import { FastClock } from './connect-to.ts'

interface Made {
  readonly api: Api
  readonly write: boolean
  readonly start: number
  readonly end: number
}

interface Wish {
  readonly api: Api
  readonly write: boolean
  /** How long Google takes to answer. */
  readonly takes: number
  /** Pause before asking for a place. */
  readonly after: number
  readonly refused: boolean
}

const wish: fc.Arbitrary<Wish> = fc.record({
  api: fc.constantFrom<Api>('gtm', 'gtm', 'gtm', 'ga4'),
  write: fc.boolean(),
  takes: fc.integer({ min: 0, max: 30_000 }),
  after: fc.constantFrom(0, 0, 0, 0, 1, 500, 7000, 90_000),
  refused: fc.integer({ min: 0, max: 19 }).map((n) => n === 0),
})

/** Several callers, each making its requests one after the other, all at the same time. */
async function run(callers: readonly (readonly Wish[])[]): Promise<{ made: Made[]; waits: Waiting[] }> {
  const clock = new FastClock()
  const made: Made[] = []
  const waits: Waiting[] = []
  const limiter = new Limiter(clock, (waiting) => waits.push(waiting))
  const caller = async (wishes: readonly Wish[]): Promise<void> => {
    for (const { api, write, takes, after, refused } of wishes) {
      if (after > 0) await clock.sleep(after)
      const place = await limiter.place(api, 'do something', write)
      const start = clock.now()
      if (takes > 0) await clock.sleep(takes)
      await place.answered()
      if (refused) place.refused(2000)
      made.push({ api, write, start, end: clock.now() })
    }
  }
  await Promise.all(callers.map(caller))
  return { made, waits }
}

/**
 * The most that Google can count in one window: it counts each request somewhere between start and end, and the worst
 * case is that the early ones of a window are counted late and the late ones early.
 */
function mostInWindow(made: readonly Made[], ms: number): number {
  return Math.max(
    0,
    ...made.map(({ end }) => made.filter((other) => other.end >= end && other.start < end + ms).length),
  )
}

/** All that can go on without time has gone on. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const callers = fc.array(fc.array(wish, { maxLength: 40 }), { minLength: 1, maxLength: 6 })

describe('the limiter', () => {
  test('never lets more pass than the windows allow, however slow the answers are, and always comes to an end', async () => {
    await fc.assert(
      fc.asyncProperty(callers, async (wishes) => {
        const { made } = await run(wishes)
        expect(made).toHaveLength(wishes.flat().length)
        for (const api of ['gtm', 'ga4'] as const) {
          for (const { limit, ms, writesOnly } of QUOTA[api].windows) {
            const counted = made.filter((each) => each.api === api && (each.write || writesOnly !== true))
            expect(mostInWindow(counted, ms)).toBeLessThanOrEqual(limit)
          }
        }
      }),
      { numRuns: 200 },
    )
  })

  test('an answer that comes while others’ requests are read wakes who waits for it', async () => {
    let read = (): void => undefined
    const memory = {
      others: () => new Promise<readonly Request[]>((resolve) => (read = () => resolve([]))),
      note: () => Promise.resolve(),
    }
    const one = { windows: QUOTA.ga4.windows, atOnce: 1 }
    const limiter = new Limiter(new FastClock(), undefined, { ...QUOTA, ga4: one }, memory)
    const asking = limiter.place('ga4', 'the first', true)
    await turn()
    read()
    const first = await asking
    const second = limiter.place('ga4', 'the second', true)
    await turn()
    await first.answered()
    read()
    expect(await Promise.race([second.then(() => 'started'), turn().then(() => 'waits for ever')])).toBe(
      'started',
    )
  })

  test('lets a small apply pass without any wait', async () => {
    const nine: Wish[] = Array<Wish>(9).fill({
      api: 'gtm',
      write: true,
      takes: 100,
      after: 0,
      refused: false,
    })
    expect((await run([nine])).waits).toEqual([])
  })

  test('holds everybody back after "too fast", goes without bursts after the second, then forgets it', async () => {
    const plain: Wish = { api: 'gtm', write: true, takes: 0, after: 0, refused: false }
    const refused = { ...plain, refused: true }
    const { made } = await run([
      [refused, plain, plain, refused, plain, plain, { ...plain, after: 220_000 }, plain],
    ])
    const starts = made.map(({ start }) => start)
    const gaps = starts.slice(1).map((start, index) => start - (starts[index] ?? 0))
    expect(gaps).toEqual([2000, 0, 0, 4000, 4000, 220_000, 0])
  })

  test('takes refusals of requests that were under way together for one', async () => {
    const plain: Wish = { api: 'gtm', write: true, takes: 0, after: 0, refused: false }
    const together = { ...plain, takes: 100, refused: true }
    const { made } = await run([[together, plain, plain], [together]])
    const after = made
      .map(({ start, end }) => (start === end ? start : undefined))
      .filter((each) => each !== undefined)
    // Once is chance: what follows goes in one burst, and not at the pace of somebody who shares the quota.
    expect(after).toHaveLength(2)
    expect(new Set(after).size).toBe(1)
  })

  test('is held back by another caller’s refusal too', async () => {
    const plain: Wish = { api: 'gtm', write: true, takes: 0, after: 0, refused: false }
    const { made, waits } = await run([[{ ...plain, refused: true }], [{ ...plain, after: 1 }]])
    expect(made.map(({ start }) => start - (made[0]?.start ?? 0))).toEqual([0, 2000])
    expect(waits.map(({ why }) => why)).toEqual(['refused'])
  })

  test('says what waits, why, until when and how many more are behind', async () => {
    const clock = new FastClock()
    const waits: Waiting[] = []
    const limiter = new Limiter(clock, (waiting) => waits.push(waiting))
    const start = clock.now()
    const request = async (number: number): Promise<void> =>
      (await limiter.place('gtm', `request ${number}`, true)).answered()
    await Promise.all([...Array(17).keys()].map(request))
    expect(waits).toEqual([
      { api: 'gtm', what: 'request 15', why: 'quota', until: start + 60_000, behind: 1 },
    ])
  })

  test('serves those who wait in the order in which they came', async () => {
    const clock = new FastClock()
    const limiter = new Limiter(clock)
    const order: number[] = []
    const request = async (number: number): Promise<void> => {
      const place = await limiter.place('gtm', `request ${number}`, true)
      order.push(number)
      await clock.sleep(10)
      await place.answered()
    }
    await Promise.all([...Array(40).keys()].map(request))
    expect(order).toEqual([...Array(40).keys()])
  })

  test('a listener that fails does not stop those behind', async () => {
    const clock = new FastClock()
    const limiter = new Limiter(
      clock,
      () => {
        throw new Error('the terminal is gone')
      },
      { ...QUOTA, gtm: { windows: [{ limit: 1, ms: 1000 }], atOnce: 1 } },
    )
    const first = await limiter.place('gtm', 'a', true)
    await first.answered()
    await expect(limiter.place('gtm', 'b', true)).rejects.toThrow('the terminal is gone')
    await clock.sleep(2000)
    await limiter.place('gtm', 'c', true)
  })
})
