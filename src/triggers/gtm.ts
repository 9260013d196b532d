/** A trigger in GTM, the moment it stands for, and the way back. */
import { isEverywhere } from '../facts/everywhere.ts'
import type {
  Condition as ConditionDocument,
  Source as SourceDocument,
  Trigger as TriggerDocument,
} from '../plan/plan-types.ts'
import type { ConditionSpec, TriggerSpec, VariableSpec } from '../resources/resource.ts'
import { conditionFromGtm } from '../sources/condition.ts'
import { sourceFromGtm } from '../sources/read-gtm.ts'
import { knownTooLate } from './armed.ts'
import { customEvent } from './data-layer.ts'
import { triggerKinds, triggerModule } from './kinds.ts'
import type { GtmTrigger } from './module.ts'
import type { SingleTrigger } from './trigger.ts'

export function gtmTrigger(trigger: SingleTrigger): GtmTrigger {
  return triggerModule(trigger.kind).toGtm(trigger)
}

/** A trigger that occurs at the very moment the given one does, for a blocking trigger to stand on. */
export function momentOf(trigger: SingleTrigger): GtmTrigger {
  const { listener } = triggerModule(trigger.kind)
  return listener === undefined ? { ...gtmTrigger(trigger), conditions: [] } : customEvent(listener, false)
}

/** The moment at which the last member of a group has fired. */
export const GROUP_COMPLETED: GtmTrigger = customEvent('gtm.triggerGroup', false)

/**
 * What a trigger of GTM says in the plan's language: proposed, not judged. Undefined when no kind claims it, or when
 * one of its conditions cannot be said.
 */
export function triggerFromGtm(
  spec: TriggerSpec,
  variables: ReadonlyMap<string, VariableSpec>,
): TriggerDocument | undefined {
  return triggerRead(spec, (text) => sourceFromGtm(text, variables))
}

/** The same, with the subjects of its conditions read otherwise. */
export function triggerRead(
  spec: TriggerSpec,
  read: (text: string) => SourceDocument | undefined,
): TriggerDocument | undefined {
  for (const kind of triggerKinds()) {
    const lifted = triggerModule(kind).fromGtm(spec)
    if (lifted === undefined) continue
    const isArmed = triggerModule(kind).arms?.(lifted.said) === true
    const when = conditionsFrom(lifted.when, read)
    const armedWhen = conditionsFrom(
      isArmed ? spec.autoEventFilter.filter((each) => !isEverywhere(each)) : [],
      read,
    )
    if (when === undefined || armedWhen === undefined) return undefined
    if (armedWhen.some((each) => knownTooLate(each) !== undefined)) return undefined
    return {
      [kind]: lifted.said,
      ...(when.length === 0 ? {} : { when }),
      ...(armedWhen.length === 0 ? {} : { armedWhen }),
    }
  }
  return undefined
}

/** All of them, or undefined where one cannot be said. */
function conditionsFrom(
  specs: readonly ConditionSpec[],
  read: (text: string) => SourceDocument | undefined,
): ConditionDocument[] | undefined {
  const said = specs.map((each) => conditionFromGtm(each, read))
  const found = said.filter((each) => each !== undefined)
  return found.length === said.length ? found : undefined
}
