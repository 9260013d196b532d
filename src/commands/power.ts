import { powerOf } from '../analytics/power.ts'
import { tallyOf } from '../analytics/tally.ts'
import { percent, whole } from '../analytics/words.ts'
import { wrapped } from '../analytics/wrapped.ts'
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
    ['days', 'daily', 'units', 'reached'],
    io,
  )
  const [period] = periods
  if (period === undefined) throw new Error('A question about power needs a period.')
  const power = powerOf(id, toMeasure.measured, period, tallyOf(answers))
  if (options.format === 'json') {
    io.out(`${JSON.stringify(power, null, 2)}\n`)
    return 0
  }
  const head = `${power.id}: ${percent(power.rate)} of ${power.unit} in ${period.label}, ${whole(power.unitsPerWeek)} ${power.unit === 'sessions' || power.unit === 'users' ? power.unit : `sessions with ${power.unit}`} a week. To see it four times out of five:`
  const lines = power.questions.map(
    ({ question, from, to, sides, counted, units, weeks }) =>
      `${question} (${counted === 'units' ? percent(to) : `${whole(to)} a week, now ${whole(from)}`}): ${whole(units)}${counted === 'units' ? '' : ' of them'}${sides === 2 ? ' on each side' : ''}, ${weeks} ${weeks === 1 ? 'week' : 'weeks'}`,
  )
  io.out(`${[wrapped(head, 0), ...lines.map((line) => wrapped(line, 2))].join('\n')}\n`)
  return 0
}
