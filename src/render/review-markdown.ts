/**
 * A review as GitHub-flavoured Markdown, for a pull request's comment or a job summary: verdict, business changes,
 * picture and new findings in sight, technical changes folded. What does not fit is cut where the reader can tell.
 */
import { and } from '../words/counting.ts'
import { kindText } from '../kinds/kinds.ts'
import { templateCodeText } from '../kinds/template.ts'
import {
  RUNS,
  type Effect,
  type Level,
  type PlanChange,
  type PlanReview,
  type Review,
} from '../review/review.ts'
import { code, codeBlock, table, text } from './markdown-text.ts'
import { renderFunnel } from './review-mermaid.ts'
import {
  consequencesIn,
  countsOf,
  fieldValue,
  foldedAdditions,
  LIMITS_NOTE,
  limitWords,
  subjectWords,
  together,
  type ConsequenceWords,
} from './review-words.ts'

/** GitHub refuses comments above 65,536 characters. A little room is left for the marker that the comment is found by. */
export const COMMENT_LIMIT = 65_000

export interface MarkdownOptions {
  /** In UTF-16 code units, which are never fewer than characters. */
  readonly limit?: number
  /** Where the reader finds what was cut, for example `see the job summary`. */
  readonly rest?: string
}

const SIGNS: { readonly [L in Level]: string } = {
  invalid: '❌',
  irreversible: '⚠️',
  deletes: '⚠️',
  changes: '✏️',
  'words-only': '💬',
  none: '✅',
}

/** How much of each list is shown. */
interface Detail {
  readonly plans: number
  readonly changes: number
  readonly findings: number
  readonly technical: number
  readonly picture: boolean
  /** Characters of each script; longer code ends with a line that says so. */
  readonly code: number
}

/** Tried one after another until the text fits: technical changes go first, then the ends of long code, the verdict never. */
const DETAILS: readonly Detail[] = [
  {
    plans: Infinity,
    changes: Infinity,
    findings: Infinity,
    technical: Infinity,
    picture: true,
    code: Infinity,
  },
  { plans: Infinity, changes: Infinity, findings: 100, technical: 50, picture: true, code: Infinity },
  { plans: Infinity, changes: Infinity, findings: 50, technical: 10, picture: true, code: Infinity },
  { plans: Infinity, changes: 200, findings: 20, technical: 0, picture: true, code: Infinity },
  { plans: 50, changes: 50, findings: 10, technical: 0, picture: true, code: 12_000 },
  { plans: 20, changes: 15, findings: 5, technical: 0, picture: false, code: 4_000 },
  { plans: 10, changes: 5, findings: 2, technical: 0, picture: false, code: 1_000 },
  { plans: 3, changes: 2, findings: 1, technical: 0, picture: false, code: 0 },
]

export function renderReviewMarkdown(review: Review, options: MarkdownOptions = {}): string {
  const { limit = COMMENT_LIMIT, rest = 'see `plan diff --base`' } = options
  for (const detail of DETAILS) {
    const markdown = whole(review, detail, rest)
    if (markdown.length <= limit) return markdown
  }
  return `${headline(review)}\n\nToo much to show here: ${rest}.\n`
}

function whole(review: Review, detail: Detail, rest: string): string {
  const { plans } = review
  return `${[
    headline(review),
    ...plans.slice(0, detail.plans).flatMap((plan) => planSections(plan, detail, rest)),
    ...more(plans.length - detail.plans, 'plan', rest),
    `<sub>Compared with ${code(review.base)}.${review.verdict.level === 'none' ? '' : ' Nothing has been applied.'}</sub>`,
  ].join('\n\n')}\n`
}

function headline({ verdict }: Review): string {
  return `## ${SIGNS[verdict.level]} ${text(verdict.headline, 400)}`
}

function planSections(plan: PlanReview, detail: Detail, rest: string): string[] {
  const picture = detail.picture ? renderFunnel(plan.funnel) : undefined
  const told = new Set(codesIn(plan.changes).map((each) => each.code))
  return [
    `### ${text(plan.title)} · ${code(plan.file)}${plan.previousFile === undefined ? '' : ` (was ${code(plan.previousFile)})`}`,
    ...plan.notes.map((note) => `> ${text(note, 400)}`),
    ...urgent(plan),
    ...businessTable(plan.changes, detail, rest),
    ...codeFolds(plan.changes, detail, rest),
    ...(picture === undefined ? [] : [`\`\`\`mermaid\n${picture}\n\`\`\``]),
    ...findings(plan, detail, rest),
    ...consequences(plan),
    ...plan.effects
      .filter(({ changes }) => changes.length > 0)
      .map((effect) => technical(effect, detail, told, rest)),
  ]
}

