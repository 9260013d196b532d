/**
 * The funnel as a picture that is also navigation: a column for each stage, the goals last, and from every micro
 * conversion a line to each goal it feeds.
 *
 *   Awareness        Consideration      Goals
 *   ┌─────────┐      ┌─────────┐      ┌─────────┐
 *   │ sign-up │─┐    │ wishlist│─┐    │ purchase│     a line leaves its box downwards, runs in a lane of its own
 *   └─────────┘ │    └─────────┘ │   ╱└─────────┘     under the row, and enters the goal in the order of the rows
 *      ─────────┴────────────────┴──╯
 *
 * No layout library drew five stages and four goals readably; lanes under one common grid of rows do.
 */
import { directionOf } from '../pages/direction.ts'
import { escapeText, Markup } from '../pages/render-page.ts'
import { columns, fit } from '../words/width.ts'

export interface FunnelMap {
  readonly stages: readonly { readonly title: string; readonly micros: readonly MapNode[] }[]
  readonly goals: readonly MapNode[]
}

export interface MapNode {
  readonly id: string
  readonly title: string
  /** Who measures it, as the plan says it: `ga4`, `crm`, ... */
  readonly source: string
  /** Share of the goal's value, 0 to 1: the length of the bar and the width of the lines. */
  readonly weight?: number
  /** Said when the box is pointed at. */
  readonly note: string
  /** The ids of the goals it feeds; none for a goal. */
  readonly feeds: readonly string[]
}

const COLUMN = 188
const GAP = 34
const BOX = 50
const HEAD = 34
const LANE = 6
const ROW_GAP = 12
const BUS = 9

export function funnelMap({ stages, goals }: FunnelMap, direction: 'ltr' | 'rtl'): Markup {
  const goalIndex = new Map(goals.map(({ id }, index) => [id, index]))
  const columns = stages.map(({ micros }) => byGoal(micros, goalIndex))
  const rows = Math.max(1, goals.length, ...columns.map((column) => column.length))
  const lanesIn = Array.from({ length: rows }, (_, row) =>
    columns.reduce(
      (sum, column) => sum + (column[row]?.feeds.filter((id) => goalIndex.has(id)).length ?? 0),
      0,
    ),
  )
  const top = tops(lanesIn)
  const goalsAt = stages.length * (COLUMN + GAP) + goals.length * BUS
  const width = goalsAt + COLUMN
  const height = (top.at(-1) ?? 0) + BOX + (lanesIn.at(-1) ?? 0) * LANE + ROW_GAP
  const goalTop = spread(goals.length, top[0] ?? HEAD, height)
  const heaviest = Math.max(0.0001, ...stages.flatMap(({ micros }) => micros.map(({ weight = 0 }) => weight)))
  const X = (x: number): number => round(direction === 'rtl' ? width - x : x)

  const edges = edgesOf(columns, goalIndex, lanesIn.length)
  const ports = portsOf(edges, goals.length)
  const lines = edges.map((edge) => {
    const y = (top[edge.row] ?? 0) + BOX + (edge.lane + 1) * LANE
    const from = edge.column * (COLUMN + GAP) + COLUMN - 14 - edge.nth * 7
    const bus = goalsAt - (goals.length - edge.goal) * BUS
    const port = (goalTop[edge.goal] ?? 0) + 8 + (ports.get(edge) ?? 0.5) * (BOX - 16)
    const path = `M${X(from)} ${round((top[edge.row] ?? 0) + BOX)}V${round(y)}H${X(bus)}V${round(port)}H${X(goalsAt)}`
    const thick = round(1.2 + (4 * (edge.weight ?? 0)) / heaviest)
    return `<path class="map-line" d="${path}" stroke="var(--by-${sourceName(edge.source)})" stroke-width="${thick}"/>`
  })
  const box = (node: MapNode, x: number, y: number): string => {
    const bar = node.weight === undefined ? '' : barOf(node.weight / heaviest, x, y, X, direction)
    const textX = X(x + 12)
    const left = direction === 'rtl' ? X(x + COLUMN) : X(x)
    // A line of the title alone may begin with letters of the other direction.
    const way = directionOf(node.title)
    const anchor = way === direction ? 'start' : 'end'
    // Each line is a text of its own: within one, browsers order the letters of all lines as if they stood in one.
    const said = withContext(titleLines(node.title))
      .map(
        (line, index) =>
          `<text x="${textX}" y="${y + 19 + index * 15}" direction="${way}" text-anchor="${anchor}">${escapeText(line)}</text>`,
      )
      .join('')
    const stripe = direction === 'rtl' ? left + COLUMN - 4 : left
    return (
      `<a href="#${escapeText(node.id)}" class="map-box"><title>${escapeText(`${node.title}: ${node.note}`)}</title>` +
      `<rect x="${left}" y="${y}" width="${COLUMN}" height="${BOX}" rx="7"/>` +
      `<rect class="map-stripe" x="${stripe}" y="${y + 6}" width="4" height="${BOX - 12}" fill="var(--by-${sourceName(node.source)})"/>` +
      `${said}${bar}</a>`
    )
  }
  const heads = [...stages.map(({ title }) => title), 'Goals'].map((title, index) => {
    const x = index === stages.length ? goalsAt : index * (COLUMN + GAP)
    const way = directionOf(title)
    return `<text class="map-head" x="${X(x)}" y="16" direction="${way}" text-anchor="${way === direction ? 'start' : 'end'}">${escapeText(fit(title, 26))}</text>`
  })
  const boxes = [
    ...columns.flatMap((column, index) =>
      column.map((node, row) => box(node, index * (COLUMN + GAP), top[row] ?? 0)),
    ),
    ...goals.map((node, index) => box(node, goalsAt, goalTop[index] ?? 0)),
  ]
  return new Markup(
    `<svg class="map" style="--map: ${width}px" viewBox="-1 0 ${width + 2} ${round(height)}" width="${width}" height="${round(height)}" role="group" aria-label="The funnel: stages, micro conversions and the goals they feed">` +
      `${heads.join('')}<g fill="none" aria-hidden="true">${lines.join('')}</g>${boxes.join('')}</svg>`,
  )
}

