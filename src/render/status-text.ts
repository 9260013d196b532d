/** The state of plans on their environments as a table of 80 columns. */
import { KINDS } from '../kinds/kinds.ts'
import type { Change } from '../resources/change-set.ts'
import { byText, isWhoToBeAsked } from '../words/change-words.ts'
import { plural, some } from '../words/counting.ts'
import { columns, padded, wrapped } from '../words/width.ts'
import { PLAIN, printable, type Paint } from './diagnostics.ts'
import { sandboxFlag } from './sandbox-flag.ts'

/** What schemas/status.schema.json describes. */
export interface StatusReport {
  readonly formatVersion: 1
  readonly plans: readonly StatusRow[]
  /** Requests that looking took, and whole seconds. */
  readonly made: { readonly gtm: number; readonly ga4: number; readonly seconds: number }
}

export interface StatusRow {
  /** As it was named. */
  readonly file: string
  /** Its id; left out where the file cannot be read. */
  readonly plan?: string
  readonly environment?: string
  readonly container?: string
  readonly states: readonly string[]
  readonly behind?: number
  readonly drifted?: number
  readonly unpublished?: number
  /** The newest version of the container. */
  readonly version?: {
    readonly id: string
    readonly name: string
    /** Whether the plan made it. */
    readonly ours: boolean
    readonly live: boolean
    /** When it was stored at Google, as 2026-11-22T12:00:00.000Z. */
    readonly at?: string
  }
  /** The number of the published version; left out where none ever was. */
  readonly live?: string
  /** From which the plan made the version, with who and when, where this repository has it. */
  readonly commit?: { readonly id: string; readonly author?: string; readonly at?: string }
  /** Markets inside the container, where the plan has any there. */
  readonly markets?: readonly { readonly id: string; readonly title?: string; readonly state: string }[]
  /** Things of the plan's own that were changed by hand, with who it was, where Google tells it and was asked. */
  readonly byHand?: readonly Pick<Change, 'kind' | 'name' | 'who'>[]
  /** What is in the way, or why nothing can be said, as it is printed. */
  readonly problem?: string
}

const WIDTH = 80
const HEAD = ['PLAN', 'ENVIRONMENT', 'STATE', 'VERSION', 'COMMIT', 'WHEN', 'WHO']

/** How it was asked for, for the commands that go on from there. */
export interface StatusAsked {
  /** Who changed things by hand was asked, whatever was answered. */
  readonly who?: boolean
  /** `--sandbox` as it was given: true without a URL. */
  readonly sandbox?: string | true
}

