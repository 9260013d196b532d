/** Everything a running sandbox holds: the store, and what tests script around it. */
import { defaultBehaviour } from './behaviour.ts'
import { Faults } from './faults.ts'
import { Quota, type QuotaMode } from './quota.ts'
import { emptyState } from './state.ts'
import type { Store } from './store.ts'

export interface SeenRequest {
  readonly time: string
  readonly method: string
  /** With query. */
  readonly path: string
  /** The method as Google's documentation names it; absent for what it does not know. */
  readonly api?: string
  /** Absent where the connection was cut. */
  readonly status?: number
}

// Enough for the longest test; old ones go first.
const MAX_REQUESTS = 20_000

export class World {
  readonly store: Store
  readonly quota: Quota
  readonly faults = new Faults()
  readonly requests: SeenRequest[] = []
  private readonly quotaMode: QuotaMode

  constructor(store: Store, quotaMode: QuotaMode) {
    this.store = store
    this.quotaMode = quotaMode
    this.quota = new Quota(quotaMode, store.clock)
  }

  see(request: SeenRequest): void {
    this.requests.push(request)
    if (this.requests.length > MAX_REQUESTS) this.requests.splice(0, MAX_REQUESTS / 10)
  }

  /** As when it was started without a state. */
  reset(): void {
    this.store.state = emptyState()
    this.store.behaviour = defaultBehaviour()
    this.store.exports.clear()
    this.store.tokens.reset()
    this.store.bigquery.reset()
    this.store.clock.thaw()
    this.store.revision++
    this.quota.reset(this.quotaMode)
    this.faults.clear()
    this.requests.length = 0
  }
}
