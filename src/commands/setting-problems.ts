/** Settings that two plans state otherwise for one GA4 property. */
import { placeText } from '../check/across-plans.ts'
import { compileGa4 } from '../compile/compile.ts'
import { settingsDisputed } from '../diff/settings.ts'
import { buildPlan } from '../plan/build.ts'
import type { Diagnostic } from '../plan/diagnostic.ts'
import type { ParsedPlan } from '../plan/parse.ts'
import type { PlanDocument } from '../plan/plan-types.ts'
import type { Plan } from '../plan/plan.ts'
import { resolveVariables, type ProcessEnvironment } from '../plan/variables.ts'

/** @param pairs of sound plans that have a property in common. */
export function settingProblems(
  pairs: readonly (readonly [ParsedPlan, ParsedPlan])[],
  env: ProcessEnvironment,
): readonly Diagnostic[] {
  const found = pairs.flatMap(([first, second]) => {
    const others = plansOf(first, env)
    return plansOf(second, env).flatMap((ours) =>
      others
        .filter(({ environment }) => environment.ga4.property === ours.environment.ga4.property)
        .flatMap((theirs) => between(theirs, first, ours, second)),
    )
  })
  // Environments of one plan state mostly the same.
  return [...new Map(found.map((one) => [JSON.stringify([one.message, one.location]), one])).values()]
}

/** The plan for each of its environments. */
function plansOf({ document, file }: ParsedPlan, env: ProcessEnvironment): readonly Plan[] {
  return Object.keys((document as PlanDocument).environments).map((id) =>
    buildPlan(resolveVariables(document as PlanDocument, id, env).document as PlanDocument, id, file),
  )
}

function between(
  theirs: Plan,
  theirPlan: ParsedPlan,
  ours: Plan,
  ourPlan: ParsedPlan,
): readonly Diagnostic[] {
  const isOneStream = theirs.environment.ga4.measurementId === ours.environment.ga4.measurementId
  return settingsDisputed(compileGa4(ours), compileGa4(theirs), isOneStream, ({ origin }) => {
    const place = origin === undefined ? undefined : theirPlan.locate(origin)
    return place === undefined ? theirPlan.file : placeText(place)
  }).map((one) => {
    const location = one.at === undefined ? undefined : ourPlan.locate(one.at)
    return location === undefined ? one : { ...one, location }
  })
}
