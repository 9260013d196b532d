/** The older twin of key events, kept by Google for old clients: the same resources under other field names. */
import type { Call, Handlers } from '../call.ts'
import { ga4NotFound } from '../errors.ts'
import { page } from '../paging.ts'
import { isObject, type Entity } from '../shape.ts'
import { pageSize } from './collections.ts'
import {
  collectionOf,
  deleteResource,
  parentPath,
  putResource,
  record,
  requireParents,
  takeGa4Id,
  visible,
} from './resources.ts'
import { RULES } from './rules.ts'
import { applyMask } from './update-mask.ts'

const prefix = 'properties.conversionEvents'

export const conversionEventHandlers: Handlers = {
  [`${prefix}.list`]: (call) => {
    const keyEvents = visible(call.store, `${parentPath(call)}/keyEvents`)
    return page(
      keyEvents.map(asConversion),
      'conversionEvents',
      call.query,
      pageSize('conversionEvents', call.query),
    )
  },

  [`${prefix}.get`]: (call) => asConversion(stored(call).keyEvent),

  [`${prefix}.create`]: (call) => {
    const path = `${parentPath(call)}/keyEvents`
    const { eventName, countingMethod, defaultConversionValue } = call.body
    // countingMethod defaults to ONCE_PER_EVENT (resources.proto).
    const keyEvent = asKeyEvent({
      eventName,
      countingMethod: countingMethod ?? 'ONCE_PER_EVENT',
      defaultConversionValue,
    })
    const added = RULES['keyEvents']?.create?.(call, path, keyEvent, '') ?? {}
    const created = asConversion(
      putResource(call.store, path, takeGa4Id(call.store), { ...keyEvent, ...added }),
    )
    record(call, 'CREATED', undefined, created)
    return created
  },

  [`${prefix}.patch`]: (call) => {
    const { path, id, keyEvent } = stored(call)
    const before = asConversion(keyEvent)
    const after = applyMask(call, 'ConversionEvent', before)
    const { name } = keyEvent
    const updated = { ...asKeyEvent(after), name }
    RULES['keyEvents']?.update?.(call, path, updated)
    putResource(call.store, path, id, updated)
    record(call, 'UPDATED', before, after)
    return after
  },

  [`${prefix}.delete`]: (call) => {
    const { path, id, keyEvent } = stored(call)
    RULES['keyEvents']?.remove?.(call, keyEvent)
    deleteResource(call.store, path, id)
    record(call, 'DELETED', asConversion(keyEvent), undefined)
    return {}
  },
}

function stored(call: Call): { path: string; id: string; keyEvent: Entity } {
  const property = `properties/${call.ids['properties'] ?? ''}`
  requireParents(call, property)
  const [path, id] = [`${property}/keyEvents`, call.ids['conversionEvents'] ?? '']
  const keyEvent = collectionOf(call.store, path).get(id)
  if (!keyEvent) throw ga4NotFound(`${property}/conversionEvents/${id}`)
  return { path, id, keyEvent }
}

function asConversion({ name, defaultValue, ...rest }: Entity): Entity {
  const value = isObject(defaultValue) ? defaultValue : undefined
  return {
    name: String(name).replace('/keyEvents/', '/conversionEvents/'),
    ...rest,
    ...(value && {
      defaultConversionValue: { value: value['numericValue'] ?? 0, currencyCode: value['currencyCode'] },
    }),
  }
}

function asKeyEvent({ defaultConversionValue, ...rest }: Entity): Entity {
  const value = isObject(defaultConversionValue) ? defaultConversionValue : undefined
  return {
    ...rest,
    ...(value && {
      defaultValue: { numericValue: value['value'] ?? 0, currencyCode: value['currencyCode'] },
    }),
  }
}
