/**
 * The nouns of a review: what a change of plans means, in words that people who never open GTM can decide on.
 * Text, Markdown and JSON are drawn from these values and from nothing else.
 */
import type { DiagnosticCode } from '../codes/code.ts'
import type { Location } from '../plan/diagnostic.ts'
import type { FieldChange } from '../resources/change-set.ts'
import type { Key, Kind } from '../resources/resource.ts'

export interface Review {
  readonly formatVersion: 1
  /** The revision that is compared with, as the user named it. */
  readonly base: string
  readonly verdict: Verdict
  readonly summary: Summary
  /** Only plans that differ, or that have errors; in the order of their files. */
  readonly plans: readonly PlanReview[]
}

/** From worst to best: the first that holds. */
export type Level = 'invalid' | 'irreversible' | 'deletes' | 'changes' | 'words-only' | 'none'

export interface Verdict {
  readonly level: Level
  /** One sentence without markup. */
  readonly headline: string
}

export interface Summary {
  /** Plans that were looked at. */
  readonly plans: number
  /** Changes in the plans' own words. */
  readonly business: { readonly added: number; readonly removed: number; readonly changed: number }
  /** Of the environment with the most changes; every environment may have as many. */
  readonly resources: {
    readonly create: number
    readonly update: number
    readonly rename: number
    readonly delete: number
  }
  /** Findings that were not there before. */
  readonly newFindings: { readonly error: number; readonly warning: number; readonly info: number }
  /** All errors of the plans as they are now. */
  readonly errors: number
}

export interface PlanReview {
  readonly file: string
  /** Where it was, when the file was moved. */
  readonly previousFile?: string
  readonly plan: string
  readonly title: string
  readonly status: 'added' | 'removed' | 'changed' | 'unchanged'
  /** What keeps this review from being complete, in sentences. */
  readonly notes: readonly string[]
  readonly changes: readonly PlanChange[]
  readonly effects: readonly Effect[]
  /** False when one side has errors, so that nothing can be said about Google. */
  readonly effectsKnown: boolean
  readonly findings: readonly NewFinding[]
  /** All errors of the plan as it is now, new or not. */
  readonly errors: number
  readonly funnel: Funnel
}

/** Which part of the plan it is. */
export type ReviewedPart =
  | 'plan'
  | 'goal'
  | 'micro conversion'
  | 'stage'
  | 'parameter'
  | 'audience'
  | 'market'
  | 'as it is'
  | 'environment'
  | 'setting'

/** One thing of the plan that was added, removed or changed. */
export interface PlanChange {
  readonly action: 'added' | 'removed' | 'changed'
  readonly subject: ReviewedPart
  readonly id: string
  readonly title: string
  /** The stage's title, of a micro conversion. */
  readonly stage?: string
  /** The id it had, when `was` says so. */
  readonly previousId?: string
  /** Where it was, in words, when it moved: another stage, or a goal that became a micro conversion. */
  readonly movedFrom?: string
  readonly fields: readonly FieldWords[]
  /** What the reviewer should know or ask. */
  readonly hint?: string
  readonly location?: Location
}

/** A field in words; without `before` it is new, without `after` it is gone. */
export interface FieldWords {
  readonly label: string
  readonly before?: string
  readonly after?: string
}

/** The label of code in what was taken in as it is. */
export const RUNS = 'Code that runs on the site'

/** What the change does at Google, for environments where it does the same. */
export interface Effect {
  readonly environments: readonly string[]
  readonly changes: readonly ResourceChange[]
  readonly consequences: readonly Consequence[]
  readonly limits: readonly LimitUse[]
}

export interface ResourceChange {
  readonly action: 'create' | 'update' | 'rename' | 'delete'
  readonly kind: Kind
  readonly key: Key
  readonly name: string
  readonly previousName?: string
  readonly fields: readonly FieldChange[]
}

export interface Consequence {
  /** Cannot be taken back by applying the old plan again. */
  readonly irreversible: boolean
  /** May hurt a live site or bend its numbers: consent, where hits go, a key event, a deleted conversion. */
  readonly dangerous: boolean
  readonly text: string
}

/** What the plan uses of a limit of a standard GA4 property; what others made in the property counts too. */
export interface LimitUse {
  readonly what: string
  readonly limit: number
  readonly before: number
  readonly after: number
}

export interface NewFinding {
  readonly severity: 'error' | 'warning' | 'info'
  readonly code: DiagnosticCode
  readonly message: string
  readonly fix?: string
  readonly location?: Location
}

/** The plan as a picture: goals, stages in order, the micro conversions in them, and what changed. */
export interface Funnel {
  readonly goals: readonly FunnelNode[]
  readonly stages: readonly {
    readonly id: string
    readonly title: string
    readonly micros: readonly FunnelNode[]
  }[]
}

export interface FunnelNode {
  readonly id: string
  readonly title: string
  readonly mark: 'added' | 'removed' | 'changed' | 'unchanged'
  /** Of a micro conversion: the goals it leads to. */
  readonly feeds: readonly string[]
}
