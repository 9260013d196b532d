/** A trigger in GTM, the moment it stands for, and the way back. */
import type { Source as SourceDocument, Trigger as TriggerDocument } from '../plan/plan-types.ts'
import type { TriggerSpec, VariableSpec } from '../resources/resource.ts'
import { conditionFromGtm } from '../sources/condition.ts'
import { sourceFromGtm } from '../sources/read-gtm.ts'
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
    const when = lifted.when.map((each) => conditionFromGtm(each, read))
    if (when.some((each) => each === undefined)) return undefined
    const conditions = when.filter((each) => each !== undefined)
    return { [kind]: lifted.said, ...(conditions.length === 0 ? {} : { when: conditions }) }
  }
  return undefined
}
