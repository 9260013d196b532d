/** YAML text to a tree with positions. Nothing else knows the YAML library's nodes. */
import type { DiagnosticCode } from '../codes/code.ts'
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  type Document,
  type Node,
  type YAMLError,
} from 'yaml'
import { pointerOf, type Diagnostic, type Location, type Pointer } from './diagnostic.ts'
import { LIMITS } from './limits.ts'
import { locator } from './locator.ts'
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

/** Reads a plan file's text; `path` is what diagnostics call it. */
export function parseYaml(path: string, text: string): YamlFile {
  const locate = locator(text)
  const file = { path, text, locate }
  if (text.trim() === '') {
    const message = 'The file is empty.'
    return refused(file, 'empty-plan', message, `write a first plan with: plan init FILE`)
  }
  if (countMarks(text) > LIMITS.marks) {
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
  const document = parseDocument(text, {
    uniqueKeys: false,
    prettyErrors: false,
    strict: true,
    version: '1.2',
  })
  const [problem] = [...document.errors, ...document.warnings]
  if (problem !== undefined) return { ...file, diagnostics: [syntaxError(file, problem)] }
  const root = document.contents as Node | null
  if (root === null || (isScalar(root) && root.value === null)) {
    const message = 'The file holds nothing but comments.'
    return refused(file, 'empty-plan', message, 'start with `version: 1`, or copy one of the example plans.')
  }
  if (
    /^%/m.test(text) &&
    document.directives.yaml.explicit === true &&
    document.directives.yaml.version !== '1.2'
  ) {
    const message = 'The %YAML line asks for YAML 1.1, where `yes` and `on` are true; a plan is YAML 1.2.'
    return refused(file, 'yaml-syntax', message, 'remove the %YAML line.')
  }
  const reader = treeReader(path, locate)
  const tree = reader.read(root, '', 0)
  if (tree === undefined || reader.diagnostics.some((one) => one.code === 'plan-too-large')) {
    return { ...file, diagnostics: reader.diagnostics }
  }
  if (tree.kind === 'map') return { ...file, document, tree, diagnostics: reader.diagnostics }
  const what = tree.kind === 'list' ? 'a list' : 'a single value'
  const message = `A plan is a map of fields, but this file is ${what}.`
  return refused(file, 'not-a-map', message, 'start with `version: 1`, one field a line.', tree.span)
}

/** Characters that make the parser work: a cheap measure before any parsing. */
export function countMarks(text: string): number {
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
function treeReader(file: string, locate: (span: Span) => Location): TreeReader {
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
      if (typeof node.value === 'string' && node.value.length > LIMITS.text) {
        return report(
          'plan-too-large',
          `The text has more than ${LIMITS.text} characters.`,
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
      if (value !== undefined) entries.set(name, { key, value })
    }
    return { kind: 'map', entries, span }
  }

  return { diagnostics, read }
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

/** The library's first complaint in plain words; what follows it in the file is mostly its consequence. */
function syntaxError(file: Unread, error: YAMLError): Diagnostic {
  const opener = /end with a ([\]}])$/.exec(error.message)?.[1]
  const start =
    opener === undefined ? error.pos[0] : lastOpened(file.text, error.pos[0], opener === '}' ? '{' : '[')
  const location = file.locate({
    file: file.path,
    start,
    end: opener === undefined ? error.pos[1] : start + 1,
  })
  const [message, fix] = inThisLine(file.text, start) ?? inPlainWords(error)
  return { severity: 'error', code: 'yaml-syntax', message, fix, location }
}

/** What the line itself shows better than the library's complaint about it. */
function inThisLine(text: string, at: number): readonly [message: string, fix: string] | undefined {
  const from = text.lastIndexOf('\n', at - 1) + 1
  const [line = ''] = text.slice(from).split('\n', 1)
  if (/^\s*\u00a0/.test(line))
    return ['A no-break space stands in the indentation of this line.', 'use plain spaces.']
  const comment = /:\s+(#[\w-]+)\s*[}\]]/.exec(line)?.[1]
  if (comment !== undefined)
    return [
      `A comment begins at ${comment}, so what follows on this line is not read.`,
      `put it in quotes: "${comment}".`,
    ]
  const variable = /[{,]\s*[\w-]+:\s+(\$\{[^}]*\})/.exec(line)?.[1]
  if (variable !== undefined) return [`In braces, ${variable} needs quotes.`, `write "${variable}".`]
  const selector = /:\s+([\w.#-]+\[[^\]]*\][^\s,}]*)/.exec(line)?.[1]
  if (selector !== undefined)
    return [`In braces, ${selector} needs quotes: a bracket begins a list.`, `write '${selector}'.`]
  return undefined
}

/** Where the bracket stands that nothing before `end` closes. Quotes and comments are passed over. */
function lastOpened(text: string, end: number, bracket: '{' | '['): number {
  const open: number[] = []
  for (const match of text.slice(0, end).matchAll(/"(?:\\.|[^"\\])*"|'[^']*'|(?<=^|\s)#.*|[[\]{}]/g)) {
    const [token] = match
    if (token === '[' || token === '{') open.push(match.index)
    else if (token === ']' || token === '}') open.pop()
  }
  return open.findLast((index) => text[index] === bracket) ?? end
}

function inPlainWords(error: YAMLError): readonly [message: string, fix: string] {
  const raw = error.message
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return ['A tab is used as indentation, which YAML does not allow.', 'use spaces.']
    case 'BLOCK_AS_IMPLICIT_KEY':
      return [
        'There is a second ": " in this value.',
        'put the value in quotes, or start a new line for the second field.',
      ]
    case 'MULTILINE_IMPLICIT_KEY':
      return [
        'This line is neither "field: value" nor the continuation of one.',
        'is a colon missing after the field name, or is the indentation off?',
      ]
    case 'BAD_INDENT':
      return raw.startsWith('Flow')
        ? ['This bracket is not closed.', `add the missing ${raw.includes('map') ? '}' : ']'}.`]
        : ['This line is not indented like its neighbours.', 'start all fields of a map in the same column.']
    case 'BAD_SCALAR_START':
      return [`A text cannot start with ${raw.slice(-1)} unless it is in quotes.`, 'put the value in quotes.']
    case 'BAD_DQ_ESCAPE':
      return [
        `${raw.replace('Invalid escape sequence', 'This is not an escape in double quotes:')}.`,
        'use single quotes, where a backslash is just a backslash; regular expressions want them.',
      ]
    case 'MISSING_CHAR':
      return raw.includes('quote')
        ? ['A quote that was opened before is not closed here.', 'close it where the text ends.']
        : [
            'Something is missing here: a colon after a field name, or a dash before a list item.',
            'compare with the lines above.',
          ]
    case 'MULTIPLE_DOCS':
      return [
        'The file holds several YAML documents.',
        'keep one plan a file: remove the line "---" and what follows it.',
      ]
    case 'TAG_RESOLVE_FAILED':
      return [
        'YAML tags (a word that starts with !) have no meaning in a plan.',
        'remove the tag; a text that begins with ! goes in quotes.',
      ]
    case 'RESOURCE_EXHAUSTION':
    case 'IMPOSSIBLE':
      return ['The file cannot be read: it nests too deeply.', 'flatten it.']
    default:
      return raw.includes('call stack')
        ? ['The file cannot be read: it nests too deeply.', 'flatten it.']
        : [
            `The file is not valid YAML here: ${raw.replace(/ at line \d[\s\S]*$/, '')}.`,
            'compare with the lines above.',
          ]
  }
}