/** Those that feed the first goals first, so that lines cross little. */
function byGoal(micros: readonly MapNode[], goalIndex: ReadonlyMap<string, number>): readonly MapNode[] {
  const mean = ({ feeds }: MapNode): number => {
    const known = feeds.flatMap((id) => goalIndex.get(id) ?? [])
    return known.reduce((sum, index) => sum + index, 0) / Math.max(1, known.length)
  }
  return micros
    .map((node, index) => ({ node, index, rank: mean(node) }))
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ node }) => node)
}

function tops(lanesIn: readonly number[]): readonly number[] {
  const top: number[] = []
  let y = HEAD
  for (const lanes of lanesIn) {
    top.push(y)
    y += BOX + lanes * LANE + ROW_GAP
  }
  return top
}

/** Goals stand evenly over the height of the picture. */
function spread(count: number, from: number, height: number): readonly number[] {
  const step = (height - from) / Math.max(1, count)
  return Array.from({ length: count }, (_, index) =>
    round(from + step * index + Math.min(20, (step - BOX) / 2)),
  )
}

interface Edge {
  readonly column: number
  readonly row: number
  /** Which of the box's own lines. */
  readonly nth: number
  /** Which lane under the row. */
  readonly lane: number
  readonly goal: number
  readonly source: string
  readonly weight?: number
}

function edgesOf(
  columns: readonly (readonly MapNode[])[],
  goalIndex: ReadonlyMap<string, number>,
  rows: number,
): readonly Edge[] {
  return Array.from({ length: rows }, (_, row) => row).flatMap((row) => {
    let lane = 0
    return columns.flatMap((nodes, column) => {
      const node = nodes[row]
      if (node === undefined) return []
      const fed = node.feeds.flatMap((id) => goalIndex.get(id) ?? []).sort((a, b) => a - b)
      return fed.map((goal, nth): Edge => ({
        column,
        row,
        nth,
        lane: lane++,
        goal,
        source: node.source,
        ...(node.weight === undefined ? {} : { weight: node.weight }),
      }))
    })
  })
}

