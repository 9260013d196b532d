/**
 * Whether what some conditions ask for follows from others, as far as that can be told from one condition to one other:
 * `/a/b` begins with `/a`. Nothing is claimed of conditions about different things.
 */
import type { Condition } from '../plan/plan-types.ts'
import { buildSource } from '../sources/build.ts'
import { isBuilt, subjectsIn, valuesIn, type SubjectSaid } from '../sources/condition.ts'
import { passes as isPassed, type Operator } from '../sources/operators.ts'
import { isWhole } from '../sources/said.ts'
import { isNarrower, isOpenAt, plainTestsOf } from './plain-patterns.ts'

/** One condition that has to hold. */
export interface Asked {
  /** What it is about; where the condition cannot be read, all of its text. */
  readonly subject: string
  /** Any one of these; none where the condition cannot be read. */
  readonly tests: readonly Asking[]
  readonly negate: boolean
}

export interface Asking {
  readonly operator: Operator
  readonly value: string
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
  return ways.some((way) =>
    outer.every((asked) => way.some((each) => implies(each, asked)) || meetsInANumber(way, outer, asked)),
  )
}

function asksOf(condition: Condition): Asked {
  const [said, ...more] = subjectsIn(condition)
  const subject = said === undefined || more.length > 0 ? undefined : subjectOf(said.source)
  const unread = { subject: JSON.stringify(condition), tests: [], negate: false }
  if (said === undefined || subject === undefined) return unread
  const { negate = false, ignoreCase = false, ...operators } = said.test
  const [operator, ...others] = Object.keys(operators) as Operator[]
  if (operator === undefined || others.length > 0) return unread
  const values = valuesIn(said.test, operator).map(({ value }) => String(value))
  const tests = values.flatMap((value) =>
    operator === 'matches' ? testsOf(value, ignoreCase) : [{ operator, value, ignoreCase: false }],
  )
  return { subject, tests, negate }
}

/** What a pattern asks for; in plain words, where it has some. */
export function testsOf(pattern: string, ignoreCase = false): readonly Asking[] {
  const plain = plainTestsOf(pattern) ?? [{ operator: 'matches' as const, value: pattern }]
  return plain.map((each) => ({ ...each, ignoreCase }))
}

/** What a condition on it is about. */
export function subjectOf(source: SubjectSaid['source']): string | undefined {
  if (isBuilt(source)) return JSON.stringify(source)
  return isWhole(source) ? JSON.stringify(buildSource(source)) : undefined
}

function turned(asked: Asked): Asked {
  return { ...asked, negate: !asked.negate }
}

/** More would take long, and nobody writes them. */
const MOST = 64

/** The ways in which all of it holds: with one test each where any one will do, without those that contradict themselves. */
export function waysOf(asks: readonly Asked[]): (readonly Asked[])[] {
  const choices = asks.map((asked) =>
    asked.negate || asked.tests.length === 0
      ? [asked]
      : asked.tests.map((test) => ({ ...asked, tests: [test] })),
  )
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
  if (outer.tests.length === 0) return false
  // Whoever leaves out more leaves out less, too.
  if (inner.negate)
    return outer.negate && outer.tests.every((less) => inner.tests.some((more) => isWithin(less, more)))
  const [test, ...others] = inner.tests
  if (test === undefined || others.length > 0) return false
  // Who ignores the case of letters takes the text as it is spelt, too, and one such text is enough.
  const spelt = test.operator === 'matches' ? test : { ...test, ignoreCase: false }
  return outer.negate
    ? outer.tests.every((each) => isWithout(spelt, each))
    : outer.tests.some((each) => isWithin(spelt, each))
}

function isSame(a: Asked, b: Asked): boolean {
  const isIn = (one: Asking, { tests }: Asked): boolean =>
    tests.some(
      ({ operator, value, ignoreCase }) =>
        one.operator === operator && one.value === value && one.ignoreCase === ignoreCase,
    )
  return (
    a.negate === b.negate && a.tests.every((each) => isIn(each, b)) && b.tests.every((each) => isIn(each, a))
  )
}

