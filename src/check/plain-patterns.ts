/**
 * Patterns without a browser or a machine for them: what those ask for that are texts, choices between them and `.*`, and whether
 * of two others the one plainly only adds to the other.
 */

/** A test that holds of a text without a pattern. */
export interface PlainTest {
  readonly operator: 'equals' | 'startsWith' | 'endsWith' | 'contains'
  readonly value: string
}

/** More of them nobody writes. */
const MOST = 64

/** `^/(en|ar)/pay` is to begin with /en/pay or with /ar/pay. Undefined where more stands in it than can be listed. */
export function plainTestsOf(pattern: string): readonly PlainTest[] | undefined {
  if (!/^[\x20-\x7e]*$/.test(pattern)) return undefined
  const kept = pattern
    .replace(/\\([^A-Za-z0-9])/g, (_, sign: string) => String.fromCharCode(ESCAPED + sign.charCodeAt(0)))
    .replace(/\.\*\??/g, ANY)
  // What is no text by itself: classes, repetitions, what only looks ahead.
  if (/[[\]{}+*.\\]|\(\?(?!:)|\?\?/.test(kept)) return undefined
  const tests = expanded(kept)?.map(testOf)
  if (tests === undefined || tests.length > MOST) return undefined
  const plain = tests.flatMap((each) => each ?? [])
  return plain.length === tests.length ? plain : undefined
}

/** Escaped signs stand there until all that is no text has been read. */
const ESCAPED = 0xe000
const ANY = '\uf8ff'

const GROUP = /\((?:\?:)?([^()]*)\)(\??)/
const OPTIONAL = /([^()|^$?])()\?/

/** Every choice once, without groups and what may be left out. */
function expanded(pattern: string): readonly string[] | undefined {
  let all: readonly string[] = [pattern]
  for (const part of [GROUP, OPTIONAL]) {
    while (all.some((each) => part.test(each))) {
      all = [...new Set(all.flatMap((each) => choicesOf(each, part)))]
      if (all.length > MOST) return undefined
    }
  }
  return [...new Set(all.flatMap((each) => each.split('|')))].sort()
}

function choicesOf(text: string, part: RegExp): readonly string[] {
  const found = part.exec(text)
  if (found === null) return [text]
  const [whole, inner = '', sign] = found
  const choices = [...inner.split('|'), ...(part === OPTIONAL || sign === '?' ? [''] : [])]
  const [before, after] = [text.slice(0, found.index), text.slice(found.index + whole.length)]
  return choices.map((choice) => before + choice + after)
}

const ONE = new RegExp(`^(\\^?)(${ANY}?)([^()|^$?${ANY}]*)(${ANY}?)(\\$?)$`)

function testOf(text: string): PlainTest | undefined {
  const found = ONE.exec(text)
  if (found === null) return undefined
  const [, start, before, kept = '', after, end] = found
  const [isStart, isEnd] = [start !== '' && before === '', end !== '' && after === '']
  const value = kept.replace(/[\ue020-\ue07e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - ESCAPED))
  const operator = isStart ? (isEnd ? 'equals' : 'startsWith') : isEnd ? 'endsWith' : 'contains'
  return { operator, value }
}

/** Whether every text that the one fits is fitted by the other: written otherwise, or with more at its end. */
export function isNarrower(inner: string, outer: string): boolean {
  const [one, other] = [normal(inner), normal(outer)]
  if (one === other) return true
  if (!one.startsWith(other) || !other.startsWith('^')) return false
  // Of a choice only a part would go on, and a repetition would change what stands before it.
  const isWhole = [one, other].every((each) => !/[|()[\]]/.test(bare(each)))
  return isWhole && !/[$\\]$/.test(other) && !/^[*+?{]/.test(one.slice(other.length)) && !/\(\?/.test(one)
}

function normal(pattern: string): string {
  return pattern
    .replace(/\\(.)/g, (both, sign: string) => (sign === '/' ? '/' : both))
    .replaceAll('[0-9]', '\\d')
    .replaceAll('(?:', '(')
    .replace(/(?<!\\)\.\*\$?$/, '')
    .replace(/^\^?\.\*/, '')
}

/** Without what stands in brackets. */
function bare(pattern: string): string {
  let text = pattern.replace(/\\./g, '_').replace(/\[\^?\]?[^\]]*\]/g, '_')
  while (/\([^()]*\)/.test(text)) text = text.replace(/\([^()]*\)/g, '_')
  return text
}

/** Whether a pattern that fits a text fits every longer one, too: nothing in it asks where the text begins or ends. */
export function isOpenAt(side: 'start' | 'end', pattern: string): boolean {
  const signs = pattern.replace(/\[\^?\]?[^\]]*\]/g, '_')
  return !/\\[bB]|\(\?(?!:)/.test(signs) && !(side === 'start' ? /(?<!\\)\^/ : /(?<!\\)\$/).test(signs)
}
