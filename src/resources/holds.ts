/** Whether a condition of GTM holds for a text that is known (GTM-RUNTIME 5.2): only a pattern may ignore the case of letters. */
import { holdsBraces } from './braces.ts'
import type { ConditionSpec } from './resource.ts'

/** What it says before it is negated; undefined where only the page knows. */
export function isHeld({ type, arg1, ignoreCase }: ConditionSpec, text: string): boolean | undefined {
  if (holdsBraces(arg1)) return undefined
  switch (type) {
    case 'equals':
      return text === arg1
    case 'contains':
      return text.includes(arg1)
    case 'startsWith':
      return text.startsWith(arg1)
    case 'endsWith':
      return text.endsWith(arg1)
    case 'matchRegex':
      return isMatch(arg1, text, ignoreCase)
    default:
      return undefined
  }
}

/** Undefined for a pattern that is none, or that asks for something of the page. */
export function isMatch(pattern: string, text: string, ignoreCase: boolean): boolean | undefined {
  if (holdsBraces(pattern)) return undefined
  try {
    return new RegExp(pattern, ignoreCase ? 'i' : '').test(text)
  } catch {
    return undefined
  }
}
