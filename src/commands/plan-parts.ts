import { planPartOf } from '../diff/plan-part.ts'
import { conversionsOf } from '../plan/plan.ts'
import type { PlanPart } from '../resources/change-set.ts'
import type { Key } from '../resources/resource.ts'
import { titleAt } from './compare.ts'
import type { LoadedPlan } from './load-plan.ts'

/** Which part of the plan a key is about, with its title where the plan still has it. */
export function planPartsOf({ plan, parsed }: LoadedPlan): (key: Key) => PlanPart {
  const pointers = new Map([...conversionsOf(plan), ...plan.stages].map(({ id, at }) => [id, at]))
  return (key) => {
    const part = planPartOf(key, undefined)
    return planPartOf(key, pointers.get(part.id), (pointer) => titleAt(parsed.document, pointer))
  }
}
