/**
 * A container as Tag Manager's API gives it (`type: customEvent`, not `CUSTOM_EVENT`), and the same arranged for running:
 * triggers found by the event they wait for, tags in the order in which they run.
 */
import { listenerOf, startsAt, type Listener } from './listeners.ts'
import { flagOf, parameterOf, textParameter, type Parameter } from './parameters.ts'
import { isRecord } from './value.ts'

export interface ConditionEntity {
  readonly type: string
  readonly parameter?: readonly Parameter[]
}

export interface TriggerEntity {
  readonly triggerId: string
  readonly name: string
  readonly type: string
  readonly notes?: string
  readonly customEventFilter?: readonly ConditionEntity[]
  readonly filter?: readonly ConditionEntity[]
  readonly autoEventFilter?: readonly ConditionEntity[]
  readonly parameter?: readonly Parameter[]
  readonly waitForTags?: Parameter
  readonly checkValidation?: Parameter
  readonly waitForTagsTimeout?: Parameter
  readonly eventName?: Parameter
  readonly interval?: Parameter
  readonly limit?: Parameter
}

export interface TagEntity {
  readonly tagId: string
  readonly name: string
  readonly type: string
  readonly notes?: string
  readonly parameter?: readonly Parameter[]
  readonly firingTriggerId?: readonly string[]
  readonly blockingTriggerId?: readonly string[]
  readonly setupTag?: readonly { readonly tagName?: string; readonly stopOnSetupFailure?: boolean }[]
  readonly teardownTag?: readonly { readonly tagName?: string; readonly stopTeardownOnFailure?: boolean }[]
  readonly tagFiringOption?: string
  readonly paused?: boolean
  readonly priority?: Parameter
  readonly consentSettings?: { readonly consentStatus?: string; readonly consentType?: Parameter }
}

export interface VariableEntity {
  readonly name: string
  readonly type: string
  readonly parameter?: readonly Parameter[]
  readonly formatValue?: {
    readonly caseConversionType?: string
    readonly convertNullToValue?: Parameter
    readonly convertUndefinedToValue?: Parameter
    readonly convertTrueToValue?: Parameter
    readonly convertFalseToValue?: Parameter
  }
}

/** The parts of an API container version that a page runs. */
export interface ContainerVersion {
  readonly containerId?: string
  readonly containerVersionId?: string
  readonly container?: { readonly publicId?: string }
  readonly tag?: readonly TagEntity[]
  readonly trigger?: readonly TriggerEntity[]
  readonly variable?: readonly VariableEntity[]
  readonly builtInVariable?: readonly { readonly type: string; readonly name: string }[]
}

/** What the container does not hold and a hit shows all the same. */
export interface PropertyFacts {
  /** Names of the GA4 property's key events: the library marks their hits. */
  readonly keyEvents?: readonly string[]
}

export interface Listens {
  readonly trigger: TriggerEntity
  readonly listener: Listener
}

export interface Container {
  readonly publicId: string
  /** What stands before the trigger's id in `gtm.triggers`: `111` in `111_10`. */
  readonly prefix: string
  readonly tags: readonly TagEntity[]
  /** Places in `tags`, rising, of those that each trigger fires. */
  readonly placesByTrigger: ReadonlyMap<string, readonly number[]>
  readonly tagsByName: ReadonlyMap<string, TagEntity>
  readonly triggers: ReadonlyMap<string, TriggerEntity>
  /** Triggers that wait for exactly this event. */
  readonly byEvent: ReadonlyMap<string, readonly TriggerEntity[]>
  /** Custom event triggers whose name is a pattern, and those of types that are not re-stated: asked at every event. */
  readonly byPattern: readonly TriggerEntity[]
  readonly variables: ReadonlyMap<string, VariableEntity>
  /** Enabled built-in variables, display name to API type. */
  readonly builtIns: ReadonlyMap<string, string>
  /** Trigger groups by the id of each member. */
  readonly groupsOf: ReadonlyMap<string, readonly string[]>
  /** What the page listens for, by the event that starts it. */
  readonly listeners: ReadonlyMap<string, readonly Listens[]>
  readonly keyEvents: ReadonlySet<string>
}

/**
 * Triggers that every container has and none lists. Ids: GA4-GTM, built-in triggers; they are never written into a
 * container version, so an id is all that a tag gives.
 */
const BUILT_IN_TRIGGERS: readonly TriggerEntity[] = [
  { triggerId: '2147479553', name: 'All Pages', type: 'pageview' },
  { triggerId: '2147479572', name: 'Consent Initialization - All Pages', type: 'consentInit' },
  { triggerId: '2147479573', name: 'Initialization - All Pages', type: 'init' },
]

