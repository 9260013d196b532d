/**
 * What is wrong with the YAML of a file, all of it in one run. The library goes on after its first complaint, but what it
 * says then is mostly a consequence; so the line that is complained about is mended, roughly, and the text read again.
 */
import { parseDocument, type YAMLError } from 'yaml'
import type { Diagnostic } from './diagnostic.ts'
import type { YamlFile } from './yaml.ts'

type Unread = Pick<YamlFile, 'path' | 'text' | 'locate'>

/** As many as anybody mends before looking again; fewer of a large file, which is read once for each. */
const MOST = 20
const MOST_READ = 2_000_000

/** The library reads a plan so, and no other way. */
export const READING = { uniqueKeys: false, prettyErrors: false, strict: true, version: '1.2' } as const

/** @param first the library's first complaint about the file. */
export function syntaxErrors(file: Unread, first: YAMLError): Diagnostic[] {
  const found: Diagnostic[] = []
  const lines = new Set<number>()
  const most = Math.min(MOST, Math.ceil(MOST_READ / file.text.length))
  let text = file.text
  let problem: YAMLError | undefined = first
  while (problem !== undefined && found.length < most) {
    const error = syntaxError({ ...file, text }, problem)
    const line = error.location?.line ?? 0
    if (lines.has(line)) break
    lines.add(line)
    found.push(error)
    const mended = withLineMended(text, line, problem)
    if (mended === undefined) break
    text = mended
    const { errors, warnings } = parseDocument(text, READING)
    problem = [...errors, ...warnings][0]
  }
  return found
}

/** The text with the mistake of a line taken out, every character at its place; undefined when nothing can be done. */
function withLineMended(text: string, number: number, { code }: YAMLError): string | undefined {
  const lines = text.split('\n')
  const line = lines[number - 1] ?? ''
  // Whoever indents with tabs does so everywhere: it is said once, and how wide a tab is nobody knows.
  if (code === 'TAB_AS_INDENT') return text.replaceAll(/^ *\t.*/gm, (each) => ' '.repeat(each.length))
  if (/^\s*\u00a0/.test(line)) return text.replaceAll(/^[ \u00a0]+/gm, (space) => ' '.repeat(space.length))
  if (code === 'MULTIPLE_DOCS' || line.trim() === '') return undefined
  // A field keeps its name, for what may stand below it; all else goes.
  const [kept = ''] = /^\s*(?:- +)*[\w.-]+:(?=\s)/.exec(line) ?? []
  const next = lines.slice(number).find((each) => each.trim() !== '')
  const hasBelow = next !== undefined && indentOf(next) > indentOf(line)
  const isOutOfColumn = code === 'BAD_INDENT' && !/[[{]/.test(line.slice(kept.length))
  lines[number - 1] = (hasBelow || !isOutOfColumn ? kept : '').padEnd(line.length)
  return lines.join('\n') === text ? undefined : lines.join('\n')
}

function indentOf(line: string): number {
  return line.search(/\S/)
}

/** One complaint of the library in plain words. */
function syntaxError(file: Unread, error: YAMLError): Diagnostic {
  const opener = /end with a ([\]}])$/.exec(error.message)?.[1]
  const quote =
    error.code === 'MISSING_CHAR' && error.message.includes('quote')
      ? openQuote(file.text, error.pos[0])
      : undefined
  const start =
    opener !== undefined
      ? lastOpened(file.text, error.pos[0], opener === '}' ? '{' : '[')
      : (quote ?? error.pos[0])
  const end = opener === undefined && quote === undefined ? error.pos[1] : start + 1
  const [message, fix, at] = inThisLine(error, file.text, start) ?? inPlainWords(error)
  const location = file.locate({ file: file.path, start: at ?? start, end: at === undefined ? end : at + 1 })
  return { severity: 'error', code: 'yaml-syntax', message, fix, location }
}

/** A complaint in words, and where it stands if that is not where the library complains. */
type Said = readonly [message: string, fix: string, at?: number]

