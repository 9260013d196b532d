/**
 * Diagnostics as text, JSON, GitHub annotations and SARIF. All four are functions of the same list, and of two
 * questions about the plan's files: where a pointer stands, and what the file's text is.
 */
import type { Diagnostic, Location, Pointer } from '../plan/diagnostic.ts'

/** What rendering asks the plan; a ParsedPlan answers both. */
export interface Places {
  readonly locate: (pointer: Pointer, about?: 'key' | 'value') => Location | undefined
  readonly textOf: (file: string) => string | undefined
}

/** Colour functions; cli.ts decides which. */
export interface Paint {
  readonly red: (text: string) => string
  readonly yellow: (text: string) => string
  readonly green: (text: string) => string
  readonly cyan: (text: string) => string
  readonly dim: (text: string) => string
  readonly bold: (text: string) => string
}

export const PLAIN: Paint = { red: same, yellow: same, green: same, cyan: same, dim: same, bold: same }

function same(text: string): string {
  return text
}

/** Where a diagnostic points to; undefined for one that concerns no place in a file. */
export function placeOf(diagnostic: Diagnostic, places: Places): Location | undefined {
  if (diagnostic.location !== undefined) return diagnostic.location
  return diagnostic.at === undefined ? undefined : places.locate(diagnostic.at, diagnostic.about)
}

/** For people at a terminal: place, code, sentence, the line with a caret, the fix; a closing line with the counts. */
export function renderDiagnosticsText(
  diagnostics: readonly Diagnostic[],
  places: Places,
  paint: Paint = PLAIN,
): string {
  const blocks = renderOneByOne(diagnostics, places, paint)
  const closing = countsLine(diagnostics)
  return [...blocks, ...(closing === '' ? [] : [`${paint.bold(closing)}\n`])].join('\n')
}

/** A block for each, without a closing line. */
export function renderOneByOne(
  diagnostics: readonly Diagnostic[],
  places: Places,
  paint: Paint = PLAIN,
): string[] {
  const linesOf = lineReader(places)
  const lineOf = (one: Diagnostic): number => placeOf(one, places)?.line ?? 0
  return diagnostics.flatMap((one, index) => {
    if (!RUNS.has(one.code)) return [renderOne(one, places, linesOf, paint)]
    const isAlike = (each: Diagnostic): boolean => each.code === one.code && wayOut(each) === wayOut(one)
    if (diagnostics.findIndex(isAlike) !== index) return []
    const run = diagnostics.filter(isAlike).sort((a, b) => lineOf(a) - lineOf(b))
    const told = run.length > TOLD + 1 ? run.slice(0, TOLD) : run
    const more = run.slice(told.length)
    return [
      ...told.map((each) => renderOne(each, places, linesOf, paint)),
      ...(more.length === 0 ? [] : [renderMore(more, places, paint)]),
    ]
  })
}

/** What comes once for each thing that a plan has in common with another one or with the container, and is put right for all at once. */
const RUNS: ReadonlySet<string> = new Set(['name-of-another-plan', 'name-is-taken'])
const TOLD = 3

/** The fix, whatever the names in it. */
function wayOut({ fix = '' }: Diagnostic): string {
  return fix.replaceAll(/"[^"]*"/g, '')
}

function renderMore(more: readonly Diagnostic[], places: Places, paint: Paint): string {
  const found = more.flatMap((one) => placeOf(one, places) ?? [])
  const lines = [...new Set(found.map(({ line }) => line))].sort((a, b) => a - b)
  return [
    `${paint.bold(printable(found[0]?.file ?? ''))} ${paint.red('error')} ${more[0]?.code ?? ''}, ${more.length} more`,
    `  on the lines ${lines.join(', ')}`,
    '',
  ].join('\n')
}

type LinesOf = (file: string) => readonly string[]

/** Splits each file once, however many diagnostics quote from it. */
function lineReader(places: Places): LinesOf {
  const files = new Map<string, readonly string[]>()
  return (file) => {
    const lines = files.get(file) ?? (places.textOf(file) ?? '').split('\n')
    files.set(file, lines)
    return lines
  }
}

function renderOne(diagnostic: Diagnostic, places: Places, linesOf: LinesOf, paint: Paint): string {
  const place = placeOf(diagnostic, places)
  const colour =
    diagnostic.severity === 'error'
      ? paint.red
      : diagnostic.severity === 'warning'
        ? paint.yellow
        : paint.cyan
  const where =
    place === undefined ? '' : `${paint.bold(printable(`${place.file}:${place.line}:${place.column}`))} `
  const lines = [
    `${where}${colour(diagnostic.severity)} ${diagnostic.code}`,
    `  ${printable(diagnostic.message)}`,
  ]
  if (place !== undefined) lines.push(...excerpt(place, linesOf, paint, colour))
  if (diagnostic.fix !== undefined) lines.push(`  ${paint.bold('fix:')} ${printable(diagnostic.fix)}`)
  return `${lines.join('\n')}\n`
}

const WIDTH = 100

/** The line that is meant, with a caret below; of a long line the part around it. */
function excerpt(
  place: Location,
  linesOf: LinesOf,
  paint: Paint,
  colour: (text: string) => string,
): string[] {
  const line = linesOf(place.file)[place.line - 1]?.replace(/\r$/, '')
  if (line === undefined || line.trim() === '') return []
  const from = place.column - 1
  const to = place.endLine === place.line ? Math.max(place.endColumn - 1, from + 1) : line.length
  const start = line.length > WIDTH && from > WIDTH / 2 ? from - WIDTH / 4 : 0
  const shown = line.slice(start, start + WIDTH)
  const before = (start > 0 ? '…' : '') + shown.slice(0, from - start)
  const after = shown.slice(from - start) + (start + WIDTH < line.length ? '…' : '')
  const meant = line.slice(from, Math.min(to, start + WIDTH)).trimEnd()
  const number = String(place.line)
  const gutter = ' '.repeat(number.length)
  return [
    `  ${paint.dim(` ${number} │`)} ${printable(before + after)}`,
    `  ${paint.dim(` ${gutter} │`)} ${' '.repeat(columns(before))}${colour('^'.repeat(Math.max(1, columns(meant))))}`,
  ]
}

/** "2 errors, 1 warning" for the closing line; empty when there is nothing to say. */
export function countsLine(diagnostics: readonly Pick<Diagnostic, 'severity'>[]): string {
  const count = (severity: Diagnostic['severity'], word: string): string[] => {
    const number = diagnostics.filter((one) => one.severity === severity).length
    return number === 0 ? [] : [`${number} ${word}${number === 1 || word === 'info' ? '' : 's'}`]
  }
  return [...count('error', 'error'), ...count('warning', 'warning'), ...count('info', 'info')].join(', ')
}

// A plan is a stranger's text: escape codes in it could rewrite the terminal, bidirectional controls the reading order.
// eslint-disable-next-line no-control-regex
const UNPRINTABLE = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u200b\u2028-\u202e\u2060-\u2069\ufeff]/g

/** The text with control characters made visible (␛[31m), tabs as one space. */
export function printable(text: string): string {
  return text.replaceAll('\t', ' ').replaceAll(UNPRINTABLE, (character) => {
    const code = character.charCodeAt(0)
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : `\\u${code.toString(16).padStart(4, '0')}`
  })
}

/** How many columns a terminal gives a text: two for East Asian wide characters and emoji, none for marks. */
function columns(text: string): number {
  let width = 0
  for (const character of printable(text)) {
    if (/\p{M}/u.test(character)) continue
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}]/u.test(
        character,
      )
        ? 2
        : 1
  }
  return width
}
