import type { Location } from '../plan/diagnostic.ts'
import type { Key, Kind, Resource } from './resource.ts'

/**
 * - `create`, `update`, `delete`: as in Terraform. A built-in variable is created by enabling it; a custom
 *   dimension or metric is deleted by archiving it, which cannot be undone.
 * - `rename`: an update in place that (also) changes the name.
 * - `adopt`: the thing exists, is not ours yet, and becomes ours.
 */
export type Action = 'create' | 'update' | 'rename' | 'delete' | 'adopt'

/** Who moved since the last apply: the plan, somebody at Google's side (drift), or both. */
export type Cause = 'plan' | 'drift' | 'both'

/** The part of the plan that a change is about, for people. */
export interface PlanPart {
  /** `conversion` and `event`: no longer in the plan, so nobody knows more of it than its id. */
  readonly what:
    | 'goal'
    | 'micro'
    | 'stage'
    | 'parameter'
    | 'audience'
    | 'property'
    | 'conversion'
    | 'event'
    | 'as it is'
    | 'plan'
  readonly id: string
  readonly title?: string
  /** For a micro conversion. */
  readonly stage?: string
}

/** Who changed a thing by hand, as far as Google tells: GA4 names people, GTM none, but the version that it came with. */
export interface Mover {
  /** An e-mail address; `Google` where it did it itself. */
  readonly by?: string
  /** 2026-11-22T12:00:00Z */
  readonly at?: string
  /** The version of somebody else's that it came with at the latest. */
  readonly version?: { readonly id: string; readonly name: string }
}

/** One field that differs. Paths use dots and brackets: `parameters.eventSettingsTable[2].parameterValue`. */
export interface FieldChange {
  readonly path: string
  readonly before?: unknown
  readonly after?: unknown
}

/** The field of a spec that a change is in: `queryParameterKeys` of `queryParameterKeys[2]`. */
export function fieldOf({ path }: Pick<FieldChange, 'path'>): string {
  return /^[^.[]+/.exec(path)?.[0] ?? path
}

/** One thing that the plan says; without `before` it is new, without `after` it is gone. */
export interface Word {
  readonly word: string
  readonly before?: string
  readonly after?: string
}

/** Whether carrying the change set out makes this change. */
export function isMade({ held, waits, untilLive }: Pick<Change, 'held' | 'waits' | 'untilLive'>): boolean {
  return held !== true && waits !== true && untilLive !== true
}

export interface Change {
  readonly action: Action
  readonly kind: Kind
  readonly key: Key
  /** The name it will have; for a delete, the name it has. */
  readonly name: string
  readonly previousName?: string
  /** The key that its marker has until now, when an id in the plan was renamed. */
  readonly previousKey?: Key
  readonly cause: Cause
  /** Changed by hand, and not by the plan since: shown, and left as it is unless restoring was asked for. */
  readonly held?: true
  /** Words alone (owner, target, title): made along with the next real change, and not by itself. */
  readonly waits?: true
  /** Not before the version without it is live: what GA4 archives does not come back. */
  readonly untilLive?: true
  /** Who changed it by hand; empty where Google was asked and tells nobody, absent where it was not. */
  readonly who?: Mover
  /** It was in GA4 before the plan: kept up to date, never deleted. */
  readonly found?: true
  readonly fields: readonly FieldChange[]
  /** What it means for the plan, in its words. */
  readonly words: readonly Word[]
  /** The conversion whose name has to be said before it is made. */
  readonly protected?: string
  /** What the reader should know or do. */
  readonly hint?: string
  /** Things that are written along because they refer to this one by its old name. */
  readonly rewrites?: readonly Use[]
  readonly subject: PlanPart
  readonly origin?: Location
  /** What it shall be; absent for a delete. Data only, so that a change set can be saved and carried out later. */
  readonly desired?: Resource
}

/** A thing of somebody else's that the plan refers to instead of making its own. */
export interface Use {
  readonly kind: Kind
  readonly key: Key
  readonly name: string
}

export interface ChangeSet {
  readonly formatVersion: 1
  readonly plan: string
  /** The plan's id before it was renamed. */
  readonly formerly?: string
  readonly environment: string
  /** The plan file as the user named it. */
  readonly file?: string
  /** sha256 of all else in here: `apply` of a saved change set checks it. */
  readonly digest: string
  /** sha256 of the two sides that were compared; another one later means that the plan or Google's side has moved. */
  readonly compared: { readonly desired: string; readonly live: string }
  readonly summary: {
    readonly create: number
    readonly update: number
    readonly rename: number
    readonly delete: number
    readonly adopt: number
    readonly unchanged: number
    readonly unmanaged: number
    /** Changes by hand that are left as they are. */
    readonly held: number
    /** Changes of words alone that wait for the next real change. */
    readonly waiting: number
    /** What the plan owned before. */
    readonly owned: number
  }
  /** What carrying it out will take: requests to each API, and seconds under the published quota. */
  readonly requests: { readonly gtm: number; readonly ga4: number; readonly seconds: number }
  /** In the order they are carried out. */
  readonly changes: readonly Change[]
  readonly uses: readonly Use[]
}
