/** The alarms that the plan asks for. Each stands on a verdict: what cannot be told raises none. */
import { shareOf } from './amounts.ts'
import { dayOf } from './days.ts'
import { changeOf } from './guardrail.ts'
import type { Period } from './period.ts'
import type { Alert, Conversion, Target } from './scorecard-types.ts'
import { isKnown } from './statistics/estimate.ts'
import type { MeasuredPlan } from './measured-plan.ts'
import { percent } from './words.ts'
import type { Tally } from './tally.ts'

export function alertsOf(
  plan: MeasuredPlan,
  rows: readonly Conversion[],
  periods: readonly Period[],
  tally: Tally,
): Alert[] {
  return plan.conversions.flatMap((conversion): Alert[] => {
    const { alerts } = conversion
    const row = rows.find(({ id }) => id === conversion.id)
    if (alerts === undefined || row === undefined) return []
    const raised: Alert[] = []
    if (alerts.drop !== undefined) {
      const change = changeOf({ conversion, what: 'occurrences' }, periods, tally)
      if (isKnown(change) && change.high < -shareOf(alerts.drop))
        raised.push({
          conversion: conversion.id,
          kind: 'drop',
          text: `${conversion.title} is ${percent(-change.value)} below the same weekdays before (${percent(-change.high)} to ${percent(-change.low)}), and ${alerts.drop} is the limit.`,
        })
    }
    if (alerts.target === true && row.target?.status === 'behind' && isDue(row.target, periods))
      raised.push({
        conversion: conversion.id,
        kind: 'target',
        text: `${conversion.title} is surely behind its target of ${row.target.text}.`,
      })
    const left = row.benchmarks.find(({ verdict }) => verdict === 'below' || verdict === 'above')
    if (alerts.benchmark === true && left !== undefined)
      raised.push({
        conversion: conversion.id,
        kind: 'benchmark',
        text: `${conversion.title} is ${left.verdict} its range of ${percent(left.low)} to ${percent(left.high)}${[left.channel, left.device].filter(Boolean).length > 0 ? ` (${[left.channel, left.device].filter(Boolean).join(', ')})` : ''}.`,
      })
    return raised
  })
}

/** Before its day a target that is not reached yet is no failure: it is told as behind, and raises nothing. */
function isDue({ by }: Target, [period]: readonly Period[]): boolean {
  return by === undefined || period === undefined || (dayOf(by) ?? -Infinity) < period.end
}
