/**
 * What a plan says to people who will never open it, as one value: order, words, what is missing. HTML and Markdown
 * only draw it, so they cannot disagree.
 */
import type { FunnelMap } from './funnel-map.ts'
import type { NextSteps } from './next-steps.ts'
import type { Contract } from './contract.ts'

export interface Page {
  readonly plan: string
  readonly title: string
  readonly description?: string
  /** The language of the site that comes first, and the way the plan's title is read. */
  readonly direction: 'ltr' | 'rtl'
  readonly environment: string
  readonly facts: readonly Fact[]
  readonly tiles: readonly Fact[]
  readonly funnel: FunnelMap
  readonly touchpoints: readonly TouchpointRow[]
  readonly goals: readonly Card[]
  readonly stages: readonly StageSection[]
  readonly next: NextSteps
  readonly owners: readonly OwnerRow[]
  readonly review: readonly ReviewRow[]
  readonly guardrails: readonly GuardrailRow[]
  /** What GA4 collects by itself. */
  readonly automatic: readonly { readonly event: string; readonly note: string }[]
  readonly manual: readonly string[]
  readonly contract: Contract
  readonly glossary: readonly { readonly term: string; readonly text: string }[]
}

/** A name and what stands behind it; `title` texts are a plan's own and may be of any script. */
export interface Fact {
  readonly name: string
  readonly value: string
}

export interface StageSection {
  readonly id: string
  readonly title: string
  readonly description?: string
  readonly target?: string
  readonly cards: readonly Card[]
}

export interface Card {
  readonly id: string
  readonly tier: 'goal' | 'micro conversion'
  readonly title: string
  readonly stage?: string
  readonly touchpoint?: string
  readonly owner?: string
  readonly feeds: readonly { readonly id: string; readonly title: string }[]
  /** Short words above the facts: `primary goal`, `key event`, `measured in the CRM`. */
  readonly badges: readonly string[]
  readonly what?: string
  readonly facts: readonly Fact[]
  readonly benchmarks: readonly BenchmarkRow[]
  readonly parameters: readonly ParameterRow[]
  /** What Tag Manager and GA4 hold for it. */
  readonly google: readonly { readonly kind: string; readonly name: string }[]
  readonly history?: History
}

export interface BenchmarkRow {
  readonly who: string
  /** Shares, 0 to 1. */
  readonly low: number
  readonly high: number
  readonly target?: number
  readonly source?: string
}

export interface ParameterRow {
  readonly name: string
  readonly description?: string
  readonly type: string
  readonly from: string
  readonly example?: string
  readonly registered?: string
}

export interface History {
  /** Days, as 2026-11-24. */
  readonly since: string
  readonly changed: string
  readonly commit: string
  readonly subject: string
}

export interface TouchpointRow {
  readonly touchpoint: string
  readonly conversion: { readonly id: string; readonly title: string }
  readonly fulfils: string
  readonly data: string
  readonly notes: string
}

export interface OwnerRow {
  readonly owner: string
  readonly answersFor: readonly { readonly id: string; readonly title: string; readonly target?: string }[]
}

export interface ReviewRow {
  readonly id: string
  readonly what: string
  readonly every: 'weekly' | 'monthly' | 'quarterly' | 'yearly'
}

export interface GuardrailRow {
  readonly id: string
  readonly title: string
  readonly words: string
}
