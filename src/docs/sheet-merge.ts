/**
 * A spreadsheet's edits, as changes of the plan's text. Three sides: what the cell was when it was exported, what the plan
 * says now, what the sheet says. Where only the sheet has moved it is an edit; where both have, nobody guesses.
 */
import type { DocsCode } from '../codes/code.ts'
import { didYouMean } from '../check/schema/did-you-mean.ts'
import type { Edit, Pointer } from '../plan/diagnostic.ts'
import type { Benchmark, PlanDocument } from '../plan/plan-types.ts'
import {
  AS_WRITTEN,
  cellOf,
  COLUMNS,
  ID,
  plannedIn,
  asText,
  readCell,
  shortOf,
  STAGE,
  valueOf,
  type Cell,
  type Column,
  type Planned,
  type Value,
} from './sheet.ts'

export interface SheetFinding {
  readonly severity: 'error' | 'warning'
  readonly code: DocsCode
  /** The row of the sheet, counted from 1 with its header; absent where it has none. */
  readonly row?: number
  readonly message: string
  readonly fix: string
}

/** A cell that somebody has edited. */
export interface SheetEdit {
  readonly row: number
  readonly id: string
  readonly column: Column
  readonly at: Pointer
  readonly before: Value | undefined
  /** Undefined: the field goes. */
  readonly after: Value | undefined
}

export interface SheetMerge {
  readonly edits: readonly SheetEdit[]
  readonly findings: readonly SheetFinding[]
}

/** @param rows the sheet, header first */
export function mergeSheet(document: PlanDocument, rows: readonly (readonly Cell[])[]): SheetMerge {
  const [header = [], ...body] = rows
  const named = header.map((cell) => String(cell ?? '').trim())
  const places = new Map(named.map((name, index) => [name.toLowerCase(), index]))
  const wrong = headerFindings(named, places)
  if (wrong.some(({ severity }) => severity === 'error')) return { edits: [], findings: wrong }

  const planned = new Map(plannedIn(document).map((one) => [one.id, one]))
  const at = (cells: readonly Cell[], name: string): Cell | undefined => {
    const index = places.get(name.toLowerCase())
    return index === undefined ? undefined : cells[index]
  }
  const filled = body
    .map((cells, index) => ({ cells, row: index + 2, id: String(at(cells, ID) ?? '').trim() }))
    .filter(({ cells }) => cells.some((cell) => String(cell ?? '').trim() !== ''))
  const rowsById = grouped(filled)

  const edits: SheetEdit[] = []
  const findings: SheetFinding[] = [...wrong]
  for (const { cells, row, id } of filled) {
    const one = planned.get(id)
    const same = rowsById.get(id) ?? []
    if (id === '') findings.push(withoutId(row))
    else if (one === undefined) findings.push(unknown(row, id, [...planned.keys()]))
    else if (same.length > 1) {
      if (same[0]?.row === row)
        findings.push(
          repeated(
            id,
            same.map((each) => each.row),
          ),
        )
    } else {
      const stage = String(at(cells, STAGE) ?? one.stage).trim()
      if (stage !== one.stage) findings.push(moved(row, one, stage))
      const base = baseOf(at(cells, AS_WRITTEN))
      if (base === undefined && places.has(AS_WRITTEN.toLowerCase())) findings.push(withoutBase(row, id))
      for (const [index, column] of COLUMNS.entries()) {
        if (!places.has(column.header.toLowerCase())) continue
        const read = cellEdit(one, column, at(cells, column.header), base?.[index], row)
        if (read !== undefined && 'code' in read) findings.push(read)
        else if (read !== undefined) edits.push(read)
      }
    }
  }
  const missing = [...planned.keys()].filter((id) => !rowsById.has(id))
  if (missing.length > 0) findings.push(gone(missing))
  return { edits, findings }
}

function grouped<T extends { readonly id: string }>(rows: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) groups.set(row.id, [...(groups.get(row.id) ?? []), row])
  return groups
}

