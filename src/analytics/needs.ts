/**
 * What an exported event must carry to be a conversion of the plan, besides its name: its fixed parameters, and the conditions on
 * the page, which the export shows as page_location and page_referrer. A condition on anything else (an element, a cookie) is
 * gone by the time of the export, and is given back in words.
 */
import { patternsOf } from '../plan/markets.ts'
import type { Conversion } from '../plan/plan.ts'
import { conditionWords, type Condition } from '../sources/condition.ts'
import { armedWhenOf, conditionsIn, type Trigger } from '../triggers/trigger.ts'

export interface Need {
  /** A parameter, or page_location:host, :path, :full (without fragment) and page_referrer:full. */
  readonly key: string
  readonly operator: 'equals' | 'contains' | 'startsWith' | 'endsWith' | 'matches'
  readonly wanted: string
  readonly negate: boolean
  /** Without regard to case. */
  readonly fold: boolean
}

export interface Needs {
  readonly needs: readonly Need[]
  readonly unseen: readonly string[]
}

export function needsOf(conversion: Conversion): Needs {
  const literals = conversion.parameters.flatMap(({ name, source }): Need[] =>
    source.kind === 'literal'
      ? [{ key: name, operator: 'equals', wanted: String(source.value), negate: false, fold: false }]
      : [],
  )
  const { needs, unseen } =
    conversion.trigger === undefined ? NONE : triggerNeeds(conversion.trigger, conversion)
  return { needs: [...literals, ...needs], unseen }
}

const NONE: Needs = { needs: [], unseen: [] }

function triggerNeeds(trigger: Trigger, conversion: Conversion): Needs {
  if (trigger.kind === 'any' || trigger.kind === 'all') {
    // Which of several triggers fired, or on which page each did, is not in the event.
    const conditions = conditionsIn(trigger)
    return { needs: [], unseen: conditions.map(words) }
  }
  const needs: Need[] = []
  const unseen: string[] = []
  for (const condition of trigger.when) {
    const need = needOf(condition, conversion)
    if (need === undefined) unseen.push(words(condition))
    else needs.push(need)
  }
  // Where the page began is not in an event of a later route.
  unseen.push(...armedWhenOf(trigger).map(words))
  // Each blocks by itself, so none of them may hold.
  for (const condition of trigger.unless) {
    const need = needOf(condition, conversion)
    if (need === undefined) unseen.push(`unless ${words(condition)}`)
    else needs.push({ ...need, negate: !need.negate })
  }
  return { needs, unseen }
}

const PAGE_KEYS = {
  host: 'page_location:host',
  path: 'page_location:path',
  full: 'page_location:full',
} as const

function needOf(condition: Condition, conversion: Conversion): Need | undefined {
  const key = keyOf(condition, conversion)
  const test = testOf(condition)
  if (key === undefined || test === undefined) return undefined
  return { key, ...test, negate: condition.negate, fold: condition.ignoreCase }
}

/** Of several values, any one of which will do, a pattern is the same. */
function testOf(condition: Condition): Pick<Need, 'operator' | 'wanted'> | undefined {
  const { operator, value, anyOf } = condition
  if (operator === 'css' || operator === 'lessThan' || operator === 'greaterThan' || operator === 'exists')
    return undefined
  const test =
    anyOf === undefined
      ? { operator, wanted: value }
      : { operator: 'matches' as const, wanted: patternsOf(condition).join('|') }
  return test.operator === 'matches' && !isPortable(test.wanted) ? undefined : test
}

function keyOf({ subject }: Condition, conversion: Conversion): string | undefined {
  if (subject.kind === 'referrer') return 'page_referrer:full'
  if (
    subject.kind === 'url' &&
    (subject.part === 'host' || subject.part === 'path' || subject.part === 'full')
  )
    return PAGE_KEYS[subject.part]
  // What the condition reads may be sent along as a parameter: then the parameter shows it.
  const sent = conversion.parameters.find(({ source }) => JSON.stringify(source) === JSON.stringify(subject))
  return sent?.name
}

/** Both engines use RE2, which has no looking around and no reference back. */
function isPortable(pattern: string): boolean {
  return !/\(\?[=!<]|\\[1-9]/.test(pattern)
}

function words(condition: Condition): string {
  return conditionWords(condition, '')
}
