/** A page of declared facts: what the core reads where there is no browser. What was not declared and cannot be told is Unknown. */
import type { Page } from '../core/page.ts'
import { isRecord, unknown } from '../core/value.ts'
import type { Marks } from './marks.ts'
import { isElement, matchesSelector, type Element } from './element.ts'

export interface Facts {
  readonly url: string
  readonly referrer?: string
  readonly title?: string
  readonly cookies?: { readonly [name: string]: string }
  readonly globals?: { readonly [name: string]: unknown }
  /** Elements of the page; without them, whether one is there cannot be told. */
  readonly elements?: readonly Element[]
  /** Its size and the window's, in pixels; without them, what the window shows at once cannot be told. */
  readonly size?: Size
}

export interface Size {
  readonly page: { readonly width: number; readonly height: number }
  readonly window: { readonly width: number; readonly height: number }
}

export function pageOf(facts: Facts, marks: Marks = new Map()): Page {
  return {
    url: () => facts.url,
    referrer: () => facts.referrer ?? '',
    title: () => facts.title ?? '',
    cookie: (name) => facts.cookies?.[name],
    global: (path) => globalAt(facts.globals, marks, path),
    matches: (element, selector) => isElement(element) && matchesSelector(element, selector),
    text: (element) => (isElement(element) ? collapsed(element.text) : undefined),
    attribute: (element, name) => (isElement(element) ? (element.attributes[name] ?? null) : null),
    find: (by) => found(facts.elements, by),
    script: (code) => unknown('needs-a-page', code.replaceAll(/\s+/g, ' ').slice(0, 60)),
    // The same in every run: a report must not differ for it.
    random: () => 0.5,
  }
}

function globalAt(globals: Facts['globals'], marks: Marks, path: string): unknown {
  const [name = '', item = '', ...deeper] = path.split('.')
  const ours = deeper.length === 0 ? marks.get(name) : undefined
  if (ours !== undefined) return ours.has(item) ? 1 : undefined
  if (globals === undefined) return unknown('needs-a-page', `window.${path}`)
  let value: unknown = globals
  for (const key of path.split('.')) value = isRecord(value) ? value[key] : undefined
  return value
}

function found(
  elements: readonly Element[] | undefined,
  by: { readonly selector: string } | { readonly id: string },
): unknown {
  const about = 'selector' in by ? by.selector : `#${by.id}`
  if (elements === undefined) return unknown('needs-a-page', about)
  for (const element of elements) {
    if ('id' in by && element.attributes['id'] === by.id) return element
    const matches = 'selector' in by && matchesSelector(element, by.selector)
    if (matches !== false) return matches === true ? element : matches
  }
  return null
}

/** Blanks and breaks as one blank, none at the ends (GTM-RUNTIME 6). */
function collapsed(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
