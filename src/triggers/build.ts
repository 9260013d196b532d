import { pointerOf, type Pointer } from '../plan/diagnostic.ts'
import type { Condition as ConditionDocument, Trigger as TriggerDocument } from '../plan/plan-types.ts'
import { buildCondition, type Condition } from '../sources/condition.ts'
import { kindsIn, triggerModule } from './kinds.ts'
import type { Trigger } from './trigger.ts'

/** The flat "one key of many" object of the language becomes a tagged union. */
export function buildTrigger(trigger: TriggerDocument, at: Pointer): Trigger {
  const common = {
    at,
    when: buildConditions(trigger.when, at + pointerOf('when')),
    unless: buildConditions(trigger.unless, at + pointerOf('unless')),
  }
  const children = (list: readonly TriggerDocument[], name: string): Trigger[] =>
    list.map((child, index) => buildTrigger(child, at + pointerOf(name, index)))
  if (trigger.any) return { ...common, kind: 'any', triggers: children(trigger.any, 'any') }
  if (trigger.all) return { ...common, kind: 'all', triggers: children(trigger.all, 'all') }
  const [kind] = kindsIn(trigger)
  const said = kind && trigger[kind]
  if (kind === undefined || said === undefined) throw new Error('A trigger without a kind passed the check.')
  const armedWhen = buildConditions(trigger.armedWhen, at + pointerOf('armedWhen'))
  return {
    ...common,
    ...(armedWhen.length === 0 ? {} : { armedWhen }),
    ...triggerModule(kind).build(said),
  }
}

function buildConditions(list: readonly ConditionDocument[] | undefined, at: Pointer): Condition[] {
  return (list ?? []).map((condition, index) => buildCondition(condition, at + pointerOf(index)))
}
