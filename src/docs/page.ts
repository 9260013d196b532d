/**
 * What a plan says to people who will never open it, as one value: order, words, what is missing. HTML and Markdown
 * only draw it, so they cannot disagree.
 */
import type { Conversion } from '../plan/plan.ts'
import type { Contract } from './contract.ts'
import type { FunnelMap } from './funnel-map.ts'
import type { NextSteps } from './next-steps.ts'

export interface Page {
  readonly plan: string
  readonly title: string
  readonly description?: string
  /** The way the plan's title is read. */
  readonly direction: 'ltr' | 'rtl'
  readonly environment: string
  /** The file it is made from, from the top of its repository. */
  readonly file: string
  readonly facts: readonly Fact[]
  readonly tiles: readonly Fact[]
  readonly funnel: FunnelMap
  readonly touchpoints: readonly TouchpointRow[]
  readonly goals: readonly Card[]
  readonly stages: readonly StageSection[]
  readonly next: NextSteps
  readonly owners: readonly OwnerRow[]
  readonly review: readonly ReviewRow[]
  readonly guardrails: readonly Noted[]
  readonly alerts: readonly Noted[]
  readonly experiments: readonly Described[]
  readonly markets: readonly Described[]
  readonly audiences: readonly Described[]
  readonly parameters: readonly Described[]
  /** What GA4 collects by itself. */
  readonly automatic: readonly { readonly event: string; readonly note: string }[]
  /** What the plan states of the GA4 property and its stream. */
  readonly settings: readonly Described[]
  /** Who hears of conversions beside GA4, and of what. */
  readonly destinations: readonly Described[]
  readonly manual: readonly string[]
  readonly contract: Contract
  readonly glossary: readonly { readonly term: string; readonly text: string }[]
}

export interface Fact {
  readonly name: string
  readonly value: string
  /** The field of the language that it is, where it is one: `uxOutcome`, `target.rate`. */
  readonly field?: string
  /** Where it holds for a part of the visitors only, `value` in two: a market's title has a direction of its own. */
  readonly part?: { readonly who: string; readonly words: string; readonly market?: string }
}

export interface Link {
  readonly id: string
  readonly title: string
}

/** One line about a conversion. */
export interface Noted extends Link {
  readonly words: string
}

/** What has another address on the page than its id in the plan: conversions alone are linked to by their own. */
export interface Kept extends Link {
  /** What the plan calls it. */
  readonly key: string
}

/** A thing of the plan beside its conversions, field by field. */
export interface Described extends Kept {
  readonly facts: readonly Fact[]
  /** What it does, in sentences. */
  readonly sentences?: readonly string[]
}

export interface StageSection extends Kept {
  readonly description?: string
  readonly target?: string
  readonly cards: readonly Card[]
}

export interface Card extends Link {
  readonly tier: 'goal' | 'micro conversion'
  readonly stage?: Kept
  /** Its title, and its id. */
  readonly touchpoint?: string
  readonly touchpointId?: string
  readonly owner?: string
  readonly source: Conversion['source']
  readonly feeds: readonly Link[]
  /** Ids of the environment's markets in which it is collected; none where the plan has none. */
  readonly markets: readonly string[]
  readonly badges: readonly string[]
  /** What exactly counts. */
  readonly what?: string
  /** What it is for and how well it should do. */
  readonly facts: readonly Fact[]
  /** When exactly it counts, in plain words. */
  readonly fires: string
  /** The same with its selectors, patterns and names; left out where no tag waits for it. */
  readonly exactly?: string
  readonly benchmarks: readonly BenchmarkRow[]
  /** The target in percent, where it is a rate. */
  readonly targetRate?: number
  readonly weight?: number
  /** How it is collected. */
  readonly measured: readonly Fact[]
  readonly parameters: readonly ParameterRow[]
  /** Where it goes beside GA4, and what GA4 is told of the visitor with it, in sentences. */
  readonly leaves: readonly string[]
  /** What Tag Manager and GA4 hold for it. */
  readonly google: readonly { readonly kind: string; readonly name: string }[]
  readonly history?: History
}

/** The owner of what has none: the list of owners and the filter of the cards are compared by it. */
export const NOBODY = 'Nobody yet'

/** Those of the goals, then those of the stages. */
export function cardsOf({ goals, stages }: Page): readonly Card[] {
  return [...goals, ...stages.flatMap(({ cards }) => cards)]
}

/** What a card says of a field of the language: `target`. */
export function factOf({ facts }: Pick<Card, 'facts'>, field: string): string | undefined {
  return facts.find((fact) => fact.field === field)?.value
}

export interface BenchmarkRow {
  readonly who: string
  /** Percent. */
  readonly low: number
  readonly high: number
  readonly source?: string
  readonly words: string
}

export interface ParameterRow {
  readonly name: string
  readonly type: string
  readonly from: string
  readonly example?: string
  readonly description?: string
}

/** Where a conversion stands in the plan's history. */
export interface History {
  readonly since: Commit
  readonly changed: Commit
}

export interface Commit {
  /** Shortened. */
  readonly id: string
  /** As 2026-11-24. */
  readonly day: string
  readonly subject: string
}

/** The seed's table: touchpoint, micro conversion, what it fulfils, data to track, notes. */
export interface TouchpointRow {
  readonly touchpoint: string
  readonly conversion: Link
  readonly fulfils: string
  readonly data: string
  readonly notes: string
}

export interface OwnerRow {
  readonly owner: string
  readonly answersFor: readonly (Link & { readonly target?: string })[]
}

export type ReviewRow = { readonly id: string; readonly what: string } & (
  | { readonly every: 'weekly' | 'monthly' | 'quarterly' | 'yearly' }
  /** A day, as 2026-11-24. */
  | { readonly on: string }
)
