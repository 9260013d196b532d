/**
 * The part of CSS selectors that can be matched without a browser: names, ids, classes, attributes, how they nest and
 * follow each other, `:not()`, `:is()` and `:where()`. Anything else is not read, and whoever asks is told so.
 */
export interface AttributeTest {
  readonly name: string
  readonly operator: '' | '=' | '~=' | '|=' | '^=' | '$=' | '*='
  readonly value: string
  readonly ignoreCase: boolean
}

export interface Compound {
  readonly tag?: string
  readonly ids: readonly string[]
  readonly classes: readonly string[]
  readonly attributes: readonly AttributeTest[]
  readonly not: readonly Complex[]
  readonly is: readonly (readonly Complex[])[]
}

/** Compounds from left to right; each but the first says how it stands to the one before. */
export type Complex = readonly {
  readonly combinator: '' | ' ' | '>' | '+' | '~'
  readonly compound: Compound
}[]

/** The alternatives of a selector; undefined when it uses what is not read, or does not parse. */
export function parseSelector(text: string): readonly Complex[] | undefined {
  const alternatives = splitOutside(text, ',')
  const parsed = alternatives.map((each) => parseComplex(each.trim()))
  return parsed.every((each) => each !== undefined) ? parsed : undefined
}

const IDENT = String.raw`(?:\\.|[\w-]|[^\x00-\x7f])+`
const TOKEN = {
  tag: new RegExp(`^(?:\\*|${IDENT})`, 'u'),
  id: new RegExp(`^#(${IDENT})`, 'u'),
  class: new RegExp(`^\\.(${IDENT})`, 'u'),
  attribute:
    /^\[\s*([\w:-]+)\s*(?:([~|^$*]?=)\s*(?:"((?:\\.|[^"])*)"|'((?:\\.|[^'])*)'|([\w-]+))\s*([is])?\s*)?\]/iu,
  combinator: /^\s*([>+~])\s*|^\s+/,
} as const

function parseComplex(text: string): Complex | undefined {
  const parts: Complex[number][] = []
  let rest = text
  let combinator: Complex[number]['combinator'] = ''
  while (rest !== '') {
    const compound = takeCompound(rest)
    if (compound === undefined || compound.length === 0) return undefined
    parts.push({ combinator, compound: compound.compound })
    rest = rest.slice(compound.length)
    if (rest === '') return parts
    const next = TOKEN.combinator.exec(rest)
    if (next === null) return undefined
    combinator = (next[1] ?? ' ') as Complex[number]['combinator']
    rest = rest.slice(next[0].length)
  }
  return undefined
}

function takeCompound(text: string): { readonly compound: Compound; readonly length: number } | undefined {
  let rest = text
  let tag: string | undefined
  const ids: string[] = []
  const classes: string[] = []
  const attributes: AttributeTest[] = []
  const not: Complex[] = []
  const is: (readonly Complex[])[] = []
  const take = (match: RegExpExecArray): void => void (rest = rest.slice(match[0].length))
  const name = TOKEN.tag.exec(rest)
  if (name !== null) {
    take(name)
    if (name[0] !== '*') tag = unescaped(name[0]).toLowerCase()
  }
  for (;;) {
    const id = TOKEN.id.exec(rest)
    const className = TOKEN.class.exec(rest)
    const attribute = TOKEN.attribute.exec(rest)
    const pseudo = /^:(not|is|where)\(/.exec(rest)
    if (id !== null) {
      take(id)
      ids.push(unescaped(id[1] ?? ''))
    } else if (className !== null) {
      take(className)
      classes.push(unescaped(className[1] ?? ''))
    } else if (attribute !== null) {
      take(attribute)
      attributes.push({
        name: (attribute[1] ?? '').toLowerCase(),
        operator: (attribute[2] ?? '') as AttributeTest['operator'],
        value: unescaped(attribute[3] ?? attribute[4] ?? attribute[5] ?? ''),
        ignoreCase: attribute[6]?.toLowerCase() === 'i',
      })
    } else if (pseudo !== null) {
      const end = closing(rest, pseudo[0].length)
      const inner = end === undefined ? undefined : parseSelector(rest.slice(pseudo[0].length, end))
      if (end === undefined || inner === undefined) return undefined
      if (pseudo[1] === 'not') not.push(...inner)
      else is.push(inner)
      rest = rest.slice(end + 1)
    } else break
  }
  if (rest.startsWith(':')) return undefined
  return {
    compound: { ...(tag === undefined ? {} : { tag }), ids, classes, attributes, not, is },
    length: text.length - rest.length,
  }
}

/** Where the bracket that was opened before `from` closes. */
function closing(text: string, from: number): number | undefined {
  let depth = 1
  for (let index = from; index < text.length; index++) {
    if (text[index] === '(') depth++
    if (text[index] === ')' && --depth === 0) return index
  }
  return undefined
}

function splitOutside(text: string, separator: string): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let quote = ''
  let start = 0
  for (const [index, character] of [...text].entries()) {
    if (quote !== '') quote = character === quote ? '' : quote
    else if (character === '"' || character === "'") quote = character
    else if ('([{'.includes(character)) depth++
    else if (')]}'.includes(character)) depth--
    else if (character === separator && depth === 0) {
      parts.push([...text].slice(start, index).join(''))
      start = index + 1
    }
  }
  return [...parts, [...text].slice(start).join('')]
}

function unescaped(text: string): string {
  return text.replaceAll(/\\(.)/gsu, '$1')
}
