/** list, get, create, patch, delete and archive, made from the rules of each kind of resource. */
import type { Handler, Handlers } from '../call.ts'
import { page } from '../paging.ts'
import { APIS, type Api } from '../facts.ts'
import type { Entity } from '../shape.ts'
import {
  deleteResource,
  findResource,
  parentPath,
  putResource,
  record,
  takeGa4Id,
  visible,
} from './resources.ts'
import { RULES } from './rules.ts'
import { applyMask } from './update-mask.ts'

// Default 50, at most 200 (analytics_admin.proto); secrets 10 and 10.
const PAGE_SIZES: Readonly<Record<string, readonly [number, number]>> = {
  measurementProtocolSecrets: [10, 10],
}

/** Under which field a list comes, where that is not Google's name of the collection (ListBigQueryLinksResponse). */
const LIST_FIELDS: Readonly<Record<string, string>> = { bigQueryLinks: 'bigqueryLinks' }

export function pageSize(collection: string, query: URLSearchParams): number {
  const [usual, most] = PAGE_SIZES[collection] ?? [50, 200]
  const asked = Number(query.get('pageSize') ?? 0)
  return Number.isInteger(asked) && asked > 0 ? Math.min(asked, most) : usual
}

/** Fields of the body that the client may set when it creates one. */
export function inputFields(api: Api, schemaName: string, body: Entity): Entity {
  const schema = api.schemas.get(schemaName)
  const settable = Object.entries(body).filter(([field]) => {
    const flags = schema?.get(field)?.flags ?? []
    return field !== 'name' && !flags.includes('output_only')
  })
  return Object.fromEntries(settable)
}

/** The handlers of one collection, e.g. `properties.keyEvents`. */
export function collectionHandlers(prefix: string, schemaName: string): Handlers {
  const collection = prefix.split('.').at(-1) ?? ''
  const rules = RULES[collection] ?? {}

  const list: Handler = (call) => {
    const path = `${parentPath(call)}/${collection}`
    const field = LIST_FIELDS[collection] ?? collection
    return page(visible(call.store, path), field, call.query, pageSize(collection, call.query))
  }
  const get: Handler = (call) => findResource(call).resource
  const create: Handler = (call) => {
    const path = `${parentPath(call)}/${collection}`
    const body = { ...rules.defaults, ...inputFields(call.api, schemaName, call.body) }
    const id = rules.id?.(call) ?? String(call.store.state.ga4.nextId)
    const added = rules.create?.(call, path, body, `${path}/${id}`) ?? {}
    if (!rules.id) takeGa4Id(call.store)
    const created = putResource(call.store, path, id, { ...body, ...added })
    record(call, 'CREATED', undefined, created)
    return created
  }
  const patch: Handler = (call) => {
    const { path, id, resource } = findResource(call)
    const updated = applyMask(call, schemaName, resource)
    rules.update?.(call, path, updated)
    const touched = rules.touch ? { ...updated, updateTime: call.store.time() } : updated
    putResource(call.store, path, id, touched)
    record(call, 'UPDATED', resource, touched)
    return touched
  }
  const remove: Handler = (call) => {
    const { path, id, resource } = findResource(call)
    rules.remove?.(call, resource)
    deleteResource(call.store, path, id)
    // What stands below it goes with it.
    for (const other of [...call.store.state.ga4.collections.keys()]) {
      if (other.startsWith(`${path}/${id}/`)) call.store.state.ga4.collections.delete(other)
    }
    record(call, 'DELETED', resource, undefined)
    return {}
  }
  /** There is no way back; archived ones disappear from list (reported by clients). */
  const archive: Handler = (call) => {
    const { resource } = findResource(call)
    call.store.state.ga4.archived.add(String(resource['name']))
    call.store.stamp()
    record(call, 'DELETED', resource, undefined)
    return {}
  }

  const all = { list, get, create, patch, delete: remove, archive }
  const known = Object.entries(all).filter(([verb]) =>
    [APIS['analyticsadmin.v1beta'], APIS['analyticsadmin.v1alpha']].some((api) =>
      api.methods.has(`${prefix}.${verb}`),
    ),
  )
  return Object.fromEntries(known.map(([verb, handler]) => [`${prefix}.${verb}`, handler]))
}
