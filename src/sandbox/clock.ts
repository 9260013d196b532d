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
    this.frozenAt = at
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
    if (this.frozenAt === undefined) this.offset += ms
    else this.frozenAt += ms
    this.wakeDue()
  }

  /** Real time, or, while the clock stands still, until somebody has moved it far enough. */
  wait(ms: number): Promise<void> {
    if (!this.frozen) return new Promise((resolve) => setTimeout(resolve, ms))
    return new Promise((wake) => this.waiting.push({ until: this.now() + ms, wake }))
  }

  private wakeDue(): void {
    const now = this.now()
    const due = this.waiting.filter(({ until }) => until <= now)
    this.waiting = this.waiting.filter(({ until }) => until > now)
    for (const { wake } of due) wake()
  }
}
