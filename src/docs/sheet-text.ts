/** What a spreadsheet changes, and what is wrong with it, at a terminal. */
import { PLAIN, printable, type Paint } from '../render/diagnostics.ts'
import type { SheetEdit, SheetFinding } from './sheet-merge.ts'
import { cellOf } from './sheet.ts'

/** Each conversion with the fields that change: before and after, line by line. */
export function renderSheetEdits(edits: readonly SheetEdit[], paint: Paint = PLAIN): string {
  const ids = [...new Set(edits.map(({ id }) => id))]
  return ids
    .map((id) => {
      const fields = edits.filter((edit) => edit.id === id)
      const lines = fields.flatMap(({ column, before, after }) => [
        `  ${column.header}`,
        ...textLines(cellOf(before)).map((line) => paint.red(`    - ${line}`)),
        ...textLines(cellOf(after)).map((line) => paint.green(`    + ${line}`)),
      ])
      return `${[paint.bold(id), ...lines].join('\n')}\n`
    })
    .join('\n')
}

function textLines(cell: string | number): readonly string[] {
  return cell === '' ? [] : String(cell).split('\n').map(printable)
}

/** In the manner of `plan validate`, with the row of the sheet. */
export function renderSheetFindings(
  file: string,
  findings: readonly SheetFinding[],
  paint: Paint = PLAIN,
): string {
  return findings
    .map(({ severity, code, row, message, fix }) => {
      const colour = severity === 'error' ? paint.red : paint.yellow
      const place = row === undefined ? file : `${file}, row ${row}`
      return [
        `${paint.bold(printable(place))} ${colour(severity)} ${code}`,
        `  ${printable(message)}`,
        `  ${paint.bold('fix:')} ${printable(fix)}`,
        '',
      ].join('\n')
    })
    .join('\n')
}
