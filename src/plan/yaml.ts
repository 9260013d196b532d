/** YAML text to a tree with positions. Nothing else knows the YAML library's nodes. */
import type { DiagnosticCode } from '../codes/code.ts'
import { isAlias, isMap, isScalar, isSeq, parseDocument, type Document, type Node } from 'yaml'
import { pointerOf, type Diagnostic, type Location, type Pointer } from './diagnostic.ts'
import { LIMITS } from './limits.ts'
import { locator } from './locator.ts'
import { READING, syntaxErrors } from './syntax-errors.ts'
import type { Entry, Span, Tree } from './tree.ts'

export interface YamlFile {
  /** The library's own document, for whoever writes the file again; absent when the text was not parsed. */
  readonly document?: Document
  readonly path: string
  readonly text: string
  /** Absent when the text is not a map that can be read. */
  readonly tree?: Tree & { kind: 'map' }
  readonly diagnostics: readonly Diagnostic[]
  readonly locate: (span: Span) => Location
}

/** What a file is to be, for what is said when it is something else. */
export interface Role {
  readonly name: string
  readonly longest: number
  readonly begin: string
}

const PLAN: Role = {
  name: 'A plan',
  longest: LIMITS.text,
  begin: 'start with `version: 1`, one field a line.',
}

/** A filter of an audience, an export under `entities`. */
export const TAKEN_IN: Role = {
  name: 'A file that a plan takes in',
  longest: LIMITS.takenText,
  begin:
    'begin it as Google’s API does: { "filterClauses": [...] } of an audience, { "containerVersion": ... } of an export.',
}

/** Reads a plan file's text, or that of a file it takes in; `path` is what diagnostics call it. */
export function parseYaml(path: string, text: string, role: Role = PLAN): YamlFile {
  const locate = locator(text)
  const file = { path, text, locate }
  if (text.trim() === '') {
    const message = 'The file is empty.'
    return refused(
      file,
      'empty-plan',
      message,
      role === PLAN
        ? `write a first plan with: plan init ${/^[\w./-]+$/.test(path) ? path : 'FILE'}`
        : role.begin,
    )
  }
  if (hasTooManyMarks([text])) {
    return refused(
      file,
      'plan-too-large',
      `The file has more than ${LIMITS.marks} colons, commas, brackets and lines together; no plan needs that many.`,
      'split it into several plans.',
    )
  }
  if (openBrackets(text) > LIMITS.brackets) {
    return refused(
      file,
      'plan-too-large',
      'The file opens brackets inside brackets without end.',
      'flatten it.',
    )
  }
  // Duplicate keys are found below: the library compares every key with every other.
  const document = parseDocument(text, READING)
  const [problem] = [...document.errors, ...document.warnings]
  if (problem !== undefined) return { ...file, diagnostics: syntaxErrors(file, problem) }
  const root = document.contents as Node | null
  if (root === null || (isScalar(root) && root.value === null)) {
    const message = 'The file holds nothing but comments.'
    return refused(
      file,
      'empty-plan',
      message,
      role === PLAN
        ? 'start with `version: 1`, or write a first plan into another file: plan init FILE'
        : role.begin,
    )
  }
  if (
    /^%/m.test(text) &&
    document.directives.yaml.explicit === true &&
    document.directives.yaml.version !== '1.2'
  ) {
    const message = 'The %YAML line asks for YAML 1.1, where `yes` and `on` are true; a plan is YAML 1.2.'
    return refused(file, 'yaml-syntax', message, 'remove the %YAML line.')
  }
  const reader = treeReader(path, locate, role.longest)
  const tree = reader.read(root, '', 0)
  if (tree === undefined || reader.diagnostics.some((one) => one.code === 'plan-too-large')) {
    return { ...file, diagnostics: reader.diagnostics }
  }
  if (tree.kind === 'map') return { ...file, document, tree, diagnostics: reader.diagnostics }
  const what = tree.kind === 'list' ? 'a list' : 'a single value'
  const message = `${role.name} is a map of fields, but this file is ${what}.`
  return refused(file, 'not-a-map', message, role.begin, tree.span)
}

/** More than the parser should be given; texts that are short for it are not looked at. */
export function hasTooManyMarks(texts: readonly string[]): boolean {
  if (texts.reduce((sum, { length }) => sum + length, 0) <= LIMITS.marks) return false
  return texts.reduce((sum, text) => sum + countMarks(text), 0) > LIMITS.marks
}

/** Characters that make the parser work: a cheap measure before any parsing. */
function countMarks(text: string): number {
  let marks = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    // line end, comma, colon, question mark, [ and {
    if (code === 10 || code === 44 || code === 58 || code === 63 || code === 91 || code === 123) marks++
  }
  return marks
}

/** How deep brackets stand inside each other, quotes not heeded: a cheap measure before any parsing. */
function openBrackets(text: string): number {
  let open = 0
  let most = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === 91 || code === 123) most = Math.max(most, ++open)
    else if (code === 93 || code === 125) open = Math.max(0, open - 1)
  }
  return most
}

interface TreeReader {
  readonly diagnostics: Diagnostic[]
  readonly read: (node: unknown, at: Pointer, depth: number) => Tree | undefined
}

