/** What the audiences of a plan refer to. */
import { pointerOf, type Pointer } from '../plan/diagnostic.ts'
import type { PlacedConversion, PlanPlaces } from './places.ts'

export interface NamedConversion {
  readonly id: string
  readonly at: Pointer
  /** Undefined where the plan has no such conversion. */
  readonly conversion: PlacedConversion | undefined
}

/** Every id in `did`, `didNot` and `inOrder`, each with its place. */
export function conversionsNamedBy(places: PlanPlaces): readonly NamedConversion[] {
  const byId = new Map(places.conversions.map((conversion) => [conversion.id, conversion]))
  return places.audiences.flatMap(({ at, audience }) =>
    (['did', 'didNot', 'inOrder'] as const).flatMap((part) =>
      (audience[part] ?? []).map((id, index) => ({
        id,
        at: at + pointerOf(part, index),
        conversion: byId.get(id),
      })),
    ),
  )
}
