/** `plan export` and `plan merge`: the plan as a spreadsheet, and its edits back into the YAML. */
import { checkPlan } from '../check/check.ts'
import { directionOf } from '../pages/direction.ts'
import { editsTowards, mergeSheet, type SheetEdit, type SheetFinding } from '../docs/sheet-merge.ts'
import { renderSheetEdits, renderSheetFindings } from '../docs/sheet-text.ts'
import { cellOf, COLUMNS, plannedIn, rowsOf, valueOf } from '../docs/sheet.ts'
import { applyEdits } from '../plan/edit.ts'
import { formatPlan } from '../plan/format.ts'
import { parsePlan, type ParsedPlan } from '../plan/parse.ts'
import type { PlanDocument } from '../plan/plan-types.ts'
import { readPlanWith, readTextFile, repositoryOf } from '../plan/read.ts'
import { and, plural } from '../words/counting.ts'
import { agreed } from './ask.ts'
import { Failure, Findings, UsageError } from './failure.ts'
import type { ExitCode, Io } from './io.ts'
import { refused, today } from './load-plan.ts'
import { paintOf } from './paint.ts'
import { planFile, STDIN } from './plan-files.ts'
import { readNamed } from './read-named.ts'
import { replaceFile } from './replace-file.ts'
import { csvOf, readSheet, xlsxOf, type SheetFormat } from './sheet-file.ts'

export interface ExportOptions {
  readonly format?: SheetFormat
  readonly out?: string
}

/** Writes the plan as a spreadsheet; CSV also to standard output. */
export async function exportCommand(
  named: string | undefined,
  options: ExportOptions,
  io: Io,
): Promise<ExitCode> {
  const { out } = options
  const format = options.format ?? (/\.xlsx$/i.test(out ?? '') ? 'xlsx' : 'csv')
  if (format === 'xlsx' && out === undefined)
    throw new UsageError('A spreadsheet is no text: name the file with --out plan.xlsx.')
  const { document } = await readSound(await planFile(named, io), io)
  const rows = rowsOf(document)
  if (format === 'xlsx')
    await replaceFile(out ?? '', await xlsxOf(rows, directionOf(document.title) === 'rtl'))
  else if (out === undefined) io.out(await csvOf(rows))
  else await replaceFile(out, await csvOf(rows))
  if (out !== undefined)
    io.err(`${out}: ${plural(rows.length - 1, 'conversion')}. When it is edited: plan merge ${out}\n`)
  return 0
}

export interface MergeOptions {
  readonly autoApprove?: boolean
}

/** Shows what a spreadsheet changes, asks, and writes it into the plan's text. */
export async function mergeCommand(
  sheet: string,
  named: string | undefined,
  options: MergeOptions,
  io: Io,
): Promise<ExitCode> {
  const file = await planFile(named, io)
  if (file === STDIN) throw new UsageError('plan merge writes into files, and standard input is none.')
  const { parsed, document } = await readSound(file, io)
  const { edits, findings } = mergeSheet(document, await readSheet(sheet))
  if (findings.length > 0) io.err(`${renderSheetFindings(sheet, findings, paintOf(io))}\n`)
  if (findings.some(({ severity }) => severity === 'error'))
    throw new Findings('Nothing was written: put the errors right first.')
  if (edits.length === 0) {
    io.out(`${sheet} changes nothing in ${file}.\n`)
    return 0
  }
  const texts = await merged(file, parsed, edits, sheet, io)
  io.out(renderSheetEdits(edits, paintOf(io)))
  if (options.autoApprove !== true) {
    const question = `\nType yes to write ${plural(edits.length, 'change')} into ${[...texts.keys()].join(', ')}:`
    if (!(await agreed(question, io))) {
      io.err('Nothing was changed.\n')
      return 0
    }
  }
  // Meanwhile somebody may have saved the plan.
  const { parsed: now } = await readSound(file, io)
  for (const path of texts.keys())
    if (now.textOf(path) !== parsed.textOf(path))
      throw new Failure(
        'sheet-and-plan-agree',
        `${path} has been changed meanwhile: nothing was written. Run plan merge again.`,
      )
  for (const [path, text] of texts) await replaceFile(path, text)
  io.out(`Written: ${[...texts.keys()].join(', ')}.\n`)
  return 0
}