/** Walks YAML's nodes in the order of the text, so that an alias means the last anchor before it. */
function treeReader(file: string, locate: (span: Span) => Location, longest: number): TreeReader {
  const diagnostics: Diagnostic[] = []
  const anchors = new Map<string, Node>()
  const open = new Set<unknown>()
  let values = 0
  let full = false

  const report = (code: DiagnosticCode, message: string, fix: string, span: Span, at: Pointer): undefined => {
    diagnostics.push({ severity: 'error', code, message, fix, at, location: locate(span) })
    return undefined
  }

  const read = (node: unknown, at: Pointer, depth: number): Tree | undefined => {
    const span = spanOfNode(file, node)
    if (full) return undefined
    if (++values > LIMITS.values || depth > LIMITS.depth) {
      full = true
      return depth > LIMITS.depth
        ? report(
            'plan-too-large',
            `The file nests more than ${LIMITS.depth} levels deep.`,
            'flatten it.',
            span,
            at,
          )
        : report(
            'plan-too-large',
            `The file stands for more than ${LIMITS.values} values once its aliases are filled in.`,
            'write out less with aliases.',
            span,
            at,
          )
    }
    if (isAlias(node)) {
      const target = anchors.get(node.source)
      if (target === undefined) {
        return report(
          'unknown-alias',
          `There is no anchor "&${node.source}" above this alias.`,
          `write the value out, or put &${node.source} before it where it first stands. A text that begins with * goes in quotes.`,
          span,
          at,
        )
      }
      if (open.has(target)) {
        return report(
          'unknown-alias',
          `The alias "*${node.source}" stands inside its own anchor.`,
          'write the value out.',
          span,
          at,
        )
      }
      return read(target, at, depth)
    }
    if ((isScalar(node) || isMap(node) || isSeq(node)) && node.anchor !== undefined)
      anchors.set(node.anchor, node)
    if (isScalar(node)) {
      if (typeof node.value === 'string' && node.value.length > longest) {
        return report(
          'plan-too-large',
          `The text has more than ${longest} characters.`,
          'shorten it.',
          span,
          at,
        )
      }
      return { kind: 'scalar', value: scalarValue(node.value), span }
    }
    open.add(node)
    try {
      if (isSeq(node)) {
        const items = node.items.map((item, index) => read(item, at + pointerOf(index), depth + 1))
        return { kind: 'list', items: items.filter((item) => item !== undefined), span }
      }
      if (isMap(node)) return readMap(node.items, span, at, depth)
    } finally {
      open.delete(node)
    }
    return { kind: 'scalar', value: null, span }
  }

  const readMap = (
    pairs: readonly { key: unknown; value: unknown }[],
    span: Span,
    at: Pointer,
    depth: number,
  ): Tree => {
    const entries = new Map<string, Entry>()
    for (const pair of pairs) {
      if (full) break
      const key = spanOfNode(file, pair.key)
      const name = isScalar(pair.key) ? keyText(pair.key) : undefined
      const value =
        pair.value === null
          ? ({ kind: 'scalar', value: null, span: key } as const)
          : read(pair.value, at + pointerOf(name ?? ''), depth + 1)
      if (name === undefined) {
        report('bad-key', 'A field name must be a plain text.', 'put a name before the colon.', key, at)
        continue
      }
      if (name === '__proto__') {
        report('bad-key', '"__proto__" cannot be a field name or an id.', 'choose another name.', key, at)
        continue
      }
      const before = entries.get(name)
      if (before !== undefined) {
        const line = locate(before.key).line
        report(
          'duplicate-key',
          `"${name}" stands here twice: first on line ${line}.`,
          'remove one of the two, or give one of them another id.',
          key,
          at,
        )
        continue
      }
      if (at === pointerOf('markets') && isTruthOfOld(pair.key)) {
        report(
          'market-ids-are-quoted',
          `Other tools read ${name} without quotes as ${/^(n|no|off|false)$/i.test(name) ? 'false' : 'true'}, not as the id of a market.`,
          `write "${name}".`,
          key,
          at + pointerOf(name),
        )
      }
      if (value !== undefined) entries.set(name, { key, value })
    }
    return { kind: 'map', entries, span }
  }

  return { diagnostics, read }
}

/** Words that YAML 1.1 takes for true and false unless they stand in quotes: Norway is `no`. */
function isTruthOfOld(key: unknown): boolean {
  return isScalar(key) && key.type === 'PLAIN' && /^(y|yes|n|no|on|off|true|false)$/i.test(keyText(key) ?? '')
}

/** A key as it is written: `1:` is "1", `true:` is "true". */
function keyText(key: { value: unknown; source?: string }): string | undefined {
  if (typeof key.value === 'string') return key.value
  return key.source === undefined || key.source === '' ? undefined : key.source
}

function scalarValue(value: unknown): string | number | boolean | null {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  return value === null || value === undefined ? null : String(value)
}

function spanOfNode(file: string, node: unknown): Span {
  const range = (node as Node | null)?.range
  return { file, start: range?.[0] ?? 0, end: range?.[1] ?? 0 }
}

type Unread = Pick<YamlFile, 'path' | 'text' | 'locate'>

function refused(file: Unread, code: DiagnosticCode, message: string, fix: string, span?: Span): YamlFile {
  const location = file.locate(span ?? { file: file.path, start: 0, end: 0 })
  return { ...file, diagnostics: [{ severity: 'error', code, message, fix, location }] }
}
