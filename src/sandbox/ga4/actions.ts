/** What is neither list, get, create, patch nor delete: terms, change history, the order of rules. */
import type { Call, Handlers } from '../call.ts'
import { page } from '../paging.ts'
import type { Entity } from '../shape.ts'
import { ga4NotFound } from '../errors.ts'
import { collectionOf, findProperty, HISTORY_KEYS, invalid, parentPath, putResource } from './resources.ts'

// The request must contain exactly this sentence (v1beta/analytics_admin.proto).
const ACKNOWLEDGEMENT =
  'I acknowledge that I have the necessary privacy disclosures and rights from my end users for the collection and processing of their data, including the association of such data with the visitation information Google Analytics collects from my site and/or app property.'

export const actionHandlers: Handlers = {
  'properties.acknowledgeUserDataCollection': (call) => {
    const id = call.ids['properties'] ?? ''
    findProperty(call, id)
    if (call.body['acknowledgement'] !== ACKNOWLEDGEMENT)
      throw invalid('The acknowledgement is not the required text.')
    call.store.state.ga4.acknowledged.add(`properties/${id}`)
    call.store.stamp()
    return {}
  },

  'accounts.getDataSharingSettings': (call) => {
    const name = `accounts/${call.ids['accounts'] ?? ''}`
    if (!collectionOf(call.store, 'accounts').has(call.ids['accounts'] ?? '')) throw ga4NotFound(name)
    // All off, and off is left out (assumed).
    return { name: `${name}/dataSharingSettings` }
  },

  'accounts.searchChangeHistoryEvents': (call) => {
    const account = `accounts/${call.ids['accounts'] ?? ''}`
    if (!collectionOf(call.store, 'accounts').has(call.ids['accounts'] ?? '')) throw ga4NotFound(account)
    const found = call.store.state.ga4.history.filter((event) => matches(call, account, event)).reverse()
    const query = new URLSearchParams({ pageToken: String(call.body['pageToken'] ?? '') })
    // Default 50, at most 200 (v1beta/analytics_admin.proto).
    const size = Math.min(Number(call.body['pageSize'] ?? 50), 200)
    return page(found, 'changeHistoryEvents', query, size)
  },

  'properties.dataStreams.eventEditRules.reorder': (call) => {
    const path = parentPath(call).replace(/\/eventEditRules$/, '')
    const collection = `${path}/eventEditRules`
    const rules = collectionOf(call.store, collection)
    const order = (call.body['eventEditRules'] as string[] | undefined) ?? []
    // All of them must be named (event_create_and_edit.proto).
    const known = order.every((name) => rules.has(name.slice(collection.length + 1)))
    if (!known || new Set(order).size !== rules.size || order.length !== rules.size) {
      throw invalid('All event edit rules must be named, each once.')
    }
    for (const [index, name] of order.entries()) {
      const id = name.slice(collection.length + 1)
      putResource(call.store, collection, id, { ...rules.get(id), processingOrder: String(index + 1) })
    }
    return {}
  },
}

function matches(call: Call, account: string, event: Entity): boolean {
  const { property, action, resourceType, actorEmail, earliestChangeTime, latestChangeTime } = call.body
  const change = (event['changes'] as Entity[])[0] ?? {}
  const resource = String(change['resource'])
  const time = String(event['changeTime'])
  const among = (list: unknown, value: unknown) =>
    !Array.isArray(list) || list.length === 0 || list.includes(value)
  return (
    accountOf(call, resource) === account &&
    (property === undefined || resource === property || resource.startsWith(`${String(property)}/`)) &&
    among(action, change['action']) &&
    among(resourceType, typeOf(resource)) &&
    among(actorEmail, event['userActorEmail']) &&
    (earliestChangeTime === undefined || time >= String(earliestChangeTime)) &&
    (latestChangeTime === undefined || time <= String(latestChangeTime))
  )
}

function accountOf(call: Call, resource: string): unknown {
  const [root, id = ''] = resource.split('/')
  return root === 'accounts' ? `accounts/${id}` : collectionOf(call.store, 'properties').get(id)?.['account']
}

/** keyEvents have no type of their own there: they appear as CONVERSION_EVENT (assumed). */
function typeOf(resource: string): string {
  const parts = resource.split('/')
  const key = HISTORY_KEYS[parts.at(-2) ?? ''] ?? HISTORY_KEYS[parts.at(-1) ?? ''] ?? 'conversionEvent'
  return key.replaceAll(/([A-Z])/g, '_$1').toUpperCase()
}
