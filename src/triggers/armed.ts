/** On which pages GTM listens at all: `armedWhen`, its `autoEventFilter` ("enable this trigger when"). */
import type { Condition as ConditionDocument, Source as SourceDocument } from '../plan/plan-types.ts'
import { conditionWords, isBuilt, subjectsIn } from '../sources/condition.ts'
import { kindsIn } from '../sources/kinds.ts'
import { plainCondition } from '../sources/plain-condition.ts'
import { inputsOf, sourceFromGtm } from '../sources/read-gtm.ts'
import { inputsIn } from '../sources/said.ts'
import type { Source, SourceKind } from '../sources/source.ts'
import { and } from '../words/counting.ts'
import { filledBy, triggerKinds, triggerModule } from './kinds.ts'
import { armedWhenOf, type Trigger, type TriggerKind } from './trigger.ts'

/** The kinds that GTM may be told where to listen for. */
export function armedKinds(): readonly TriggerKind[] {
  return triggerKinds().filter((kind) => triggerModule(kind).arms !== undefined)
}

/**
 * A source in a condition that says nothing yet as a page begins: GTM fills it on the events of some triggers, or it is
 * the event, which is gtm.js then. Undefined where all is known.
 */
export function knownTooLate(condition: ConditionDocument): SourceKind | undefined {
  return subjectsIn(condition)
    .flatMap(({ source }) => (isBuilt(source) ? kindsRead(source) : kindsSaid(source)))
    .find((kind) => kind === 'event' || filledBy(kind) !== undefined)
}

function kindsRead(source: Source): readonly SourceKind[] {
  const own = source.kind === 'literal' ? [] : [source.kind]
  return [...own, ...inputsOf(source).flatMap(kindsRead)]
}

function kindsSaid(source: SourceDocument): readonly SourceKind[] {
  const own = typeof source === 'object' ? kindsIn(source) : []
  return [...own, ...builtInKinds(source), ...inputsIn(source, '').flatMap(({ value }) => kindsSaid(value))]
}

/** `{ variable: Click URL }` is what the built-in variable of that name reads. */
function builtInKinds(source: SourceDocument): readonly SourceKind[] {
  if (typeof source !== 'object' || source.variable === undefined) return []
  const read = sourceFromGtm(`{{${source.variable}}}`, new Map())
  return typeof read === 'object' ? kindsIn(read) : []
}

/** ` (listened for on /pricing and where the query parameter a is b)`; nothing on every page. */
export function armedWords(trigger: Trigger): string {
  const conditions = armedWhenOf(trigger)
  if (conditions.length === 0) return ''
  const words = conditions.map((condition, index) => conditionWords(condition, index === 0 ? '' : 'and '))
  return ` (listened for ${words.join(' ')})`
}

/** The same for people who know no CSS: `, which is watched for only on pages under /pricing`. */
export function plainArmed(trigger: Trigger): string {
  const conditions = armedWhenOf(trigger)
  return conditions.length === 0
    ? ''
    : `, which is watched for only ${and(conditions.map(plainCondition))} as the page begins`
}