/** What the line itself shows better than the library's complaint about it. */
function inThisLine({ code, message }: YAMLError, text: string, at: number): Said | undefined {
  const from = text.lastIndexOf('\n', at - 1) + 1
  const [line = ''] = text.slice(from).split('\n', 1)
  if (/^\s*\u00a0/.test(line))
    return [
      'A no-break space stands in the indentation of this line.',
      'use plain spaces.',
      from + line.indexOf('\u00a0'),
    ]
  const colon = /^\s*[\w-]+:\u00a0/.exec(line)?.[0]
  if (colon !== undefined)
    return ['A no-break space follows this colon.', 'use a plain space.', from + colon.length - 1]
  const comment = /:\s+(#[\w-]+)\s*[}\]]/.exec(line)?.[1]
  if (comment !== undefined)
    return [
      `A comment begins at ${comment}, so what follows on this line is not read.`,
      `put it in quotes: "${comment}".`,
    ]
  const variable = /[{,]\s*[\w-]+:\s+(\$\{[^}]*\})/.exec(line)?.[1]
  if (variable !== undefined)
    return [`In braces, ${variable} needs quotes.`, `write "${variable}".`, from + line.indexOf(variable)]
  const besides =
    code === 'BAD_INDENT' && !message.startsWith('Flow') ? besidesIn(text.slice(0, from), line) : undefined
  if (besides !== undefined) {
    const missing = besides.column - indentOf(line)
    return [
      `${nameOf(line)} begins in column ${indentOf(line) + 1}, and ${besides.name} above it in column ${besides.column + 1}.`,
      `put ${missing === 1 ? 'one more space' : `${missing} more spaces`} before it, or as many as what it belongs to has.`,
    ]
  }
  const here = /^( *)([\w-]+):/.exec(line)
  const below = /^( *)([\w-]+):(?:\s|$)/.exec(text.slice(from + line.length + 1).split('\n', 1)[0] ?? '')
  if (code === 'BLOCK_AS_IMPLICIT_KEY' && here !== null && below !== null && here[1] !== below[1])
    return [
      `"${here[2] ?? ''}" and "${below[2] ?? ''}" on the next line do not start in the same column.`,
      'start all fields of a map in the same column.',
      from + indentOf(line),
    ]
  const glued = code === 'MULTILINE_IMPLICIT_KEY' ? /^\s*(?:- +)*([\w-]+):(\S.*)$/.exec(line) : null
  if (glued !== null)
    return [`After "${glued[1] ?? ''}:" a space is missing.`, `write ${glued[1] ?? ''}: ${glued[2] ?? ''}`]
  const apart = code === 'BLOCK_IN_FLOW' ? /([^\s,{[:]+)\s+([\w-]+):\s/.exec(line.slice(at - from)) : null
  if (apart !== null) {
    const [, one = '', other = ''] = apart
    return [
      `Between ${one} and ${other}: a comma is missing.`,
      `write ${one}, ${other}:`,
      at + apart.index + one.length,
    ]
  }
  const single = /:\s+'(.*)'$/.exec(line.trimEnd())?.[1]
  if (message === AFTER_VALUE && single?.includes("'") === true)
    return [
      'An apostrophe ends a text in single quotes.',
      `write it twice: '${single.replaceAll(/'+/g, "''")}'.`,
    ]
  const selector = /:\s+([\w.#-]+\[[^\]]*\][^\s,}]*)/.exec(line)?.[1]
  if (selector !== undefined)
    return [`In braces, ${selector} needs quotes: a bracket begins a list.`, `write '${selector}'.`]
  return undefined
}

/** The field above that a line stands beside but for some spaces: the nearest of those that are least indented. */
function besidesIn(
  before: string,
  line: string,
): { readonly column: number; readonly name: string } | undefined {
  let found: { column: number; name: string } | undefined
  for (const above of before.split('\n').toReversed()) {
    if (/^\s*(#|$)/.test(above)) continue
    const column = indentOf(above)
    if (column <= indentOf(line)) break
    if (found === undefined || column < found.column) found = { column, name: nameOf(above) }
  }
  return found
}

/** What the line begins with: its field, or else its first word. */
function nameOf(line: string): string {
  return `"${/^\s*(?:- +)*([\w.-]+)(?=:)/.exec(line)?.[1] ?? line.trim().split(/\s/, 1)[0] ?? ''}"`
}

/** Where the quote stands that is missed at `end`: in the same line, or far above when it ran on to the end of the file. */
function openQuote(text: string, end: number): number | undefined {
  const from = text.lastIndexOf('\n', end - 1) + 1
  const inLine = /(?<=[\s[{,:])(["'])(?!.*\1)/.exec(text.slice(from, end))
  if (inLine !== null) return from + inLine.index
  const quotes = /(?<=[\s[{,:])(?:"(?:\\[^]|[^"\\])*("|$)|'[^']*('|$))|(?<=^|\s)#[^\n]*/g
  for (const match of text.matchAll(quotes))
    if (!match[0].startsWith('#') && (match[1] ?? match[2]) === '') return match.index
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

const AFTER_VALUE = 'Unexpected scalar at node end'

function inPlainWords(error: YAMLError): Said {
  const raw = error.message
  if (raw === AFTER_VALUE)
    return [
      'This stands after the end of the value.',
      'remove it, or put all of the value in quotes of the other kind.',
    ]
  if (raw === 'Unexpected block-seq-ind on same line with key')
    return [
      'A list cannot begin on the line of its field.',
      'begin it on the next line; a text that begins with - goes in quotes.',
    ]
  const closer = /^Unexpected flow-\w+-end token in YAML stream: "(.)"/.exec(raw)?.[1]
  if (closer !== undefined) return [`This ${closer} closes nothing.`, 'remove it.']
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
        ? ['This quote is not closed.', 'close it where the text ends.']
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
