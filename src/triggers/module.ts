/** What everything that deals with triggers asks of a kind. */
import type { Pointer } from '../plan/diagnostic.ts'
import type { ConditionSpec, TriggerSpec } from '../resources/resource.ts'
import type { Tested } from '../sources/condition.ts'
import type { TemplateValues } from '../sources/gtm.ts'
import type { HeldText } from '../sources/held-text.ts'
import type { SourceKind } from '../sources/source.ts'
import type { TriggerByKind } from './kinds.ts'
import type { Said, TriggerKind } from './trigger.ts'

/** A trigger of GTM before its key, its name and the plan's conditions. */
export interface GtmTrigger {
  /** In templates/gtm/triggers. */
  readonly template: string
  /** What its name begins with. */
  readonly prefix: string
  readonly values: TemplateValues
  /** Those that the kind needs of itself. */
  readonly conditions: readonly Tested[]
  /** The name of one that is in the container already: nothing is made, and the rest only says on which event to block. */
  readonly existing?: string
}

/** What a trigger of GTM says, and those of its conditions that are left for `when`. */
export interface Lifted<K extends TriggerKind> {
  readonly said: Said<K>
  readonly when: readonly ConditionSpec[]
}

/** Written as methods, so that the module of a trigger's own kind takes that trigger without a cast. */
export interface TriggerModule<K extends TriggerKind = TriggerKind> {
  /** From what the plan says, with defaults filled in. */
  build(said: Said<K>): TriggerByKind[K]
  toGtm(trigger: TriggerByKind[K]): GtmTrigger
  /**
   * The event of a listener that writes into it which trigger asked for it (`gtm.triggers`): a second trigger of the
   * same type would wait for an event of its own, so that what blocks has to stand on this event. Left out where a
   * trigger of the same type sees the same moment.
   */
  readonly listener?: `gtm.${string}`
  /** The way back, naive; undefined when it is not of this kind. */
  fromGtm(spec: TriggerSpec): Lifted<K> | undefined
  words(trigger: TriggerByKind[K]): string
  /** What happens, for people who know neither CSS nor the data layer: `the form “newsletter” is submitted`. */
  plain(trigger: TriggerByKind[K]): string
  /** Whether it names an element; left out where the kind does not listen to the whole page. */
  narrowed?(said: Said<K>): boolean
  /**
   * Whether GTM asks this one on which pages to listen ("enable this trigger when"), so that `armedWhen` has a place; left
   * out where it never does.
   */
  arms?(said: Said<K>): boolean
  /** The texts in it that GTM will hold. @param at of the trigger. */
  texts(said: Said<K>, at: Pointer): readonly HeldText[]
  /** Sources that hold something only on triggers that fill them, and are filled on this one. */
  readonly fills: readonly SourceKind[]
  readonly examples: readonly { readonly said: Said<K>; readonly words: string; readonly plain: string }[]
}
