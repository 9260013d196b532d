/** The tests of a condition: how GTM calls them, and how people do. */
import type { Test } from '../plan/plan-types.ts'

export type Operator = Exclude<keyof Test, 'negate' | 'ignoreCase'>

export const OPERATORS: {
  readonly [O in Operator]: { readonly gtm: string; readonly is: string; readonly isNot: string }
} = {
  equals: { gtm: 'equals', is: 'is', isNot: 'is not' },
  contains: { gtm: 'contains', is: 'contains', isNot: 'does not contain' },
  startsWith: { gtm: 'startsWith', is: 'starts with', isNot: 'does not start with' },
  endsWith: { gtm: 'endsWith', is: 'ends with', isNot: 'does not end with' },
  matches: { gtm: 'matchRegex', is: 'matches', isNot: 'does not match' },
  css: { gtm: 'cssSelector', is: 'matches the selector', isNot: 'does not match the selector' },
  lessThan: { gtm: 'less', is: 'is less than', isNot: 'is not less than' },
  greaterThan: { gtm: 'greater', is: 'is greater than', isNot: 'is not greater than' },
  // A missing value is the text `undefined` to GTM's conditions; see MISSING.
  exists: { gtm: 'matchRegex', is: 'is there', isNot: 'is missing' },
}

/** What a missing value is when GTM compares it: it turns both sides into text first. */
export const MISSING = '^(undefined|null)?$'

/** Whether a text passes a test: only a pattern may ignore the case of letters. Of a selector that cannot be told here. */
export function passes(operator: Operator, text: string, value: string, ignoreCase: boolean): boolean {
  switch (operator) {
    case 'equals':
      return text === value
    case 'contains':
      return text.includes(value)
    case 'startsWith':
      return text.startsWith(value)
    case 'endsWith':
      return text.endsWith(value)
    case 'matches':
      return matches(value, text, ignoreCase)
    case 'lessThan':
      return Number(text) < Number(value)
    case 'greaterThan':
      return Number(text) > Number(value)
    case 'exists':
      return (text !== '') === (value === 'true')
    case 'css':
      return false
  }
}

/** Whether a text fits a pattern; none fits one that cannot be read, which is told elsewhere. */
export function matches(pattern: string, text: string, ignoreCase = false): boolean {
  try {
    return new RegExp(pattern, ignoreCase ? 'i' : '').test(text)
  } catch {
    return false
  }
}
