import { writeFile } from 'node:fs/promises'
import { renderScorecardMarkdown } from '../analytics/render-markdown.ts'
import { renderScorecardText } from '../analytics/render-text.ts'
import { isAlarming, scorecardOf } from '../analytics/scorecard.ts'
import type { Scorecard } from '../analytics/scorecard-types.ts'
import { QUESTIONS } from '../analytics/statements.ts'
import type { ExitCode, Io } from './io.ts'
import { measurePeriod, planToMeasure, type MeasureOptions } from './measured-plan.ts'

export interface ScorecardOptions extends MeasureOptions {
  readonly format: 'text' | 'json' | 'markdown'
  readonly out?: string
  readonly check?: boolean
}

/** Measures a period against the plan and prints it. Exit 2 with --check when something is broken or an alarm is raised. */
export async function scorecardCommand(
  named: string | undefined,
  options: ScorecardOptions,
  io: Io,
): Promise<ExitCode> {
  const measured = await planToMeasure(named, options, io)
  const questions = QUESTIONS.filter((name) => name !== 'variants' || measured.subject.experiments.length > 0)
  const answered = await measurePeriod(measured, options, questions, io)
  const { subject, asOf } = measured
  const card = scorecardOf({ subject, asOf, ...answered })
  const text = rendered(card, options.format)
  if (options.out === undefined) io.out(text)
  else {
    await writeFile(options.out, text)
    io.err(`${options.out}\n`)
  }
  return options.check === true && isAlarming(card) ? 2 : 0
}

function rendered(card: Scorecard, format: ScorecardOptions['format']): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(card, null, 2)}\n`
    case 'markdown':
      return renderScorecardMarkdown(card)
    case 'text':
      return renderScorecardText(card)
  }
}