/** What cannot be taken back, then what is dangerous, is said above everything else. */
function urgent(plan: PlanReview): string[] {
  const told = consequencesIn(plan)
  const alert = (kind: string, these: readonly ConsequenceWords[]): string[] =>
    these.length === 0
      ? []
      : [[`> [!${kind}]`, ...listOfConsequences(these).map((line) => `> - ${line}`)].join('\n')]
  return [
    ...alert(
      'CAUTION',
      told.filter(({ irreversible }) => irreversible),
    ),
    ...alert(
      'WARNING',
      told.filter(({ irreversible, dangerous }) => dangerous && !irreversible),
    ),
  ]
}

function consequences(plan: PlanReview): string[] {
  const lines = listOfConsequences(consequencesIn(plan).filter(({ dangerous }) => !dangerous))
  const limits = new Set(plan.effects.flatMap((effect) => effect.limits).map(limitWords))
  if (limits.size > 0) lines.push(`Limits ${LIMITS_NOTE}: ${[...limits].join('; ')}.`)
  return lines.length === 0
    ? []
    : [['**In GA4 and GTM**', '', ...lines.map((line) => `- ${line}`)].join('\n')]
}

function listOfConsequences(told: readonly ConsequenceWords[]): string[] {
  return told.slice(0, 30).map(({ text: words, environments }) => {
    const some = environments.length === 0 ? '' : ` (${and(environments.map((id) => code(id)))})`
    return `${text(words, 400)}${some}`
  })
}

const ACTIONS = { added: '➕', removed: '➖', changed: '✏️' } as const

function businessTable(changes: readonly PlanChange[], detail: Detail, rest: string): string[] {
  const { told, folded } = foldedAdditions(changes)
  const rowsOf = (these: readonly PlanChange[]): string =>
    table(
      ['What', 'Field', 'Before', 'After'],
      these.flatMap((change) => businessRows(change)),
    )
  const shown = told.slice(0, detail.changes)
  const unfolded = folded.slice(0, Math.max(0, detail.changes - shown.length))
  return [
    ...(shown.length === 0 ? [] : [rowsOf(shown)]),
    ...(unfolded.length === 0
      ? []
      : [
          `<details><summary>${folded.length} new: ${text(folded.map(({ title }) => title).join(', '), 300)}</summary>\n\n${rowsOf(unfolded)}\n\n</details>`,
        ]),
    ...more(changes.length - shown.length - unfolded.length, 'change', rest),
  ]
}

/** Code of a team's own, which runs on the site: whole, as long as there is room for it. */
function codeFolds(changes: readonly PlanChange[], detail: Detail, rest: string): string[] {
  return codesIn(changes).map(({ name, code: whole }) => {
    const summary = `<summary>Code that runs on the site: ${text(name)}</summary>`
    return `<details>${summary}\n\n${codeBlock(cut(whole, detail.code, rest))}\n\n</details>`
  })
}

function codesIn(
  changes: readonly PlanChange[],
): readonly { readonly name: string; readonly code: string }[] {
  return changes.flatMap(({ title, fields }) =>
    fields.flatMap(({ label, after }) =>
      after !== undefined && (label === RUNS || label.endsWith(': HTML'))
        ? [{ name: label.split(': ').at(-2) ?? title, code: after }]
        : [],
    ),
  )
}

function businessRows(change: PlanChange): string[][] {
  const what = [
    `${ACTIONS[change.action]} **${text(change.title, 120)}** ${code(change.id, 60)}`,
    subjectWords(
      change,
      (words) => text(words, 80),
      (id) => code(id, 60),
    ),
    ...(change.hint === undefined ? [] : [`<em>${text(change.hint, 400)}</em>`]),
  ].join('<br>')
  const fields = change.fields.slice(0, 20)
  const left = change.fields.length - fields.length
  if (change.action !== 'changed') {
    const summary = fields
      .map(({ label, before, after }) => `${text(label, 80)}: ${code(after ?? before ?? '')}`)
      .join('<br>')
    return [[what, '', change.action === 'removed' ? summary : '', change.action === 'added' ? summary : '']]
  }
  const rows = fields.map(({ label, before, after }, index) => [
    index === 0 ? what : '',
    text(label, 80),
    before === undefined ? '' : code(before),
    after === undefined ? '' : code(after),
  ])
  if (rows.length === 0 && change.movedFrom !== undefined)
    return [[what, 'Place', text(change.movedFrom, 80), text(change.stage ?? 'the goals', 80)]]
  if (left > 0) rows.push(['', `and ${left} more`, '', ''])
  return rows.length === 0 ? [[what, 'Id', code(change.previousId ?? change.id), code(change.id)]] : rows
}

