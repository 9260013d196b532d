/** A change set for a pull request: the plan's words in a table, Google's fields folded below. */
import { isArchiving, kindText } from '../kinds/kinds.ts'
import { TEMPLATE_CODE, templateCodeText } from '../kinds/template.ts'
import { withoutKeys } from '../resources/key.ts'
import { isMade, type Change, type ChangeSet, type Word } from '../resources/change-set.ts'
import {
  allWords,
  groupChanges,
  identityOf,
  isGoing,
  isNew,
  byHand,
  byText,
  isGone,
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
  ARCHIVED_NAME,
  WHAT_IS_SHARED,
  wasOrWere,
} from '../words/change-words.ts'
import { plural, some } from '../words/counting.ts'
import { dangersIn } from '../words/dangers.ts'
import { nothingToDo, REFUSED, requestsLine, restLine, summaryLine } from './change-set-text.ts'
import { code, codeBlock, table, text } from './markdown-text.ts'

export function renderChangeSetMarkdown(
  changeSet: ChangeSet,
  { isRefused = false }: { readonly isRefused?: boolean } = {},
): string {
  const { plan, environment, changes, uses } = changeSet
  const head = `## ${text(plan)} on ${text(environment)}`
  if (changes.length === 0) return `${head}\n\n${text(isRefused ? REFUSED : nothingToDo(changeSet), 400)}\n`
  const done = changes.filter(isMade)
  const groups = groupChanges(done)
  const shared = sharedWords(groups)
  const held = changes.filter((change) => change.held === true)
  const later = changes.filter((change) => change.untilLive === true)
  const waiting = changes.filter((change) => change.waits === true)
  const parts = [
    head,
    `**${text(summaryLine(changeSet), 400)}** ${text(restLine(changeSet), 400)} ${text(isRefused ? REFUSED : requestsLine(changeSet), 400)}`,
    ...dangers(done),
    ...(done.length === 0
      ? []
      : [
          table(
            ['', 'what', 'changes'],
            [...shared.map(sharedRow), ...groups.flatMap((group) => groupRow(group, shared))],
          ),
        ]),
    ...warnings(done),
    ...(held.length === 0 ? [] : [heldPart(held)]),
    ...(later.length === 0 ? [] : [laterPart(later)]),
    ...(waiting.length === 0 ? [] : [waitingPart(waiting)]),
    ...(uses.length === 0
      ? []
      : [
          `Used as it is there: ${uses.map(({ kind, name }) => `${kindText(kind)} ${code(name)}`).join(', ')}.`,
        ]),
    ...codeParts(changes),
    fields(changes),
  ]
  return `${parts.join('\n\n')}\n`
}

/** What may hurt the site or bend its numbers comes first, as in a review. */
function dangers(changes: readonly Change[]): readonly string[] {
  const lines = dangersIn(changes).map((danger) => `> - ${text(danger, 400)}`)
  return lines.length === 0 ? [] : [['> [!WARNING]', ...lines].join('\n')]
}

function sharedRow({ word, groups }: SharedWord): readonly string[] {
  const names = groups.map(({ subject }) => (subject.what === 'plan' ? WHAT_IS_SHARED : subject.id))
  return ['✏️', `alike in ${groups.length}: ${text(some(names, 6), 400)}`, wordText(word)]
}

function groupRow(
  { subject, changes }: ChangeGroup,
  shared: readonly SharedWord[],
): readonly (readonly string[])[] {
  const actions = new Set(changes.map(({ action }) => action))
  const fresh = isNew(changes)
  const goes = isGoing({ subject, changes })
  const symbol = fresh ? '➕' : goes ? '➖' : '✏️'
  const all = wordsOfGroup({ subject, changes })
  const words = groupWordTexts(wordsWithout(all, new Set(shared.map(({ word }) => identityOf(word)))))
  if (allWords(all).length > 0 && words.length === 0 && actions.size === 1 && actions.has('update')) return []
  const things = changes.map((change) => `${change.action} ${kindText(change.kind)} ${code(change.name)}`)
  const lines = [
    ...(goes ? [] : words),
    ...(fresh && words.length > 0 ? [plural(changes.length, 'thing')] : things),
  ]
  return [[symbol, text(planPartText(subject)), [...new Set(lines)].join('<br>')]]
}

/** Code that runs on the site: whole, whatever its length; of what stays as somebody set it, theirs. */
function codeParts(changes: readonly Change[]): readonly string[] {
  const shown = new Set<string>()
  return changes.flatMap(({ kind, name, words, fields, held }) => {
    const field = fields.find(({ path }) => path === 'parameters.html' || path === 'templateData')
    const runs = held === true ? field?.before : field?.after
    if (typeof runs !== 'string' || shown.has(runs) || !words.some(({ word }) => CODE.has(word))) return []
    shown.add(runs)
    const whole = kind === 'gtm/template' ? templateCodeText(runs) : withoutKeys(runs)
    const summary = `<summary>Code that runs on the site: ${text(withoutKeys(name))}</summary>`
    return [`<details>${summary}`, codeBlock(whole), '</details>']
  })
}

