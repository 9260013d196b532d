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

/** The machine's, until the signal comes: whoever is asleep then never wakes, and keeps no process alive. */
export function systemClockUntil(ended: AbortSignal): Clock {
  const asleep = new Set<NodeJS.Timeout>()
  ended.addEventListener('abort', () => asleep.forEach((timer) => clearTimeout(timer)))
  const sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      if (ended.aborted) return
      const timer = setTimeout(() => {
        asleep.delete(timer)
        resolve()
      }, ms)
      asleep.add(timer)
    })
  return { now: systemClock.now, sleep }
}
