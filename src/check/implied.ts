/**
 * Whether what some conditions ask for follows from others, as far as that can be told from one condition to one other:
 * `/a/b` begins with `/a`. Nothing is claimed of conditions about different things.
 */
import type { Condition } from '../plan/plan-types.ts'
import { buildSource } from '../sources/build.ts'
import { isBuilt, subjectsIn, valuesIn, type SubjectSaid } from '../sources/condition.ts'
import type { Operator } from '../sources/operators.ts'
import { isWhole } from '../sources/said.ts'

/** One condition that has to hold. */
export interface Asked {
  /** What it is about; where the condition cannot be read, all of its text. */
  readonly subject: string
  readonly operator?: Operator
  /** Any one of these. */
  readonly values: readonly string[]
  readonly negate: boolean
  readonly ignoreCase: boolean
}

/** What `when` asks for, or, turned round, what `unless` does. */
export function asksFor(conditions: readonly Condition[] = [], list: 'when' | 'unless' = 'when'): Asked[] {
  return conditions.map((condition) => {
    const asked = asksOf(condition)
    return list === 'when' ? asked : turned(asked)
  })
}

/** Whether all that is asked for then holds, too, in one of the ways in which something else does. */
export function follows(ways: readonly (readonly Asked[])[], outer: readonly Asked[]): boolean {
  return ways.some((way) => outer.every((asked) => way.some((each) => implies(each, asked))))
}

function asksOf(condition: Condition): Asked {
  const [said, ...more] = subjectsIn(condition)
  const subject = said === undefined || more.length > 0 ? undefined : subjectOf(said.source)
  const unread = { subject: JSON.stringify(condition), values: [], negate: false, ignoreCase: false }
  if (said === undefined || subject === undefined) return unread
  const { negate = false, ignoreCase = false, ...operators } = said.test
  const [operator, ...others] = Object.keys(operators) as Operator[]
  if (operator === undefined || others.length > 0) return unread
  const values = valuesIn(said.test, operator).map(({ value }) => String(value))
  return { subject, operator, values, negate, ignoreCase }
}

function subjectOf(source: SubjectSaid['source']): string | undefined {
  if (isBuilt(source)) return JSON.stringify(source)
  return isWhole(source) ? JSON.stringify(buildSource(source)) : undefined
}

function turned(asked: Asked): Asked {
  return { ...asked, negate: !asked.negate }
}

/** More would take long, and nobody writes them. */
const MOST = 64

/** The ways in which all of it holds: with one value each where any one will do, without those that contradict themselves. */
export function waysOf(asks: readonly Asked[]): (readonly Asked[])[] {
  const single = asks.map((asked) =>
    asked.negate ? [asked] : asked.values.map((value) => ({ ...asked, values: [value] })),
  )
  const choices = single.map((each, index) => (each.length === 0 ? asks.slice(index, index + 1) : each))
  if (choices.reduce((product, each) => product * each.length, 1) > MOST) return [asks]
  const ways = choices.reduce<(readonly Asked[])[]>(
    (made, each) => made.flatMap((way) => each.map((asked) => [...way, asked])),
    [[]],
  )
  return ways.filter((way) => !way.some((each) => way.some((other) => implies(each, turned(other)))))
}

function implies(inner: Asked, outer: Asked): boolean {
  if (inner.subject !== outer.subject) return false
  if (isSame(inner, outer)) return true
  const [value, ...more] = inner.values
  if (inner.negate || value === undefined || more.length > 0 || outer.operator === undefined) return false
  if (inner.operator === 'equals') return holds(outer, value)
  if (inner.operator === 'lessThan' || inner.operator === 'greaterThan')
    return isWithin(inner.operator, Number(value), outer)
  if (!isPiece(inner.operator) || value === '') return false
  const piece = { operator: inner.operator, value }
  if (outer.operator === 'exists') return outer.values.includes('true') !== outer.negate
  return outer.negate
    ? outer.values.every((each) => excludes(piece, outer.operator, each))
    : outer.values.some((each) => includes(piece, outer.operator, each))
}

/** Whether every number on that side of the bound passes; what is missing is no number. */
function isWithin(
  side: 'lessThan' | 'greaterThan',
  bound: number,
  { operator, values, negate }: Asked,
): boolean {
  if (operator === 'exists') return values.includes('true') !== negate
  const isBeyond = (each: string): boolean =>
    side === 'lessThan' ? bound <= Number(each) : bound >= Number(each)
  const isOther = operator === (side === 'lessThan' ? 'greaterThan' : 'lessThan')
  return negate ? isOther && values.every(isBeyond) : operator === side && values.some(isBeyond)
}

function isSame(a: Asked, b: Asked): boolean {
  return (
    a.operator === b.operator &&
    a.negate === b.negate &&
    a.ignoreCase === b.ignoreCase &&
    a.values.length === b.values.length &&
    a.values.every((value, index) => value === b.values[index])
  )
}

/** Whether it holds of a value that is known. */
function holds({ operator, values, negate, ignoreCase }: Asked, known: string): boolean {
  if (operator === undefined || operator === 'css') return false
  return values.some((value) => passes(operator, known, value, ignoreCase)) !== negate
}

function passes(
  operator: Exclude<Operator, 'css'>,
  known: string,
  value: string,
  ignoreCase: boolean,
): boolean {
  switch (operator) {
    case 'equals':
      return known === value
    case 'contains':
      return known.includes(value)
    case 'startsWith':
      return known.startsWith(value)
    case 'endsWith':
      return known.endsWith(value)
    case 'matches':
      return matches(value, known, ignoreCase)
    case 'lessThan':
      return Number(known) < Number(value)
    case 'greaterThan':
      return Number(known) > Number(value)
    case 'exists':
      return (known !== '') === (value === 'true')
  }
}

/** What is known of a part of a text. */
interface Piece {
  readonly operator: 'startsWith' | 'endsWith' | 'contains'
  readonly value: string
}

function isPiece(operator: Operator | undefined): operator is Piece['operator'] {
  return operator === 'startsWith' || operator === 'endsWith' || operator === 'contains'
}

/** Whether every text with the piece passes the other test. */
function includes(piece: Piece, operator: Operator | undefined, value: string): boolean {
  if (operator === 'contains') return piece.value.includes(value)
  if (operator !== piece.operator) return false
  return operator === 'startsWith' ? piece.value.startsWith(value) : piece.value.endsWith(value)
}

/** Whether no text with the piece passes the other test. */
function excludes(piece: Piece, operator: Operator | undefined, value: string): boolean {
  if (piece.operator === 'contains' || (operator !== 'equals' && operator !== piece.operator)) return false
  const fits = (long: string, short: string): boolean =>
    piece.operator === 'startsWith' ? long.startsWith(short) : long.endsWith(short)
  return !fits(value, piece.value) && (operator === 'equals' || !fits(piece.value, value))
}

/** Whether a pattern holds of a text; one that cannot be read is told elsewhere. */
export function matches(pattern: string, text: string, ignoreCase = false): boolean {
  try {
    return new RegExp(pattern, ignoreCase ? 'i' : '').test(text)
  } catch {
    return false
  }
}
