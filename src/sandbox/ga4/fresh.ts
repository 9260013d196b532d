/** Accounts, properties and streams as they are when new. */
import { createHash } from 'node:crypto'
import { stableNumber } from '../gtm/fresh.ts'
import type { Entity } from '../shape.ts'
import type { Store } from '../store.ts'
import { collectionOf, putResource, takeGa4Id } from './resources.ts'

const DEFAULT_ACCOUNT = '100000001'

export function ensureGa4Account(store: Store, id: string = DEFAULT_ACCOUNT): Entity {
  const existing = collectionOf(store, 'accounts').get(id)
  if (existing) return existing
  const time = store.time()
  return putResource(store, 'accounts', id, {
    createTime: time,
    updateTime: time,
    displayName: `Account ${id}`,
    regionCode: 'US',
  })
}

/** `purchase` is a key event in every property; it is neither custom nor deletable, and zero values are left out. */
export function ensureProperty(store: Store, id: string, fields: Entity = {}): Entity {
  const existing = collectionOf(store, 'properties').get(id)
  if (existing) return existing
  const account = String(ensureGa4Account(store)['name'])
  const property = placeProperty(store, id, {
    parent: account,
    account,
    displayName: `Property ${id}`,
    timeZone: 'America/Los_Angeles',
    currencyCode: 'USD',
    ...fields,
  })
  return property
}

export function placeProperty(store: Store, id: string, fields: Entity): Entity {
  const time = store.time()
  const property = putResource(store, 'properties', id, {
    createTime: time,
    updateTime: time,
    propertyType: 'PROPERTY_TYPE_ORDINARY',
    serviceLevel: 'GOOGLE_ANALYTICS_STANDARD',
    ...fields,
  })
  putResource(store, `properties/${id}/keyEvents`, takeGa4Id(store), {
    eventName: 'purchase',
    createTime: time,
    countingMethod: 'ONCE_PER_EVENT',
  })
  return property
}

export function newPropertyId(store: Store, displayName: string): string {
  for (let attempt = 0; ; attempt++) {
    const id = stableNumber(`${displayName}/${attempt}`, 9)
    if (!collectionOf(store, 'properties').has(id)) return id
  }
}

export function measurementIdOf(streamName: string): string {
  const hash = createHash('sha256').update(streamName).digest('hex').toUpperCase()
  return `G-${hash.slice(0, 10)}`
}

/** A web stream with the measurement id that somebody's plan names; real ones get theirs from Google. */
export function ensureStream(
  store: Store,
  propertyId: string,
  measurementId: string,
  defaultUri?: string,
): Entity {
  ensureProperty(store, propertyId)
  const path = `properties/${propertyId}/dataStreams`
  for (const stream of collectionOf(store, path).values()) {
    if ((stream['webStreamData'] as Entity | undefined)?.['measurementId'] === measurementId) return stream
  }
  const time = store.time()
  return putResource(store, path, takeGa4Id(store), {
    type: 'WEB_DATA_STREAM',
    displayName: measurementId,
    createTime: time,
    updateTime: time,
    webStreamData: { measurementId, ...(defaultUri !== undefined && { defaultUri }) },
  })
}

/** A web stream of any id: the first there is, or a new one. */
export function ensureAnyStream(store: Store, propertyId: string): Entity {
  const streams = collectionOf(store, `properties/${propertyId}/dataStreams`).values()
  for (const stream of streams) if (stream['webStreamData'] !== undefined) return stream
  return ensureStream(store, propertyId, `G-${propertyId.padStart(10, '0')}`)
}
