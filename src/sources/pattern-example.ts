/**
 * Texts that a regular expression matches, so that a scenario can be made from `matches:`. What is proposed is always held
 * against the expression itself by whoever asks; look-around and back-references are not read.
 */

/** At most this many proposals for one expression: the first that fits is taken. */
const MOST = 24

/** Proposals, shortest first; none for what is not read. */
export function examplesOf(pattern: string): readonly string[] {
  try {
    const reader = { text: pattern, at: 0 }
    const examples = alternatives(reader)
    return reader.at < pattern.length ? [] : [...new Set(examples)].sort((a, b) => a.length - b.length)
  } catch (error) {
    if (error instanceof NotRead) return []
    throw error
  }
}

/** All texts that an expression matches, where those are few and can be told from it. */
export function everyTextOf(pattern: string): readonly string[] | undefined {
  const inner = /^\^((?:\\\W|[^\\.*+?{}[\]^$])*)\$$/.exec(pattern.replaceAll('(?:', '('))?.[1]
  if (inner === undefined || branchesOutside(inner)) return undefined
  const texts = examplesOf(pattern)
  return texts.length === 0 || texts.length >= MOST ? undefined : texts
}

/** What every text begins with that the expression matches. */
export function headOf(pattern: string): string {
  const [head = '', next = ''] = /^\^((?:\\\W|[\w \-:/])+)(.?)/.exec(pattern)?.slice(1) ?? []
  if (branchesOutside(pattern)) return ''
  const whole = '*?{+'.includes(next) && next !== '' ? head.replace(/(?:\\\W|.)$/, '') : head
  return whole.replaceAll(/\\(\W)/g, '$1')
}

/** Whether it has alternatives outside of all brackets, which an anchor at one end does not hold. */
function branchesOutside(pattern: string): boolean {
  let depth = 0
  for (const [token] of pattern.matchAll(/\\.|\[(?:\\.|[^\]\\])*\]|[()|]/gs)) {
    if (token === '(') depth++
    else if (token === ')') depth--
    else if (token === '|' && depth === 0) return true
  }
  return false
}

class NotRead extends Error {}

interface Reader {
  readonly text: string
  at: number
}

function alternatives(reader: Reader): string[] {
  const all = [...sequence(reader)]
  while (reader.text[reader.at] === '|') {
    reader.at++
    all.push(...sequence(reader))
  }
  return all.slice(0, MOST)
}

function sequence(reader: Reader): string[] {
  let texts = ['']
  while (reader.at < reader.text.length && !'|)'.includes(reader.text[reader.at] ?? '')) {
    const choices = quantified(reader, atom(reader))
    texts = texts.flatMap((text) => choices.map((choice) => text + choice)).slice(0, MOST)
  }
  return texts
}

function quantified(reader: Reader, choices: readonly string[]): readonly string[] {
  const [whole, least, comma] =
    /^(?:[*+?]|\{(\d+)(,)?\d*\})\??/.exec(reader.text.slice(reader.at)) ?? ([''] as const)
  if (whole === '') return choices
  reader.at += whole.length
  const repeated = (times: number): string[] => choices.map((choice) => choice.repeat(times))
  if (whole.startsWith('+')) return repeated(1)
  if (least !== undefined)
    return comma === undefined ? repeated(Number(least)) : repeated(Math.max(Number(least), 1))
  return ['', ...repeated(1)]
}

const CLASSES: { readonly [letter: string]: string } = {
  d: '1',
  w: 'a',
  s: ' ',
  D: 'a',
  W: '-',
  S: 'a',
  b: '',
  B: '',
}
const CONTROLS: { readonly [letter: string]: string } = { n: '\n', r: '\r', t: '\t' }

function atom(reader: Reader): readonly string[] {
  const character = reader.text[reader.at++] ?? ''
  switch (character) {
    case '^':
    case '$':
      return ['']
    case '.':
      return ['x']
    case '(': {
      const special = /^\?(?::|<[a-zA-Z]\w*>)/.exec(reader.text.slice(reader.at))?.[0]
      if (special === undefined && reader.text[reader.at] === '?') throw new NotRead()
      reader.at += special?.length ?? 0
      const inner = alternatives(reader)
      if (reader.text[reader.at++] !== ')') throw new NotRead()
      return inner
    }
    case '[':
      return [ofSet(reader)]
    case '\\': {
      const letter = reader.text[reader.at++] ?? ''
      if (/[1-9pPkuxc]/.test(letter)) throw new NotRead()
      return [CLASSES[letter] ?? CONTROLS[letter] ?? letter]
    }
    default:
      return [character]
  }
}

/** One character of a set: its first, or for a negated one any that the set leaves over. */
function ofSet(reader: Reader): string {
  const source = /^\^?\]?(?:\\.|[^\]\\])*\]/s.exec(reader.text.slice(reader.at))?.[0]
  if (source === undefined) throw new NotRead()
  reader.at += source.length
  const set = new RegExp(`[${source}`)
  const character = [...'a1xAZ0-_/ .?&=,+%@:;z', ...source].find((each) => set.test(each))
  if (character === undefined) throw new NotRead()
  return character
}
