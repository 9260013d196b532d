import { dayText } from '../analytics/days.ts'
import { AnalyticsError } from '../analytics/failure.ts'
import { measure } from '../analytics/measure.ts'
import { tallyOf } from '../analytics/tally.ts'
import { isMissing, renderVerifiedText, verifiedOf } from '../analytics/verify.ts'
import type { ExitCode, Io } from './io.ts'
import { planToMeasure, SQL_FOLDER, type MeasureOptions } from './plan-to-measure.ts'
import { remoteOpener } from './remote-source.ts'

export interface VerifyOptions extends MeasureOptions {
  readonly days: number
  readonly format: 'text' | 'json'
}

/** Looks for every planned event and parameter in the last days. Exit 1 when something never arrived. */
export async function verifyCommand(
  named: string | undefined,
  options: VerifyOptions,
  io: Io,
): Promise<ExitCode> {
  const { measured, source, asOf, today, plan } = await planToMeasure(named, options, io)
  if (options.days < 1)
    throw new AnalyticsError('bad-period', `${options.days} days are none.`, 'look at one or more: --days 7.')
  const [first, end] = [asOf - options.days, asOf]
  const period = { kind: 'days', label: `${dayText(first)}..${dayText(end - 1)}`, first, end } as const
  const asked = { periods: [period], span: { first, end } }
  io.progress(options.days === 1 ? 'Reading the last day' : `Reading the last ${options.days} days`)
  const { answers, source: read } = await remoteOpener(source, plan, options, io, (open) =>
    measure(
      source,
      measured,
      asked,
      { first: first - 1, end: end + 1 },
      ['days', 'names', 'daily', 'parameters'],
      SQL_FOLDER,
      open,
      today,
    ),
  ).finally(() => io.progress())
  const tally = tallyOf(answers)
  if (![...tally.daysSeen].some((day) => day >= first && day < end))
    throw new AnalyticsError(
      'no-rows-in-the-period',
      `There is nothing in ${period.label}.`,
      'look at more days (--days), or name the day after the last one that has data (--as-of).',
    )
  const verified = verifiedOf(measured, period, tally, read.notes)
  io.out(options.format === 'json' ? `${JSON.stringify(verified, null, 2)}\n` : renderVerifiedText(verified))
  return isMissing(verified) ? 1 : 0
}
