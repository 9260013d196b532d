/** Whether two triggers hear one and the same action, so that both firing counts it twice. */
import { pointerOf, type Pointer } from '../plan/diagnostic.ts'
import type { Condition, Trigger } from '../plan/plan-types.ts'
import { kindsIn, triggerModule } from '../triggers/kinds.ts'
import type { TriggerKind } from '../triggers/trigger.ts'

/** One of the triggers that fire a tag by themselves, with all that narrows it. */
export interface Heard {
  readonly at: Pointer
  readonly kind: TriggerKind
  readonly trigger: Trigger
  readonly when: readonly string[]
  readonly unless: readonly string[]
}

/** The triggers below `any`, at every depth. The members of a group fire nothing by themselves. */
export function heardBy(trigger: Trigger, at: Pointer, outer?: Pick<Heard, 'when' | 'unless'>): Heard[] {
  const [kind] = kindsIn(trigger)
  const narrowed = {
    when: [...(outer?.when ?? []), ...asTexts(trigger.when), ...asTexts(trigger.armedWhen)],
    unless: [...(outer?.unless ?? []), ...asTexts(trigger.unless)],
  }
  if (trigger.any !== undefined) {
    return trigger.any.flatMap((one, index) => heardBy(one, at + pointerOf('any', index), narrowed))
  }
  return kind === undefined || trigger.all !== undefined ? [] : [{ at, kind, trigger, ...narrowed }]
}

/** Nothing is claimed that hangs on what the conditions mean: what one asks for, the other has to ask for word by word. */
export function hearOneAction(a: Heard, b: Heard): boolean {
  const narrows = (one: Heard, other: Heard): boolean => other.when.every((each) => one.when.includes(each))
  const sameExceptions = a.unless.join() === b.unless.join()
  return sameExceptions && (narrows(a, b) || narrows(b, a)) && hearOneThing(a, b)
}

function hearOneThing(a: Heard, b: Heard): boolean {
  const [eventA, eventB] = [a.trigger.dataLayer, b.trigger.dataLayer]
  if (eventA !== undefined && eventB !== undefined) return eventsMeet(eventA, eventB)
  const [targetA, targetB] = [targetOf(a), targetOf(b)]
  if (targetA !== undefined && targetB !== undefined)
    return targetA.hears === targetB.hears && elementsMeet(targetA, targetB)
  if (a.kind !== b.kind) return false
  return a.kind === 'page' || settingsOf(a) === settingsOf(b)
}

function asTexts(conditions: readonly Condition[] | undefined): string[] {
  return (conditions ?? []).map((condition) => JSON.stringify(condition))
}

type EventSaid = NonNullable<Trigger['dataLayer']>

function eventsMeet(a: EventSaid, b: EventSaid): boolean {
  if (typeof a === 'string') return typeof b === 'string' ? a === b : matches(b.matches, a)
  return typeof b === 'string' ? matches(a.matches, b) : a.matches === b.matches
}

function matches(pattern: string, name: string): boolean {
  try {
    return new RegExp(pattern).test(name)
  } catch {
    return false
  }
}

interface Target {
  readonly hears: 'click' | 'form'
  readonly selector?: string
  readonly id?: string
}

/** A click on a link is heard by link triggers and by click triggers. */
function targetOf({ trigger: { click, link, form } }: Heard): Target | undefined {
  const clicked = click ?? link
  if (clicked !== undefined) return { ...clicked, hears: 'click' }
  return form && { ...form, hears: 'form' }
}

/** What is not narrowed to an element hears all of them. */
function elementsMeet(a: Target, b: Target): boolean {
  const named = (target: Target): boolean => target.selector !== undefined || target.id !== undefined
  if (!named(a) || !named(b)) return true
  if (a.id !== undefined && a.id === b.id) return true
  const parts = selectorsOf(b.selector)
  return selectorsOf(a.selector).some((part) => parts.includes(part))
}

/** `a.cta, a.cta *` is about a.cta. */
function selectorsOf(selector = ''): string[] {
  const parts = selector.split(',').map((part) => part.trim().replace(/\s+\*$/, ''))
  return parts.filter((part) => part !== '')
}

/** Defaults written out change nothing. */
function settingsOf({ kind, trigger }: Heard): string {
  const said = trigger[kind]
  return said === undefined ? '' : JSON.stringify(triggerModule(kind).build(said))
}
