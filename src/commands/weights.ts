import { dayText } from '../analytics/days.ts'
import { measure } from '../analytics/measure.ts'
import { periodOf, type Period } from '../analytics/period.ts'
import { weightOffers, type WeightOffer } from '../analytics/weights-patch.ts'
import { renderWeightsText } from '../analytics/weights-words.ts'
import { WEIGHT_RULES, weightsOf } from '../analytics/weights.ts'
import { AnalyticsError } from '../analytics/failure.ts'
import { tallyOf } from '../analytics/tally.ts'
import { applyEdits } from '../plan/edit.ts'
import { and } from '../words/counting.ts'
import { UsageError } from './failure.ts'
import type { ExitCode, Io } from './io.ts'
import { planToMeasure, SQL_FOLDER, type MeasureOptions } from './plan-to-measure.ts'
import { remoteOpener } from './remote-source.ts'
import { replaceFile } from './replace-file.ts'

export interface WeightsOptions extends MeasureOptions {
  readonly format: 'text' | 'json'
  readonly write?: boolean
}

/** Without a named period: the thirteen weeks before today. */
const DAYS = 91

/** Estimates weights and says what they are worth; with --write, puts those that hold into the plan's text. */
export async function weightsCommand(
  named: string | undefined,
  options: WeightsOptions,
  io: Io,
): Promise<ExitCode> {
  if (options.write === true && named === '-')
    throw new UsageError('--write changes the plan in its file: name the file instead of -.')
  const { measured, source, asOf, today, plan, parsed } = await planToMeasure(named, options, io)
  if (source.kind === 'api')
    throw new AnalyticsError(
      'not-available-from-this-source',
      'The Data API gives sums and no sessions, so there are no weights from it.',
      'use the export: --from "data/events_*.parquet" or --from bigquery:project.dataset.',
    )
  const span = spanOf(options, asOf, measured.cadence, measured.weekStart)
  const asked = { periods: [span], span: { first: span.first, end: span.end } }
  io.progress(`Reading ${span.label}`)
  const { answers } = await remoteOpener(source, plan, options, io, (open) =>
    measure(
      source,
      measured,
      asked,
      { first: span.first - 1, end: span.end + 1 },
      ['days', 'patterns'],
      SQL_FOLDER,
      open,
      today,
    ),
  ).finally(() => io.progress())
  const goals = weightsOf(measured, answers)
  const seen = [...tallyOf(answers).daysSeen].filter((day) => day >= span.first && day < span.end)
  const [first, last] = [Math.min(...seen), Math.max(...seen)]
  // What they rest on are the days that have data, not those that were asked for.
  const days = `${dayText(first)}..${dayText(last)}`
  const missing = last - first + 1 - seen.length
  if (options.format === 'json')
    io.out(
      `${JSON.stringify({ formatVersion: 1, plan: measured.id, window: days, rules: WEIGHT_RULES, goals }, null, 2)}\n`,
    )
  else io.out(renderWeightsText(goals, days, missing))
  if (options.write !== true) return 0
  const offers = weightOffers(goals, measured, dayText(asOf), days)
  const holding = offers.filter(({ drifting }) => !drifting)
  const { files } = applyEdits(
    parsed,
    holding.flatMap(({ edits }) => edits),
  )
  const changed = [...files].filter(([file, text]) => text !== parsed.textOf(file))
  for (const [file, text] of changed) await replaceFile(file, text)
  io.err(
    `${writtenWords(
      offers,
      changed.map(([file]) => file),
    )}\n`,
  )
  return 0
}

function writtenWords(offers: readonly WeightOffer[], files: readonly string[]): string {
  const named = (drifting: boolean): string =>
    and(offers.filter((one) => one.drifting === drifting).map(({ micro }) => micro))
  const [holding, drifting] = [named(false), named(true)]
  const written =
    holding === ''
      ? 'No weight holds; the plan is as it was.'
      : files.length === 0
        ? `The plan says the same already: ${holding}.`
        : `${files.join(', ')}: the weight of ${holding} written, with what it rests on; look at it before you commit.`
  return drifting === '' ? written : `${written} Left out, because it drifts: ${drifting}.`
}

function spanOf(
  options: MeasureOptions,
  asOf: number,
  cadence: 'weekly' | 'monthly' | 'quarterly' | 'yearly',
  weekStart: 'monday' | 'sunday' | 'saturday',
): Period {
  const isNamed = [options.week, options.month, options.since, options.until].some((one) => one !== undefined)
  if (isNamed) return periodOf({ ...options, asOf }, cadence, weekStart)
  return { kind: 'days', label: 'the last 13 weeks', first: asOf - DAYS, end: asOf }
}
