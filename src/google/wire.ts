/**
 * Google Tag Manager and GA4 as they travel, narrowed to what the product relies on.
 *
 * Google's own client types every field as optional and nullable. Here a field without `?` was found to be there when
 * the answer came in (see `answers.ts`), and an optional one is absent or has a value, never null. Answers are handed on
 * whole: fields that are not named here are still in the data, because the entity may be somebody else's and an update
 * replaces all of it.
 */

export type WireParameterType =
  'template' | 'integer' | 'boolean' | 'list' | 'map' | 'triggerReference' | 'tagReference'

/** `value` is text for every type but list and map: "2", "true". */
export interface WireParameter {
  readonly type: WireParameterType
  readonly key?: string
  readonly value?: string
  readonly list?: readonly WireParameter[]
  readonly map?: readonly WireParameter[]
  readonly isWeakReference?: boolean
}

/** `parameter` holds arg0, arg1 and, when they are set, the booleans ignore_case and negate. */
export interface WireCondition {
  readonly type: string
  readonly parameter: readonly WireParameter[]
}

/** What Google adds to every GTM entity. In a container version there is neither `path` nor `workspaceId`. */
export interface WireStamp {
  readonly accountId?: string
  readonly containerId?: string
  readonly workspaceId?: string
  readonly path?: string
  /** Changes with every write of the entity; an update that carries a stale one is refused. */
  readonly fingerprint?: string
  readonly tagManagerUrl?: string
}

export interface WireTagBody {
  readonly name: string
  readonly type: string
  readonly parameter?: readonly WireParameter[]
  readonly firingTriggerId?: readonly string[]
  readonly blockingTriggerId?: readonly string[]
  readonly tagFiringOption?: 'unlimited' | 'oncePerEvent' | 'oncePerLoad'
  readonly consentSettings?: {
    readonly consentStatus?: 'notSet' | 'notNeeded' | 'needed'
    readonly consentType?: WireParameter
  }
  readonly monitoringMetadata?: WireParameter
  readonly monitoringMetadataTagNameKey?: string
  readonly priority?: WireParameter
  readonly setupTag?: readonly { readonly tagName?: string; readonly stopOnSetupFailure?: boolean }[]
  readonly teardownTag?: readonly { readonly tagName?: string; readonly stopTeardownOnFailure?: boolean }[]
  readonly paused?: boolean
  readonly liveOnly?: boolean
  readonly scheduleStartMs?: string
  readonly scheduleEndMs?: string
  readonly parentFolderId?: string
  readonly notes?: string
}

export interface WireTriggerBody {
  readonly name: string
  readonly type: string
  readonly customEventFilter?: readonly WireCondition[]
  readonly filter?: readonly WireCondition[]
  readonly autoEventFilter?: readonly WireCondition[]
  readonly parameter?: readonly WireParameter[]
  readonly waitForTags?: WireParameter
  readonly waitForTagsTimeout?: WireParameter
  readonly checkValidation?: WireParameter
  readonly uniqueTriggerId?: WireParameter
  readonly eventName?: WireParameter
  readonly interval?: WireParameter
  readonly intervalSeconds?: WireParameter
  readonly limit?: WireParameter
  readonly maxTimerLengthSeconds?: WireParameter
  readonly selector?: WireParameter
  readonly visibilitySelector?: WireParameter
  readonly visiblePercentageMin?: WireParameter
  readonly visiblePercentageMax?: WireParameter
  readonly continuousTimeMinMilliseconds?: WireParameter
  readonly totalTimeMinMilliseconds?: WireParameter
  readonly horizontalScrollPercentageList?: WireParameter
  readonly verticalScrollPercentageList?: WireParameter
  readonly parentFolderId?: string
  readonly notes?: string
}

export interface WireVariableBody {
  readonly name: string
  readonly type: string
  readonly parameter?: readonly WireParameter[]
  readonly formatValue?: {
    readonly caseConversionType?: 'none' | 'lowercase' | 'uppercase'
    readonly convertNullToValue?: WireParameter
    readonly convertUndefinedToValue?: WireParameter
    readonly convertTrueToValue?: WireParameter
    readonly convertFalseToValue?: WireParameter
  }
  readonly enablingTriggerId?: readonly string[]
  readonly disablingTriggerId?: readonly string[]
  readonly scheduleStartMs?: string
  readonly scheduleEndMs?: string
  readonly parentFolderId?: string
  readonly notes?: string
}

export interface WireFolderBody {
  readonly name: string
  readonly notes?: string
}

