/** A stage's own target: how many units did at least one of its micro conversions, held against what the plan wants. */
import type { MeasuredConversion, MeasuredPlan, MeasuredStage } from './measured-plan.ts'
import type { Period } from './period.ts'
import type { Rate, StageSeen, Unknown } from './scorecard-types.ts'
import { NOT_AVAILABLE, type Tally } from './tally.ts'
import { stageTarget } from './target.ts'

/** Those with a target, in the order of the plan. */
export function stagesOf(plan: MeasuredPlan, period: Period, tally: Tally): StageSeen[] {
  return plan.stages.flatMap((stage): StageSeen[] => {
    const { id, title, target } = stage
    if (target === undefined) return []
    const micros = plan.conversions.filter((one) => stage.micros.includes(one.id))
    const seen = micros.filter((one) => one.event !== undefined && tally.days(one.id).length > 0)
    const missing = micros.filter((one) => !seen.includes(one)).map((one) => one.title)
    const rate = rateOfStage(stage, micros, seen, tally)
    const rows = seen.flatMap((one) => tally.days(one.id))
    const held = stageTarget(target, rate, rows, period, tally, plan.currency)
    // What cannot be seen may be what is missing.
    const isOpen = held.status === 'behind' && missing.length > 0
    return [{ id, title, rate, target: isOpen ? { ...held, status: 'cannot-tell' } : held, missing }]
  })
}

function rateOfStage(
  stage: MeasuredStage,
  micros: readonly MeasuredConversion[],
  seen: readonly MeasuredConversion[],
  tally: Tally,
): Rate | Unknown {
  if (stage.noRate !== undefined || micros.every(({ event }) => event === undefined)) return NOT_AVAILABLE
  if (seen.length === 0) return { unknown: 'no-data' }
  if (seen.some(({ sameAs }) => sameAs.some((other) => !stage.micros.includes(other))))
    return { unknown: 'cannot-be-told-apart' }
  return tally.stageRate(stage)
}
