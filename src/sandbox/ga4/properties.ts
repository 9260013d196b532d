/** Accounts, their summaries, and properties. */
import type { Call, Handlers } from '../call.ts'
import { ga4NotFound } from '../errors.ts'
import { page } from '../paging.ts'
import type { Entity } from '../shape.ts'
import { collectionHandlers, inputFields, pageSize } from './collections.ts'
import { newPropertyId, placeProperty } from './fresh.ts'
import { collectionOf, findProperty, invalid, putResource, record, resourcePath } from './resources.ts'
import { requireField } from './fields.ts'
import { checkProperty } from './rules.ts'

const accounts = collectionHandlers('accounts', 'Account')
const properties = collectionHandlers('properties', 'Property')

export const propertyHandlers: Handlers = {
  ...only(accounts, ['get', 'patch'], 'accounts'),
  ...only(properties, ['patch'], 'properties'),

  'accounts.list': (call) =>
    page(shown(call, 'accounts'), 'accounts', call.query, pageSize('accounts', call.query)),

  'accounts.delete': (call) => {
    const account = find(call, 'accounts')
    softDelete(call, 'accounts', account)
    return {}
  },

  'accountSummaries.list': (call) => {
    const all = shown(call, 'properties')
    const summaries = shown(call, 'accounts').map((account) => summary(account, all))
    return page(summaries, 'accountSummaries', call.query, pageSize('accountSummaries', call.query))
  },

  'properties.get': (call) => findProperty(call, call.ids['properties'] ?? ''),

  'properties.list': (call) => {
    const filter = call.query.get('filter') ?? ''
    // Filters: parent, ancestor or firebase_project (analytics_admin.proto).
    const [, field, value] = /^(parent|ancestor|firebase_project):(.+)$/.exec(filter.trim()) ?? []
    if (field === undefined) throw invalid('The filter must be like "parent:accounts/123".')
    const matching = shown(call, 'properties').filter(
      (property) => property['parent'] === value || (field === 'ancestor' && property['account'] === value),
    )
    return page(matching, 'properties', call.query, pageSize('properties', call.query))
  },

  'properties.create': (call) => {
    checkProperty(call.body)
    const parent = requireField(call.body, 'parent')
    if (!collectionOf(call.store, 'accounts').has(parent.replace('accounts/', ''))) throw ga4NotFound(parent)
    const id = newPropertyId(call.store, String(call.body['displayName']))
    const fields = inputFields(call.api, 'Property', call.body)
    const created = placeProperty(call.store, id, { currencyCode: 'USD', ...fields, account: parent })
    record(call, 'CREATED', undefined, created)
    return created
  },

  /** Soft: it can still be read, with deleteTime and expireTime (analytics_admin.proto). */
  'properties.delete': (call) =>
    softDelete(call, 'properties', findProperty(call, call.ids['properties'] ?? '')),
}

function only(handlers: Handlers, verbs: readonly string[], prefix: string): Handlers {
  return Object.fromEntries(
    verbs.flatMap((verb) => {
      const handler = handlers[`${prefix}.${verb}`]
      return handler ? [[`${prefix}.${verb}`, handler]] : []
    }),
  )
}

function find(call: Call, collection: string): Entity {
  const resource = collectionOf(call.store, collection).get(call.ids[collection] ?? '')
  if (!resource) throw ga4NotFound(resourcePath(call))
  return resource
}

const TRASH_DAYS = 35

function softDelete(call: Call, collection: string, resource: Entity): Entity {
  const id = String(resource['name']).split('/')[1] ?? ''
  const deleteTime = call.store.time()
  const expireTime = new Date(Date.parse(deleteTime) + TRASH_DAYS * 86_400_000).toISOString()
  const fields = collection === 'properties' ? { deleteTime, expireTime } : { deleted: true }
  const deleted = putResource(call.store, collection, id, { ...resource, ...fields })
  record(call, 'DELETED', resource, undefined)
  return deleted
}

function shown(call: Call, collection: string): Entity[] {
  const withDeleted = call.query.get('showDeleted') === 'true'
  const all = [...collectionOf(call.store, collection).values()]
  return all.filter(
    (resource) => withDeleted || (resource['deleteTime'] === undefined && resource['deleted'] !== true),
  )
}

function summary(account: Entity, properties: readonly Entity[]): Entity {
  const own = properties.filter((property) => property['account'] === account['name'])
  const propertySummaries = own.map(({ name, displayName, propertyType, parent }) => ({
    property: name,
    displayName,
    propertyType,
    parent,
    canEdit: true,
  }))
  return {
    name: String(account['name']).replace('accounts/', 'accountSummaries/'),
    account: account['name'],
    displayName: account['displayName'],
    ...(propertySummaries.length > 0 && { propertySummaries }),
  }
}