function cellEdit(
  { id, at, stage, conversion }: Planned,
  column: Column,
  cell: Cell | undefined,
  base: string | undefined,
  row: number,
): SheetEdit | SheetFinding | undefined {
  const before = valueOf(conversion, column.path)
  const now = String(cellOf(before))
  const read = readCell(cell, column.kind)
  // What cannot be read and is as it was, such as a ${NAME} where a number stands, is nobody's edit.
  const said = String(cellOf('value' in read ? read.value : asText(cell)))
  if (said === now || base === shortOf(said)) return undefined
  const about = `${column.header} of ${id}`
  if ('wrong' in read)
    return {
      severity: 'error',
      code: 'sheet-values-fit',
      row,
      message: `${about} ${read.wrong}: "${String(cell)}".`,
      fix: 'write it as `plan export` does',
    }
  if (column.onlyMicro === true && stage === 'goal')
    return {
      severity: 'error',
      code: 'sheet-values-fit',
      row,
      message: `${id} is a goal, and a goal has no ${column.header.toLowerCase()}.`,
      fix: 'leave the cell empty',
    }
  if (column.path === '/title' && read.value === undefined)
    return {
      severity: 'error',
      code: 'sheet-values-fit',
      row,
      message: `${id} has no title any more.`,
      fix: 'write one',
    }
  if (base !== undefined && base !== shortOf(now))
    return {
      severity: 'warning',
      code: 'sheet-and-plan-agree',
      row,
      message: `${about} was changed here and in the plan since the sheet was written. The plan says "${now}", the sheet "${said}". The plan keeps its own.`,
      fix: 'decide which holds, and write that into both',
    }
  return { row, id, column, at: `${at}${column.path}`, before, after: read.value }
}

/** What each cell of a row was; undefined when that cannot be told. */
function baseOf(cell: Cell | undefined): readonly string[] | undefined {
  const shorts = String(cell ?? '').split(' ')
  return shorts.length === COLUMNS.length && shorts.every((one) => /^(-|[0-9a-f]{8})$/.test(one))
    ? shorts
    : undefined
}

/** The next changes of the text on the way to what the sheet says; none when it is reached. */
export function editsTowards(document: PlanDocument, wanted: readonly SheetEdit[]): readonly Edit[] {
  const planned = new Map(plannedIn(document).map((one) => [one.id, one]))
  const left = wanted.flatMap((edit) => {
    const one = planned.get(edit.id)
    const value = one && valueOf(one.conversion, edit.column.path)
    return one === undefined || cellOf(value) === cellOf(edit.after) ? [] : [{ edit, one, value }]
  })
  const sets: Edit[] = []
  const removals: Edit[] = []
  const begun = new Map<Pointer, Record<string, string | number>>()
  for (const { edit, one, value } of left) {
    const { after, at } = edit
    const [, parent = '', name] = edit.column.path.split('/')
    const isInside = name !== undefined
    if (edit.column.kind === 'benchmarks') {
      const { set, remove } = benchmarkEdits(
        at,
        value as readonly Benchmark[] | undefined,
        after as readonly Benchmark[] | undefined,
      )
      sets.push(...set)
      removals.push(...remove)
    } else if (after === undefined) {
      const keys = Object.keys(valueOf(one.conversion, `/${parent}`) ?? {})
      const goes = left.filter(
        (other) => other.one === one && other.edit.column.path.startsWith(`/${parent}/`),
      )
      const isAll =
        isInside && goes.length === keys.length && goes.every((other) => other.edit.after === undefined)
      removals.push({ remove: isAll ? `${one.at}/${parent}` : at })
    } else if (isInside && valueOf(one.conversion, `/${parent}`) === undefined) {
      const map = begun.get(`${one.at}/${parent}`) ?? {}
      map[name] = after as string | number
      begun.set(`${one.at}/${parent}`, map)
    } else {
      sets.push({ set: at, value: after as string | number })
    }
  }
  for (const [at, value] of begun) sets.push({ set: at, value })
  // What goes, goes last: a map that is empty for a moment has no place to add to.
  return sets.length > 0 ? sets : distinct(removals)
}

function distinct(edits: readonly Edit[]): readonly Edit[] {
  return [...new Map(edits.map((edit) => [JSON.stringify(edit), edit])).values()]
}

