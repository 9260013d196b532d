/**
 * The nouns. A resource is one thing that exists, or should exist, at Google. Desired and live resources are of
 * one type, so that a diff is a plain comparison.
 *
 * A spec is a normal form of Google's own entity. Its references to other resources never hold an id of Google's:
 *
 *   `@outfitters/newsletter_signup#trigger`        a resource of the plan, by its key
 *   `All Pages`                                    anything else (built in, or somebody else's), by its name
 *   `{{@outfitters/plan.type#variable}}` in a text  a variable of the plan
 *   `{{Page Path}}` in a text                       any other variable
 *   `@outfitters/consent-defaults#template`         as the type of a tag or variable: a template of the plan
 */
import type { Pointer } from '../plan/diagnostic.ts'

/** `plan/id#facet`, for example `outfitters/newsletter_signup#tag`: identity, whatever the thing is called. */
export type Key = string

/** `@key` for a resource of the plan, else the name of a thing that is not the plan's. */
export type Ref = string

/**
 * A GTM parameter without its wrapping: text (template), true/false (boolean), number (integer), array (list),
 * object (map), or a reference to a trigger or tag.
 */
export type Value =
  | string
  | boolean
  | number
  | readonly Value[]
  | { readonly $trigger: Ref }
  | { readonly $tag: Ref }
  | { readonly [name: string]: Value }

export type Parameters = { readonly [name: string]: Value }

/** Fields of an entity that the plan never writes, kept so that a hand-made change to them shows up as drift. */
export type OtherFields = { readonly [name: string]: unknown }

export interface ConditionSpec {
  readonly type: string
  readonly arg0: string
  readonly arg1: string
  readonly negate: boolean
  readonly ignoreCase: boolean
}

export type FolderSpec = { readonly other: OtherFields }

export interface BuiltInVariableSpec {
  /** GTM's type in API casing, for example `pagePath`. */
  readonly type: string
}

/** A template of the community gallery: a repository at GitHub, at one commit. */
export interface GalleryTemplate {
  readonly owner: string
  readonly repository: string
  /** Forty hex digits. */
  readonly version: string
  /** Somebody edited its code in the container. */
  readonly modified?: true
}

export interface TemplateSpec {
  /** The template's whole text but for its notes, as GTM exports it: information, parameters, sandboxed code, permissions. Empty where the plan asks for one of the gallery: the code is its author's. */
  readonly templateData: string
  readonly gallery?: GalleryTemplate
  readonly other: OtherFields
}

export interface VariableSpec {
  readonly type: string
  readonly parameters: Parameters
  /** GTM's fields: `convertNullToValue: none`. */
  readonly formatValue: Parameters
  readonly folder?: Ref
  readonly other: OtherFields
}

export interface TriggerSpec {
  readonly type: string
  readonly customEventFilter: readonly ConditionSpec[]
  readonly filter: readonly ConditionSpec[]
  readonly autoEventFilter: readonly ConditionSpec[]
  readonly parameters: Parameters
  /** `waitForTags`, `checkValidation`, `waitForTagsTimeout`, `eventName`, `interval`, `limit`, where the type has them. */
  readonly settings: Parameters
  readonly folder?: Ref
  readonly other: OtherFields
}

export interface TagSpec {
  readonly type: string
  readonly parameters: Parameters
  readonly firingTriggers: readonly Ref[]
  readonly blockingTriggers: readonly Ref[]
  readonly firingOption: string
  readonly paused: boolean
  readonly consent: { readonly status: string; readonly types: readonly string[] }
  readonly folder?: Ref
  readonly other: OtherFields
}

export interface KeyEventSpec {
  readonly eventName: string
  readonly countingMethod: 'ONCE_PER_EVENT' | 'ONCE_PER_SESSION'
  readonly defaultValue?: { readonly numericValue: number; readonly currencyCode: string }
}

export interface CustomDimensionSpec {
  readonly parameterName: string
  readonly displayName: string
  readonly scope: 'EVENT' | 'USER' | 'ITEM'
  /** Without our marker. */
  readonly description: string
}

export interface CustomMetricSpec {
  readonly parameterName: string
  readonly displayName: string
  readonly scope: 'EVENT'
  readonly measurementUnit: string
  readonly restrictedMetricTypes: readonly string[]
  readonly description: string
}

/** Where a setting of these is left out the plan says nothing of it. */
export interface GoogleAdsLinkSpec {
  /** Ten digits. */
  readonly customerId: string
  readonly adsPersonalizationEnabled?: boolean
}

