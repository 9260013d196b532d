/**
 * The collections of the Admin API: resources by name, ids from one counter, updates by mask, archived ones out of sight.
 * Conventions: https://github.com/googleapis/googleapis/blob/master/google/analytics/admin/v1beta/analytics_admin.proto
 */
import type { Call } from '../call.ts'
import { ApiError, ga4NotFound } from '../errors.ts'
import type { Entity } from '../shape.ts'
import type { Store } from '../store.ts'
import { ensureProperty } from './fresh.ts'

export const invalid = (message: string) => new ApiError(400, 'INVALID_ARGUMENT', message) // wordings assumed
export const exists = (message: string) => new ApiError(409, 'ALREADY_EXISTS', message) // wordings assumed
export const precondition = (message: string) => new ApiError(400, 'FAILED_PRECONDITION', message) // wordings assumed

export function collectionOf(store: Store, path: string): Map<string, Entity> {
  return store.state.ga4.collections.get(path) ?? new Map<string, Entity>()
}

export function putResource(store: Store, path: string, id: string, resource: Entity): Entity {
  const { collections } = store.state.ga4
  const named = { name: `${path}/${id}`, ...resource }
  collections.set(path, collectionOf(store, path).set(id, named))
  store.stamp()
  return named
}

export function deleteResource(store: Store, path: string, id: string): void {
  const collection = collectionOf(store, path)
  collection.delete(id)
  if (collection.size === 0) store.state.ga4.collections.delete(path)
  store.stamp()
}

/** What is in the collection and not archived. */
export function visible(store: Store, path: string): Entity[] {
  const { archived } = store.state.ga4
  return [...collectionOf(store, path).values()].filter((resource) => !archived.has(String(resource['name'])))
}

export function takeGa4Id(store: Store): string {
  return String(store.state.ga4.nextId++)
}

/** The path that the request is about, without the version: `properties/1/keyEvents/2`. */
export function resourcePath(call: Call, ...tail: string[]): string {
  const segments = (call.method.parameter?.pattern ?? '').split('/')
  const filled = segments.map((segment, index) =>
    segment === '*' ? call.ids[segments[index - 1] ?? ''] : segment,
  )
  return [...filled, ...tail].filter((segment) => segment !== '').join('/')
}

/** Parent of a create or list; the property must exist, and comes into being where that is allowed. */
export function parentPath(call: Call): string {
  const path = resourcePath(call)
  requireParents(call, path)
  return path
}

export function requireParents(call: Call, path: string): void {
  const [root, id = '', child, childId = ''] = path.split('/')
  if (root === 'properties') findProperty(call, id)
  else if (!collectionOf(call.store, 'accounts').has(id)) throw ga4NotFound(`accounts/${id}`)
  if (child === undefined || childId === '') return
  if (!collectionOf(call.store, `properties/${id}/${child}`).has(childId)) throw ga4NotFound(path)
}

export function findProperty(call: Call, id: string): Entity {
  const existing = collectionOf(call.store, 'properties').get(id)
  if (existing) return existing
  // "properties/-" and the like name nothing; only a number can be a property.
  if (!call.store.autoCreate || !/^\d{1,12}$/.test(id)) throw ga4NotFound(`properties/${id}`)
  return ensureProperty(call.store, id)
}

/** The stored resource that the request names; archived ones can still be got by name (assumed). */
export function findResource(call: Call): { path: string; id: string; resource: Entity } {
  const full = resourcePath(call)
  const cut = full.lastIndexOf('/')
  const [path, id] = [full.slice(0, cut), full.slice(cut + 1)]
  if (path.includes('/')) requireParents(call, path.split('/').slice(0, -1).join('/'))
  const resource = collectionOf(call.store, path).get(id)
  if (!resource) throw ga4NotFound(full)
  return { path, id, resource }
}

/** Entry of searchChangeHistoryEvents; not every kind of resource has one. */
export function record(
  call: Call,
  action: 'CREATED' | 'UPDATED' | 'DELETED',
  before: Entity | undefined,
  after: Entity | undefined,
): void {
  const resource = String((after ?? before)?.['name'])
  const kind =
    HISTORY_KEYS[resource.split('/').at(-2) ?? ''] ?? HISTORY_KEYS[resource.split('/').at(-1) ?? '']
  const { state } = call.store
  state.ga4.history.push({
    id: String(state.ga4.history.length + 1),
    changeTime: call.store.time(),
    actorType: 'USER',
    userActorEmail: call.user,
    changes: [
      {
        resource,
        action,
        ...(kind && before && { resourceBeforeChange: { [kind]: before } }),
        ...(kind && after && { resourceAfterChange: { [kind]: after } }),
      },
    ],
  })
}

export const HISTORY_KEYS: Readonly<Record<string, string>> = {
  accounts: 'account',
  properties: 'property',
  conversionEvents: 'conversionEvent',
  dataRetentionSettings: 'dataRetentionSettings',
  dataStreams: 'dataStream',
  bigQueryLinks: 'bigqueryLink',
  firebaseLinks: 'firebaseLink',
  googleAdsLinks: 'googleAdsLink',
  measurementProtocolSecrets: 'measurementProtocolSecret',
  customDimensions: 'customDimension',
  customMetrics: 'customMetric',
  attributionSettings: 'attributionSettings',
  dataRedactionSettings: 'dataRedactionSettings',
  googleSignalsSettings: 'googleSignalsSettings',
  reportingIdentitySettings: 'reportingIdentitySettings',
  enhancedMeasurementSettings: 'enhancedMeasurementSettings',
  audiences: 'audience',
  eventCreateRules: 'eventCreateRule',
  channelGroups: 'channelGroup',
  calculatedMetrics: 'calculatedMetric',
  reportingDataAnnotations: 'reportingDataAnnotation',
}
