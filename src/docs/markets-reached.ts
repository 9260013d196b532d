/** In which markets a conversion can happen, as far as the conditions on the page's address decide it. */
import type { Conversion, Market, Plan } from '../plan/plan.ts'
import type { Condition } from '../sources/condition.ts'
import { armedWhenOf, type Trigger } from '../triggers/trigger.ts'

/** Ids of the environment's markets, those left out that no page of the conversion belongs to. */
export function marketsReached({ markets }: Plan, { trigger }: Conversion): readonly string[] {
  const named = new Set(markets.filter(({ when }) => when.length === 0).flatMap(({ hosts }) => hosts))
  return markets
    .filter((market) => trigger === undefined || canHappen(trigger, market, named))
    .map(({ id }) => id)
}

/** @param named hosts that are one market's alone. */
function canHappen(trigger: Trigger, market: Market, named: ReadonlySet<string>): boolean {
  if (trigger.unless.some((condition) => holdsEverywhere(condition, market))) return false
  if (![...trigger.when, ...armedWhenOf(trigger)].every((condition) => canHold(condition, market, named)))
    return false
  if (trigger.kind === 'any') return trigger.triggers.some((each) => canHappen(each, market, named))
  if (trigger.kind === 'all') return trigger.triggers.every((each) => canHappen(each, market, named))
  return true
}

function canHold(condition: Condition, { hosts, when }: Market, named: ReadonlySet<string>): boolean {
  const { subject, operator, negate } = condition
  if (subject.kind !== 'url') return true
  if (subject.part === 'host') {
    if (hosts.length > 0) return hosts.some((host) => holds(condition, host) ?? true)
    // Pages of any other host: all but those that are another market's.
    return operator !== 'equals' || negate || valuesOf(condition).some((host) => !named.has(host))
  }
  if (subject.part !== 'path' || negate || when.length === 0) return true
  return when.some((own) =>
    valuesOf(own).some((start) => valuesOf(condition).some((path) => meet(own, start, condition, path))),
  )
}

/** Whether a page can be the market's and fit the condition: two beginnings meet where one is the other's. */
function meet(own: Condition, start: string, condition: Condition, path: string): boolean {
  if (own.operator !== 'startsWith' || own.negate) return true
  if (condition.operator === 'equals') return path.startsWith(start)
  return condition.operator !== 'startsWith' || path.startsWith(start) || start.startsWith(path)
}

function holdsEverywhere(condition: Condition, { hosts }: Market): boolean {
  const { subject } = condition
  return (
    subject.kind === 'url' &&
    subject.part === 'host' &&
    hosts.length > 0 &&
    hosts.every((host) => holds(condition, host) ?? false)
  )
}

function valuesOf({ value, anyOf = [value] }: Condition): readonly string[] {
  return anyOf
}

const TESTS: { readonly [operator: string]: (text: string, value: string) => boolean } = {
  equals: (text, value) => text === value,
  contains: (text, value) => text.includes(value),
  startsWith: (text, value) => text.startsWith(value),
  endsWith: (text, value) => text.endsWith(value),
}

/** Undefined where that takes a browser, as with patterns. */
function holds(condition: Condition, text: string): boolean | undefined {
  const test = TESTS[condition.operator]
  if (test === undefined) return undefined
  return valuesOf(condition).some((value) => test(text, value)) !== condition.negate
}
