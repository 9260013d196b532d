import type { Clock } from './clock.ts'
import type { QuotaMemory } from './quota-memory.ts'
import {
  forget,
  freeAt,
  NO_TRAFFIC,
  QUOTA,
  type Api,
  type Lane,
  type Request,
  type Traffic,
} from './quota.ts'

/** Told whenever something has to wait, for a progress line. */
export interface Waiting {
  readonly api: Api
  /** What is to be done, in plain words: "read the draft". */
  readonly what: string
  /** `quota`: our own count is full; `refused`: Google said too fast, a while ago at most; `trouble`: it failed. */
  readonly why: 'quota' | 'refused' | 'trouble'
  /** By the clock that was handed in, in milliseconds. */
  readonly until: number
  /** How many more stand behind it. */
  readonly behind: number
}

/** A request's place in the window. */
export interface Place {
  /** Must be called, once, when the request has ended in whatever way. */
  readonly answered: () => Promise<void>
  /** Google said "too fast": nothing starts for `ms`, and from the second time on bursts are over. */
  readonly refused: (ms: number) => void
}

/** A quiet time of this length lets one "too fast" be forgotten. GTM's longest window. */
const RECOVERY_MS = 100_000
const MOST_REMEMBERED = 5

interface State {
  readonly lane: Lane
  traffic: Traffic
  heldUntil: number
  refusals: { count: number; at: number }
  queue: Promise<void>
  behind: number
  wake: () => void
}

/**
 * Lets requests start one by one, as the quota allows, in the order in which they asked. One for the whole process:
 * two would each believe to be alone.
 */
export class Limiter {
  readonly #clock: Clock
  readonly #memory: QuotaMemory | undefined
  #noted = 0
  readonly #onWait: (waiting: Waiting) => void
  readonly #states: Readonly<Record<Api, State>>

  /** @param memory what other processes ask of the same quota */
  constructor(
    clock: Clock,
    onWait: (waiting: Waiting) => void = () => {},
    quota = QUOTA,
    memory?: QuotaMemory,
  ) {
    this.#memory = memory
    this.#clock = clock
    this.#onWait = onWait
    this.#states = {
      gtm: newState(quota.gtm),
      ga4: newState(quota.ga4),
      data: newState(quota.data),
      bigquery: newState(quota.bigquery),
    }
  }

  /** Resolves when the request may start. */
  async place(api: Api, what: string, write: boolean): Promise<Place> {
    const state = this.#states[api]
    const before = state.queue
    let leave = (): void => {}
    state.queue = new Promise((resolve) => (leave = resolve))
    state.behind++
    await before
    state.behind--
    try {
      await this.#untilFree(api, state, what, write)
      move(state, write, 1)
      const id = ++this.#noted
      const note = (): Promise<void> | undefined =>
        this.#memory?.note(api, id, { at: this.#clock.now(), write })
      await note()
      const start = this.#clock.now()
      return {
        answered: async () => {
          this.#answered(state, write)
          await note()
        },
        refused: (ms) => this.#slowDown(state, start, ms),
      }
    } finally {
      leave()
    }
  }

  async #untilFree(api: Api, state: State, what: string, write: boolean): Promise<void> {
    let told = -Infinity
    for (;;) {
      const now = this.#clock.now()
      const others = (await this.#memory?.others(api, now)) ?? []
      // From here to the wait nothing is awaited: an answer that came in between would wake nobody, and be the last.
      state.traffic = forget(state.lane, state.traffic, now)
      const slowed = level(state, now)
      const free = freeAt(state.lane, together(state.traffic, others), write, slowed)
      if (free === Infinity) {
        await new Promise<void>((resolve) => (state.wake = resolve))
        continue
      }
      const until = Math.max(free, state.heldUntil)
      if (until <= now) return
      if (until > told) {
        const why = slowed > 0 || state.heldUntil >= free ? 'refused' : 'quota'
        this.#onWait({ api, what, why, until, behind: state.behind })
        told = until
      }
      await this.#clock.sleep(until - now)
    }
  }

  #answered(state: State, write: boolean): void {
    move(state, write, -1)
    const answered = [...state.traffic.answered, { at: this.#clock.now(), write }]
    state.traffic = { ...state.traffic, answered }
    state.wake()
  }

  #slowDown(state: State, start: number, ms: number): void {
    const now = this.#clock.now()
    state.heldUntil = Math.max(state.heldUntil, now + ms)
    // Requests that were on their way together are refused together; that is one sign, not several.
    if (start <= state.refusals.at) return
    state.refusals = { count: Math.min(MOST_REMEMBERED, remembered(state, now) + 1), at: now }
  }
}

function newState(lane: Lane): State {
  return {
    lane,
    traffic: NO_TRAFFIC,
    heldUntil: -Infinity,
    refusals: { count: 0, at: -Infinity },
    queue: Promise.resolve(),
    behind: 0,
    wake: () => {},
  }
}

function together(traffic: Traffic, others: readonly Request[]): Traffic {
  if (others.length === 0) return traffic
  return { ...traffic, answered: [...others, ...traffic.answered].sort((a, b) => a.at - b.at) }
}

function move(state: State, write: boolean, by: 1 | -1): void {
  const { all, writes } = state.traffic.underWay
  state.traffic = { ...state.traffic, underWay: { all: all + by, writes: write ? writes + by : writes } }
}

function remembered({ refusals, heldUntil }: State, now: number): number {
  const quiet = Math.max(0, now - Math.max(refusals.at, heldUntil))
  return refusals.count === 0 ? 0 : Math.max(0, refusals.count - Math.floor(quiet / RECOVERY_MS))
}

/** One "too fast" may be chance and is waited out; from the second on somebody else must be using the quota. */
function level(state: State, now: number): number {
  return Math.max(0, remembered(state, now) - 1)
}
