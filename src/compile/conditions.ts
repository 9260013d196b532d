import type { Condition, Source } from '../plan/plan.ts'
import type { Text, View } from './render.ts'

const TYPES: { readonly [O in Condition['operator']]: string } = {
  equals: 'equals',
  contains: 'contains',
  startsWith: 'startsWith',
  endsWith: 'endsWith',
  matches: 'matchRegex',
  css: 'cssSelector',
  lessThan: 'less',
  greaterThan: 'greater',
}

/** What the template of a condition needs. */
export function conditionView(condition: Condition, textOf: (source: Source) => Text): View {
  return {
    type: TYPES[condition.operator],
    subject: textOf(condition.subject),
    value: condition.value,
    ignoreCase: condition.ignoreCase,
    negate: condition.negate,
  }
}

/** The condition that holds exactly when this one does not. */
export function negated(condition: Condition): Condition {
  return { ...condition, negate: !condition.negate }
}
