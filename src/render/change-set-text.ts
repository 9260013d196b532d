/** A change set for people at a terminal: the plan's words first, Google's fields with `verbose`. */
import { isArchiving, kindText } from '../kinds/kinds.ts'
import { isMade, type Change, type ChangeSet, type FieldChange, type Word } from '../resources/change-set.ts'
import {
  allWords,
  groupChanges,
  identityOf,
  isGoing,
  isNew,
  ARCHIVED_NAME,
  WHAT_IS_SHARED,
  byHand,
  byText,
  isGone,
  isWhoToBeAsked,
  moverText,
  renamedEvent,
  sharedWords,
  soleText,
  planPartText,
  valueText,
  wordsOfGroup,
  wordsWithout,
  type ChangeGroup,
  type GroupWords,
  type SharedWord,
  wasOrWere,
} from '../words/change-words.ts'
import { plural, some } from '../words/counting.ts'
import { dangersIn } from '../words/dangers.ts'
import { NOTES } from '../words/resource-words.ts'
import { columns, padded, wrapped } from '../words/width.ts'
import { PLAIN, printable, type Paint } from './diagnostics.ts'

export interface TextOptions {
  readonly paint?: Paint
  /** Every field of GTM and GA4. */
  readonly verbose?: boolean
  readonly width?: number
  /** Something stands in the way: this is the rest, and nothing of it is done. */
  readonly isRefused?: boolean
}

interface Style {
  readonly paint: Paint
  readonly verbose: boolean
  readonly width: number
}

/** Changes alone, without what is to be done about them. */
export function renderChangesText(changes: readonly Change[], options: TextOptions = {}): string {
  return changeBlocks(changes, styleOf(options))
    .map((block) => `${block}\n`)
    .join('')
}

function changeBlocks(changes: readonly Change[], style: Style): readonly string[] {
  const groups = groupChanges(changes.filter(isMade))
  const shared = style.verbose ? [] : sharedWords(groups)
  return [
    ...dangerLines(changes, style),
    ...shared.map((one) => sharedText(one, style)),
    ...groups.flatMap((group) => groupText(group, shared, style)),
  ]
}

function styleOf({ paint = PLAIN, verbose = false, width = 80 }: TextOptions): Style {
  return { paint, verbose, width }
}

export function renderChangeSetText(changeSet: ChangeSet, options: TextOptions = {}): string {
  const style = styleOf(options)
  const { changes, uses } = changeSet
  const { isRefused = false } = options
  if (changes.length === 0) {
    const said = isRefused
      ? REFUSED
      : [nothingToDo(changeSet), ...looked(changeSet)]
          .flatMap((line) => wrapped(line, style.width))
          .join('\n')
    return `${said}\n${usesText(uses, style)}`
  }
  const held = changes.filter((change) => change.held === true)
  const later = changes.filter((change) => change.untilLive === true)
  const waiting = changes.filter((change) => change.waits === true)
  const blocks = [
    ...changeBlocks(changes, style),
    ...(held.length === 0 ? [] : [heldText(held, style)]),
    ...(later.length === 0 ? [] : [laterText(later, style)]),
    ...(waiting.length === 0 ? [] : [waitingText(waiting, style)]),
  ]
  return `${blocks.join('\n')}\n${usesText(uses, style)}${closing(changeSet, style)}\n${isRefused ? REFUSED : requestsLine(changeSet)}\n`
}

/** What may hurt the site or bend its numbers comes first, as in a review. */
function dangerLines(changes: readonly Change[], { paint, width }: Style): readonly string[] {
  const lines = dangersIn(changes).flatMap((danger) =>
    wrapped(printable(danger), width - 2).map((line, index) => `${index === 0 ? '!' : ' '} ${line.trim()}`),
  )
  return lines.length === 0 ? [] : [lines.map((line) => paint.yellow(line)).join('\n') + '\n']
}

/** What is in the way is said beside it, by the findings. */
export const REFUSED = 'Nothing of this is applied before what stands in the way is put right.'