function findings(plan: PlanReview, detail: Detail, rest: string): string[] {
  if (plan.findings.length === 0) return []
  const lines = plan.findings
    .slice(0, detail.findings)
    .map(({ severity, code: name, message, fix, location }) => {
      const place = location === undefined ? '' : ` ${code(`${location.file}:${location.line}`, 120)}`
      return `- **${severity}** ${code(name)}${place} ${text(message, 300)}${fix === undefined ? '' : ` <em>Fix: ${text(fix, 300)}</em>`}`
    })
  return [
    ['**New findings**', '', ...lines].join('\n'),
    ...more(plan.findings.length - detail.findings, 'finding', rest),
  ]
}

const VERBS = { create: 'create', update: 'update', rename: 'rename', delete: 'delete' } as const

function technical(effect: Effect, detail: Detail, told: ReadonlySet<string>, rest: string): string {
  const groups = together(effect.changes)
  const shown = groups.slice(0, detail.technical)
  const hidden = groups.slice(shown.length).reduce((sum, { changes }) => sum + changes.length, 0)
  const rows = shown.map(({ action, kind, changes, fields }) => {
    const names = changes
      .slice(0, 5)
      .map(({ name, previousName }) =>
        previousName === undefined ? code(name, 80) : `${code(previousName, 80)} → ${code(name, 80)}`,
      )
    const others = changes.length > names.length ? ` and ${changes.length - names.length} more` : ''
    const what = `${VERBS[action]} ${changes.length === 1 ? '' : `${changes.length} `}${kindText(kind, changes.length)}`
    const details = fields.slice(0, 6).map(({ path, before, after }) =>
      // Of notes people want to know that they change; what they say stands in the plan. A template's text begins alike.
      path === 'notes' || path === 'templateData'
        ? code(path, 80)
        : `${code(path, 80)}: ${shortPair(before, after)}`,
    )
    if (fields.length > details.length) details.push(`and ${fields.length - details.length} more fields`)
    return [what, `${names.join(', ')}${others}`, details.join('<br>')]
  })
  return [
    `<details><summary>In ${and(effect.environments.map((id) => `<b>${text(id)}</b>`))}: ${countsOf(effect)}</summary>`,
    '',
    ...(rows.length === 0 ? [] : [table(['Does', 'Name', 'Fields'], rows), '']),
    ...more(hidden, 'change', rest).flatMap((line) => [line, '']),
    ...longTexts(
      shown.flatMap(({ changes }) => changes),
      told,
      rest,
    ),
    '</details>',
  ].join('\n')
}

const CODE: ReadonlySet<string> = new Set(['parameters.javascript', 'parameters.html', 'templateData'])

/** A comment has 65,536 characters, and one script must not push out all else. */
const MOST_CODE = 12_000

/** JavaScript and HTML are code that will run on the site: shown whole, not as the first words of a cell, and once. */
function longTexts(changes: Effect['changes'], told: ReadonlySet<string>, rest: string): string[] {
  return changes.flatMap(({ kind, name, fields }) =>
    fields
      .filter(({ path, after }) => CODE.has(path) && typeof after === 'string')
      .map(({ after }) => (kind === 'gtm/template' ? templateCodeText(String(after)) : fieldValue(after)))
      .filter((whole) => !told.has(whole))
      .flatMap((whole) => [
        `${code(name, 80)} becomes code that runs on the site`,
        '',
        codeBlock(cut(whole, MOST_CODE, rest)),
        '',
      ]),
  )
}

/** A reader must see that code goes on where it is cut. */
function cut(code: string, most: number, rest: string): string {
  return code.length <= most
    ? code
    : `${code.slice(0, most)}\n… and ${code.length - most} more characters: ${rest}`
}

/** Long texts that begin alike are told from where they differ. */
function shortPair(before: unknown, after: unknown): string {
  const [was, is] = [before, after].map((value) => (value === undefined ? undefined : fieldValue(value)))
  const from = was === undefined || is === undefined ? 0 : sameUpTo(was, is)
  const skipped = Math.max(was?.length ?? 0, is?.length ?? 0) > SHORT ? Math.max(0, from - BEFORE) : 0
  const short = (value: string | undefined): string =>
    value === undefined ? '<i>nothing</i>' : code(`${skipped === 0 ? '' : '…'}${value.slice(skipped)}`, SHORT)
  return `${short(was)} → ${short(is)}`
}

const SHORT = 120
/** What is shown of the part that two texts have in common. */
const BEFORE = 30

function sameUpTo(a: string, b: string): number {
  let length = 0
  while (length < a.length && a[length] === b[length]) length++
  return length
}

function more(count: number, word: string, rest: string): string[] {
  return count > 0 ? [`_…and ${count} more ${word}${count === 1 ? '' : 's'}, ${rest}._`] : []
}
