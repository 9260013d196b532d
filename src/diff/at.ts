import type { Pointer } from '../plan/diagnostic.ts'

/** Where a finding about a thing points to: the place in the plan that asks for it, if any does. */
export function at({ origin }: { readonly origin?: Pointer | undefined } = {}): { readonly at?: Pointer } {
  return origin === undefined ? {} : { at: origin }
}
