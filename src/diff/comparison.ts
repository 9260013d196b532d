import type { Diagnostic } from '../plan/diagnostic.ts'
import type { Action, Cause, Change, FieldChange, Use } from '../resources/change-set.ts'
import type { Owner } from '../live/live.ts'
import type { Adopts } from './match.ts'
import type { Key, Kind, Resource } from '../resources/resource.ts'

/** What the comparison of one side, GTM or GA4, comes to. */
export interface Comparison {
  readonly changes: readonly Change[]
  readonly uses: readonly Use[]
  readonly unmanaged: number
  readonly owned: number
  readonly diagnostics: readonly Diagnostic[]
}

export interface Found {
  readonly action: Exclude<Action, 'delete'>
  readonly resource: Resource
  readonly cause: Cause
  readonly fields: readonly FieldChange[]
  readonly previousName?: string
  readonly previousKey?: Key
  readonly found?: true
}

export interface Gone {
  readonly kind: Kind
  readonly key: Key
  readonly name: string
  readonly cause: Cause
  readonly fields: readonly FieldChange[]
}

/** Completes what was found out with what every change says: its place, its subject, whether it is held back. */
export interface DiffContext {
  readonly owner: Owner
  readonly change: (found: Found) => Change
  readonly deletion: (gone: Gone) => Change
  readonly adopts: Adopts
}
