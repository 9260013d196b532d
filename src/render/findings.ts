/**
 * What `plan validate` prints for people: errors first, each with its line; then warnings, where one that is said of many
 * things takes a line with all their names. A first plan has few mistakes and many things that it may still say.
 */
import type { Diagnostic } from '../plan/diagnostic.ts'
import {
  placeOf,
  PLAIN,
  printable,
  countsLine,
  renderOneByOne,
  type Paint,
  type Places,
} from './diagnostics.ts'

export interface FindingsOptions {
  readonly paint?: Paint
  /** Every finding with its line. */
  readonly verbose?: boolean
  /** Errors only. */
  readonly quiet?: boolean
  /** Say how to be asked for less, where much is asked for. */
  readonly canAskLess?: boolean
}

const WIDTH = 100

export function renderFindings(
  diagnostics: readonly Diagnostic[],
  places: Places,
  { paint = PLAIN, verbose = false, quiet = false, canAskLess = false }: FindingsOptions = {},
): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  const rest = quiet ? [] : diagnostics.filter(({ severity }) => severity !== 'error')
  const groups = verbose ? rest.map((one) => [one] as const) : grouped(rest, places)
  const single = groups.filter((group) => group.length === 1).flat()
  const repeated = groups.filter((group) => group.length > 1)
  const blocks = [
    ...renderOneByOne([...errors, ...single], places, paint),
    ...repeated.map((group) => renderGroup(group, places, paint)),
  ]
  if (blocks.length === 0) return ''
  const hints = [
    ...(repeated.length > 0 ? ['--verbose shows each with its line'] : []),
    ...(repeated.length > 0 && canAskLess ? ['--profile minimal asks for less'] : []),
  ]
  const hint = hints.length === 0 ? '' : paint.dim(` (${hints.join('; ')})`)
  return [...blocks, `${paint.bold(countsLine([...errors, ...rest]))}${hint}\n`].join('\n')
}

/** Findings of one code, severity and file together, in the order of the first of them. */
function grouped(diagnostics: readonly Diagnostic[], places: Places): readonly (readonly Diagnostic[])[] {
  const groups = new Map<string, Diagnostic[]>()
  for (const one of diagnostics) {
    const key = JSON.stringify([one.code, one.severity, placeOf(one, places)?.file])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [one])
    else group.push(one)
  }
  return [...groups.values()]
}

function renderGroup(group: readonly Diagnostic[], places: Places, paint: Paint): string {
  const [first] = group
  if (first === undefined) return ''
  const file = placeOf(first, places)?.file
  const where = file === undefined ? '' : `${paint.bold(printable(file))} `
  const names = wrapped([...new Set(group.map((one) => nameOf(one, places)))].join(', '))
  const fixes = new Set(group.map(({ fix }) => fix))
  const fix = fixes.size === 1 ? first.fix : `plan explain ${first.code} says what to do.`
  return [
    `${where}${paint.yellow(first.severity)} ${first.code}, ${group.length} times`,
    ...names.map((line) => `  ${printable(line)}`),
    ...(fix === undefined ? [] : [`  ${paint.bold('fix:')} ${printable(fix)}`]),
    '',
  ].join('\n')
}

/** What a finding is about, as people call it: the id of the conversion, parameter or environment, else its line. */
function nameOf(diagnostic: Diagnostic, places: Places): string {
  // Ids hold neither of the signs that a pointer escapes.
  const [, area, first, kind, id] = diagnostic.at?.split('/') ?? []
  if (area === 'stages' && kind === 'micro' && id !== undefined) return id
  if (area !== undefined && first !== undefined && BY_ID.has(area)) return first
  const line = placeOf(diagnostic, places)?.line
  return line === undefined ? (area ?? '') : `line ${line}`
}

const BY_ID = new Set(['goals', 'stages', 'parameters', 'environments', 'experiments', 'touchpoints'])

/** Ids are ASCII, one column a character: what counts columns of other scripts is not worth loading for every validate. */
function wrapped(text: string): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > WIDTH - 2) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}
