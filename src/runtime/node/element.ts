/** An element as far as it was declared: what level logic clicks, submits and shows. */
import { unknown, type Unknown } from '../core/value.ts'
import { parseSelector, type AttributeTest, type Complex, type Compound } from './selector.ts'

export interface Element {
  readonly tag: string
  /** All attributes, `id` and `class` among them. */
  readonly attributes: { readonly [name: string]: string }
  readonly text: string
  readonly parent?: Element
  /** The sibling right before it. */
  readonly before?: Element
}

export function isElement(value: unknown): value is Element {
  return typeof value === 'object' && value !== null && 'tag' in value && 'attributes' in value
}

/** Whether a selector matches; Unknown for what only a browser can tell. */
export function matchesSelector(element: Element, selector: string): boolean | Unknown {
  const alternatives = parseSelector(selector)
  if (alternatives === undefined) return unknown('selector-not-read', selector)
  return alternatives.some((each) => matchesComplex(element, each))
}

function matchesComplex(element: Element, complex: Complex): boolean {
  const last = complex.at(-1)
  if (last === undefined) return true
  if (!matchesCompound(element, last.compound)) return false
  const left = complex.slice(0, -1)
  switch (last.combinator) {
    case '':
      return true
    case '>':
      return element.parent !== undefined && matchesComplex(element.parent, left)
    case '+':
      return element.before !== undefined && matchesComplex(element.before, left)
    case ' ':
      return chain(element, 'parent').some((each) => matchesComplex(each, left))
    case '~':
      return chain(element, 'before').some((each) => matchesComplex(each, left))
  }
}

function matchesCompound(element: Element, { tag, ids, classes, attributes, not, is }: Compound): boolean {
  const own = (element.attributes['class'] ?? '').split(/\s+/)
  return (
    (tag === undefined || tag === element.tag) &&
    ids.every((id) => element.attributes['id'] === id) &&
    classes.every((each) => own.includes(each)) &&
    attributes.every((each) => matchesAttribute(element.attributes[each.name], each)) &&
    !not.some((each) => matchesComplex(element, each)) &&
    is.every((alternatives) => alternatives.some((each) => matchesComplex(element, each)))
  )
}

function matchesAttribute(actual: string | undefined, test: AttributeTest): boolean {
  if (actual === undefined) return false
  const [own, wanted] = test.ignoreCase
    ? [actual.toLowerCase(), test.value.toLowerCase()]
    : [actual, test.value]
  switch (test.operator) {
    case '':
      return true
    case '=':
      return own === wanted
    case '~=':
      return own.split(/\s+/).includes(wanted)
    case '|=':
      return own === wanted || own.startsWith(`${wanted}-`)
    case '^=':
      return wanted !== '' && own.startsWith(wanted)
    case '$=':
      return wanted !== '' && own.endsWith(wanted)
    case '*=':
      return wanted !== '' && own.includes(wanted)
  }
}

/** The parents, or the siblings before it, nearest first. */
export function chain(element: Element, side: 'parent' | 'before'): readonly Element[] {
  const next = element[side]
  return next === undefined ? [] : [next, ...chain(next, side)]
}
