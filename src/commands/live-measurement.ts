import { checkPlan } from '../check/check.ts'
import { enhancedMeasurementDoesNotCountItToo } from '../check/rules/triggers/enhanced-measurement-does-not-count-it-too.ts'
import { enhancedMeasurementEventsAreNotSentTwice } from '../check/rules/names/enhanced-measurement-events-are-not-sent-twice.ts'
import { enhancedMeasurementIsOnWhereItIsReliedOn } from '../check/rules/names/enhanced-measurement-is-on-where-it-is-relied-on.ts'
import { allSwitches, liveMeasurement } from '../live/measurement.ts'
import type { LiveState } from '../live/live.ts'
import type { Diagnostic } from '../plan/diagnostic.ts'
import type { PlanDocument } from '../plan/plan-types.ts'
import type { Io } from './io.ts'
import { today, type CompiledPlan } from './load-plan.ts'

/** The laws of counting once; what the plan states itself was checked before anything was read. */
const RULES = [
  enhancedMeasurementDoesNotCountItToo,
  enhancedMeasurementEventsAreNotSentTwice,
  enhancedMeasurementIsOnWhereItIsReliedOn,
]

/**
 * Whether something of the plan would count twice, or never come, as a switch stands of which the plan says nothing:
 * then GA4 is asked how they stand, although nothing of them is the plan's.
 */
export function dependsOnMeasurement(compiled: CompiledPlan, io: Io): boolean {
  return [true, false].some((on) => problemsWith(allSwitches(on), compiled, io).length > 0)
}

/** What would count twice, or never come, as GA4's switches stand now, of those that the plan says nothing of. */
export function measurementProblems(compiled: CompiledPlan, live: LiveState, io: Io): readonly Diagnostic[] {
  const now = liveMeasurement(live)
  if (now === undefined) return []
  return problemsWith(now, compiled, io).map((one) => ({
    ...one,
    severity: 'warning',
    message: `${one.message} The plan says nothing of that switch; GA4 has it so now.`,
  }))
}

function problemsWith(
  now: { readonly [toggle: string]: boolean },
  { plan, parsed }: CompiledPlan,
  io: Io,
): readonly Diagnostic[] {
  const document = parsed.document as PlanDocument
  const enhancedMeasurement = { ...now, ...document.enhancedMeasurement }
  const { diagnostics } = checkPlan(
    { ...parsed, document: { ...document, enhancedMeasurement }, diagnostics: [] },
    { today: today(io), environment: plan.environment.id, env: io.env, rules: RULES },
  )
  return diagnostics.filter(({ severity }) => severity === 'error')
}