/** What code is called: a team's own its HTML, that of a template or of a vendor's script its code. */
const CODE: ReadonlySet<string> = new Set(['HTML', TEMPLATE_CODE])

/** What the part of the plan says, then of each thing beside it whose words they are. */
function groupWordTexts({ own, things }: GroupWords): readonly string[] {
  return [
    ...own.map(wordText),
    ...things.map((each) => {
      const sole = soleText(each)
      return sole === undefined
        ? `${text(each.thing)}: ${each.words.map(wordText).join('; ')}`
        : wordText({ ...sole, word: each.thing })
    }),
  ]
}

function wordText({ word, before, after }: Word): string {
  if (CODE.has(word) && after !== undefined && after !== '')
    return `${word}: code that runs on the site, ${before === undefined ? '' : 'changed, '}whole below`
  const sides = [before, after].filter((side) => side !== undefined && side !== '')
  // Long enough that two sides which differ do not look alike.
  const arrow = sides.map((side) => code(side ?? '', 1000)).join(' → ')
  return `${text(word)}: ${arrow}${after === undefined || after === '' ? ' (removed)' : ''}`
}

function warnings(changes: readonly Change[]): readonly string[] {
  const lines = changes.flatMap((change) => [
    ...(change.hint === undefined ? [] : [text(change.hint, 400)]),
    ...change.words.flatMap(({ word, before, after }) =>
      word === 'Event' && before !== undefined && after !== undefined
        ? [text(renamedEvent(before, after), 400)]
        : [],
    ),
    ...(change.cause === 'both'
      ? [
          `${kindText(change.kind)} ${code(change.name)} ${wasOrWere(change)} also changed by hand${text(byText(change))}; that is overwritten.`,
        ]
      : []),
    ...(change.cause === 'drift'
      ? [
          `${kindText(change.kind)} ${code(change.name)} ${wasOrWere(change)} ${byHand(change)}${text(byText(change))}; that is undone.`,
        ]
      : []),
    ...(isArchiving(change)
      ? [`Archiving the ${kindText(change.kind)} ${code(change.name)} cannot be undone; ${ARCHIVED_NAME}.`]
      : []),
    ...(change.rewrites ?? []).map(
      ({ kind, name }) =>
        `${kindText(kind)} ${code(name)} is written along: it refers to ${code(change.previousName ?? '')}.`,
    ),
  ])
  return lines.length === 0 ? [] : [lines.map((line) => `- ${line}`).join('\n')]
}

function laterPart(waiting: readonly Change[]): string {
  const names = waiting.map(({ kind, name }) => `${kindText(kind)} ${code(name)}`)
  return `To be archived in GA4 once the version is live, which cannot be undone: ${names.join(', ')}. And ${ARCHIVED_NAME}.`
}

function heldPart(held: readonly Change[]): string {
  const lines = held.map((change) => {
    const words = isGone(change)
      ? ['deleted']
      : change.words.map(({ word, before, after }) => wordText({ word, ...turned(before, after) }))
    return `- ${kindText(change.kind)} ${code(change.name)}${text(byText(change))}: ${words.join('; ')}`
  })
  return [
    `**Changed by hand since the last apply**, and left so (\`--restore-drift\` puts it back):`,
    '',
    ...lines,
  ].join('\n')
}

function waitingPart(waiting: readonly Change[]): string {
  const lines = groupChanges(waiting).map(
    ({ subject, changes }) =>
      `- ${text(planPartText(subject))}: ${groupWordTexts(wordsOfGroup({ subject, changes })).join('; ')}`,
  )
  return ['**Words only**: waits for the next change, or for `--words`.', '', ...lines].join('\n')
}

function turned(before: string | undefined, after: string | undefined): Omit<Word, 'word'> {
  return {
    ...(after === undefined ? {} : { before: after }),
    ...(before === undefined ? {} : { after: before }),
  }
}

function fields(changes: readonly Change[]): string {
  const blocks = changes.map((change) => {
    const head = `**${change.action} ${kindText(change.kind)}** ${code(change.name)} (${code(change.key)})`
    const rows = change.fields.map(({ path, before, after }) => [code(path), cell(before), cell(after)])
    return rows.length === 0 ? head : `${head}\n\n${table(['field', 'before', 'after'], rows)}`
  })
  return ['<details><summary>Every field in GTM and GA4</summary>', ...blocks, '</details>'].join('\n\n')
}

function cell(value: unknown): string {
  return value === undefined ? '' : code(valueText(value), 300)
}
