/** Time and waiting, handed in so that quota and retries are tested without either. */
export interface Clock {
  /** Milliseconds since 1970; never goes backwards. */
  now(): number
  sleep(ms: number): Promise<void>
}

/** The machine's. Monotonic: a corrected system clock must not stretch a wait for quota. */
export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
}