/** A template, its whole text in one field. */
export interface WireTemplateBody {
  readonly name: string
  readonly templateData: string
}

export interface WireTemplate extends WireTemplateBody, WireStamp {
  readonly templateId: string
}
export interface WireTag extends WireTagBody, WireStamp {
  readonly tagId: string
}
export interface WireTrigger extends WireTriggerBody, WireStamp {
  readonly triggerId: string
}
export interface WireVariable extends WireVariableBody, WireStamp {
  readonly variableId: string
}
export interface WireFolder extends WireFolderBody, WireStamp {
  readonly folderId: string
}

/** An enabled built-in variable. It has no id: its type is its identity, in API casing (`pagePath`). */
export interface WireBuiltIn extends WireStamp {
  readonly type: string
  /** The display name, which `{{...}}` uses; Google fills it in. */
  readonly name?: string
}

/** Entities the product never writes (zones, clients, ...), as Google sent them. */
export type WireOther = Readonly<Record<string, unknown>>

/** The kinds that are created, updated and deleted one by one. */
export interface WireByKind {
  customTemplate: WireTemplate
  tag: WireTag
  trigger: WireTrigger
  variable: WireVariable
  folder: WireFolder
}
export interface WireBodyByKind {
  customTemplate: WireTemplateBody
  tag: WireTagBody
  trigger: WireTriggerBody
  variable: WireVariableBody
  folder: WireFolderBody
}
export type WireKind = keyof WireByKind

export type WireChangeStatus = 'none' | 'added' | 'updated' | 'deleted'

/**
 * One entity, under the key of its kind, and what happens or happened to it. In a bulk update an added entity has a
 * temporary id (`new_1`, `new_2`, ...) that other entities of the same call may refer to.
 */
export type WireEntity = { readonly changeStatus?: WireChangeStatus } & (
  | { readonly tag: WireTag }
  | { readonly trigger: WireTrigger }
  | { readonly variable: WireVariable }
  | { readonly folder: WireFolder }
  | { readonly builtInVariable: WireBuiltIn }
  | { readonly customTemplate: WireTemplate }
  | { readonly client: WireOther }
  | { readonly zone: WireOther }
  | { readonly gtagConfig: WireOther }
  | { readonly transformation: WireOther }
)

export interface WireContainer {
  /** `accounts/1/containers/2` */
  readonly path: string
  readonly accountId: string
  readonly containerId: string
  readonly publicId: string
  readonly name: string
  readonly usageContext: readonly string[]
}

export interface WireWorkspace {
  /** `accounts/1/containers/2/workspaces/3` */
  readonly path: string
  readonly workspaceId: string
  readonly name: string
  readonly description?: string
  readonly fingerprint?: string
}

/** A version, or the draft that quick_preview builds from a workspace. Lists are empty rather than absent. */
export interface WireVersion {
  /** Missing in a quick preview, whose version is not stored. */
  readonly path?: string
  /** "0" or missing in a quick preview. */
  readonly containerVersionId?: string
  readonly accountId?: string
  readonly containerId?: string
  readonly name?: string
  readonly description?: string
  readonly fingerprint?: string
  readonly deleted?: boolean
  readonly container?: WireOther
  readonly tag: readonly WireTag[]
  readonly trigger: readonly WireTrigger[]
  readonly variable: readonly WireVariable[]
  readonly folder: readonly WireFolder[]
  readonly builtInVariable: readonly WireBuiltIn[]
  readonly customTemplate: readonly WireTemplate[]
  readonly client: readonly WireOther[]
  readonly zone: readonly WireOther[]
  readonly gtagConfig: readonly WireOther[]
  readonly transformation: readonly WireOther[]
}

/** Counts are decimal text, and absent when zero. */
export interface WireVersionHeader {
  readonly path: string
  readonly containerVersionId: string
  readonly name?: string
  readonly deleted?: boolean
  readonly numTags?: string
  readonly numTriggers?: string
  readonly numVariables?: string
}

export interface WireMergeConflict {
  readonly entityInWorkspace?: WireEntity
  /** Missing when the base version deleted the entity. */
  readonly entityInBaseVersion?: WireEntity
}

export interface WireSyncResult {
  readonly mergeConflict: readonly WireMergeConflict[]
  /** True when the sync itself went wrong. */
  readonly syncError: boolean
}

export interface WirePreview {
  readonly version: WireVersion
  /** GTM's compiler refuses this draft: publishing it would not work. */
  readonly compilerError: boolean
  readonly mergeConflict: boolean
  readonly syncError: boolean
}

