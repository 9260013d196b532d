/**
 * The Plan: a checked plan document for one environment, with defaults filled in, `${NAME}` resolved and every
 * flat "one key of many" object turned into a tagged union, so that nothing behind it asks what is missing.
 */
import type { Pointer } from './diagnostic.ts'
import type { Consent, EnhancedMeasurement, Naming, ParameterDefinition, Target } from './plan-types.ts'

export type ConsentType = NonNullable<Consent['requires']>[number]
export type Scalar = string | number | boolean

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

/** A parameter of an event (or a user property) and where its value comes from. */
export interface ParameterValue {
  readonly name: string
  readonly at: Pointer
  readonly source: Source
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

export type Trigger = SingleTrigger | AnyTrigger | AllTrigger

interface TriggerCommon {
  readonly at: Pointer
  readonly when: readonly Condition[]
  readonly unless: readonly Condition[]
}

export interface AnyTrigger extends TriggerCommon {
  readonly kind: 'any'
  readonly triggers: readonly Trigger[]
}

export interface AllTrigger extends TriggerCommon {
  readonly kind: 'all'
  readonly triggers: readonly Trigger[]
}

/** Durations are milliseconds. */
export type SingleTrigger = TriggerCommon &
  (
    | { readonly kind: 'dataLayer'; readonly event: string; readonly regex: boolean }
    | { readonly kind: 'page'; readonly moment: 'viewed' | 'dom_ready' | 'loaded' }
    | { readonly kind: 'history'; readonly source?: 'pushState' | 'replaceState' | 'popstate' }
    | { readonly kind: 'click'; readonly selector?: string; readonly id?: string }
    | {
        readonly kind: 'link' | 'form'
        readonly selector?: string
        readonly id?: string
        readonly waitForTags: boolean
        readonly checkValidation: boolean
      }
    | {
        readonly kind: 'visible'
        readonly selector?: string
        readonly id?: string
        readonly percent: number
        readonly duration?: number
        readonly frequency: 'once' | 'once_per_element' | 'every_time'
        readonly observeDom: boolean
      }
    | { readonly kind: 'scroll'; readonly percent: readonly number[] }
    | {
        readonly kind: 'video'
        readonly start: boolean
        readonly complete: boolean
        readonly pause: boolean
        readonly percent: readonly number[]
      }
    | { readonly kind: 'timer'; readonly every: number; readonly limit: number }
    | { readonly kind: 'error' }
  )

export interface Condition {
  readonly at: Pointer
  readonly subject: Source
  readonly operator:
    'equals' | 'contains' | 'startsWith' | 'endsWith' | 'matches' | 'css' | 'lessThan' | 'greaterThan'
  readonly value: string
  readonly negate: boolean
  readonly ignoreCase: boolean
}

/** Where a value comes from. `query` and the page parts are the source `url` of the language. */
export type Source =
  | { readonly kind: 'literal'; readonly value: Scalar }
  | { readonly kind: 'dataLayer'; readonly key: string; readonly default?: Scalar }
  | { readonly kind: 'page'; readonly part: 'full' | 'host' | 'path' | 'fragment' | 'referrer' }
  | { readonly kind: 'query'; readonly name: string }
  | { readonly kind: 'cookie'; readonly name: string }
  | {
      readonly kind: 'element'
      readonly selector?: string
      readonly id?: string
      readonly attribute?: string
    }
  | { readonly kind: 'click'; readonly what: string }
  | { readonly kind: 'form'; readonly what: 'id' | 'classes' | 'text' | 'url' | 'target' | 'element' }
  | { readonly kind: 'scroll'; readonly what: 'depth' | 'units' | 'direction' }
  | {
      readonly kind: 'video'
      readonly what:
        'title' | 'url' | 'percent' | 'status' | 'provider' | 'duration' | 'current_time' | 'visible'
    }
  | { readonly kind: 'visibility'; readonly what: 'percent' | 'duration' }
  | {
      readonly kind: 'history'
      readonly what: 'source' | 'new_fragment' | 'old_fragment' | 'new_state' | 'old_state'
    }
  | { readonly kind: 'error'; readonly what: 'message' | 'url' | 'line' }
  | {
      readonly kind: 'lookup'
      readonly from: Source
      readonly rows: readonly { readonly key: string; readonly value: Scalar }[]
      readonly default?: Scalar
    }
  | {
      readonly kind: 'match'
      readonly from: Source
      readonly rows: readonly { readonly key: string; readonly value: Scalar }[]
      readonly ignoreCase: boolean
      readonly fullMatch: boolean
      readonly default?: Scalar
    }
  | { readonly kind: 'javascript'; readonly code: string }
  | { readonly kind: 'variable'; readonly name: string }
