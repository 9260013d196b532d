/** Whether what one trigger is about is what another is about, as far as their selectors say so at sight. */
import type { Target } from '../triggers/element.ts'

/** Whether there are elements of the one that are the other's, too. What is not narrowed to an element hears all of them. */
export function isAbout(inner: Target, outer: Target): boolean {
  const [ours, theirs] = [selectorsOf(inner), selectorsOf(outer)]
  if (theirs.length === 0) return true
  return ours.some((one) => theirs.some((other) => itself(one) === itself(other) || isWithin(one, other)))
}

/** Any one of them will do; an id is a selector, and stands beside each of them. */
function selectorsOf({ selector, id }: Target): string[] {
  const beside = id === undefined ? '' : `#${id}`
  if (selector === undefined) return beside === '' ? [] : [beside]
  const parts = selector.split(',').map((part) => part.trim())
  return parts.filter((part) => part !== '').map((part) => part + beside)
}

/** `a.cta *`, which stands beside `a.cta`, is about a.cta. */
function itself(selector: string): string {
  return selector.replace(/\s+\*$/, '')
}

/** Whether the one only adds to what the other asks of the element itself: `nav a.cta` to `a`. */
function isWithin(inner: string, outer: string): boolean {
  const asked = partsOf(outer, 'alone')
  const said = partsOf(inner, 'the last')
  return asked !== undefined && said !== undefined && asked.every((part) => said.includes(part))
}

const NAME = String.raw`[\w\u0080-\uffff-]+`
const PART = String.raw`[#.]${NAME}|\[${NAME}(?:[~|^$*]?=(?:"[^"]*"|'[^']*'|${NAME}))?\]`
const LAST = new RegExp(String.raw`(^|[\s>+~])((?:\*|${NAME})?(?:${PART})*)$`)
const ONE_PART = new RegExp(`${PART}|^${NAME}`, 'g')

/** `a`, `.cta` and `[download]` of `a.cta[download]`; undefined where something else stands in it. */
function partsOf(selector: string, which: 'alone' | 'the last'): readonly string[] | undefined {
  if (/[()\\]/.test(selector)) return undefined
  const [, before = '', last = ''] = LAST.exec(selector) ?? []
  const isAlone = before === '' && last === selector
  if (last === '' || (which === 'alone' && !isAlone)) return undefined
  return (last.match(ONE_PART) ?? []).map((part) => (/^[#.[]/.test(part) ? part : part.toLowerCase()))
}
