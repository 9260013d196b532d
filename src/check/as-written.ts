/**
 * Findings in what stands in the file: `${NAME}` instead of what it stands for. The check looks at values, and what the
 * process's environment holds may be a secret that a log or a comment would keep for good.
 */
import type { DiagnosticCode } from '../codes/code.ts'
import type { Diagnostic } from '../plan/diagnostic.ts'
import { stepsOf } from '../plan/tree.ts'
import { isReference, referencesIn, type Resolved } from '../plan/variables.ts'
import { quoted } from './schema/words.ts'
import { or } from '../words/counting.ts'

/** @param written the document with its references, of which `resolved` was made. */
export function asWritten(
  diagnostics: readonly Diagnostic[],
  written: unknown,
  resolved: Pick<Resolved, 'document' | 'taken'>,
): Diagnostic[] {
  return diagnostics.map((one) => {
    const text = one.at === undefined ? undefined : valueAt(written, one.at)
    const isOfValue = one.about !== 'key' && isReference(text)
    const said = isOfValue ? ofReference(one, text, valueAt(resolved.document, one.at ?? '')) : one
    const hide = (words: string): string => hideValues(words, resolved.taken)
    const fix = said.fix === undefined ? {} : { fix: hide(said.fix) }
    return { ...said, message: hide(said.message), ...fix }
  })
}

/** A fix that makes another text of the value, or puts it into the file, is none: it is set somewhere else. */
function ofReference(one: Diagnostic, text: string, value: unknown): Diagnostic {
  const { severity, code, at = '', fix = '' } = one
  const message = one.message
    .replaceAll(quoted(value), () => quoted(text))
    .replaceAll(asWord(value), () => text)
  const names = [...referencesIn(text)]
  const set = `correct ${or(names)} where it is set: under vars, or in the environment that runs the command.`
  return { severity, code, message, fix: OF_VALUES.has(code) ? set : fix, at, about: 'value' }
}

/** The value where it stands by itself: a short one would be found inside of words too, and an empty one everywhere. */
function asWord(value: unknown): RegExp {
  const text = String(value).replaceAll(/[$()*+./?[\\\]^{|}]/g, '\\$&')
  return new RegExp(text === '' ? '(?!)' : `(?<![\\p{L}\\p{N}])${text}(?![\\p{L}\\p{N}])`, 'gu')
}

/** What the schema says of a value; its fixes make another text of it. */
const OF_VALUES: ReadonlySet<DiagnosticCode> = new Set([
  'wrong-type',
  'unknown-value',
  'bad-format',
  'too-long',
  'out-of-range',
])

/** Shorter ones are no secrets, and would be found inside of words. */
const LEAST = 4

/** Words with `${NAME}` for whatever the process's environment gave under that name. */
export function hideValues(words: string, taken: Iterable<readonly [name: string, value: string]>): string {
  return [...taken].reduce(hidden, words)
}

const IN_HTML: Readonly<Record<string, string>> = {
  '"': 'quot',
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  "'": 'apos',
}

/** A character as it may stand in a text, in JSON, in Markdown, or in HTML. */
function printed(character: string): string {
  if (/[\p{L}\p{N}]/u.test(character)) return character
  const plain = character.replace(/[$()*+./?[\\\]^{|}]/, '\\$&')
  const inJson = { '\n': '|n', '\t': '|t', '\r': '|r' }[character] ?? ''
  const inHtml = IN_HTML[character] === undefined ? '' : `|&${IN_HTML[character]};`
  return `(?:(?:\\\\|&#92;)*(?:${plain}|&#${character.codePointAt(0)};${inJson}${inHtml}))`
}

function hidden(words: string, [name, value]: readonly [string, string]): string {
  if (value.length < LEAST) return words
  const reference = `\${${name}}`
  const any = new RegExp([...value].map(printed).join(''), 'giu')
  const rest = words.replaceAll(any, () => reference)
  // A text that was cut for being long may end in the middle of it.
  const cut = /(.*)\.\.\."/s.exec(rest)?.[1] ?? ''
  const length = [...value].findLastIndex((_, index) => index >= LEAST && cut.endsWith(value.slice(0, index)))
  return length < LEAST ? rest : `${cut.slice(0, -length)}${reference}${rest.slice(cut.length)}`
}

function valueAt(document: unknown, at: string): unknown {
  return stepsOf(at).reduce<unknown>(
    (node, step) =>
      typeof node === 'object' && node !== null && Object.hasOwn(node, step)
        ? (node as Readonly<Record<string, unknown>>)[step]
        : undefined,
    document,
  )
}
