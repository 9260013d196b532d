/**
 * Inserts a ready-made conversion into the text of a plan. The file is edited as text, at the place that the YAML
 * parser names, so that every comment, blank line and quote of the rest stays as it was.
 */
import type { DiagnosticCode } from '../codes/code.ts'
import {
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  stringify,
  type Document,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import { datedOn, sentParameters, type CatalogueEntry } from './catalogue.ts'
import { pointerOf, type Diagnostic, type Pointer } from './diagnostic.ts'

export interface Addition {
  readonly stage: string
  readonly entry: CatalogueEntry
  readonly id: string
  /** The day it is added, as 2026-11-22: from then on its estimates are the plan's. */
  readonly today: string
}

/** What of the plan may stand in other files, when this one extends another. */
export interface Surroundings {
  readonly goals?: readonly { readonly id: string; readonly primary: boolean }[]
  readonly parameters?: readonly string[]
}

export interface Added {
  /** The whole new text; absent when something is wrong. */
  readonly text?: string
  /** The values that joined the dictionary's list of a parameter, by its name. */
  readonly values?: readonly (readonly [parameter: string, value: string])[]
  readonly diagnostics: readonly Diagnostic[]
}

const MOST_MICROS = 5

/** @param text a plan file that parses. */
export function addConversion(
  text: string,
  { stage, entry, id, today }: Addition,
  around: Surroundings = {},
): Added {
  const document = parseDocument(text, { version: '1.2' })
  const refuse = (code: DiagnosticCode, message: string, fix: string, at: Pointer): Added => ({
    diagnostics: [{ severity: 'error', code, message, fix, at, about: 'key' }],
  })
  if (!isMap(document.get('stages')) || !isMap(document.getIn(['stages', stage]))) {
    const stages = keysIn(document, ['stages'])
    return refuse(
      'stage-is-known',
      `The file has no stage "${stage}".`,
      stages.length === 0 ? 'Name a stage of this file.' : `Name one of: ${stages.join(', ')}.`,
      isMap(document.get('stages')) ? '/stages' : '',
    )
  }
  const at = pointerOf('stages', stage)
  const inStage = document.getIn(['stages', stage], true)
  const micro = document.getIn(['stages', stage, 'micro'], true)
  if (!isMap(micro) && !(micro === undefined && isMap(inStage))) {
    const fix = `Write "micro: {}" into the stage, then add to it.`
    return refuse('stage-is-readable', `The stage "${stage}" has no map "micro".`, fix, at)
  }
  const taken = [
    ...keysIn(document, ['goals']),
    ...keysIn(document, ['stages']).flatMap((each) => keysIn(document, ['stages', each, 'micro'])),
  ]
  if (taken.includes(id)) {
    const fix = `Give it another id: --as ${id}_2.`
    return refuse(
      'conversion-ids-are-unique',
      `The plan has a conversion "${id}" already.`,
      fix,
      placeOfId(document, id) ?? at,
    )
  }
  if (isMap(micro) && micro.items.length >= MOST_MICROS) {
    const fix = 'Take one out, or add it to another stage: more than five are more than a team looks at.'
    return refuse(
      'stage-has-room',
      `The stage "${stage}" has ${micro.items.length} micro conversions.`,
      fix,
      at,
    )
  }
  const feeds = goalOf(document, around)
  const snippet = snippetOf(entry, { id, feeds, today })
  const value = { ...datedOn(today, entry.conversion), feeds: [feeds] }
  const withMicro = isMap(micro)
    ? insertInto(text, micro, id, snippet, value)
    : insertInto(text, inStage as YAMLMap, 'micro', ['micro:', ...snippet.map(indented(2))], { [id]: value })
  const values = newValues(document, entry)
  const withValues = values.reduce(withValue, addParameters(withMicro, entry, around))
  return { text: withValues, values, diagnostics: [] }
}

/** What it sends that the dictionary's lists of values do not have yet. */
function newValues(
  document: Document,
  { conversion }: CatalogueEntry,
): readonly (readonly [string, string])[] {
  return Object.entries(conversion.parameters ?? {}).flatMap(([name, value]) => {
    const list = document.getIn(['parameters', name, 'values'])
    return typeof value === 'string' && isSeq(list) && !holds(list, value) ? [[name, value] as const] : []
  })
}

function holds(list: YAMLSeq, value: string): boolean {
  return list.items.some((item) => isScalar(item) && item.value === value)
}

/** The text with one more value at the end of a parameter's list. */
function withValue(text: string, [name, value]: readonly [string, string]): string {
  const list = parseDocument(text, { version: '1.2' }).getIn(['parameters', name, 'values'], true)
  const last = isSeq(list) ? list.items.at(-1) : undefined
  if (!isSeq(list) || !isScalar(last)) return text
  const [from = 0, to = 0] = last.range ?? []
  if (list.flow === true) return `${text.slice(0, to)}, ${value}${text.slice(to)}`
  const lineStart = text.lastIndexOf('\n', from - 1) + 1
  const end = endOfEntry(text, to, from - lineStart)
  return `${text.slice(0, end)}${newlineOf(text)}${text.slice(lineStart, from)}${value}${text.slice(end)}`
}

/** The primary goal, else the first. */
function goalOf(document: Document, around: Surroundings): string {
  const own = keysIn(document, ['goals']).map((id) => ({
    id,
    primary: document.getIn(['goals', id, 'primary']) === true,
  }))
  const goals = [...own, ...(around.goals ?? [])]
  return (goals.find(({ primary }) => primary) ?? goals[0])?.id ?? 'goal'
}

/** The entry as lines of a plan, its second choice as a comment. */
export function snippetOf(
  entry: CatalogueEntry,
  { id, feeds, today }: { readonly id: string; readonly feeds: string; readonly today: string },
): string[] {
  const fallback = blockOf(entry.text, 'fallback').filter((line) => !line.startsWith('when:'))
  const instead =
    entry.fallback === undefined
      ? []
      : [
          `# Second choice, when ${entry.fallback.when}.`,
          '# It takes the place of trigger, parameters and ecommerce:',
          ...fallback.map((line) => `#   ${line}`),
        ]
  return [
    `${id}:`,
    ...blockOf(entry.text, 'conversion').map((line) => `  ${line.replace(ESTIMATE, `$1, asOf: ${today} }`)}`),
    `  feeds: [${feeds}]`,
    ...instead.map(indented(2)),
  ]
}