/** The event that each type of trigger waits for (GTM-RUNTIME 5.1 and 12). */
export const EVENT_OF_TYPE: { readonly [type: string]: string } = {
  pageview: 'gtm.js',
  domReady: 'gtm.dom',
  windowLoaded: 'gtm.load',
  init: 'gtm.init',
  consentInit: 'gtm.init_consent',
  click: 'gtm.click',
  linkClick: 'gtm.linkClick',
  formSubmission: 'gtm.formSubmit',
  scrollDepth: 'gtm.scrollDepth',
  elementVisibility: 'gtm.elementVisibility',
  historyChange: 'gtm.historyChange',
  youTubeVideo: 'gtm.video',
  jsError: 'gtm.pageError',
  triggerGroup: 'gtm.triggerGroup',
}

/** Arranges a container version for running. @param version in the API's casing */
export function arrange(version: ContainerVersion, property: PropertyFacts = {}): Container {
  const tags = version.tag ?? []
  const own = version.trigger ?? []
  const triggers = new Map([...BUILT_IN_TRIGGERS, ...own].map((trigger) => [trigger.triggerId, trigger]))
  const byEvent = new Map<string, TriggerEntity[]>()
  const byPattern: TriggerEntity[] = []
  for (const trigger of triggers.values()) {
    const event = eventOf(trigger)
    if (event === undefined) byPattern.push(trigger)
    else added(byEvent, event, trigger)
  }
  const groupsOf = new Map<string, string[]>()
  for (const group of own.filter(({ type }) => type === 'triggerGroup'))
    for (const member of membersOf(group)) added(groupsOf, member, group.triggerId)
  const listeners = new Map<string, Listens[]>()
  for (const trigger of own) {
    const listener = listenerOf(trigger)
    if (listener === undefined) continue
    const event = startsAt(trigger)
    added(listeners, event, { trigger, listener })
  }
  const inOrder = inRunningOrder(tags)
  const placesByTrigger = new Map<string, number[]>()
  for (const [place, { firingTriggerId = [] }] of inOrder.entries())
    for (const id of firingTriggerId) added(placesByTrigger, id, place)
  return {
    publicId: version.container?.publicId ?? 'GTM-UNKNOWN',
    prefix: version.containerId ?? '0',
    tags: inOrder,
    placesByTrigger,
    tagsByName: new Map(tags.map((tag) => [tag.name, tag])),
    triggers,
    byEvent,
    byPattern,
    variables: new Map((version.variable ?? []).map((variable) => [variable.name, variable])),
    builtIns: new Map((version.builtInVariable ?? []).map(({ type, name }) => [name, type])),
    groupsOf,
    listeners,
    keyEvents: new Set(property.keyEvents ?? []),
  }
}

function added<T>(lists: Map<string, T[]>, key: string, one: T): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [one])
  else list.push(one)
}

/** Highest priority first; equals stay as they are, which is the order of their ids (GTM-RUNTIME 6). */
function inRunningOrder(tags: readonly TagEntity[]): readonly TagEntity[] {
  const priority = (tag: TagEntity): number => Number(tag.priority?.value ?? 0) || 0
  return [...tags].sort((a, b) => priority(b) - priority(a) || Number(a.tagId) - Number(b.tagId) || 0)
}

/** Whether it is known for which event a trigger of this type waits. */
export function isKnownType(type: string): boolean {
  return type === 'customEvent' || type === 'timer' || type in EVENT_OF_TYPE
}

/** The one event a trigger waits for; undefined when it must be asked at every event. */
function eventOf(trigger: TriggerEntity): string | undefined {
  if (trigger.type === 'timer') return trigger.eventName?.value ?? 'gtm.timer'
  if (trigger.type !== 'customEvent') return EVENT_OF_TYPE[trigger.type]
  const [only, ...more] = trigger.customEventFilter ?? []
  if (only?.type !== 'equals' || more.length > 0) return undefined
  if (flagOf(only.parameter, 'negate') || textParameter(only.parameter, 'arg0') !== '{{_event}}')
    return undefined
  const name = textParameter(only.parameter, 'arg1')
  return name === undefined || name.includes('{{') ? undefined : name
}

export function membersOf(group: TriggerEntity): readonly string[] {
  const list = parameterOf(group.parameter, 'triggerIds')?.list ?? []
  return list.flatMap(({ value }) => (value === undefined ? [] : [value]))
}

/** Whether some value has the shape of a container version, as far as running it asks. */
export function isContainerVersion(value: unknown): value is ContainerVersion {
  if (!isRecord(value)) return false
  return ['tag', 'trigger', 'variable'].every(
    (field) => value[field] === undefined || Array.isArray(value[field]),
  )
}
