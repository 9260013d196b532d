import type { ExitCode, Io } from './io.ts'
import { renderScorecardMarkdown } from '../analytics/render-markdown.ts'
import { renderScorecardText } from '../analytics/render-text.ts'
import { isAlarming, scorecardOf } from '../analytics/scorecard.ts'
import type { Scorecard } from '../analytics/scorecard-types.ts'
import type { Dialect } from '../analytics/rows.ts'
import { QUESTIONS } from '../analytics/statements.ts'
import { Failure, UsageError } from './failure.ts'
import { measurePeriod, planToMeasure, type MeasureOptions } from './plan-to-measure.ts'
import { replaceFile } from './replace-file.ts'

export interface ScorecardOptions extends MeasureOptions {
  readonly format: 'text' | 'json' | 'markdown' | 'html'
  readonly out?: string
  readonly check?: boolean
  /** Prints the views behind the figures instead of the figures. */
  readonly sql?: Dialect
  /** The dataset to write them to. */
  readonly writeTo?: string
  readonly templates?: string
  /** Prints the page that was written. */
  readonly pdf?: boolean
  /** The Chromium or Chrome that prints; found in its usual places when left out. */
  readonly browser?: string
}

/** Measures a period against the plan and prints it. Exit 2 with --check when something is broken or an alarm is raised. */
export async function scorecardCommand(
  named: string | undefined,
  options: ScorecardOptions,
  io: Io,
): Promise<ExitCode> {
  if (options.pdf === true && (options.format !== 'html' || options.out === undefined))
    throw new UsageError('--pdf prints the page that is written: give --format html and --out FILE with it.')
  const toMeasure = await planToMeasure(named, options, io)
  const questions = QUESTIONS.filter(
    (name) => name !== 'variants' || toMeasure.measured.experiments.length > 0,
  )
  if (options.sql !== undefined) {
    const { sqlCommand } = await import('./scorecard-sql.ts')
    return sqlCommand(toMeasure, { ...options, sql: options.sql }, questions, io)
  }
  if (options.writeTo !== undefined)
    throw new UsageError('--write-to writes views: give --sql bigquery with it.')
  const answered = await measurePeriod(toMeasure, options, questions, io)
  const { measured, asOf } = toMeasure
  const card = scorecardOf({ plan: measured, asOf, ...answered })
  const drawn = await rendered(card, options)
  const text = io.hiding?.shown(drawn) ?? drawn
  if (options.out === undefined) io.out(text)
  else {
    await replaceFile(options.out, text)
    io.err(`${options.out}\n`)
    if (options.pdf === true) {
      const { printPages } = await import('./print-pages.ts')
      for (const file of await printPages([options.out], options.browser)) io.err(`${file}\n`)
    }
  }
  return options.check === true && isAlarming(card) ? 2 : 0
}

async function rendered(card: Scorecard, { format, templates }: ScorecardOptions): Promise<string> {
  switch (format) {
    case 'json':
      return `${JSON.stringify(card, null, 2)}\n`
    case 'markdown':
      return renderScorecardMarkdown(card)
    case 'text':
      return renderScorecardText(card)
    case 'html':
      return page(card, templates)
  }
}

/** What draws pages is loaded by those who want one. */
async function page(card: Scorecard, templates: string | undefined): Promise<string> {
  const { PageError, pageRenderer } = await import('../pages/render-page.ts')
  const { readPageFiles } = await import('../pages/read-pages.ts')
  const { pageFolders } = await import('./templates.ts')
  const { renderScorecardHtml } = await import('../analytics/render-html.ts')
  try {
    return renderScorecardHtml(card, pageRenderer(await readPageFiles(await pageFolders(templates))))
  } catch (error) {
    throw error instanceof PageError ? new Failure('pages-are-drawn', error.message) : error
  }
}
