/** Values for which conditions hold: scenarios of the proof and examples of the contract are made of them. */
import type { Condition, Tested } from './condition.ts'
import { passes } from './operators.ts'
import { examplesOf } from './pattern-example.ts'

/**
 * Whether the words hold for a value; of a selector that cannot be told here. A missing value holds for nothing but a negation,
 * and for the empty text that is asked for by name.
 */
export function holdsFor(condition: Tested, actual: unknown): boolean {
  const { operator, value, anyOf = [value], negate, ignoreCase } = condition
  const text = actual === undefined || actual === null ? undefined : String(actual as string)
  if (operator === 'exists') return (text !== undefined && text !== '') === ((value === 'true') !== negate)
  const result =
    text === undefined
      ? operator === 'equals' && anyOf.includes('')
      : anyOf.some((each) => passes(operator, text, each, ignoreCase))
  return result !== negate
}

/**
 * Texts for which conditions on one subject may hold, none of them sure: whoever asks holds them against the words.
 * @param results what the subject is known to give.
 */
export function* textsFor(
  conditions: readonly Condition[],
  results: Iterable<string> = [],
  others: readonly string[] = ['other', '1', ''],
): Generator<string> {
  // Of several values the first will do.
  const positive = conditions
    .filter(({ negate }) => !negate)
    .map((condition) => ({ ...condition, value: condition.anyOf?.[0] ?? condition.value }))
  const one = (operator: Condition['operator']): string =>
    positive.find((condition) => condition.operator === operator)?.value ?? ''
  const joined = `${one('startsWith')}${one('contains')}${one('endsWith')}`
  if (joined !== '') yield* [joined, `${one('startsWith')}/${one('contains')}/${one('endsWith')}`]
  yield* results
  for (const condition of positive) yield* examplesFor(condition)
  // What fits a pattern may go on as another condition asks.
  const rest = `${one('contains')}${one('endsWith')}`
  if (rest !== '')
    for (const { operator, value } of positive)
      if (operator === 'matches') yield* examplesOf(value).map((text) => `${text}${rest}`)
  // Where less or more is not meant, the number itself is on the other side.
  for (const { operator, value, negate } of conditions)
    if (negate && (operator === 'lessThan' || operator === 'greaterThan')) yield value
  yield* others
}

function examplesFor({ operator, value }: Condition): readonly string[] {
  switch (operator) {
    case 'matches':
      return examplesOf(value)
    case 'lessThan':
      return [String(Number(value) - 1)]
    case 'greaterThan':
      return [String(Number(value) + 1)]
    case 'exists':
      return [value === 'true' ? 'x' : '']
    default:
      return [value, `${value}x`, `x${value}`]
  }
}
