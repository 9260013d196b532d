/** Plans for each of their environments, two at a time, for what is wrong between them. */
import { placeText } from '../check/across-plans.ts'
import { buildPlan } from '../plan/build.ts'
import type { Diagnostic, Pointer } from '../plan/diagnostic.ts'
import type { ParsedPlan } from '../plan/parse.ts'
import type { PlanDocument } from '../plan/plan-types.ts'
import type { Plan } from '../plan/plan.ts'
import { resolveVariables, type ProcessEnvironment } from '../plan/variables.ts'

/** What is made of a sound plan for each of its environments; once a plan, however often it is asked for. */
export function ofEachEnvironment<T>(
  env: ProcessEnvironment,
  make: (plan: Plan) => T,
): (parsed: ParsedPlan) => readonly T[] {
  const made = new Map<ParsedPlan, readonly T[]>()
  return (parsed) => {
    const known = made.get(parsed) ?? plansOf(parsed, env).map(make)
    made.set(parsed, known)
    return known
  }
}

function plansOf({ document, file }: ParsedPlan, env: ProcessEnvironment): readonly Plan[] {
  const sound = document as PlanDocument
  return Object.keys(sound.environments).map((id) =>
    buildPlan(resolveVariables(sound, id, env).document as PlanDocument, id, file),
  )
}

/** `plans/shop.yaml:14:5`, or the file alone where the plan has no such place. */
export function placeIn(parsed: ParsedPlan, pointer: Pointer | undefined): string {
  const place = pointer === undefined ? undefined : parsed.locate(pointer)
  return place === undefined ? parsed.file : placeText(place)
}

/** With where it stands in the plan. */
export function located(found: Diagnostic, parsed: ParsedPlan): Diagnostic {
  const location = found.at === undefined ? undefined : parsed.locate(found.at, found.about)
  return location === undefined ? found : { ...found, location }
}

/** Environments of one plan mostly have the same in their way, which is said once. */
export function saidOnce(found: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(found.map((one) => [JSON.stringify([one.message, one.location]), one])).values()]
}