/** Where each line enters its goal, 0 at the top and 1 at the bottom of the box. */
function portsOf(edges: readonly Edge[], goals: number): ReadonlyMap<Edge, number> {
  const ports = new Map<Edge, number>()
  for (let goal = 0; goal < goals; goal++) {
    const mine = edges.filter((edge) => edge.goal === goal)
    mine.forEach((edge, index) => ports.set(edge, (index + 1) / (mine.length + 1)))
  }
  return ports
}

function barOf(
  share: number,
  x: number,
  y: number,
  X: (x: number) => number,
  direction: 'ltr' | 'rtl',
): string {
  const length = round(Math.max(2, Math.min(1, share) * (COLUMN - 24)))
  const left = direction === 'rtl' ? X(x + 12) - length : X(x + 12)
  return `<rect class="map-bar" x="${round(left)}" y="${y + BOX - 9}" width="${length}" height="4" rx="2"/>`
}

const STRONG = /\p{Letter}/gu
/** Invisible letters of either direction. */
const MARKS = { ltr: '\u200e', rtl: '\u200f' } as const

/**
 * Numbers and brackets at the ends of a line go by the letters of its neighbours, as they do where a paragraph is broken: the
 * `20% (iOS)` behind an Arabic line that ends in `Pricing` runs from the left.
 */
function withContext(lines: readonly string[]): readonly string[] {
  const mark = (letter: string | undefined): string =>
    letter === undefined ? '' : MARKS[directionOf(letter)]
  return lines.map((line, index) => {
    const before = lines.slice(0, index).join('').match(STRONG)?.at(-1)
    const after = lines
      .slice(index + 1)
      .join('')
      .match(STRONG)
      ?.at(0)
    return `${mark(before)}${line}${mark(after)}`
  })
}

/** Two lines of what the box holds; the whole title stands in the tooltip and in the card. */
function titleLines(title: string): readonly string[] {
  const words = title.trim().split(/\s+/)
  const lines: string[] = ['']
  for (const [index, word] of words.entries()) {
    for (const [nth, piece] of pieces(word).entries()) {
      const last = lines.at(-1) ?? ''
      const longer = `${last}${index > 0 && nth === 0 ? ' ' : ''}${piece}`.trimStart()
      if (ems(longer) <= ROOM || last === '') lines[lines.length - 1] = longer
      else lines.push(piece)
    }
  }
  const [first = '', second, ...more] = lines
  if (second === undefined) return [first]
  if (more.length === 0) return [first, second]
  let shown = [...graphemes.segment(second)].map(({ segment }) => segment)
  while (shown.length > 0 && ems(`${shown.join('')}…`) > ROOM) shown = shown.slice(0, -1)
  return [first, `${shown.join('').trimEnd()}…`]
}

/** What a line of a box holds, in ems: (188 - 24) / 12.5. */
const ROOM = 13
const graphemes = new Intl.Segmenter()
const wordsOf = new Intl.Segmenter(undefined, { granularity: 'word' })

/** Where a line may break: within what is written without spaces, and in a word that no line holds, anywhere. */
function pieces(word: string): readonly string[] {
  if (ems(word) <= ROOM && !/[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u4e00-\u9fff]/.test(word))
    return [word]
  return [...wordsOf.segment(word)].flatMap(({ segment }) =>
    ems(segment) <= ROOM ? [segment] : [...graphemes.segment(segment)].map((each) => each.segment),
  )
}

/** About how wide a text is in a font without serifs. */
function ems(text: string): number {
  let sum = 0
  for (const letter of text) {
    if (/[\p{M}\p{Cf}]/u.test(letter)) continue
    if (columns(letter) === 2) sum += 1
    else if (/[ijlftr .,:;'’|!()[\]·-]/.test(letter)) sum += 0.33
    else if (/[mwMW%@…—]/.test(letter)) sum += 0.88
    else if (/\p{Lu}/u.test(letter)) sum += 0.68
    else sum += /\p{Script=Arabic}/u.test(letter) ? 0.5 : 0.6
  }
  return sum
}

function sourceName(source: string): string {
  return /^[a-z0-9]+$/.test(source) ? source : 'ga4'
}

function round(number: number): number {
  return Math.round(number * 10) / 10
}
