/** A change set for people at a terminal: the plan's words first, Google's fields with `verbose`. */
import { kindText } from '../kinds/kinds.ts'
import type { Change, ChangeSet, FieldChange } from '../resources/change-set.ts'
import {
  groupChanges,
  subjectText,
  valueText,
  wordsOf,
  wordsOfGroup,
  type ChangeGroup,
  type Word,
} from '../words/change-words.ts'
import { PLAIN, printable, type Paint } from './diagnostics.ts'

export interface TextOptions {
  readonly paint?: Paint
  /** Every field of GTM and GA4. */
  readonly verbose?: boolean
  readonly width?: number
}

interface Style {
  readonly paint: Paint
  readonly verbose: boolean
  readonly width: number
}

export function renderChangeSetText(changeSet: ChangeSet, options: TextOptions = {}): string {
  const style: Style = {
    paint: options.paint ?? PLAIN,
    verbose: options.verbose ?? false,
    width: options.width ?? 80,
  }
  const { changes, uses } = changeSet
  if (changes.length === 0) return `${nothingToDo(changeSet)}\n${usesText(uses, style)}`
  const done = changes.filter((change) => change.held !== true)
  const held = changes.filter((change) => change.held === true)
  const blocks = [
    ...groupChanges(done).map((group) => groupText(group, style)),
    ...(held.length === 0 ? [] : [heldText(held, style)]),
  ]
  return `${blocks.join('\n')}\n${usesText(uses, style)}${closing(changeSet, style)}\n${requestsLine(changeSet)}\n`
}

function closing(changeSet: ChangeSet, { paint, width }: Style): string {
  const [summary, rest] = [summaryLine(changeSet), restLine(changeSet)]
  return `${paint.bold(summary)}${summary.length + rest.length < width ? ' ' : '\n'}${rest}`
}

export function nothingToDo({
  plan,
  environment,
  summary,
}: Pick<ChangeSet, 'plan' | 'environment' | 'summary'>): string {
  const others = summary.unmanaged === 0 ? '' : `, ${count(summary.unmanaged, 'other')} left alone`
  return `Nothing to change: ${plan} on ${environment} is as planned (${count(summary.unchanged, 'thing')} compared${others}).`
}

/** `Plan: 4 to create, 1 to update.` */
export function summaryLine({ summary }: Pick<ChangeSet, 'summary'>): string {
  const { create, update, rename, adopt } = summary
  const doing = [
    ...part(create, 'to create'),
    ...part(update, 'to update'),
    ...part(rename, 'to rename'),
    ...part(adopt, 'to adopt'),
    ...part(summary.delete, 'to delete'),
  ]
  return `Plan: ${doing.length === 0 ? 'nothing to do' : doing.join(', ')}.`
}

/** `66 unchanged, 12 others left alone.` */
export function restLine({ summary }: Pick<ChangeSet, 'summary'>): string {
  const { held, unchanged, unmanaged } = summary
  const rest = [
    ...part(held, 'changed by hand and left so'),
    `${unchanged} unchanged`,
    ...part(unmanaged, `other${unmanaged === 1 ? '' : 's'} left alone`),
  ]
  return `${rest.join(', ')}.`
}

export function requestsLine({ requests }: Pick<ChangeSet, 'requests'>): string {
  const { gtm, ga4, seconds } = requests
  return `Apply takes ${count(gtm, 'request')} to Tag Manager and ${ga4} to Analytics, about ${duration(seconds)}.`
}

export function duration(seconds: number): string {
  if (seconds < 90) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 90 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`
}

export function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`
}

function part(number: number, words: string): readonly string[] {
  return number === 0 ? [] : [`${number} ${words}`]
}

function groupText({ subject, changes }: ChangeGroup, style: Style): string {
  const symbol = symbolOf(changes)
  const head = `${coloured(symbol, style)} ${headingText(subject, style)}`
  if (style.verbose)
    return [head, ...changes.flatMap((change) => verboseLines(change, style))].join('\n') + '\n'
  const words = wordsOfGroup(changes)
  const lines = [...wordLines(words, style), ...thingLines(changes, style), ...remarks(changes, style)]
  return [head, ...lines].join('\n') + '\n'
}

/** A long title goes on a line of its own. */
function headingText(subject: ChangeGroup['subject'], { paint, width }: Style): string {
  const whole = printable(subjectText(subject))
  if (whole.length + 2 <= width || subject.title === undefined) return paint.bold(whole)
  const { title, ...untitled } = subject
  return `${paint.bold(printable(subjectText(untitled)))}\n      ${paint.bold(fit(printable(title), width - 6))}`
}

type Symbol = '+' | '~' | '-'

function symbolOf(changes: readonly Change[]): Symbol {
  if (changes.every(({ action }) => action === 'create')) return '+'
  return changes.every(({ action }) => action === 'delete') ? '-' : '~'
}

function coloured(symbol: Symbol, { paint }: Style): string {
  return { '+': paint.green, '~': paint.yellow, '-': paint.red }[symbol](symbol)
}

function wordLines(words: readonly Word[], style: Style): readonly string[] {
  const widest = Math.min(26, Math.max(0, ...words.map(({ word }) => word.length)))
  return words.map((word) => {
    const label = `      ${printable(word.word).padEnd(widest)}  `
    return `${label}${arrow(word, style, Math.max(24, style.width - label.length))}`
  })
}

