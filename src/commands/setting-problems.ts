/** Settings that two plans state otherwise for one GA4 property. */
import { measurementIdText } from '../plan/measurement-ids.ts'
import { compileGa4 } from '../compile/compile.ts'
import { settingsDisputed } from '../diff/settings.ts'
import type { Diagnostic } from '../plan/diagnostic.ts'
import type { ParsedPlan } from '../plan/parse.ts'
import type { Plan } from '../plan/plan.ts'
import type { ProcessEnvironment } from '../plan/variables.ts'
import type { Resource } from '../resources/resource.ts'
import { located, ofEachEnvironment, placeIn, saidOnce } from './plan-environments.ts'

/** @param pairs of sound plans that have a property in common. */
export function settingProblems(
  pairs: readonly (readonly [ParsedPlan, ParsedPlan])[],
  env: ProcessEnvironment,
): readonly Diagnostic[] {
  const compiledOf = ofEachEnvironment(env, compiled)
  return saidOnce(
    pairs.flatMap(([first, second]) =>
      compiledOf(second).flatMap((ours) =>
        compiledOf(first)
          .filter(({ ga4 }) => ga4.property === ours.ga4.property)
          .flatMap((theirs) => between(theirs, first, ours, second)),
      ),
    ),
  )
}

interface Compiled {
  readonly ga4: Plan['environment']['ga4']
  readonly resources: readonly Resource[]
}

function compiled(plan: Plan): Compiled {
  return { ga4: plan.environment.ga4, resources: compileGa4(plan) }
}

function between(
  theirs: Compiled,
  theirPlan: ParsedPlan,
  ours: Compiled,
  ourPlan: ParsedPlan,
): readonly Diagnostic[] {
  const isOneStream = measurementIdText(theirs.ga4) === measurementIdText(ours.ga4)
  return settingsDisputed(ours.resources, theirs.resources, isOneStream, ({ origin }) =>
    placeIn(theirPlan, origin),
  ).map((one) => located(one, ourPlan))
}