function closing(changeSet: ChangeSet, { paint, width }: Style): string {
  const [summary, rest] = [summaryLine(changeSet), restLine(changeSet)]
  return `${paint.bold(summary)}${summary.length + rest.length < width ? ' ' : '\n'}${rest}`
}

export function nothingToDo({
  plan,
  environment,
  summary,
}: Pick<ChangeSet, 'plan' | 'environment' | 'summary'>): string {
  const others = summary.unmanaged === 0 ? '' : `, ${plural(summary.unmanaged, 'other')} left alone`
  return `Nothing to change: ${plan} on ${environment} is as planned (${plural(summary.unchanged, 'thing')} compared${others}).`
}

/** Of an export nothing was asked. */
function looked({ requests: { gtm, ga4 } }: Pick<ChangeSet, 'requests'>): readonly string[] {
  return gtm + ga4 === 0
    ? []
    : [`Looking took ${plural(gtm, 'request')} to Tag Manager and ${ga4} to Analytics.`]
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
  const { held, waiting, unchanged, unmanaged } = summary
  const rest = [
    ...part(held, 'changed by hand and left so'),
    ...part(waiting, 'of words alone, waiting'),
    `${unchanged} unchanged`,
    ...part(unmanaged, `other${unmanaged === 1 ? '' : 's'} left alone`),
  ]
  return `${rest.join(', ')}.`
}

export function requestsLine({ requests }: Pick<ChangeSet, 'requests'>): string {
  const { gtm, ga4, seconds } = requests
  return `Apply takes ${plural(gtm, 'request')} to Tag Manager and ${ga4} to Analytics, about ${duration(seconds)}.`
}

