/**
 * What is known of a quantity: a value with its 95 % interval and the number of units behind it, or why there is none.
 * Nobody can draw a zero for "cannot tell".
 */
export type Estimate = Known | Unknown

export interface Known {
  readonly value: number
  readonly low: number
  readonly high: number
  readonly n: number
}

export interface Unknown {
  readonly unknown: UnknownReason
}

export type UnknownReason =
  /** There is nothing to divide by. */
  | 'no-units'
  /** There is something, but less than a verdict may stand on. */
  | 'not-enough-data'
  /** The period, or the one it is compared with, has no rows. */
  | 'no-data'
  /** The source cannot give it at all. */
  | 'not-available-from-this-source'
  /** Two conversions look the same in the data. */
  | 'cannot-be-told-apart'

export function isKnown<T extends object>(value: T): value is Exclude<T, Unknown> {
  return !('unknown' in value)
}
