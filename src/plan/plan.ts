/**
 * The Plan: a checked plan document for one environment, with defaults filled in, `${NAME}` resolved and every
 * flat "one key of many" object turned into a tagged union, so that nothing behind it asks what is missing.
 */
import type { ParameterValue } from '../sources/build.ts'
import type { Trigger } from '../triggers/trigger.ts'
import type { Pointer } from './diagnostic.ts'
import type { Consent, EnhancedMeasurement, Naming, ParameterDefinition, Target } from './plan-types.ts'

export type ConsentType = NonNullable<Consent['requires']>[number]

export interface Plan {
  readonly id: string
  /** The plan file as the user named it, with forward slashes; it stands in GTM's notes. */
  readonly file: string
  readonly title: string
  readonly currency?: string
  readonly timezone?: string
  /** How long a micro conversion counts towards a goal, in days. */
  readonly attributionDays?: number
  readonly singlePageApp: boolean
  readonly googleTag: 'managed' | 'existing'
  readonly consent: {
    readonly mode: 'none' | 'basic' | 'advanced'
    readonly requires: readonly ConsentType[]
    readonly defaults: { readonly [type: string]: 'granted' | 'denied' }
  }
  readonly enhancedMeasurement: EnhancedMeasurement
  /** The environment that the plan is compiled for. */
  readonly environment: Environment
  /** All environments in the same GTM container, the compiled one among them, in the order of the file. */
  readonly containerEnvironments: readonly Environment[]
  readonly parameters: readonly Parameter[]
  readonly sharedParameters: readonly ParameterValue[]
  readonly userProperties: readonly ParameterValue[]
  readonly naming: Naming
  readonly goals: readonly Goal[]
  readonly stages: readonly Stage[]
}

export interface Environment {
  readonly id: string
  readonly at: Pointer
  readonly gtm: { readonly account: string; readonly container: string }
  readonly ga4: { readonly property: string; readonly measurementId: string }
  readonly hosts: readonly string[]
  readonly protected: boolean
  readonly transportUrl?: string
}

/** An entry of the dictionary of event parameters. */
export interface Parameter {
  readonly name: string
  readonly at: Pointer
  readonly definition: ParameterDefinition
}

export interface Stage {
  readonly id: string
  readonly at: Pointer
  readonly title: string
  readonly was?: string
  readonly micros: readonly Micro[]
}

interface ConversionBase {
  readonly id: string
  readonly at: Pointer
  readonly title: string
  readonly was?: string
  readonly touchpoint?: string
  readonly owner?: string
  readonly target?: Target
  /** Absent when the conversion is planned but not collected in GA4. */
  readonly event?: string
  /** Present exactly when a tag of this plan collects it. */
  readonly trigger?: Trigger
  readonly parameters: readonly ParameterValue[]
  readonly ecommerce: boolean
  readonly source: 'ga4' | 'crm' | 'vendor' | 'product' | 'server'
  readonly collectedBy: 'tag' | 'enhanced_measurement' | 'automatic' | 'site' | 'event_rule'
  readonly fires: 'once_per_event' | 'once_per_page' | 'unlimited'
  readonly requires?: readonly ConsentType[]
  /** Present exactly when it is to be a GA4 key event. `value` in the plan's currency. */
  readonly keyEvent?: { readonly counting: 'once_per_event' | 'once_per_session'; readonly value?: number }
}

export interface Goal extends ConversionBase {
  readonly tier: 'goal'
  readonly primary: boolean
  readonly value?: number
}

export interface Micro extends ConversionBase {
  readonly tier: 'micro'
  readonly stage: string
  readonly feeds: readonly string[]
  readonly weight?: number
}

export type Conversion = Goal | Micro

/** Goals first, then the micro conversions stage by stage: the order of the file. */
export function conversionsOf(plan: Plan): readonly Conversion[] {
  return [...plan.goals, ...plan.stages.flatMap((stage) => stage.micros)]
}
