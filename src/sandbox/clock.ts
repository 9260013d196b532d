// What a timer of Node takes; beyond it would fire at once.
const LONGEST = 2 ** 31 - 1

// To the end of the year 9999: what comes after it has no date that Google could write.
const LAST = Date.parse('9999-12-31T23:59:59.999Z')

/** Time as the sandbox sees it: the machine's, moved on or stopped by a test, so that quota tests take no real time. */
export class Clock {
  private offset = 0
  private frozenAt: number | undefined
  private waiting: { until: number; wake: () => void }[] = []

  now(): number {
    return this.frozenAt ?? Date.now() + this.offset
  }

  get frozen(): boolean {
    return this.frozenAt !== undefined
  }

  freeze(at: number = this.now()): void {
    this.frozenAt = checked(at)
    this.wakeDue()
  }

  thaw(): void {
    this.offset = this.now() - Date.now()
    this.frozenAt = undefined
    const waiting = this.waiting
    this.waiting = []
    for (const { wake } of waiting) wake()
  }

  advance(ms: number): void {
    checked(this.now() + ms)
    if (this.frozenAt === undefined) this.offset += ms
    else this.frozenAt += ms
    this.wakeDue()
  }

  /** Real time, or, while the clock stands still, until somebody has moved it far enough. */
  wait(ms: number): Promise<void> {
    if (!this.frozen) return new Promise((resolve) => setTimeout(resolve, Math.min(ms, LONGEST)))
    return new Promise((wake) => this.waiting.push({ until: this.now() + ms, wake }))
  }

  private wakeDue(): void {
    const now = this.now()
    const due = this.waiting.filter(({ until }) => until <= now)
    this.waiting = this.waiting.filter(({ until }) => until > now)
    for (const { wake } of due) wake()
  }
}

function checked(time: number): number {
  if (!Number.isInteger(time) || time < 0 || time > LAST)
    throw new Error('The clock goes from 1970 to 9999, in whole milliseconds.')
  return time
}
