/** Two exported containers, compared. */
import type { FieldChange } from './change-set.ts'

export interface ContainerDifference {
  /** Of the second against the first. */
  readonly status: 'added' | 'changed' | 'deleted'
  /** `gtm/tag`, or Google's own word for what the product never writes: `customTemplate`. */
  readonly kind: string
  readonly name: string
  /** Its name in the first, where that is another one. */
  readonly was?: string
  readonly fields: readonly FieldChange[]
}

export interface ContainerSide {
  readonly file: string
  /** `GTM-XXXX`, where the export says so. */
  readonly container?: string
}

export interface ContainerDifferences {
  readonly formatVersion: 1
  readonly before: ContainerSide
  readonly after: ContainerSide
  readonly differences: readonly ContainerDifference[]
}
