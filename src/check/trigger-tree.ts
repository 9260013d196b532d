/** Triggers as they are nested in the file, for the rules about their shape. */
import { pointerOf, type Pointer } from '../plan/diagnostic.ts'
import type { Condition, Trigger } from '../plan/plan-types.ts'
import type { PlanPlaces } from './places.ts'

export interface NestedTrigger {
  readonly at: Pointer
  readonly trigger: Trigger
}

/** Every trigger, groups and their members included. */
export function allTriggers(places: PlanPlaces): NestedTrigger[] {
  const owners = [
    ...places.conversions.map(({ at, data }) => ({ at, trigger: data.trigger })),
    ...places.destinations.map(({ at, destination }) => ({ at, trigger: destination.trigger })),
  ]
  return owners.flatMap(({ at, trigger }) => (trigger === undefined ? [] : nested(trigger, `${at}/trigger`)))
}

function nested(trigger: Trigger, at: Pointer): NestedTrigger[] {
  const members = (['any', 'all'] as const).flatMap((group) =>
    (trigger[group] ?? []).flatMap((one, index) => nested(one, at + pointerOf(group, index))),
  )
  return [{ at, trigger }, ...members]
}

/** Every condition of every trigger. */
export function conditionLists(
  places: PlanPlaces,
): { at: Pointer; condition: Condition; list: 'when' | 'armedWhen' | 'unless' }[] {
  return allTriggers(places).flatMap(({ at, trigger }) =>
    (['when', 'armedWhen', 'unless'] as const).flatMap((list) =>
      (trigger[list] ?? []).map((condition, index) => ({ at: at + pointerOf(list, index), condition, list })),
    ),
  )
}
