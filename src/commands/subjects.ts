import { subjectOf } from '../diff/subject.ts'
import { conversionsOf } from '../plan/plan.ts'
import type { Subject } from '../resources/change-set.ts'
import type { Key } from '../resources/resource.ts'
import { titleAt } from './compare.ts'
import type { LoadedPlan } from './load-plan.ts'

/** Which part of the plan a key is about, with its title where the plan still has it. */
export function subjectsOf({ plan, parsed }: LoadedPlan): (key: Key) => Subject {
  const pointers = new Map([...conversionsOf(plan), ...plan.stages].map(({ id, at }) => [id, at]))
  return (key) => {
    const subject = subjectOf(key, undefined)
    return subjectOf(key, pointers.get(subject.id), (pointer) => titleAt(parsed.document, pointer))
  }
}
