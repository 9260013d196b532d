/** Conditions of triggers (GTM-RUNTIME 5.2). Every test is kept with the values it saw: that is the explanation. */
import type { ConditionEntity } from './container.ts'
import { flagOf, textParameter } from './parameters.ts'
import { isRecord, isUnknown, reasonOf, textOf, unknown, type Reason } from './value.ts'
import { regExp, valueOf, type Reading } from './variables.ts'

export type Verdict = 'yes' | 'no' | 'undecided'

export interface Tested {
  /** The left side as the container writes it, e.g. `{{Page Path}}`. */
  readonly subject: string
  readonly operator: string
  readonly negate: boolean
  /** The right side as the container writes it. */
  readonly value: string
  /** What stood on both sides, as text. */
  readonly left: string
  readonly right: string
  readonly verdict: Verdict
  readonly because?: Reason
  /** It threw: such a rule adds nothing, but a blocking one still blocks (GTM-RUNTIME 5.2). */
  readonly threw?: true
}

/** All must hold (GTM-RUNTIME 5.2). One "no" decides; without one, one "undecided" leaves it open. */
export function allOf(tests: readonly Tested[]): Verdict {
  if (tests.some((test) => test.verdict === 'no')) return 'no'
  return tests.some((test) => test.verdict === 'undecided') ? 'undecided' : 'yes'
}

export function test(condition: ConditionEntity, reading: Reading): Tested {
  const subject = textParameter(condition.parameter, 'arg0') ?? ''
  const value = textParameter(condition.parameter, 'arg1') ?? ''
  const negate = flagOf(condition.parameter, 'negate')
  const ignoreCase = flagOf(condition.parameter, 'ignore_case')
  const left = valueOf(subject, reading)
  const right = valueOf(value, reading)
  const shown = {
    subject,
    operator: ignoreCase ? `${condition.type} (ignoring case)` : condition.type,
    negate,
    value,
    left: shownValue(left),
    right: shownValue(right),
  }
  const lacking = isUnknown(left) ? left : isUnknown(right) ? right : undefined
  if (lacking !== undefined) return { ...shown, verdict: 'undecided', because: reasonOf(lacking) }
  try {
    const holds = compared(condition.type, left, right, ignoreCase, reading)
    if (isUnknown(holds)) return { ...shown, verdict: 'undecided', because: reasonOf(holds) }
    return { ...shown, verdict: holds !== negate ? 'yes' : 'no' }
  } catch {
    return { ...shown, verdict: 'no', threw: true }
  }
}

function compared(
  type: string,
  left: unknown,
  right: unknown,
  ignoreCase: boolean,
  { page }: Reading,
): ReturnType<typeof page.matches> {
  switch (type) {
    case 'equals':
      return textOf(left) === textOf(right)
    case 'contains':
      return textOf(left).includes(textOf(right))
    case 'startsWith':
      return textOf(left).startsWith(textOf(right))
    case 'endsWith':
      return textOf(left).endsWith(textOf(right))
    case 'matchRegex':
      return regExp(textOf(right), ignoreCase ? 'i' : '')?.test(textOf(left)) ?? false
    case 'cssSelector':
      return page.matches(left, textOf(right))
    case 'less':
      return Number(left) < Number(right)
    case 'lessOrEquals':
      return Number(left) <= Number(right)
    case 'greater':
      return Number(left) > Number(right)
    case 'greaterOrEquals':
      return Number(left) >= Number(right)
    case 'urlMatches':
      return unknown('url-match', textOf(right))
    default:
      return unknown('condition-type', type)
  }
}

/** A value as an explanation shows it: texts in quotes, so that `undefined` and "undefined" can be told apart. */
export function shownValue(value: unknown): string {
  if (isUnknown(value)) return 'not known'
  if (typeof value === 'string') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${(value as unknown[]).map(shownValue).join(', ')}]`
  return elementWord(value) ?? textOf(value)
}

/** `FORM#news`, for an element of a page or of a generated one. A field of a form can hide the form's own. */
function elementWord(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined
  const { nodeName, tag, id, attributes } = value
  const name = typeof nodeName === 'string' ? nodeName : tag
  const own = isRecord(attributes) && typeof attributes['id'] === 'string' ? attributes['id'] : id
  if (typeof name !== 'string') return undefined
  return `${name.toUpperCase()}${typeof own === 'string' && own !== '' ? `#${own}` : ''}`
}
