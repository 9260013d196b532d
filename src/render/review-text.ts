/** A review for people at a terminal. */
import { and } from '../words/counting.ts'
import { kindText } from '../kinds/kinds.ts'
import type { Level, PlanChange, PlanReview, Review } from '../review/review.ts'
import { PLAIN, printable, type Paint } from './diagnostics.ts'
import {
  consequencesIn,
  countsOf,
  fieldValue,
  foldedAdditions,
  LIMITS_NOTE,
  limitWords,
  subjectWords,
  together,
} from './review-words.ts'

export interface ReviewTextOptions {
  readonly paint?: Paint
  /** Every field of GTM and GA4. */
  readonly verbose?: boolean
}

export function renderReviewText(review: Review, options: ReviewTextOptions = {}): string {
  const paint = options.paint ?? PLAIN
  const { verdict, base } = review
  const blocks = [
    `${paint.bold(colourOf(verdict.level, paint)(one(verdict.headline)))} ${paint.dim(`(compared with ${one(base)})`)}`,
    ...review.plans.map((plan) => planBlock(plan, paint, options.verbose ?? false)),
  ]
  return `${blocks.join('\n\n')}\n`
}

function colourOf(level: Level, paint: Paint): (text: string) => string {
  if (level === 'invalid' || level === 'irreversible') return paint.red
  return level === 'deletes' || level === 'changes' ? paint.yellow : same
}

function planBlock(plan: PlanReview, paint: Paint, verbose: boolean): string {
  const was = plan.previousFile === undefined ? '' : `, was ${one(plan.previousFile)}`
  const { told, folded } = verbose ? { told: plan.changes, folded: [] } : foldedAdditions(plan.changes)
  return [
    paint.bold(`${one(plan.title)} (${one(plan.file)}${was})`),
    ...plan.notes.map((note) => `  ${one(note)}`),
    ...consequencesIn(plan)
      .filter(({ dangerous }) => dangerous)
      .map(({ text, irreversible, environments }) => {
        const where = environments.length === 0 ? '' : ` (${and(environments.map(one))})`
        return (irreversible ? paint.red : paint.yellow)(`  ! ${one(text)}${where}`)
      }),
    ...told.flatMap((change) => changeLines(change, paint)),
    ...folded.map((change) => firstLine(change, paint)),
    ...(folded.length === 0 ? [] : [paint.dim('    what each of the new ones is: --verbose')]),
    ...plan.findings.map(
      ({ severity, code, message, location }) =>
        `  new ${severity} ${code}${location === undefined ? '' : ` ${paint.dim(one(`${location.file}:${location.line}:${location.column}`))}`} ${one(message)}`,
    ),
    ...plan.effects.flatMap((effect) => {
      const place = paint.bold(`  In ${and(effect.environments.map(one))}`)
      const counts = countsOf(effect)
      return [
        `${place}${counts === '' ? '' : `: ${counts}`}`,
        ...effect.consequences.filter(({ dangerous }) => !dangerous).map(({ text }) => `    · ${one(text)}`),
        ...(effect.limits.length === 0
          ? []
          : [paint.dim(`    limits (${LIMITS_NOTE}): ${effect.limits.map(limitWords).join('; ')}`)]),
        ...resourceLines(effect.changes, paint, verbose),
      ]
    }),
  ].join('\n')
}

function firstLine(change: PlanChange, paint: Paint): string {
  const sign = { added: paint.green('+'), removed: paint.red('-'), changed: paint.yellow('~') }[change.action]
  return `  ${sign} ${paint.bold(one(change.title))} (${one(change.id)}, ${subjectWords(change, one, one)})`
}

function changeLines(change: PlanChange, paint: Paint): string[] {
  return [
    firstLine(change, paint),
    ...change.fields.map(({ label, before, after }) => {
      const words =
        before === undefined
          ? one(after ?? '')
          : after === undefined
            ? `${one(before)} → nothing`
            : `${one(before)} → ${one(after)}`
      return `      ${one(label)}: ${change.action === 'removed' ? one(before ?? '') : words}`
    }),
    ...(change.hint === undefined ? [] : [`      ${paint.cyan(one(change.hint))}`]),
  ]
}

function resourceLines(
  changes: PlanReview['effects'][number]['changes'],
  paint: Paint,
  verbose: boolean,
): string[] {
  return together(changes).flatMap(({ action, kind, changes: group, fields }) => {
    const names = group.map(({ name, previousName }) =>
      previousName === undefined ? one(name) : `${one(previousName)} → ${one(name)}`,
    )
    const shown = verbose ? names : names.slice(0, 3)
    const others = names.length > shown.length ? ` and ${names.length - shown.length} more` : ''
    const line = `    ${action} ${group.length === 1 ? '' : `${group.length} `}${kindText(kind, group.length)} ${shown.join(', ')}${others}`
    if (!verbose) return [line]
    return [
      line,
      ...fields.map(({ path, before, after }) =>
        paint.dim(
          `        ${one(path)}${before === undefined && after === undefined ? '' : `: ${value(before)} → ${value(after)}`}`,
        ),
      ),
    ]
  })
}

function value(it: unknown): string {
  return it === undefined ? 'nothing' : one(fieldValue(it))
}

/** A plan's words on one line, with control characters made visible. */
function one(text: string): string {
  return printable(text.replaceAll(/\s*[\r\n]+\s*/g, ' '))
}

function same(text: string): string {
  return text
}
