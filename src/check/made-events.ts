/** Events that GA4 makes itself because the plan says so: of others, and as somebody joins an audience. */
import { pointerOf, type Pointer } from '../plan/diagnostic.ts'
import type { PlanPlaces } from './places.ts'

interface MadeEvent {
  readonly at: Pointer
  readonly about?: 'key'
  readonly name: string
}

/** Without those that a conversion has: what is wrong with their names is said there. */
export function madeEvents({ plan, audiences, conversions }: PlanPlaces): readonly MadeEvent[] {
  const planned = new Set(conversions.map(({ data }) => data.event))
  const made: readonly MadeEvent[] = [
    ...Object.keys(plan.property?.derived ?? {}).map((name) => ({
      at: pointerOf('property', 'derived', name),
      about: 'key' as const,
      name,
    })),
    ...audiences.flatMap(({ at, audience: { event } }) =>
      event === undefined ? [] : [{ at: `${at}/event`, name: event }],
    ),
  ]
  return made.filter(({ name }) => !planned.has(name))
}
