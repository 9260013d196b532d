import type { Clock } from '../../src/google/clock.ts'
import { connect, type ConnectOptions, type GoogleConnection } from '../../src/google/connection.ts'
import { GoogleError } from '../../src/google/errors.ts'
import type { Waiting } from '../../src/google/limiter.ts'

/** A clock on which sleeping is instant and moves the time on; several sleepers wake in the order of their times. */
export class FastClock implements Clock {
  #now = Date.UTC(2026, 0, 1)
  #sleepers: { at: number; wake: () => void }[] = []

  now(): number {
    return this.#now
  }

  sleep(ms: number): Promise<void> {
    return new Promise((wake) => {
      this.#sleepers.push({ at: this.#now + ms, wake })
      // Everybody who is going to sleep now shall be asleep before the first is woken.
      setImmediate(() => this.#wakeNext())
    })
  }

  #wakeNext(): void {
    this.#sleepers.sort((a, b) => a.at - b.at)
    const next = this.#sleepers.shift()
    if (!next) return
    this.#now = Math.max(this.#now, next.at)
    next.wake()
  }
}

export interface Connected {
  readonly google: GoogleConnection
  readonly clock: FastClock
  readonly waits: readonly Waiting[]
}

/** A connection to a server that stands in for Google, with a clock on which waiting takes no time. */
export async function connectTo(rootUrl: string, options: Partial<ConnectOptions> = {}): Promise<Connected> {
  const clock = new FastClock()
  const waits: Waiting[] = []
  const google = await connect({
    rootUrl,
    scopes: ['tagmanager.edit.containers'],
    credentials: { kind: 'default' },
    env: {},
    clock,
    random: () => 0,
    onWait: (waiting) => waits.push(waiting),
    ...options,
  })
  return { google, clock, waits }
}

/** The GoogleError that a promise ends with. */
export async function errorOf(promise: Promise<unknown>): Promise<GoogleError> {
  const error: unknown = await promise.then(
    () => undefined,
    (cause: unknown) => cause,
  )
  if (error instanceof GoogleError) return error
  throw new Error('expected a GoogleError', { cause: error })
}
