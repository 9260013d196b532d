import { powerOf } from '../analytics/power.ts'
import { renderPowerText } from '../analytics/power-words.ts'
import { tallyOf } from '../analytics/tally.ts'
import type { ExitCode, Io } from './io.ts'
import { measurePeriod, planToMeasure, type MeasureOptions } from './plan-to-measure.ts'

export interface PowerOptions extends MeasureOptions {
  readonly plan?: string
  readonly format: 'text' | 'json'
}

/** Says how many units, and how many weeks of today's traffic, a target, a guardrail or an experiment needs. */
export async function powerCommand(id: string, options: PowerOptions, io: Io): Promise<ExitCode> {
  const toMeasure = await planToMeasure(options.plan, options, io)
  const { answers, periods } = await measurePeriod(
    toMeasure,
    options,
    ['days', 'daily', 'units', 'reached', 'buyers', 'users'],
    io,
  )
  const [period] = periods
  if (period === undefined) throw new Error('A question about power needs a period.')
  const power = powerOf(id, toMeasure.measured, period, tallyOf(answers))
  io.out(
    options.format === 'json' ? `${JSON.stringify(power, null, 2)}\n` : renderPowerText(power, period.label),
  )
  return 0
}
