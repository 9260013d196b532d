/**
 * Elements for a generated page: made from a trigger's selector, so that a click has something to hit. The same elements
 * are matched without a browser and written as HTML for one.
 */
import { chain, type Element } from '../runtime/node/element.ts'
import { parseSelector, type AttributeTest, type Complex, type Compound } from '../runtime/node/selector.ts'
import { FIXTURE_ATTRIBUTE } from './scenario.ts'
import { Impossible } from './situation.ts'

/** The window of every scenario, and how high a generated page is where nothing asks for more. In pixels. */
export const WINDOW = { width: 1280, height: 720 } as const
export const PAGE_HEIGHT = 4000

interface Wanted {
  readonly selector?: string
  readonly id?: string
  /** The name of the element where the selector leaves it open. */
  readonly tag: string
  readonly attributes: { readonly [name: string]: string }
  readonly text: string
}

/** An element that the selector (its first alternative) or id means. Throws Impossible. */
export function elementFor({ selector, id, tag, attributes, text }: Wanted): Element {
  const alternative = selector === undefined ? undefined : parseSelector(selector)?.[0]
  if (selector !== undefined && alternative === undefined)
    throw new Impossible(
      `the selector ${selector} is too special to make a page from; write a scenario by hand`,
    )
  const made = alternative === undefined ? { tag, attributes: {}, text: '' } : built(alternative, tag)
  const own = id === undefined ? {} : { id }
  return { ...made, attributes: { ...made.attributes, ...own, ...attributes }, text }
}

function built(complex: Complex, tag: string): Element {
  return complex.reduce<Element | undefined>((left, { combinator, compound }, index) => {
    const isLast = index === complex.length - 1
    const one = fromCompound(compound, isLast ? tag : 'div')
    if (left === undefined) return one
    if (combinator === '+' || combinator === '~')
      return { ...one, before: left, ...(left.parent === undefined ? {} : { parent: left.parent }) }
    return { ...one, parent: left }
  }, undefined) as Element
}

function fromCompound({ tag, ids, classes, attributes, is }: Compound, otherwise: string): Element {
  const inner = is.flatMap(([first]) => (first === undefined ? [] : [built(first, otherwise)]))
  const own = Object.fromEntries(attributes.map((test) => [test.name, attributeText(test)]))
  return {
    tag: tag ?? inner[0]?.tag ?? otherwise,
    text: '',
    attributes: {
      ...Object.assign({}, ...inner.map((each) => each.attributes)),
      ...own,
      ...(ids[0] === undefined ? {} : { id: ids[0] }),
      ...(classes.length === 0 ? {} : { class: classes.join(' ') }),
    },
  }
}

function attributeText({ name, operator, value }: AttributeTest): string {
  const isAddress = name === 'href' || name === 'action' || name === 'src'
  switch (operator) {
    case '':
      return isAddress ? '/elsewhere' : 'example'
    case '^=':
      return `${value}example`
    case '$=':
      return isAddress ? `/example${value}` : `example${value}`
    case '*=':
      return isAddress ? `https://other.example/${value}/example` : `example ${value} example`
    default:
      return value
  }
}

/** The same element, findable by a step. */
export function marked(element: Element, mark: string): Element {
  return { ...element, attributes: { ...element.attributes, [FIXTURE_ATTRIBUTE]: mark } }
}

export function selectorOf(mark: string): string {
  return `[${FIXTURE_ATTRIBUTE}="${mark}"]`
}

/** An icon inside an element: what a visitor really hits. */
export function iconIn(element: Element): Element {
  return { tag: 'span', attributes: { class: 'icon' }, text: '●', parent: element }
}

/** The HTML of elements, each with its parents and the siblings before it, each only once. */
export function htmlOf(elements: readonly Element[]): string {
  const all = [...new Set(elements.flatMap(lineage))]
  return all
    .filter(({ parent }) => parent === undefined)
    .map((each) => outer(each, all))
    .join('\n')
}

/** An element, its parents, its siblings before it and theirs, outermost first. */
function lineage(element: Element): readonly Element[] {
  const around = [...chain(element, 'before')].reverse()
  return [...(element.parent === undefined ? [] : lineage(element.parent)), ...around, element]
}

const VOID = new Set(['img', 'input', 'br', 'hr', 'area', 'source', 'embed'])

function outer(element: Element, all: readonly Element[]): string {
  const attributes = Object.entries(element.attributes).map(([name, value]) => ` ${name}="${escaped(value)}"`)
  const open = `<${element.tag}${attributes.join('')}>`
  if (VOID.has(element.tag)) return open
  const inner = all.filter(({ parent }) => parent === element).map((each) => outer(each, all))
  const button = element.tag === 'form' ? '<button type="submit">Send</button>' : ''
  return `${open}${escaped(element.text)}${inner.join('')}${button}</${element.tag}>`
}

export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