export function duration(seconds: number): string {
  if (seconds < 90) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 90 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`
}

function part(number: number, words: string): readonly string[] {
  return number === 0 ? [] : [`${number} ${words}`]
}

/** What changes alike in many conversions is one line, and not one in each. */
function sharedText({ word, groups }: SharedWord, style: Style): string {
  const names = groups.map(({ subject }) => (subject.what === 'plan' ? WHAT_IS_SHARED : subject.id))
  const head = `${coloured('~', style)} ${style.paint.bold(`alike in ${groups.length}`)}`
  const who = wrapped(printable(some(names, 6)), style.width, '      ')
  return [head, ...wordLines([word], style), ...who.map(style.paint.dim)].join('\n') + '\n'
}

function groupText({ subject, changes }: ChangeGroup, shared: readonly SharedWord[], style: Style): string[] {
  const symbol = symbolOf({ subject, changes })
  const head = `${coloured(symbol, style)} ${headingText(subject, style)}`
  if (style.verbose)
    return [[head, ...changes.flatMap((change) => verboseLines(change, style))].join('\n') + '\n']
  const all = wordsOfGroup({ subject, changes })
  const words = wordsWithout(all, new Set(shared.map(({ word }) => identityOf(word))))
  const notes = remarks(changes, style)
  const onlyUpdates = changes.every(({ action }) => action === 'update')
  const isToldBefore = allWords(all).length > 0 && allWords(words).length === 0
  if (onlyUpdates && isToldBefore && notes.length === 0) return []
  const lines = [
    ...(symbol === '-' ? [] : groupWordLines(words, style)),
    ...thingLines(changes, style),
    ...notes,
  ]
  return [[head, ...lines].join('\n') + '\n']
}

/** A long title goes on a line of its own. */
function headingText(subject: ChangeGroup['subject'], { paint, width }: Style): string {
  const whole = printable(planPartText(subject))
  if (columns(whole) + 2 <= width || subject.title === undefined) return paint.bold(whole)
  const { title, ...untitled } = subject
  const lines = wrapped(printable(title), width, '      ')
  return [paint.bold(printable(planPartText(untitled))), ...lines.map(paint.bold)].join('\n')
}

type Symbol = '+' | '~' | '-'

function symbolOf(group: ChangeGroup): Symbol {
  return isNew(group.changes) ? '+' : isGoing(group) ? '-' : '~'
}

function coloured(symbol: Symbol, { paint }: Style): string {
  return { '+': paint.green, '~': paint.yellow, '-': paint.red }[symbol](symbol)
}

/** What the part of the plan says, then what stands beside it, thing by thing; notes last. */
function groupWordLines({ own, things }: GroupWords, style: Style): readonly string[] {
  if (things.length === 0) return wordLines(own, style)
  const isNotes = ({ word }: Word): boolean => word === NOTES
  return [
    ...wordLines(
      own.filter((word) => !isNotes(word)),
      style,
    ),
    ...things.flatMap((each) => {
      const head = `      ${printable(each.thing)}`
      const sole = soleText(each)
      if (sole === undefined) return [head, ...wordLines(each.words, style, '        ')]
      const beside = arrow(sole, `${head}  `, style)
      return beside.length === 1 ? beside : [head, ...arrow(sole, '        ', style)]
    }),
    ...wordLines(own.filter(isNotes), style),
  ]
}

function wordLines(words: readonly Word[], style: Style, indent = '      '): readonly string[] {
  const widest = Math.min(26, Math.max(0, ...words.map(({ word }) => columns(word))))
  return words.flatMap((word) => arrow(word, `${indent}${padded(printable(word.word), widest)}  `, style))
}

/** `old -> new`; one side alone when there is only one. Nothing is cut: what is too wide goes on lines of its own. */
function arrow(word: Word, label: string, { paint, width }: Style): readonly string[] {
  const [before, after] = [word.before, word.after].map((side) =>
    side === undefined || side === '' ? undefined : printable(side.replaceAll('\n', ' · ')),
  )
  const below = ' '.repeat(columns(label))
  const side = (text: string, first: string, paintIt: (line: string) => string): string[] =>
    wrapped(text, width, '', '').length === 1 && columns(first + text) <= width
      ? [first + paintIt(text)]
      : wrapped(text, width - columns(first)).map(
          (line, index) => (index === 0 ? first : ' '.repeat(columns(first))) + paintIt(line),
        )
  if (before === undefined) return side(after ?? '', label, paint.green)
  if (after === undefined) return side(`${before} (removed)`, label, paint.red)
  const both = `${label}${before} -> ${after}`
  if (columns(both) <= width) return [`${label}${paint.red(before)} -> ${paint.green(after)}`]
  return [...side(before, `${label}- `, paint.red), ...side(after, `${below}+ `, paint.green)]
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
    return listed(`      ${VERBS[action]}  `, names, style.width)
  })
  return lines.map(style.paint.dim)
}

function listed(label: string, items: readonly string[], width: number): readonly string[] {
  const lines: string[] = []
  let line = label
  for (const [index, item] of items.entries()) {
    const piece = index === items.length - 1 ? item : `${item}, `
    if (columns(line) > columns(label) && columns(line) + columns(piece.trimEnd()) > width) {
      lines.push(line.trimEnd())
      line = ' '.repeat(label.length)
    }
    line += piece
  }
  return [...lines, line]
}

/** What should not be missed: done by hand, not to be undone, written along. */
function remarks(changes: readonly Change[], { paint, width }: Style): readonly string[] {
  const lines = changes.flatMap((change) => [
    ...(change.hint === undefined ? [] : [change.hint]),
    ...change.words.flatMap(({ word, before, after }) =>
      word === 'Event' && before !== undefined && after !== undefined ? [renamedEvent(before, after)] : [],
    ),
    ...(change.cause === 'both'
      ? [
          `the ${kindText(change.kind)} ${change.name} ${wasOrWere(change)} also changed by hand${byText(change)}; that is overwritten`,
        ]
      : []),
    ...(change.cause === 'drift'
      ? [
          `the ${kindText(change.kind)} ${change.name} ${wasOrWere(change)} ${byHand(change)}${byText(change)}; that is undone`,
        ]
      : []),
    ...(isArchiving(change)
      ? [`archiving the ${kindText(change.kind)} ${change.name} cannot be undone; ${ARCHIVED_NAME}`]
      : []),
    ...(change.found === true
      ? [`the ${kindText(change.kind)} ${change.name} was there before the plan`]
      : []),
    ...(change.rewrites ?? []).map(
      ({ kind, name }) =>
        `the ${kindText(kind)} ${name} is written along: it refers to ${change.previousName ?? change.name}`,
    ),
  ])
  return lines.flatMap((line) =>
    wrapped(printable(line), width - 8).map(
      (each, index) => `      ${index === 0 ? paint.yellow('!') : ' '} ${each}`,
    ),
  )
}

function verboseLines(change: Change, style: Style): readonly string[] {
  const symbol: Symbol = change.action === 'create' ? '+' : change.action === 'delete' ? '-' : '~'
  const was = change.previousName === undefined ? '' : ` (was ${change.previousName})`
  const head = `  ${coloured(symbol, style)} ${kindText(change.kind)} "${change.name}"${was}`
  return [
    `${printable(head)}  ${style.paint.dim(printable(change.key))}`,
    ...change.fields.map((field) => fieldLine(shortNotes(field, change), style)),
    ...remarks([change], style),
  ]
}

/** Notes are many lines of which few change. */
function shortNotes(field: FieldChange, { words }: Change): FieldChange {
  if (field.path !== 'notes' || field.before === undefined || field.after === undefined) return field
  const told = words.find(({ word }) => word === NOTES)
  return told === undefined
    ? { path: field.path, after: "the list of the plan's key events" }
    : { path: field.path, before: told.before, after: told.after }
}

function fieldLine({ path, before, after }: FieldChange, style: Style): string {
  const side = (value: unknown): string | undefined => (value === undefined ? undefined : valueText(value))
  const [from, to] = [side(before), side(after)]
  return arrow(
    {
      word: path,
      ...(from === undefined ? {} : { before: from }),
      ...(to === undefined ? {} : { after: to }),
    },
    `      ${printable(path)}: `,
    { ...style, width: Infinity },
  ).join('\n')
}

function waitingText(waiting: readonly Change[], style: Style): string {
  const blocks = groupChanges(waiting).flatMap(({ subject, changes }) => [
    `    ${printable(planPartText(subject))}`,
    ...groupWordLines(wordsOfGroup({ subject, changes }), style),
  ])
  const head = `· ${style.paint.bold(`words only, in ${plural(waiting.length, 'thing')}`)}`
  const why = '      nothing that visitors load changes: it waits for the next change, or for --words'
  return [head, ...blocks, why].join('\n') + '\n'
}

function heldText(held: readonly Change[], style: Style): string {
  const blocks = held.flatMap((change) => [
    `    ${kindText(change.kind)} ${printable(change.name)}${isGone(change) ? '  deleted' : ''}`,
    ...(style.verbose
      ? change.fields.map((field) => fieldLine(turned(field), style))
      : isGone(change)
        ? []
        : wordLines(change.words.map(turnedWord), style)),
    ...(change.who === undefined
      ? []
      : wrapped(printable(moverText(change) ?? ''), style.width - 6).map((line) => `      ${line}`)),
  ])
  const head = `${style.paint.yellow('!')} ${style.paint.bold('changed by hand since the last apply')}`
  return (
    [
      head,
      ...blocks,
      ...(held.some(isWhoToBeAsked)
        ? [`      who changed it in GA4: plan diff --who (asks for analytics.edit)`]
        : []),
      `      apply leaves that as it is; --restore-drift puts it back`,
    ].join('\n') + '\n'
  )
}

/** What cannot be undone waits until the site no longer needs it. */
function laterText(waiting: readonly Change[], { paint }: Style): string {
  const head = `${paint.yellow('!')} ${paint.bold('to be archived in GA4 once the version is live')}`
  const blocks = waiting.map(({ kind, name }) => `    ${kindText(kind)} ${printable(name)}`)
  const how = '      by apply --publish, or the next apply after publishing; cannot be undone'
  return `${[head, ...blocks, how, `      ${ARCHIVED_NAME}`].join('\n')}\n`
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
  return `${listed('Uses what is there: ', names, style.width).join('\n')}\n`
}