/** An entry does not know the day on which somebody takes it over. */
const ESTIMATE = /^(evidence: \{ method: [^,}]*?) \}$/

/** The lines below a key of the first level, without their indentation. */
function blockOf(text: string, key: string): string[] {
  const lines = text.split(/\r?\n/)
  const start = lines.indexOf(`${key}:`)
  if (start < 0) return []
  const rest = lines.slice(start + 1)
  const end = rest.findIndex((line) => line !== '' && !line.startsWith(' '))
  return (end < 0 ? rest : rest.slice(0, end))
    .filter((line) => line.trim() !== '')
    .map((line) => line.slice(2))
}

/** The dictionary entries that it sends and that the plan does not have yet. */
function addParameters(text: string, entry: CatalogueEntry, around: Surroundings): string {
  const document = parseDocument(text, { version: '1.2' })
  const known = [...keysIn(document, ['parameters']), ...(around.parameters ?? [])]
  const lines = blockOf(entry.text, 'parameters')
  return sentParameters(entry)
    .filter(([name]) => !known.includes(name))
    .reduce((result, [name, definition]) => {
      const line = lines.find((each) => each.startsWith(`${name}:`)) ?? `${name}: ${flow(definition)}`
      const parameters = parseDocument(result, { version: '1.2' }).get('parameters', true)
      if (isMap(parameters)) return insertInto(result, parameters, name, [line], definition)
      const newline = newlineOf(result)
      return `${result.trimEnd()}${newline}${newline}parameters:${newline}  ${line}${newline}`
    }, text)
}

/** The text with one more entry at the end of a map, in the style of the map. */
function insertInto(
  text: string,
  map: YAMLMap,
  key: string,
  snippet: readonly string[],
  value: unknown,
): string {
  const newline = newlineOf(text)
  const [start = 0, end = 0] = map.range ?? []
  const last = map.items.at(-1)
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  const line = text.slice(lineStart, start)
  // `micro: {}`: what is added begins a block, as one would write it.
  if (last === undefined && map.flow === true && !/[{[]/.test(line)) {
    const lineEnd = /\r?\n|$/.exec(text.slice(end))?.index ?? 0
    const column = line.search(/[^ ]/) + 2
    const lines = snippet.map(indented(column)).map((each) => newline + each)
    return `${text.slice(0, start).trimEnd()}${text.slice(end, end + lineEnd)}${lines.join('')}${text.slice(end + lineEnd)}`
  }
  if (map.flow === true || last === undefined) {
    const close = text.lastIndexOf('}', end - 1)
    const before = text.slice(0, close).trimEnd()
    const comma = last === undefined || before.endsWith(',') ? '' : ','
    return `${before}${comma} ${key}: ${flow(value)} ${text.slice(close)}`
  }
  const column = columnOf(text, startOf(last))
  const position = endOfEntry(text, text.slice(0, end).trimEnd().length, column)
  const spaced = /\n[ \t]*\r?\n/.test(text.slice(start, end).trimEnd()) && snippet.length > 1
  const lines = snippet.map(indented(column))
  const inserted = [...(spaced ? [''] : []), ...lines].map((line) => newline + line).join('')
  return text.slice(0, position) + inserted + text.slice(position)
}

/** The end of the line, and of comments below it that stand deeper than the map's keys. */
function endOfEntry(text: string, from: number, column: number): number {
  const lineEnd = (position: number): number => {
    const found = text.indexOf('\n', position)
    if (found < 0) return text.length
    return text[found - 1] === '\r' ? found - 1 : found
  }
  let end = lineEnd(from)
  for (;;) {
    const next = /^\r?\n([ \t]*)#/.exec(text.slice(end))
    if (next === null || (next[1]?.length ?? 0) <= column) return end
    end = lineEnd(end + next[0].length)
  }
}

function startOf(pair: Pair): number {
  return isScalar(pair.key) ? (pair.key.range?.[0] ?? 0) : 0
}

function columnOf(text: string, position: number): number {
  return position - (text.lastIndexOf('\n', position - 1) + 1)
}

function keysIn(document: Document, path: readonly string[]): string[] {
  const map = document.getIn(path)
  return isMap(map) ? map.items.map(({ key }) => String(isScalar(key) ? key.value : key)) : []
}

function placeOfId(document: Document, id: string): Pointer | undefined {
  if (keysIn(document, ['goals']).includes(id)) return pointerOf('goals', id)
  const stage = keysIn(document, ['stages']).find((each) =>
    keysIn(document, ['stages', each, 'micro']).includes(id),
  )
  return stage === undefined ? undefined : pointerOf('stages', stage, 'micro', id)
}

function flow(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trim()
}

function indented(columns: number): (line: string) => string {
  return (line) => ' '.repeat(columns) + line
}

function newlineOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n'
}
