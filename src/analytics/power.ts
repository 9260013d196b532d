/** How much must be seen before a target, a guardrail or an experiment can be judged, and how long that takes at today's traffic. */
import { shareOf } from './amounts.ts'
import { AnalyticsError } from './failure.ts'
import type { Period } from './period.ts'
import { isKnown } from './statistics/estimate.ts'
import { unitsToTellApart } from './statistics/two-rates.ts'
import type { MeasuredConversion, MeasuredPlan } from './measured-plan.ts'
import type { Tally } from './tally.ts'

export interface Power {
  readonly formatVersion: 1
  readonly id: string
  readonly unit: string
  /** From the last period: the rate, and units a week. */
  readonly rate: number
  readonly unitsPerWeek: number
  readonly questions: readonly PowerQuestion[]
}

export interface PowerQuestion {
  readonly question: string
  /** Two rates, told apart four times out of five at 5 %. */
  readonly from: number
  readonly to: number
  /** On each side. */
  readonly units: number
  readonly weeks: number
}

/** Throws AnalyticsError for an id that is not in the plan, and where there is no rate to start from. */
export function powerOf(id: string, plan: MeasuredPlan, period: Period, tally: Tally): Power {
  const experiment = plan.experiments.find((one) => one.id === id)
  const improved = experiment?.improves ?? id
  const conversion = plan.conversions.find((one) => one.id === improved)
  if (conversion === undefined)
    throw new AnalyticsError(
      'no-such-conversion',
      `"${id}" is no conversion and no experiment of the plan.`,
      `use one of: ${[...plan.experiments, ...plan.conversions].map((one) => one.id).join(', ')}.`,
    )
  const hidden = conversion.unavailable?.why ?? conversion.noRate
  if (hidden !== undefined)
    throw new AnalyticsError(
      'not-available-from-this-source',
      `${conversion.title} has no rate here: ${hidden}.`,
      'measure the export: --from "data/events_*.parquet" or --from bigquery:project.dataset.',
    )
  const rate = tally.rate(conversion, 0, 'all', '')
  if (!isKnown(rate) || rate.k === 0)
    throw new AnalyticsError(
      'no-rows-in-the-period',
      `${conversion.title} has no rate in ${period.label}, so there is nothing to start from.`,
      'name a period in which it happened.',
    )
  const unitsPerWeek = (rate.n / (period.end - period.first)) * 7
  const ask = (question: string, to: number, sides = 1): readonly PowerQuestion[] => {
    if (to === rate.value || to <= 0 || to >= 1) return []
    const units = unitsToTellApart(rate.value, to)
    return [
      { question, from: rate.value, to, units, weeks: Math.ceil((10 * units * sides) / unitsPerWeek) / 10 },
    ]
  }
  return {
    formatVersion: 1,
    id,
    unit: rate.of,
    rate: rate.value,
    unitsPerWeek: Math.round(unitsPerWeek),
    questions: [
      ...(experiment === undefined ? plannedQuestions(conversion, rate.value, ask) : []),
      ...(experiment?.by === undefined
        ? []
        : ask(
            `experiment ${id}: ${experiment.by} more (two variants)`,
            rate.value * (1 + shareOf(experiment.by)),
            2,
          )),
      ...[0.05, 0.1, 0.2].flatMap((share) =>
        ask(
          `a change by ${Math.round(share * 100)} %`,
          rate.value * (1 + share),
          experiment === undefined ? 1 : 2,
        ),
      ),
    ],
  }
}

function plannedQuestions(
  { target, guardrail, expectedLift }: MeasuredConversion,
  rate: number,
  ask: (question: string, to: number) => readonly PowerQuestion[],
): readonly PowerQuestion[] {
  return [
    ...(target?.rate === undefined ? [] : ask(`target ${target.rate}`, shareOf(target.rate))),
    ...(guardrail === undefined
      ? []
      : ask(`guardrail: ${guardrail.maxDrop} less`, rate * (1 - shareOf(guardrail.maxDrop)))),
    ...(expectedLift === undefined
      ? []
      : ask(`expected lift of ${expectedLift}`, rate * (1 + shareOf(expectedLift)))),
  ]
}
