/**
 * All kinds of resource, in the order in which they are created; a kind may refer only to kinds before it.
 *
 *   built-in variable   folder ──▶ template ──▶ variable ──▶ trigger ──▶ tag        GA4's: each on its own
 *
 * Deletes run the other way round.
 */
import type { Plan } from '../plan/plan.ts'
import { fieldOf, type FieldChange } from '../resources/change-set.ts'
import { partsOf } from '../resources/key.ts'
import type { EntityKind, Ga4Kind, Kind, Resource } from '../resources/resource.ts'
import { attribution } from './attribution.ts'
import { audience } from './audience.ts'
import { calculatedMetric } from './calculated-metric.ts'
import { channelGroup } from './channel-group.ts'
import { eventCreateRule } from './event-create-rule.ts'
import { googleAdsLink } from './google-ads-link.ts'
import { bigQueryLink } from './bigquery-link.ts'
import { measurementProtocolSecret } from './measurement-protocol-secret.ts'
import { builtInVariable } from './built-in-variable.ts'
import { customDimension } from './custom-dimension.ts'
import { customMetric } from './custom-metric.ts'
import { dataRedaction } from './data-redaction.ts'
import { dataRetention } from './data-retention.ts'
import { enhancedMeasurement } from './enhanced-measurement.ts'
import { folder } from './folder.ts'
import { googleSignals } from './google-signals.ts'
import { keyEvent } from './key-event.ts'
import type { EntityModule, Ga4Module, KindModule } from './kind.ts'
import { property } from './property.ts'
import { reportingIdentity } from './reporting-identity.ts'
import { tag } from './tag.ts'
import { template } from './template.ts'
import { trigger } from './trigger.ts'
import { variable } from './variable.ts'

/** What has an id and notes; a built-in variable is only on or off. */
export const ENTITIES: { readonly [K in EntityKind]: EntityModule<K> } = {
  'gtm/folder': folder,
  'gtm/template': template,
  'gtm/variable': variable,
  'gtm/trigger': trigger,
  'gtm/tag': tag,
}

export const GA4: { readonly [K in Ga4Kind]: Ga4Module<K> } = {
  'ga4/custom-dimension': customDimension,
  'ga4/custom-metric': customMetric,
  'ga4/key-event': keyEvent,
  'ga4/audience': audience,
  'ga4/calculated-metric': calculatedMetric,
  'ga4/channel-group': channelGroup,
  'ga4/event-create-rule': eventCreateRule,
  'ga4/google-ads-link': googleAdsLink,
  'ga4/bigquery-link': bigQueryLink,
  'ga4/measurement-protocol-secret': measurementProtocolSecret,
  'ga4/property': property,
  'ga4/data-retention': dataRetention,
  'ga4/attribution': attribution,
  'ga4/google-signals': googleSignals,
  'ga4/reporting-identity': reportingIdentity,
  'ga4/data-redaction': dataRedaction,
  'ga4/enhanced-measurement': enhancedMeasurement,
}

export const KINDS: { readonly [K in Kind]: KindModule<K> } = {
  'gtm/built-in-variable': builtInVariable,
  ...ENTITIES,
  ...GA4,
}

export const ENTITY_KINDS = Object.keys(ENTITIES) as readonly EntityKind[]
export const GA4_KINDS = Object.keys(GA4) as readonly Ga4Kind[]
export const ALL_KINDS = Object.keys(KINDS) as readonly Kind[]

/** What the plan wants in GA4, in the order of the kinds. */
export function compileGa4(plan: Plan): readonly Resource<Ga4Kind>[] {
  return GA4_KINDS.flatMap((kind): readonly Resource<Ga4Kind>[] => GA4[kind].compile(plan))
}

/** The kinds of GA4 that are read for the plan; whatever it says nothing of is not even looked at. */
export function askedKinds(plan: Plan): readonly Ga4Kind[] {
  return GA4_KINDS.filter((kind) => {
    const { isAsked } = GA4[kind]
    return isAsked === 'always' || isAsked(plan)
  })
}

/** The place of a kind in the order of creation. */
export function rankOf(kind: Kind): number {
  return ALL_KINDS.indexOf(kind)
}

export function isKind(text: string): text is Kind {
  return Object.hasOwn(KINDS, text)
}

export function isEntityKind(kind: Kind): kind is EntityKind {
  return Object.hasOwn(ENTITIES, kind)
}

export function isEntity(resource: Resource): resource is Resource<EntityKind> {
  return isEntityKind(resource.kind)
}

export function isGa4(resource: Resource): resource is Resource<Ga4Kind> {
  return isGa4Kind(resource.kind)
}

/** Whether it is a setting of the property, which is there once and is never made. */
export function isSetting(resource: Resource): boolean {
  return isGa4(resource) && GA4[resource.kind].singleton
}

function isGa4Kind(kind: Kind): kind is Ga4Kind {
  return Object.hasOwn(GA4, kind)
}

/** Whether a mark at the end of the description says whose a thing of the kind is. */
export function isMarkedInDescription(kind: Ga4Kind): boolean {
  return GA4[kind].mark.startsWith('description')
}

/** Whether a thing with these fields changed can only be made anew. */
export function isReplaced(kind: Kind, changed: readonly Pick<FieldChange, 'path'>[]): boolean {
  const fixed = isGa4Kind(kind) ? GA4[kind].fixed : []
  return changed.some((change) => fixed.includes(fieldOf(change)))
}

interface Changed {
  readonly action: string
  readonly kind: Kind
}

/** Whether a change takes away for good. */
export function isArchiving({ action, kind }: Changed): boolean {
  return action === 'delete' && KINDS[kind].removal === 'archive'
}

/** Whether a change has to wait until no live tag sends what it archives. */
export function isArchivedOnceLive({ action, kind }: Changed): boolean {
  return action === 'delete' && isGa4Kind(kind) && GA4[kind].sentByTags
}

/** Whether a change may have to wait for somebody who agrees to it on GA4's page. */
export function isWaitingForConsent({ kind }: Changed): boolean {
  return isGa4Kind(kind) && GA4[kind].waitsForConsent === true
}

export type Ga4Identity = `${Ga4Kind} ${string}`

/** What makes a thing of GA4 that one, for good. */
export function ga4Identity<K extends Ga4Kind>(resource: Resource<K>): Ga4Identity {
  return `${resource.kind} ${GA4[resource.kind].identity(resource)}`
}

/** What it was before its id in the plan was renamed; where a thing is known by something else that is what it is. */
export function ga4Identities<K extends Ga4Kind>(resource: Resource<K>): readonly Ga4Identity[] {
  const { formerIdentity } = GA4[resource.kind]
  const before = (resource.was ?? []).map((key): Ga4Identity =>
    formerIdentity === undefined
      ? ga4Identity({ ...resource, key })
      : `${resource.kind} ${formerIdentity(partsOf(key).id)}`,
  )
  return [...new Set([ga4Identity(resource), ...before])]
}

/** `1 tag`, `2 custom dimensions` without the number. */
export function kindText(kind: Kind, count = 1): string {
  return count === 1 ? KINDS[kind].title : KINDS[kind].titles
}