/** `old -> new`; one side alone when there is only one. */
function arrow(word: Word, { paint }: Style, room: number): string {
  const [before, after] = [word.before?.replaceAll('\n', ' · '), word.after?.replaceAll('\n', ' · ')]
  if (before === undefined || before === '') return paint.green(fit(after ?? '', room))
  if (after === undefined || after === '')
    return `${paint.red(fit(before, room - 10))} ${paint.dim('(removed)')}`
  const half = Math.floor((room - 4) / 2)
  const [left, right] =
    before.length <= half
      ? [before, fit(after, room - 4 - before.length)]
      : [fit(before, half), fit(after, half)]
  return `${paint.red(printable(left))} -> ${paint.green(printable(right))}`
}

function fit(text: string, room: number): string {
  const line = printable(text)
  return line.length <= room ? line : `${[...line].slice(0, Math.max(1, room - 1)).join('')}…`
}

const VERBS: { readonly [A in Change['action']]: string } = {
  create: 'create',
  update: 'update',
  rename: 'rename',
  adopt: 'adopt',
  delete: 'delete',
}

/** Which things are touched, an action a line. */
function thingLines(changes: readonly Change[], style: Style): readonly string[] {
  const lines = (Object.keys(VERBS) as Change['action'][]).flatMap((action) => {
    const things = changes.filter((change) => change.action === action)
    if (things.length === 0) return []
    const names = things.map((change) => `${kindText(change.kind)} ${printable(change.name)}`)
    return wrapped(`      ${VERBS[action]}  `, names, style.width)
  })
  return lines.map(style.paint.dim)
}

function wrapped(label: string, items: readonly string[], width: number): readonly string[] {
  const lines: string[] = []
  let line = label
  for (const [index, item] of items.entries()) {
    const piece = index === items.length - 1 ? item : `${item}, `
    if (line.length > label.length && line.length + piece.trimEnd().length > width) {
      lines.push(line.trimEnd())
      line = ' '.repeat(label.length)
    }
    line += piece
  }
  return [...lines, line]
}

/** What should not be missed: done by hand, not to be undone, written along. */
function remarks(changes: readonly Change[], { paint }: Style): readonly string[] {
  const lines = changes.flatMap((change) => [
    ...(change.cause === 'both'
      ? [`the ${kindText(change.kind)} ${change.name} was also changed by hand; that is overwritten`]
      : []),
    ...(change.cause === 'drift'
      ? [`the ${kindText(change.kind)} ${change.name} was changed by hand; that is undone`]
      : []),
    ...(isArchived(change) ? [`archiving the ${kindText(change.kind)} ${change.name} cannot be undone`] : []),
    ...(change.found === true
      ? [`the ${kindText(change.kind)} ${change.name} was there before the plan`]
      : []),
    ...(change.rewrites ?? []).map(
      ({ kind, name }) =>
        `the ${kindText(kind)} ${name} is written along: it refers to ${change.previousName ?? change.name}`,
    ),
  ])
  return lines.map((line) => `      ${paint.yellow('!')} ${printable(line)}`)
}

function isArchived({ action, kind }: Change): boolean {
  return action === 'delete' && (kind === 'ga4/custom-dimension' || kind === 'ga4/custom-metric')
}

function verboseLines(change: Change, style: Style): readonly string[] {
  const symbol: Symbol = change.action === 'create' ? '+' : change.action === 'delete' ? '-' : '~'
  const was = change.previousName === undefined ? '' : ` (was ${change.previousName})`
  const head = `  ${coloured(symbol, style)} ${kindText(change.kind)} "${change.name}"${was}`
  return [
    `${printable(head)}  ${style.paint.dim(printable(change.key))}`,
    ...change.fields.flatMap((field) => fieldLines(change, field, style)),
    ...remarks([change], style),
  ]
}

/** Notes are many lines of which few change. */
function fieldLines(change: Change, field: FieldChange, style: Style): readonly string[] {
  if (field.path !== 'notes' || field.before === undefined || field.after === undefined)
    return [fieldLine(field, style)]
  const words = wordsOf({ ...change, fields: [field] })
  if (words.length === 0) return ["      notes: the list of the plan's key events"]
  return words.map(({ word, ...sides }) => fieldLine({ path: `notes, ${word}`, ...sides }, style))
}

function fieldLine({ path, before, after }: FieldChange, style: Style): string {
  const label = `      ${printable(path)}: `
  const word = {
    word: path,
    ...(before === undefined ? {} : { before: valueText(before) }),
    ...(after === undefined ? {} : { after: valueText(after) }),
  }
  return `${label}${arrow(word, style, Infinity)}`
}

function heldText(held: readonly Change[], style: Style): string {
  const blocks = held.flatMap((change) => [
    `    ${kindText(change.kind)} ${printable(change.name)}`,
    ...(style.verbose
      ? change.fields.map((field) => fieldLine(turned(field), style))
      : wordLines(wordsOf(change).map(turnedWord), style)),
  ])
  const head = `${style.paint.yellow('!')} ${style.paint.bold('changed by hand since the last apply')}`
  return [head, ...blocks, `      apply leaves that as it is; --restore-drift puts it back`].join('\n') + '\n'
}

// A change goes from what is there to what is planned; for what stays it reads the other way round.
function turned({ path, before, after }: FieldChange): FieldChange {
  return {
    path,
    ...(after === undefined ? {} : { before: after }),
    ...(before === undefined ? {} : { after: before }),
  }
}

function turnedWord({ word, before, after }: Word): Word {
  return {
    word,
    ...(after === undefined ? {} : { before: after }),
    ...(before === undefined ? {} : { after: before }),
  }
}

function usesText(uses: ChangeSet['uses'], style: Style): string {
  if (uses.length === 0) return ''
  const names = uses.map(({ kind, name }) => `${kindText(kind)} ${printable(name)}`)
  return `${wrapped('Uses what is there: ', names, style.width).join('\n')}\n`
}
