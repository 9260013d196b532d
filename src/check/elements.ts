/** Whether what one trigger is about is what another is about, as far as their selectors say so at sight. */
import type { Target } from '../triggers/element.ts'

/** One selector, taken apart. */
export interface Selector {
  readonly text: string
  /** `a`, `.cta` and `[download]` of `nav a.cta[download]`; undefined where something else stands in it. */
  readonly parts?: readonly string[]
  /** Nothing stands before them. */
  readonly isAlone: boolean
}

/** Any one of them will do; an id is a selector, and stands beside each of them. None: every element. */
export function selectorsOf({ selector, id }: Target): readonly Selector[] {
  const beside = id === undefined ? '' : `#${id}`
  const texts = selector === undefined ? [''] : selector.split(',').flatMap((part) => part.trim() || [])
  return texts.flatMap((text) => (text + beside === '' ? [] : [selectorFrom(text + beside)]))
}

/** Whether there are elements of the one that are the other's, too. What is not narrowed to an element hears all of them. */
export function isAbout(inner: readonly Selector[], outer: readonly Selector[]): boolean {
  if (outer.length === 0) return true
  return inner.some((one) => outer.some((other) => one.text === other.text || isWithin(one, other)))
}

/** Whether the one only adds to what the other asks of the element itself: `nav a.cta` to `a`. */
function isWithin({ parts: said }: Selector, { parts: asked, isAlone }: Selector): boolean {
  return isAlone && asked !== undefined && said !== undefined && asked.every((part) => said.includes(part))
}

const NAME = String.raw`[\w\u0080-\uffff-]+`
const PART = String.raw`[#.]${NAME}|\[${NAME}(?:[~|^$*]?=(?:"[^"]*"|'[^']*'|${NAME}))?\]`
const LAST = new RegExp(String.raw`(^|[\s>+~])((?:\*|${NAME})?(?:${PART})*)$`)
const ONE_PART = new RegExp(`${PART}|^${NAME}`, 'g')

function selectorFrom(selector: string): Selector {
  // `a.cta *`, which stands beside `a.cta`, is about a.cta.
  const text = selector.replace(/\s+\*$/, '')
  const [, before = '', last = ''] = /[()\\]/.test(selector) ? [] : (LAST.exec(selector) ?? [])
  if (last === '') return { text, isAlone: false }
  const parts = (last.match(ONE_PART) ?? []).map((part) => (/^[#.[]/.test(part) ? part : part.toLowerCase()))
  return { text, parts, isAlone: before === '' && last === selector }
}
