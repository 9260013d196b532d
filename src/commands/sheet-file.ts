/** Spreadsheets as files: CSV, and .xlsx through a package that a user may install. Rows in, bytes out, and back. */
import { isUtf8 } from 'node:buffer'
import { readFile } from 'node:fs/promises'
import type * as Xlsx from 'hucre/xlsx'
import { AS_WRITTEN, COLUMNS, type Cell } from '../docs/sheet.ts'
import { loadOptional } from '../optional/optional.ts'
import { Failure } from './failure.ts'

export type SheetFormat = 'csv' | 'xlsx'

type Rows = readonly (readonly (string | number)[])[]

/**
 * What a spreadsheet program may take for a formula, also behind quotes of our own, so that the way back is exact. The wide
 * forms are those of East Asian keyboards.
 */
const FORMULA = /^'*[=+\-@|\t\r\n\0\uFF1D\uFF0B\uFF0D\uFF20]/

/** With a mark in front, by which Excel knows UTF-8. */
export async function csvOf(rows: Rows): Promise<string> {
  const { writeCsv } = await import('hucre/csv')
  return writeCsv(
    rows.map((row) =>
      row.map((cell) => (typeof cell === 'string' && FORMULA.test(cell) ? `'${cell}` : cell)),
    ),
    { bom: true },
  )
}

/** Texts are stored as texts, which no program reads as formulas. The same rows give the same bytes. */
export async function xlsxOf(rows: Rows, isRightToLeft: boolean): Promise<Uint8Array> {
  const { writeXlsx } = await xlsx()
  const [header = [], ...body] = rows
  const fixed = new Date(0)
  const widths = new Map(COLUMNS.map((column) => [column.header, column.width]))
  return writeXlsx({
    properties: { created: fixed, modified: fixed },
    sheets: [
      {
        name: SHEET,
        view: { rightToLeft: isRightToLeft },
        freezePane: { rows: 1, columns: 1 },
        columns: header.map((name) => ({
          header: String(name),
          key: String(name),
          width: widths.get(String(name)) ?? 22,
          hidden: name === AS_WRITTEN,
        })),
        data: body.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index] ?? '']))),
      },
    ],
  })
}

const SHEET = 'Plan'

/** A file that somebody has edited, by what it holds and not by its name. */
export async function readSheet(file: string): Promise<readonly (readonly Cell[])[]> {
  const bytes = await readFile(file)
  const isZip = bytes.subarray(0, 2).toString('latin1') === 'PK'
  return isZip || /\.xlsx$/i.test(file) ? readXlsxRows(file, bytes) : readCsvRows(file, bytes)
}

async function readXlsxRows(file: string, bytes: Buffer): Promise<readonly (readonly Cell[])[]> {
  const { readXlsx } = await xlsx()
  const { sheets } = await readXlsx(bytes).catch((error: unknown) => {
    throw unreadable(file, `It is no whole .xlsx file: ${(error as Error).message}`, 'save it once more')
  })
  const sheet = sheets.find(({ name }) => name === SHEET) ?? sheets[0]
  // Taken for empty it would take away what the plan says.
  for (const [place, { formula, formulaResult }] of sheet?.cells ?? [])
    if (formula !== undefined && (formulaResult === undefined || formulaResult === null))
      throw unreadable(
        file,
        `The cell ${cellName(place)} is a formula without its value.`,
        'write the value itself, or save it from a spreadsheet program, which works it out',
      )
  return sheet?.rows ?? []
}

/** `B2` of the library's `1,1`: row and column from 0. */
function cellName(place: string): string {
  const [row = 0, column = 0] = place.split(',').map(Number)
  const letters = (index: number): string =>
    (index < 26 ? '' : letters(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26))
  return `${letters(column)}${row + 1}`
}

async function readCsvRows(file: string, bytes: Buffer): Promise<readonly (readonly Cell[])[]> {
  if (!isUtf8(bytes))
    throw unreadable(file, 'It is not UTF-8, so its letters cannot be told.', 'save it as "CSV UTF-8"')
  const text = bytes.toString('utf8')
  // A quote that is not closed would take the rest of the file into its cell.
  if ((text.match(/"/g) ?? []).length % 2 === 1)
    throw unreadable(file, 'A quote is opened and not closed.', 'save it from a spreadsheet program')
  const { parseCsv } = await import('hucre/csv')
  return parseCsv(text).map((row) =>
    row.map((cell) =>
      typeof cell === 'string' && cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell,
    ),
  )
}

function xlsx(): Promise<typeof Xlsx> {
  return loadOptional('hucre', () => import('hucre/xlsx'), '.')
}

function unreadable(file: string, message: string, fix: string): Failure {
  return new Failure('sheet-is-readable', `${file}: ${message}\nfix: ${fix}`)
}
