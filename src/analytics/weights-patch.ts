/** Weights as edits of the plan: only those that hold, with what they rest on. Nothing is written by this. */
import { pointerOf, type Edit } from '../plan/diagnostic.ts'
import { isKnown } from './statistics/estimate.ts'
import type { MeasuredPlan } from './measured-plan.ts'
import { WEIGHT_RULES, type GoalWeights } from './weights.ts'

/** One micro's weight as edits, or the word that it would be one but drifts: what changes while it is measured is no number to write down. */
export interface WeightOffer {
  readonly micro: string
  readonly drifting: boolean
  readonly edits: readonly Edit[]
}

/** @param asOf the day they were made; @param window the days they were made from */
export function weightOffers(
  goals: readonly GoalWeights[],
  plan: MeasuredPlan,
  asOf: string,
  window: string,
): readonly WeightOffer[] {
  const primary = plan.conversions.find(({ primary: decides }) => decides)?.id
  // Weights that say no more than the overall rate are not offered.
  const offered = goals.filter(({ check }) => check.beats !== false)
  return offered.flatMap(({ goal, micros }) =>
    micros.flatMap(({ micro, weight, verdict, table, drifting }): WeightOffer[] => {
      const conversion = plan.conversions.find(({ id }) => id === micro)
      // A weight is a share of the goal that the micro's value comes from: the primary one where it feeds that.
      const main = conversion?.feeds.find((fed) => fed === primary) ?? conversion?.feeds[0]
      if (verdict !== 'predictive' || !isKnown(weight) || main !== goal || conversion?.stage === undefined)
        return []
      if (drifting) return [{ micro, drifting, edits: [] }]
      const at = pointerOf('stages', conversion.stage, 'micro', micro)
      const evidence = {
        method: `share of sessions with it that reach ${goal}, shrunk by ${WEIGHT_RULES.pseudo} sessions`,
        asOf,
        window,
        n: table.a + table.b,
        interval: `${weight.low.toFixed(4)}..${weight.high.toFixed(4)}`,
      }
      const filled: readonly Edit[] =
        conversion.evidence === undefined
          ? [{ set: `${at}/evidence`, value: evidence }]
          : Object.entries(evidence).map(([name, value]) => ({ set: `${at}/evidence/${name}`, value }))
      const edits = [{ set: `${at}/weight`, value: Number(weight.value.toFixed(4)) }, ...filled]
      return [{ micro, drifting, edits }]
    }),
  )
}
