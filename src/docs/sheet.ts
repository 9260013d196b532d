/**
 * The plan as rows for those who live in a spreadsheet, one a conversion. A column is a field of the plan's language, so a
 * cell has one place in the YAML. The last column holds what each cell of the row was when it was written, in short: with
 * it an edit is told from a change that the plan has seen meanwhile.
 */
import { createHash } from 'node:crypto'
import type { Pointer } from '../plan/diagnostic.ts'
import type { Benchmark, PlanDocument } from '../plan/plan-types.ts'
import { conversionsIn, type ConversionPlace } from '../plan/places.ts'

/** A cell, as a spreadsheet program hands it back. Empty is null or ''. */
export type Cell = string | number | boolean | Date | null

export type Value = string | number | readonly Benchmark[]

/** `id` and `stage` say which conversion it is; they are never edited. */
export const ID = 'Id'
export const STAGE = 'Stage'
export const AS_WRITTEN = 'As written (leave as it is)'

export interface Column {
  readonly header: string
  /** Below the conversion, in the plan. */
  readonly path: string
  readonly kind: 'text' | 'number' | 'share' | 'day' | 'benchmarks'
  /** Characters that a spreadsheet shows of it. */
  readonly width: number
  /** A goal has none. */
  readonly onlyMicro?: true
}

export const COLUMNS: readonly Column[] = [
  { header: 'Title', path: '/title', kind: 'text', width: 36 },
  { header: 'Description', path: '/description', kind: 'text', width: 48 },
  { header: 'Owner', path: '/owner', kind: 'text', width: 28 },
  { header: 'Target rate', path: '/target/rate', kind: 'share', width: 11 },
  { header: 'Target of', path: '/target/of', kind: 'text', width: 14 },
  { header: 'Target count', path: '/target/count', kind: 'number', width: 12 },
  { header: 'Target amount', path: '/target/amount', kind: 'number', width: 13 },
  { header: 'Target per', path: '/target/per', kind: 'text', width: 10 },
  { header: 'Target by', path: '/target/by', kind: 'day', width: 12 },
  { header: 'Benchmarks', path: '/benchmarks', kind: 'benchmarks', width: 48 },
  { header: 'Weight', path: '/weight', kind: 'number', width: 8, onlyMicro: true },
  { header: 'Effort', path: '/effort', kind: 'number', width: 8 },
  { header: 'Notes', path: '/notes', kind: 'text', width: 48 },
]

/** A conversion and where it stands. */
export interface Planned {
  readonly id: string
  /** `goal`, or the id of the stage. */
  readonly stage: string
  readonly at: Pointer
  readonly conversion: ConversionPlace['data']
}

export function plannedIn(document: PlanDocument): readonly Planned[] {
  return conversionsIn(document).map(({ id, stage, at, data }) => ({
    id,
    stage: stage?.id ?? 'goal',
    at,
    conversion: data,
  }))
}

/** The plan as a table, header first. Texts and numbers; nothing is neutralised yet. */
export function rowsOf(document: PlanDocument): readonly (readonly (string | number)[])[] {
  return [
    [ID, STAGE, ...COLUMNS.map(({ header }) => header), AS_WRITTEN],
    ...plannedIn(document).map(({ id, stage, conversion }) => {
      const cells = COLUMNS.map((column) => cellOf(valueOf(conversion, column.path)))
      return [id, stage, ...cells, cells.map((cell) => shortOf(String(cell))).join(' ')]
    }),
  ]
}

/** What the conversion itself says there; what it inherits is not its own. */
export function valueOf(conversion: Planned['conversion'], path: Column['path']): Value | undefined {
  let value: unknown = conversion
  for (const step of path.split('/').slice(1))
    value = (value as Readonly<Record<string, unknown>> | undefined)?.[step]
  return value as Value | undefined
}

/** A value as a cell. A benchmark is a line: channel | device | range | where it comes from. */
export function cellOf(value: Value | undefined): string | number {
  if (value === undefined) return ''
  if (typeof value === 'object') return value.map(benchmarkLine).join('\n')
  return typeof value === 'string' ? sameLineEnds(value) : value
}

/** What a cell was, short enough for a column of its own. */
export function shortOf(cell: string): string {
  return cell === '' ? '-' : createHash('sha256').update(cell).digest('hex').slice(0, 8)
}

/** A cell's value in the plan, undefined for an empty one, or why it is none. */
export function readCell(
  cell: Cell | undefined,
  kind: Column['kind'],
): { readonly value: Value | undefined } | { readonly wrong: string } {
  const text = asText(cell)
  if (text === '') return { value: undefined }
  switch (kind) {
    case 'text':
      return { value: text }
    case 'number': {
      // One to a program, a thousand to whoever writes so: between the two nobody guesses.
      if (typeof cell !== 'number' && /^-?[1-9][0-9]{0,2}(\.[0-9]{3})+$/.test(text))
        return { wrong: 'may be thousands or a fraction' }
      const number = /^-?[0-9]+(\.[0-9]+)?$/.test(text) ? Number(text) : Number.NaN
      return Number.isFinite(number) ? { value: number } : { wrong: 'is not a number such as 0.05 or 1200' }
    }
    case 'share':
      // A spreadsheet takes the 9% that somebody types for the number 0.09.
      if (typeof cell === 'number') return { value: `${Number((cell * 100).toPrecision(12))}%` }
      return /^[0-9]+(\.[0-9]+)?%$/.test(text) ? { value: text } : { wrong: 'is not a share such as 8%' }
    case 'day':
      // LibreOffice may hand a day back as its number, counted from 30 December 1899.
      if (typeof cell === 'number') return { value: dayOf(new Date(Math.round((cell - 25_569) * 864e5))) }
      return { value: text }
    case 'benchmarks':
      return benchmarksIn(text)
  }
}

/** As it was typed, or nearly. */
export function asText(cell: Cell | undefined): string {
  return cell instanceof Date ? dayOf(cell) : sameLineEnds(String(cell ?? ''))
}

function dayOf(date: Date): string {
  return Number.isNaN(date.getTime()) ? 'no day' : date.toISOString().slice(0, 10)
}

/** A block of YAML ends with a line end, a cell does not. */
function sameLineEnds(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').trim()
}

function benchmarkLine({ channel, device, rate, source }: Benchmark): string {
  return [channel ?? '', device ?? '', rate, source ?? '']
    .map((part) => part.replaceAll(/[\\|]/g, String.raw`\$&`).replaceAll('\n', ' '))
    .join(' | ')
    .replace(/(\s\|\s*)+$/, '')
}

function benchmarksIn(text: string): { readonly value: readonly Benchmark[] } | { readonly wrong: string } {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const read: Benchmark[] = []
  for (const line of lines) {
    const parts = [...line.matchAll(/((?:\\.|[^\\|])*)(?:\||$)/gs)].map(([, part = '']) =>
      part.trim().replaceAll(/\\(.)/gs, '$1'),
    )
    const [channel = '', device = '', rate = '', source = '', ...more] = parts
    if (rate === '' || more.some((part) => part !== ''))
      return { wrong: `has a line that is not "channel | device | 6%..12% | source": "${line}"` }
    read.push({
      ...(channel !== '' && { channel }),
      ...(device !== '' && { device: device as NonNullable<Benchmark['device']> }),
      rate,
      ...(source !== '' && { source }),
    })
  }
  return { value: read }
}