export function renderStatusText(
  { plans, made }: StatusReport,
  paint: Paint = PLAIN,
  { who: isAsked = false, sandbox }: StatusAsked = {},
): string {
  const there = sandboxFlag(sandbox)
  const rows = plans.map(cellsOf)
  const ofMarkets = plans.map(marketCells)
  // Where a line has no room, who committed goes below it, and a plan in several states has a line for each: nothing is cut.
  const isWide = widthOf(rows) > WIDTH
  const shown = isWide ? HEAD.length - 1 : HEAD.length
  const drawn = rows.map((cells) => {
    const main = cells.slice(0, shown)
    return isWide && widthOf(rows.map((each) => each.slice(0, shown))) > WIDTH ? inLines(main) : [main]
  })
  const widths = widthsOf([...drawn.flat(), ...ofMarkets.flat()])
  const line = (cells: readonly string[]): string =>
    cells
      .slice(0, shown)
      .map((cell, column) => padded(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  const lines = rows.flatMap((cells, index) => {
    const who = isWide ? (cells.at(-1) ?? '') : ''
    const isFine = plans[index]?.states[0] === 'in step'
    const own = (drawn[index] ?? []).map(line).map((text) => (isFine ? text : paint.yellow(text)))
    const below = [
      ...(who === '' ? [] : [`  committed by ${who}`]),
      ...(plans[index]?.byHand ?? []).flatMap((change) =>
        wrapped(printable(`changed by hand: ${kindAndName(change)}${byText(change)}`), WIDTH - 2).map(
          (text, at) => (at === 0 ? `  ${text}` : `    ${text}`),
        ),
      ),
    ]
    const markets = (ofMarkets[index] ?? []).map((each) =>
      each[STATE] === 'in step' ? line(each) : paint.yellow(line(each)),
    )
    return [...own, ...below, ...markets]
  })
  const problems = problemsOf(plans).flatMap(({ problem, places }) => [
    '',
    ...places.map((place) => paint.bold(place)),
    ...problem.split('\n').map(printable),
  ])
  return `${[
    paint.bold(line(HEAD)),
    ...lines,
    ...problems,
    '',
    ...wrapped(summaryOf(plans), WIDTH),
    ...hintOf(plans, there),
    ...(!isAsked && plans.some(({ byHand = [] }) => byHand.some(isWhoToBeAsked))
      ? [`Who changed it in GA4: plan status --who${there} (asks for analytics.edit)`]
      : []),
    `${plural(made.gtm, 'request')} to Tag Manager, ${made.ga4} to Analytics.`,
  ].join('\n')}\n`
}

/** What is wrong with a plan is mostly so on each of its environments: it is said once, below all of them. */
function problemsOf(
  plans: readonly StatusRow[],
): readonly { readonly problem: string; readonly places: readonly string[] }[] {
  const places = new Map<string, string[]>()
  for (const { problem, ...row } of plans)
    if (problem !== undefined) places.set(problem, [...(places.get(problem) ?? []), placeOf(row)])
  return [...places].map(([problem, where]) => ({ problem, places: where }))
}

function widthsOf(rows: readonly (readonly string[])[]): readonly number[] {
  return HEAD.map((head, column) =>
    Math.max(head.length, ...rows.map((cells) => columns(cells[column] ?? ''))),
  )
}

function widthOf(rows: readonly (readonly string[])[]): number {
  const shown = rows[0]?.length ?? 0
  return widthsOf(rows)
    .slice(0, shown)
    .reduce((sum, width) => sum + width + 2, -2)
}

/** A line for each state; the rest stands on the first. */
function inLines(cells: readonly string[]): readonly (readonly string[])[] {
  const states = (cells[STATE] ?? '').split(', ')
  return states.map((state, index) =>
    cells.map((cell, column) => (column === STATE ? state : index === 0 ? cell : '')),
  )
}

const STATE = 2

function cellsOf(row: StatusRow): readonly string[] {
  const { version, live, commit } = row
  const number =
    version === undefined
      ? ''
      : version.live
        ? `${version.id} live`
        : `${version.id}, ${live === undefined ? 'none' : live} live`
  return [
    printable(row.plan ?? row.file),
    row.environment ?? '',
    row.states.map((state) => stateText(state, row)).join(', '),
    number,
    commit?.id.replace(/^([0-9a-f]{8})[0-9a-f]+/, '$1') ??
      (version === undefined || version.ours ? '' : 'other'),
    (version?.at ?? commit?.at ?? '').slice(0, 10),
    printable(commit?.author ?? ''),
  ]
}

/** A line for each market, below its environment. */
function marketCells({ markets = [] }: StatusRow): readonly (readonly string[])[] {
  return markets.map(({ id, state }) => ['', `· ${printable(id)}`, state, '', '', '', ''])
}

function kindAndName({ kind, name }: Pick<Change, 'kind' | 'name'>): string {
  return name === 'settings' ? `${KINDS[kind].title} settings` : `${KINDS[kind].title} "${name}"`
}

function stateText(state: string, { behind, drifted }: StatusRow): string {
  if (state === 'behind') return `${String(behind)} behind`
  return state === 'drifted' ? `${String(drifted)} drifted` : state
}

function placeOf({ plan, file, environment, container }: Omit<StatusRow, 'problem'>): string {
  if (environment === undefined) return printable(plan ?? file)
  return `${printable(plan ?? file)} on ${environment}${container === undefined ? '' : ` (${container})`}`
}

/** `12 environments: 9 in step, 2 behind, 1 conflict.` */
function summaryOf(plans: readonly StatusRow[]): string {
  const counts = new Map<string, number>()
  for (const state of plans.flatMap(({ states }) => states)) counts.set(state, (counts.get(state) ?? 0) + 1)
  const said = [...counts].map(([state, count]) => `${count} ${state}`)
  return `${plural(plans.length, 'environment')}: ${said.join(', ')}.`
}

/** What shows more of those that are not in step. */
function hintOf(plans: readonly StatusRow[], there: string): readonly string[] {
  const open = plans.filter(({ states }) => states.some((state) => SHOWN_BY_DIFF.includes(state)))
  const [first] = open
  if (first === undefined) return []
  const files = [...new Set(open.map(({ file }) => file))]
  const ids = [...new Set(open.map(({ environment = '' }) => environment))]
  const command = ['plan diff', ...files, ...ids.map((id) => `-e ${id}`)].join(' ') + there
  return command.length <= WIDTH - 2
    ? ['What differs:', `  ${command}`]
    : wrapped(
        `What differs is shown by plan diff, with the files and -e ${some(ids, 4)}${there === '' ? '' : `, and${there}`}.`,
        WIDTH,
      )
}

const SHOWN_BY_DIFF: readonly string[] = ['behind', 'drifted', 'never applied']
