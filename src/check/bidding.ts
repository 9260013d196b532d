/** What Google Ads bids on, as the plan's `send` says it. */
import { destinationModule, type DestinationKind } from '../destinations/kinds.ts'
import type { Sent } from '../plan/plan-types.ts'

/** Whether a conversion that is sent so is an action on which the vendor bids: it has a label there, and nothing says that it is secondary. */
export function bidsOn(kind: DestinationKind, said: Sent | undefined): boolean {
  if (destinationModule(kind).counts !== 'primary') return false
  return typeof said === 'object' ? said.as !== undefined && said.primary !== false : typeof said === 'string'
}
