/**
 * An element for people who know no CSS. Ids, classes and attributes are mostly words, so they are read as such:
 * `nav.main-menu a[data-category]` is a link marked “category” in “main menu”.
 */
import { or } from '../words/counting.ts'
import { quotedName } from './words.ts'

/** What people call the elements that visitors act on. */
const NOUNS: { readonly [tag: string]: string } = {
  a: 'link',
  button: 'button',
  form: 'form',
  img: 'picture',
  input: 'field',
  select: 'choice',
  textarea: 'field',
  h1: 'heading',
  h2: 'heading',
}

const TESTS: { readonly [sign: string]: string } = {
  '': 'is',
  '^': 'begins with',
  $: 'ends with',
  '*': 'contains',
}

/**
 * `the form “newsletter”`, `a link marked “category” in “main menu”`; `a certain form` where it takes CSS to read it.
 * @param noun what it is where the selector names no tag: `link`, `element`.
 */
export function plainElement(
  { selector, id }: { readonly selector?: string; readonly id?: string },
  noun: string,
): string {
  if (selector === undefined) return id === undefined ? `any ${noun}` : `the ${noun} ${quotedName(id)}`
  const said = id === undefined ? selectors(selector).map((each) => plainSelector(each, noun)) : [undefined]
  const read = [...new Set(said)].flatMap((each) => each ?? [])
  return said.includes(undefined) ? `a certain ${noun}` : or(read)
}

/** One of a list that commas part. */
function selectors(selector: string): readonly string[] {
  return split(selector, ',').map((each) => each.trim())
}

function plainSelector(selector: string, noun: string): string | undefined {
  const parts = split(selector.replaceAll(/\s*>\s*/g, ' '), ' ').filter((part) => part !== '')
  // What stands in the element that is meant: a click on the picture in a button is one on the button.
  while (parts.length > 1 && parts.at(-1) === '*') parts.pop()
  const compounds = parts.map(compound)
  const last = compounds.at(-1)
  if (last === undefined || compounds.includes(undefined)) return undefined
  const around = compounds.slice(0, -1).findLast((each) => each !== undefined && each.name !== undefined)
  const called = NOUNS[last.tag] ?? noun
  return [
    last.id ? 'the' : /^[aeiou]/.test(called) ? 'an' : 'a',
    called,
    ...(last.name === undefined ? [] : [last.name]),
    ...last.marks,
    ...(around?.name === undefined ? [] : [`in ${around.name}`]),
  ].join(' ')
}

interface Compound {
  readonly tag: string
  readonly id: boolean
  readonly name?: string
  readonly marks: readonly string[]
}

const COMPOUND = /^(?<tag>[a-z][a-z0-9]*|\*)?(?<rest>(?:[#.][\p{L}_-][\p{L}\p{N}_-]*|\[[^\]]+\])*)$/u
const BRACKETS = /\[[^\]]+\]/g
const ATTRIBUTE = /^\[([\w-]+)(?:([\^$*]?)=["']?([^"'\]]*)["']?)?\]$/

function compound(text: string): Compound | undefined {
  const groups = COMPOUND.exec(text)?.groups
  if (groups === undefined) return undefined
  const rest = groups.rest ?? ''
  // Values of attributes may hold the signs of ids and classes: `a[href="#top"]`.
  const names = rest.replaceAll(BRACKETS, '')
  const ids = [...names.matchAll(/#[^#.]+/g)].map(([each]) => each.slice(1))
  const classes = [...names.matchAll(/\.[^#.]+/g)].map(([each]) => each.slice(1))
  const marks = [...rest.matchAll(BRACKETS)].map(([each]) => mark(each))
  const called = ids[0] ?? classes.join(' ')
  if (marks.includes(undefined)) return undefined
  return {
    tag: groups.tag ?? '',
    id: ids.length > 0,
    ...(called === '' ? {} : { name: quotedName(called) }),
    marks: marks.flatMap((each) => each ?? []),
  }
}

function mark(attribute: string): string | undefined {
  const [, key = '', sign = '', value] = ATTRIBUTE.exec(attribute) ?? []
  if (key === '') return undefined
  if (value === undefined) return `marked ${quotedName(key.replace(/^data-/, ''))}`
  const called = key === 'href' ? 'address' : quotedName(key.replace(/^data-/, ''))
  return `whose ${called} ${TESTS[sign] ?? 'is'} ${value}`
}

/** Where the sign stands outside of brackets. */
function split(text: string, sign: string): string[] {
  const parts = ['']
  let depth = 0
  for (const character of text) {
    if ('[('.includes(character)) depth++
    if ('])'.includes(character)) depth--
    if (character === sign && depth === 0) parts.push('')
    else parts[parts.length - 1] += character
  }
  return parts
}
