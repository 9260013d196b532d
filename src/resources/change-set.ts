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

/** One field that differs. Paths use dots and brackets: `parameters.eventSettingsTable[2].parameterValue`. */
export interface FieldChange {
  readonly path: string
  readonly before?: unknown
  readonly after?: unknown
}

export interface Change {
  readonly action: Action
  readonly kind: Kind
  readonly key: Key
  /** The name it will have; for a delete, the name it has. */
  readonly name: string
  readonly previousName?: string
  readonly cause: Cause
  readonly fields: readonly FieldChange[]
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
  readonly environment: string
  /** sha256 of what was compared (desired, live and the changes): `apply` of a saved change set checks it. */
  readonly digest: string
  readonly summary: {
    readonly create: number
    readonly update: number
    readonly rename: number
    readonly delete: number
    readonly adopt: number
    readonly unchanged: number
    readonly unmanaged: number
  }
  /** What carrying it out will take: requests to each API, and seconds under the published quota. */
  readonly requests: { readonly gtm: number; readonly ga4: number; readonly seconds: number }
  /** In the order they are carried out. */
  readonly changes: readonly Change[]
  readonly uses: readonly Use[]
}
