/**
 * What is tried: a page, what a visitor and the site do on it, and what must be seen afterwards. Derived from the plan's
 * words or written by hand; every level runs the same.
 */
import type { Element } from '../runtime/node/element.ts'

export interface Scenario {
  /** Stable between runs: `purchase/fires`. */
  readonly id: string
  readonly title: string
  /** The conversions it says something about. */
  readonly conversions: readonly string[]
  readonly origin: 'derived' | 'written'
  /** Where it is written, for one by hand. */
  readonly file?: string
  readonly page: ScenarioPage
  readonly steps: readonly Step[]
  readonly expect: readonly Expected[]
  /** Conversions that must stay silent. */
  readonly expectNone: readonly string[]
  /** No other conversion of the plan may fire. */
  readonly expectNoOther: boolean
  /** The lint that says beforehand why it fails, where the plan walks into a known trap. */
  readonly lint?: string
  /** Why it cannot be tried at all. */
  readonly impossible?: string
}

/** Where it begins. A generated page has elements; on the team's own site there is only an address. */
export interface ScenarioPage {
  readonly url: string
  readonly referrer?: string
  readonly cookies: { readonly [name: string]: string }
  /** Generated elements, outermost ones; absent on the team's own site. */
  readonly elements?: readonly Element[]
  /** Of a generated page, in pixels. */
  readonly height?: number
  /** Pushed before the snippet, consent first. */
  readonly before: readonly Pushed[]
}

/** A message of the site, or the arguments of a gtag call. */
export type Pushed =
  { readonly message: { readonly [key: string]: unknown } } | { readonly gtag: readonly unknown[] }

/** Durations in milliseconds; selectors are CSS. */
export type Step =
  | { readonly do: 'visit'; readonly url: string }
  | { readonly do: 'push'; readonly pushed: Pushed }
  | { readonly do: 'click'; readonly selector: string }
  | { readonly do: 'type'; readonly selector: string; readonly text: string }
  | { readonly do: 'submit'; readonly selector: string }
  | { readonly do: 'scroll'; readonly percent: number }
  | { readonly do: 'show'; readonly selector: string; readonly percent: number }
  | { readonly do: 'wait'; readonly milliseconds: number }
  | { readonly do: 'route'; readonly url: string; readonly source: 'pushState' | 'replaceState' | 'popstate' }
  | {
      readonly do: 'video'
      readonly status: 'start' | 'pause' | 'progress' | 'complete'
      readonly percent: number
      readonly title: string
      readonly url: string
      /** Seconds; left out where only the player knows. */
      readonly duration?: number
    }
  | { readonly do: 'error'; readonly message: string; readonly url: string; readonly line: number }

export interface Expected {
  readonly conversion: string
  readonly event: string
  /** Exactly these values; other parameters may be there. `null` must be absent. */
  readonly parameters: { readonly [name: string]: string | number | null }
  readonly items?: number
  /** How often; absent is at least once, which in a derived scenario is exactly once. */
  readonly times?: number
}

/** The attribute by which a step finds an element of a generated page. */
export const FIXTURE_ATTRIBUTE = 'data-plan-fixture'