export interface BigQueryLinkSpec {
  /** `projects/123456789012` */
  readonly project: string
  readonly datasetLocation: string
  readonly dailyExportEnabled?: boolean
  readonly streamingExportEnabled?: boolean
  readonly includeAdvertisingId?: boolean
  readonly excludedEvents?: readonly string[]
}

export interface CalculatedMetricSpec {
  readonly calculatedMetricId: string
  readonly displayName: string
  /** Without our marker. */
  readonly description: string
  readonly formula: string
  readonly metricUnit: string
}

export interface ChannelRuleSpec {
  readonly displayName: string
  readonly expression: Json
}

export interface ChannelGroupSpec {
  readonly displayName: string
  /** Without our marker. */
  readonly description: string
  /** The first that fits counts. */
  readonly groupingRule: readonly ChannelRuleSpec[]
}

export interface EventCreateRuleSpec {
  readonly destinationEvent: string
  readonly eventConditions: readonly {
    readonly field: string
    readonly comparisonType: string
    readonly value: string
    readonly negated?: boolean
  }[]
  readonly sourceCopyParameters: boolean
  readonly parameterMutations: readonly { readonly parameter: string; readonly parameterValue: string }[]
}

export interface MeasurementProtocolSecretSpec {
  readonly displayName: string
}

/** Settings that are always there: what the plan states, by Google's names of the fields. Lists are sorted. */
export type SettingsSpec = { readonly [field: string]: string | boolean | readonly string[] }

export type SettingKind =
  | 'ga4/property'
  | 'ga4/data-retention'
  | 'ga4/attribution'
  | 'ga4/google-signals'
  | 'ga4/reporting-identity'
  | 'ga4/data-redaction'
  | 'ga4/enhanced-measurement'

/** JSON of Google's, in one form: sorted where order means nothing, without what is left out by default. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [field: string]: Json | undefined }

export interface AudienceSpec {
  readonly displayName: string
  /** Without our marker. */
  readonly description: string
  readonly membershipDurationDays: number
  /** Present exactly when somebody is left out. */
  readonly exclusionDurationMode?: string
  /** All must hold: https://developers.google.com/analytics/devguides/config/admin/v1/rest/v1alpha/properties.audiences */
  readonly filterClauses: readonly Json[]
  readonly eventTrigger?: { readonly eventName: string; readonly logCondition: string }
}

export interface SpecByKind extends Record<SettingKind, SettingsSpec> {
  'gtm/built-in-variable': BuiltInVariableSpec
  'gtm/folder': FolderSpec
  'gtm/template': TemplateSpec
  'gtm/variable': VariableSpec
  'gtm/trigger': TriggerSpec
  'gtm/tag': TagSpec
  'ga4/custom-dimension': CustomDimensionSpec
  'ga4/custom-metric': CustomMetricSpec
  'ga4/key-event': KeyEventSpec
  'ga4/audience': AudienceSpec
  'ga4/calculated-metric': CalculatedMetricSpec
  'ga4/channel-group': ChannelGroupSpec
  'ga4/event-create-rule': EventCreateRuleSpec
  'ga4/google-ads-link': GoogleAdsLinkSpec
  'ga4/bigquery-link': BigQueryLinkSpec
  'ga4/measurement-protocol-secret': MeasurementProtocolSecretSpec
}

export type Kind = keyof SpecByKind
export type GtmKind = Extract<Kind, `gtm/${string}`>
export type Ga4Kind = Extract<Kind, `ga4/${string}`>
/** What has an id and notes; a built-in variable is only on or off. */
export type EntityKind = Exclude<GtmKind, 'gtm/built-in-variable'>

/**
 * `notes`: our lines in the entity's notes (owner, target, the plan's place), without the marker and without what
 * people wrote above. Empty where the kind has no notes.
 * `handNotes`: what people wrote of it, for when it is made anew; what stands in the container is theirs.
 * `was`: the keys it had before, when an id in the plan was renamed.
 * `keepsName`: it was there before the plan and keeps the name that it had.
 * `protected`: whoever changes or deletes it says its name.
 */
export type Resource<K extends Kind = Kind> = {
  [P in K]: {
    readonly kind: P
    readonly key: Key
    readonly name: string
    readonly spec: SpecByKind[P]
    readonly notes: string
    readonly handNotes?: string
    readonly origin?: Pointer
    readonly was?: readonly Key[]
    readonly keepsName?: true
    readonly protected?: true
  }
}[K]