function benchmarkEdits(
  at: Pointer,
  before: readonly Benchmark[] | undefined,
  after: readonly Benchmark[] | undefined,
): { readonly set: readonly Edit[]; readonly remove: readonly Edit[] } {
  if (after === undefined) return { set: [], remove: [{ remove: at }] }
  if (before === undefined) return { set: [{ set: at, value: after.map((one) => ({ ...one })) }], remove: [] }
  const wanted = new Set(after.map((one) => cellOf([one])))
  // Lines that are only taken out leave the others, and their comments, where they are.
  const kept = before.filter((one) => wanted.has(cellOf([one])))
  if (kept.length < before.length && kept.length > 0 && cellOf(kept) === cellOf(after.slice(0, kept.length)))
    return {
      set: [],
      remove: before
        .flatMap((one, index) => (wanted.has(cellOf([one])) ? [] : [{ remove: `${at}/${index}` }]))
        .slice(-1),
    }
  const set: Edit[] = []
  const remove: Edit[] = []
  for (const [index, one] of after.entries()) {
    const old = before[index]
    if (old === undefined) {
      if (index === before.length) set.push({ set: `${at}/${index}`, value: { ...one } })
      continue
    }
    for (const name of ['channel', 'device', 'rate', 'source'] as const) {
      const value = one[name]
      if (value === old[name]) continue
      if (value === undefined) remove.push({ remove: `${at}/${index}/${name}` })
      else set.push({ set: `${at}/${index}/${name}`, value })
    }
  }
  if (before.length > after.length) remove.push({ remove: `${at}/${before.length - 1}` })
  return { set, remove }
}

function headerFindings(
  named: readonly string[],
  places: ReadonlyMap<string, number>,
): readonly SheetFinding[] {
  const unreadable = (message: string, fix: string): SheetFinding => ({
    severity: 'error',
    code: 'sheet-is-readable',
    row: 1,
    message,
    fix,
  })
  if (!places.has(ID.toLowerCase()))
    return [unreadable(`The first row names no column "${ID}".`, 'begin with what `plan export` writes')]
  const known = [ID, STAGE, AS_WRITTEN, ...COLUMNS.map(({ header }) => header)]
  const lower = known.map((name) => name.toLowerCase())
  const ours = named.map((name) => name.toLowerCase()).filter((name) => lower.includes(name))
  const twice = ours.find((name, index) => ours.indexOf(name) !== index)
  if (twice !== undefined) return [unreadable(`Two columns are named "${twice}".`, 'keep the one that holds')]
  return named
    .filter((name) => name !== '' && !lower.includes(name.toLowerCase()))
    .map((name) => ({
      severity: 'warning',
      code: 'sheet-is-readable',
      row: 1,
      message: `The column "${name}" is none of the plan's, and nothing is taken from it.`,
      fix: meant(name, known, 'a sheet changes what `plan export` writes, and no more'),
    }))
}

function meant(name: string, known: readonly string[], otherwise: string): string {
  const found = didYouMean(name, known)
  return found === undefined ? otherwise : `did you mean "${found}"?`
}

function withoutId(row: number): SheetFinding {
  return {
    severity: 'warning',
    code: 'sheet-rows-are-the-plans',
    row,
    message: 'The row has no id, so nobody can tell which conversion it is. Nothing is taken from it.',
    fix: 'write its id; a new conversion is added in the plan',
  }
}

function unknown(row: number, id: string, ids: readonly string[]): SheetFinding {
  return {
    severity: 'warning',
    code: 'sheet-rows-are-the-plans',
    row,
    message: `The plan has no conversion "${id}". Nothing is taken from the row.`,
    fix: meant(id, ids, 'a new conversion is added in the plan, which needs its trigger'),
  }
}

function gone(ids: readonly string[]): SheetFinding {
  return {
    severity: 'warning',
    code: 'sheet-rows-are-the-plans',
    message: `The sheet has no row for ${ids.join(', ')}. ${ids.length === 1 ? 'It stays in the plan as it is.' : 'They stay in the plan as they are.'}`,
    fix: 'take it out of the plan itself, if that is what is meant',
  }
}

function moved(row: number, { id, stage }: Planned, said: string): SheetFinding {
  return {
    severity: 'warning',
    code: 'sheet-rows-are-the-plans',
    row,
    message: `${id} stands under "${stage}" in the plan and under "${said}" in the sheet. It stays where it is.`,
    fix: 'move it in the plan itself, if that is what is meant',
  }
}

function repeated(id: string, rows: readonly number[]): SheetFinding {
  return {
    severity: 'error',
    code: 'sheet-ids-are-once',
    row: rows[1] ?? rows[0] ?? 0,
    message: `${id} has ${rows.length} rows: ${rows.join(', ')}.`,
    fix: 'keep the one that holds',
  }
}

function withoutBase(row: number, id: string): SheetFinding {
  return {
    severity: 'warning',
    code: 'sheet-and-plan-agree',
    row,
    message: `What ${id} was when the sheet was written is no longer in the row, so a change of the plan since then looks like an edit.`,
    fix: 'look at each change before you say yes, or begin with a new export',
  }
}
