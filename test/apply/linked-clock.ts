import type { Clock } from '../../src/google/clock.ts'

/** A clock that a sandbox shares: it stands still but for our sleeping, so quota windows pass in no time. */
export class LinkedClock implements Clock {
  readonly #url: string
  #now: number

  private constructor(url: string, now: number) {
    this.#url = url
    this.#now = now
  }

  static async linkedTo(url: string): Promise<LinkedClock> {
    const { now } = await control(url, { freeze: true })
    return new LinkedClock(url, now)
  }

  now(): number {
    return this.#now
  }

  async sleep(ms: number): Promise<void> {
    const advanceMs = Math.max(0, Math.ceil(ms))
    this.#now = (await control(this.#url, { advanceMs })).now
  }
}

async function control(url: string, body: object): Promise<{ now: number }> {
  const response = await fetch(`${url}/_sandbox/clock`, { method: 'POST', body: JSON.stringify(body) })
  return (await response.json()) as { now: number }
}