export interface WireCreatedVersion {
  /** Missing when the compiler refused the workspace. */
  readonly version?: WireVersion
  readonly compilerError: boolean
  readonly mergeConflict: boolean
  readonly syncError: boolean
  /** The workspace that Google made in place of the one that became the version. */
  readonly newWorkspacePath?: string
}

export interface WirePublished {
  readonly version?: WireVersion
  readonly compilerError: boolean
}

export type WireCountingMethod = 'ONCE_PER_EVENT' | 'ONCE_PER_SESSION'

export interface WireKeyEventBody {
  readonly eventName: string
  readonly countingMethod: WireCountingMethod
  readonly defaultValue?: { readonly numericValue: number; readonly currencyCode: string }
}
export interface WireKeyEvent extends WireKeyEventBody {
  /** `properties/1/keyEvents/2` */
  readonly name: string
  readonly createTime?: string
  /** Counts against the property's limit of key events. */
  readonly custom: boolean
  readonly deletable: boolean
}

export interface WireCustomDimensionBody {
  readonly parameterName: string
  readonly displayName: string
  readonly scope: 'EVENT' | 'USER' | 'ITEM'
  readonly description?: string
  readonly disallowAdsPersonalization?: boolean
}
export interface WireCustomDimension extends WireCustomDimensionBody {
  /** `properties/1/customDimensions/2` */
  readonly name: string
}

export interface WireCustomMetricBody {
  readonly parameterName: string
  readonly displayName: string
  readonly scope: 'EVENT'
  readonly measurementUnit: string
  readonly restrictedMetricType?: readonly string[]
  readonly description?: string
}
export interface WireCustomMetric extends WireCustomMetricBody {
  /** `properties/1/customMetrics/2` */
  readonly name: string
}

/** Of lists that Google made itself the filters are hidden. */
export interface WireAudience {
  /** `properties/1/audiences/2` */
  readonly name: string
  readonly displayName: string
  readonly description?: string
  readonly membershipDurationDays?: number
  readonly exclusionDurationMode?: string
  readonly filterClauses?: readonly object[]
  readonly eventTrigger?: { readonly eventName: string; readonly logCondition: string }
}

/** A thing of which nobody here relies on anything but where it stands. */
export interface WireNamed {
  /** `properties/1/attributionSettings` */
  readonly name: string
}

/** One entry of GA4's change history: who did something, when, to what. */
export interface WireChangeEvent {
  readonly changeTime?: string
  /** `USER`, `SYSTEM`, `SUPPORT` */
  readonly actorType?: string
  readonly userActorEmail?: string
  readonly changes?: readonly { readonly resource?: string; readonly action?: string }[]
}

export interface WireProperty {
  /** `properties/1` */
  readonly name: string
  /** `accounts/1` */
  readonly account?: string
  readonly displayName: string
  readonly timeZone?: string
  readonly currencyCode?: string
  /** `GOOGLE_ANALYTICS_360` has wider limits. */
  readonly serviceLevel?: string
}

export interface WireDataStream {
  /** `properties/1/dataStreams/2` */
  readonly name: string
  readonly type: string
  readonly displayName?: string
  readonly webStreamData?: { readonly measurementId?: string; readonly defaultUri?: string }
}

/** A column of a table at BigQuery; a struct's columns stand below it. */
export interface WireColumn {
  readonly name: string
  readonly type: string
  readonly fields: readonly WireColumn[]
}

export type WireRow = Readonly<Record<string, string | number | boolean | null>>

/** What a statement answered so far. */
export interface WireQueryAnswer {
  readonly complete: boolean
  readonly jobId: string
  readonly columns: readonly WireColumn[]
  readonly rows: readonly (readonly unknown[])[]
  /** Read, not billed: at least 10 MB are billed for each table. */
  readonly bytes: number
  readonly session?: string
  readonly pageToken?: string
}

/** A report of the Data API, with what Google says about its honesty. */
export interface WireReport {
  readonly rows: readonly { readonly dimensions: readonly string[]; readonly metrics: readonly number[] }[]
  /** Of all rows, however few were asked for. */
  readonly rowCount: number
  /** Small numbers may be missing, so that nobody is recognised. */
  readonly thresholded: boolean
  /** Rare values were lumped into "(other)". */
  readonly otherRow: boolean
  /** So many events were read of so many. */
  readonly sampled: readonly { readonly read: number; readonly space: number }[]
  /** By the name of the pot; empty when it was not asked for. */
  readonly tokensLeft: Readonly<Record<string, number>>
  readonly timeZone: string
}