/** Whether whatever passes the one test passes the other. */
function isWithin(inner: Asking, outer: Asking): boolean {
  const { operator, value } = inner
  if (inner.ignoreCase && !outer.ignoreCase) return false
  switch (operator) {
    case 'equals':
      return passes(outer, value)
    case 'lessThan':
    case 'greaterThan':
      // What is missing is no number.
      if (outer.operator === 'exists') return outer.value === 'true'
      return outer.operator === operator && isBeyond(inner, outer)
    case 'matches':
      return outer.operator === 'matches' && isNarrower(value, outer.value)
    case 'startsWith':
    case 'endsWith':
    case 'contains':
      return value !== '' && includes({ operator, value }, outer)
    default:
      return false
  }
}

/** Whether nothing that passes the one test passes the other. */
function isWithout(inner: Asking, outer: Asking): boolean {
  const { operator, value } = inner
  switch (operator) {
    case 'equals':
      return outer.operator !== 'css' && !passes(outer, value)
    case 'lessThan':
    case 'greaterThan':
      if (outer.operator === 'exists') return outer.value === 'false'
      return outer.operator === OTHER_SIDE[operator] && isBeyond(inner, outer)
    case 'startsWith':
    case 'endsWith':
    case 'contains':
      return value !== '' && excludes({ operator, value }, outer)
    default:
      return false
  }
}

const OTHER_SIDE = { lessThan: 'greaterThan', greaterThan: 'lessThan' } as const

/** Whether all numbers on the side of the one bound lie on that side of the other, too. */
function isBeyond({ operator, value }: Asking, outer: Asking): boolean {
  return operator === 'lessThan' ? Number(value) <= Number(outer.value) : Number(value) >= Number(outer.value)
}

/**
 * Whether a number that both ask for lies between their bounds (above 5, below 10): whole, for whoever counts has no others. Where
 * anything else is asked of it, nobody can tell.
 */
function meetsInANumber(way: readonly Asked[], outer: readonly Asked[], asked: Asked): boolean {
  const isAbout = ({ subject }: Asked): boolean => subject === asked.subject
  const all = [...way, ...outer].filter(isAbout)
  const bounds = all.flatMap(({ tests }) => tests)
  const areNumbers = bounds.every(({ operator }) => operator === 'lessThan' || operator === 'greaterThan')
  if (!way.some(isAbout) || bounds.length === 0 || !areNumbers) return false
  const near = bounds.flatMap(({ value }) => {
    const whole = Math.floor(Number(value))
    return Number.isNaN(whole) ? [] : [whole - 1, whole, whole + 1].map(String)
  })
  return near.some((number) =>
    all.every(({ tests, negate }) => tests.some((test) => passes(test, number)) !== negate),
  )
}

/** Whether a text that is known passes. Plain tests that a pattern is made of ignore the case that it ignores. */
function passes({ operator, value, ignoreCase }: Asking, known: string): boolean {
  return ignoreCase && operator !== 'matches'
    ? isPassed(operator, known.toLowerCase(), value.toLowerCase(), false)
    : isPassed(operator, known, value, ignoreCase)
}

/** What is known of a part of a text. */
interface Piece {
  readonly operator: 'startsWith' | 'endsWith' | 'contains'
  readonly value: string
}

/** Whether every text with the piece passes the other test. */
function includes(piece: Piece, outer: Asking): boolean {
  const { operator } = outer
  if (operator === 'exists') return outer.value === 'true'
  if (operator === 'matches') {
    const open = (
      [
        ['start', 'startsWith'],
        ['end', 'endsWith'],
      ] as const
    ).filter(([, kept]) => kept !== piece.operator)
    return open.every(([side]) => isOpenAt(side, outer.value)) && passes(outer, piece.value)
  }
  return (operator === 'contains' || operator === piece.operator) && passes(outer, piece.value)
}

/** Whether no text with the piece passes the other test. */
function excludes(piece: Piece, outer: Asking): boolean {
  if (outer.operator === 'exists') return outer.value === 'false'
  if (piece.operator === 'contains' || (outer.operator !== 'equals' && outer.operator !== piece.operator))
    return false
  const [ours, theirs] = outer.ignoreCase
    ? [piece.value.toLowerCase(), outer.value.toLowerCase()]
    : [piece.value, outer.value]
  const fits = (long: string, short: string): boolean =>
    piece.operator === 'startsWith' ? long.startsWith(short) : long.endsWith(short)
  return !fits(theirs, ours) && (outer.operator === 'equals' || !fits(ours, theirs))
}
