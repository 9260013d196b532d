/** What the audiences of a plan refer to. */
import { pointerOf, type Pointer } from '../plan/diagnostic.ts'
import type { ConversionView, PlanView } from './view.ts'

export interface NamedConversion {
  readonly id: string
  readonly at: Pointer
  /** Undefined where the plan has no such conversion. */
  readonly conversion: ConversionView | undefined
}

/** Every id in `did`, `didNot` and `inOrder`, each with its place. */
export function conversionsNamedBy(view: PlanView): readonly NamedConversion[] {
  const byId = new Map(view.conversions.map((conversion) => [conversion.id, conversion]))
  return view.audiences.flatMap(({ at, audience }) =>
    (['did', 'didNot', 'inOrder'] as const).flatMap((part) =>
      (audience[part] ?? []).map((id, index) => ({
        id,
        at: at + pointerOf(part, index),
        conversion: byId.get(id),
      })),
    ),
  )
}
