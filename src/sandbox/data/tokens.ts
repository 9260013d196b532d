/**
 * Quota of the Data API for a standard property: https://developers.google.com/analytics/devguides/reporting/data/v1/quotas
 * Most requests cost under ten tokens; here each costs five (assumed).
 */
import { ApiError } from '../errors.ts'
import type { Entity } from '../shape.ts'

const COST = 5
const HOUR = 3_600_000

const POTS = [
  { name: 'tokensPerDay', tokens: 200_000, ms: 24 * HOUR, words: 'property tokens per day' },
  { name: 'tokensPerHour', tokens: 40_000, ms: HOUR, words: 'property tokens per hour' },
  {
    name: 'tokensPerProjectPerHour',
    tokens: 14_000,
    ms: HOUR,
    words: 'property tokens for a project per hour',
  },
] as const

export class Tokens {
  /** What a project has an hour and property; a test makes it small. Undefined: nothing is ever refused. */
  perHour: number | undefined
  private readonly spent = new Map<string, number[]>()

  reset(perHour?: number): void {
    this.perHour = perHour
    this.spent.clear()
  }

  /** Pays for a report, or refuses it; gives the quota as it is then. */
  take(property: string, now: number): Entity {
    // What lies ahead was spent before the clock went back.
    const times = (this.spent.get(property) ?? []).filter((time) => time <= now && time > now - 24 * HOUR)
    const pots = POTS.map((pot) => {
      const size = pot.name === 'tokensPerProjectPerHour' ? (this.perHour ?? pot.tokens) : pot.tokens
      const used = times.filter((time) => time > now - pot.ms).length * COST
      return { ...pot, remaining: size - used }
    })
    const empty = pots.find(({ remaining }) => remaining < COST)
    if (this.perHour !== undefined && empty)
      throw new ApiError(
        429,
        'RESOURCE_EXHAUSTED',
        `Exhausted ${empty.words}. These quota tokens will return in under an hour.`,
      ) // wording after a reported one
    this.spent.set(property, [...times, now])
    return {
      ...Object.fromEntries(
        pots.map(({ name, remaining }) => [
          name,
          { consumed: COST, remaining: Math.max(0, remaining - COST) },
        ]),
      ),
      concurrentRequests: { remaining: 10 },
      serverErrorsPerProjectPerHour: { remaining: 10 },
      potentiallyThresholdedRequestsPerHour: { remaining: 120 },
    }
  }
}
