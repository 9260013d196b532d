/**
 * When a conversion counts. The plan writes one key of many (`{ link: { selector: a.buy } }`); here it is a tagged
 * union, whose kinds are the keys of the language.
 */
import type { Pointer } from '../plan/diagnostic.ts'
import type { Trigger as TriggerDocument } from '../plan/plan-types.ts'
import type { Condition } from '../sources/condition.ts'
import type { TriggerByKind } from './kinds.ts'

/** Everything that the plan writes of a trigger but its groups and its conditions. */
export type TriggerKind = Exclude<keyof TriggerDocument, 'any' | 'all' | 'when' | 'armedWhen' | 'unless'>
/** What the plan writes behind a kind's key. */
export type Said<K extends TriggerKind> = NonNullable<TriggerDocument[K]>

export type Trigger = SingleTrigger | AnyTrigger | AllTrigger

interface TriggerCommon {
  readonly at: Pointer
  readonly when: readonly Condition[]
  readonly unless: readonly Condition[]
}

export type SingleTrigger = TriggerCommon &
  TriggerByKind[TriggerKind] & {
    /** What must hold as the page begins for GTM to listen at all; left out where it listens on every page. */
    readonly armedWhen?: readonly Condition[]
  }

export interface AnyTrigger extends TriggerCommon {
  readonly kind: 'any'
  readonly triggers: readonly Trigger[]
}

export interface AllTrigger extends TriggerCommon {
  readonly kind: 'all'
  readonly triggers: readonly Trigger[]
}

/** All that is asked in a trigger, with what is asked in those that it is made of. */
export function conditionsIn(trigger: Trigger): readonly Condition[] {
  const inner = trigger.kind === 'any' || trigger.kind === 'all' ? trigger.triggers.flatMap(conditionsIn) : []
  return [...trigger.when, ...armedWhenOf(trigger), ...trigger.unless, ...inner]
}

/** What must hold as the page begins; of groups nothing, their members say it. */
export function armedWhenOf(trigger: Trigger): readonly Condition[] {
  return ('armedWhen' in trigger ? trigger.armedWhen : undefined) ?? []
}
