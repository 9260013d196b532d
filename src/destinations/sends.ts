/** Where a conversion goes beside GA4, and under which name. */
import type { Conversion, Destination, Plan } from '../plan/plan.ts'
import { destinationModule, type DestinationKind } from './kinds.ts'

export interface Sending {
  readonly destination: Destination
  /** What the vendor knows the conversion by. */
  readonly name: string
}

/** In the order of the plan's destinations. What no tag of the plan collects goes nowhere. */
export function sendingsOf(plan: Plan, conversion: Conversion): readonly Sending[] {
  if (conversion.trigger === undefined) return []
  return plan.destinations.flatMap((destination) => {
    const said = conversion.send[destination.id]
    const isSent = said ?? (destination.sends === 'goals' && conversion.tier === 'goal')
    return isSent !== false
      ? [{ destination, name: sentName(destination.kind, said ?? true, conversion.event ?? conversion.id) }]
      : []
  })
}

/** As the plan says, else by the vendor's own name for the event. */
function sentName(kind: DestinationKind, said: string | boolean, event: string): string {
  return typeof said === 'boolean' ? (destinationModule(kind).names[event] ?? event) : said
}