/** Edits that touch the same place follow one another; each round is read anew, and the last is checked. */
async function merged(
  file: string,
  before: ParsedPlan,
  edits: readonly SheetEdit[],
  sheet: string,
  io: Io,
): Promise<ReadonlyMap<string, string>> {
  const root = await repositoryOf(file)
  const texts = new Map<string, string>()
  let parsed = before
  for (let round = 0; round < ROUNDS; round++) {
    const next = editsTowards(parsed.document as PlanDocument, edits)
    if (next.length === 0) {
      checked(parsed, edits, sheet, io)
      nobodyElse(before, parsed, edits, file)
      return new Map([...texts].map(([path, text]) => [path, inStyle(before.textOf(path), text)]))
    }
    const { files, made } = applyEdits(parsed, next)
    if (made === 0) break
    for (const [path, text] of files) texts.set(path, text)
    parsed = parsePlan(
      await readPlanWith(file.replaceAll('\\', '/'), (path) => {
        const text = texts.get(path)
        return text === undefined ? readTextFile(path, root) : Promise.resolve({ text })
      }),
    )
    if (parsed.document === undefined) break
  }
  throw new Failure(
    'sheet-values-fit',
    `${file} is written in a way that these changes do not fit into: nothing was written. Make them in the plan itself.`,
  )
}

/** What others take over by an alias follows its anchor, and nobody has been shown that. */
function nobodyElse(before: ParsedPlan, after: ParsedPlan, edits: readonly SheetEdit[], file: string): void {
  const meant = new Set(edits.map(({ id, column }) => `${id} ${column.path}`))
  const old = new Map(plannedIn(before.document as PlanDocument).map((one) => [one.id, one]))
  const followed = plannedIn(after.document as PlanDocument).flatMap(({ id, conversion }) =>
    COLUMNS.filter(({ path }) => {
      const was = old.get(id)
      return was !== undefined && cellOf(valueOf(was.conversion, path)) !== cellOf(valueOf(conversion, path))
    })
      .filter(({ path }) => !meant.has(`${id} ${path}`))
      .map(({ header }) => `${header} of ${id}`),
  )
  if (followed.length === 0) return
  throw new Failure(
    'sheet-values-fit',
    `${file}: ${and(followed)} would change with it, because an alias takes it over: nothing was written. Write it out there first.`,
  )
}

/** A file that was as `plan fmt` writes it stays so; any other keeps its own style. */
function inStyle(before: string | undefined, text: string): string {
  const wasFormatted = before !== undefined && formatPlan(before).changed === false
  return wasFormatted ? formatPlan(text).text : text
}

/** As many as a list of benchmarks may lose lines. */
const ROUNDS = 50

/** What the plan refuses is said at the row that asks for it. */
function checked(parsed: ParsedPlan, edits: readonly SheetEdit[], sheet: string, io: Io): void {
  const { diagnostics } = checkPlan(parsed, { today: today(io), env: io.env })
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.length === 0) return
  const findings = errors.flatMap(({ at = '', message, fix = '' }): SheetFinding[] => {
    const edit = edits.find((one) => at.startsWith(one.at) || one.at.startsWith(`${at}/`))
    if (edit === undefined) return []
    return [
      {
        severity: 'error',
        code: 'sheet-values-fit',
        row: edit.row,
        message: `${edit.column.header} of ${edit.id}: ${message}`,
        fix,
      },
    ]
  })
  if (findings.length < errors.length) throw refused(errors, parsed, io)
  throw new Findings(
    `${renderSheetFindings(sheet, findings, paintOf(io))}\nNothing was written: put the errors right first.`,
  )
}

/** The plan as it stands in its files, `${NAME}` and all; refused when it has errors. */
async function readSound(
  file: string,
  io: Io,
): Promise<{ readonly parsed: ParsedPlan; readonly document: PlanDocument }> {
  const parsed = await readNamed(file, io)
  const { document, diagnostics } = checkPlan(parsed, { today: today(io), env: io.env })
  if (document === undefined)
    throw refused(
      diagnostics.filter(({ severity }) => severity === 'error'),
      parsed,
      io,
    )
  return { parsed, document }
}
