/** What stands in a container and on a property, and is not the plan's. */

export interface UnmanagedThing {
  /** A kind of resource, or Google's word for what the product never writes: `customTemplate`, `zone`, ... */
  readonly kind: string
  readonly name: string
  /** Google's id. */
  readonly id: string
  /** The plan that made it; absent for what no plan made. */
  readonly plan?: string
  /** The plan at hand refers to it instead of making its own. */
  readonly used: boolean
  /** What it does, in the words of the plan. */
  readonly does: readonly { readonly word: string; readonly text: string }[]
}

export interface Unmanaged {
  readonly formatVersion: 1
  readonly plan: string
  readonly environment: string
  /** `GTM-XXXX` */
  readonly container: string
  /** The number of the version that was looked at: the newest. */
  readonly version: string
  /** The number of the property; absent where nothing of GA4 was read. */
  readonly property?: string
  readonly things: readonly UnmanagedThing[]
}
