/** The ways in which a conversion comes about: nesting taken apart, each with what has to happen and what must hold. */
import type { Condition } from '../sources/condition.ts'
import { armedWhenOf, type SingleTrigger, type Trigger } from '../triggers/trigger.ts'
import { actsOf } from './acts.ts'
import { mayHold, opposite } from './conditions.ts'
import type { Situation } from './situation.ts'

/** One way in which a conversion comes about: the actions that are needed, each with its conditions. */
export interface Way {
  readonly name: string
  readonly members: readonly Member[]
  /** Those of all members, each once. */
  readonly conditions: readonly Condition[]
}

function wayOf(name: string, members: readonly Member[]): Way {
  return { name, members, conditions: distinct(members.flatMap(({ conditions }) => conditions)) }
}

export interface Member {
  readonly trigger: SingleTrigger
  readonly conditions: readonly Condition[]
  /** Which part of its group it is in the plan, from 1. */
  readonly part: number
}

/** What a trigger of the language means, nesting taken apart: any of the ways, each needs all of its members. */
export function waysOf(trigger: Trigger, inherited: readonly Condition[] = []): readonly Way[] {
  const conditions = [...inherited, ...trigger.when]
  switch (trigger.kind) {
    case 'any':
      return trigger.triggers.flatMap((each) => waysOf(each, [...conditions, ...each.unless.map(opposite)]))
    case 'all': {
      const parts = trigger.triggers.map((each) =>
        waysOf(each, [...conditions, ...each.unless.map(opposite)]),
      )
      const members = parts
        .flatMap(([first]) => first?.members ?? [])
        .map((member, index) => ({ ...member, part: index + 1 }))
      // What leaves the page comes last: nothing of the group happens on the next one.
      return [wayOf('all', [...members.filter(isStaying), ...members.filter((each) => !isStaying(each))])]
    }
    default:
      return [
        wayOf(trigger.kind, [{ trigger, conditions: [...conditions, ...armedWhenOf(trigger)], part: 1 }]),
      ]
  }
}

function isStaying({ trigger }: Member): boolean {
  return trigger.kind !== 'link' && trigger.kind !== 'form'
}

export function isOfElement(
  trigger: SingleTrigger,
): trigger is SingleTrigger & { readonly kind: 'click' | 'link' | 'form' } {
  return trigger.kind === 'click' || trigger.kind === 'link' || trigger.kind === 'form'
}

/** Also by way of a table: whatever reads it decides on it. */
export function isAboutElement({ subject }: Condition): boolean {
  return /"kind":"(?:click|form)"/.test(JSON.stringify(subject))
}

/** The member of a group whose element is clicked or submitted last: what is read of an element afterwards is of this one. */
export function lastOnElement({ members }: Way): number {
  return members.findLastIndex(({ trigger }) => isOfElement(trigger))
}

/** How long they take, in milliseconds. */
export function lasting(members: readonly Member[]): number {
  return members.reduce((sum, { trigger }) => sum + (actsOf(trigger.kind).lasts?.(trigger) ?? 0), 0)
}

/** Whether a way needs nobody to do anything, but a page and the time that another one takes. */
export function comesAlong({ members, conditions }: Way, way: Way, situation: Situation): boolean {
  const [only] = members.length === 1 ? members : []
  const comes =
    only?.trigger.kind === 'page' ||
    (only?.trigger.kind === 'timer' && only.trigger.every <= lasting(way.members))
  return comes && conditions.every((each) => mayHold(situation, each))
}

/** What is asked of the page and of the last element; what is asked only of an earlier one is that one's own. */
export function askedAtTheEnd(way: Way): readonly Condition[] {
  const last = lastOnElement(way)
  const earlier = way.members.flatMap(({ trigger, conditions }, index) =>
    index < last && isOfElement(trigger) ? conditions.filter(isAboutElement) : [],
  )
  if (earlier.length === 0) return way.conditions
  const others = way.members.filter(({ trigger }, index) => index >= last || !isOfElement(trigger))
  return way.conditions.filter(
    (condition) =>
      !earlier.some((each) => isSame(each, condition)) ||
      others.some(({ conditions }) => conditions.some((each) => isSame(each, condition))),
  )
}

export function isSame(a: Condition, b: Condition): boolean {
  return JSON.stringify({ ...a, at: '' }) === JSON.stringify({ ...b, at: '' })
}

function distinct(conditions: readonly Condition[]): readonly Condition[] {
  return [
    ...new Map(conditions.map((condition) => [JSON.stringify({ ...condition, at: '' }), condition])).values(),
  ]
}
