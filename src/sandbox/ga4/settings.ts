/** Settings that a property or stream has exactly once; they come into being with their defaults. */
import type { Handlers } from '../call.ts'
import type { Call } from '../call.ts'
import type { Entity } from '../shape.ts'
import { collectionOf, putResource, record, requireParents, resourcePath } from './resources.ts'
import { applyMask } from './update-mask.ts'

interface Singleton {
  readonly get: string
  readonly update: string
  readonly schema: string
  readonly defaults: Entity
}

const SINGLETONS: readonly Singleton[] = [
  {
    get: 'properties.getDataRetentionSettings',
    update: 'properties.updateDataRetentionSettings',
    schema: 'DataRetentionSettings',
    // Two months is what a new property has: https://support.google.com/analytics/answer/7667196 (assumed for the second)
    defaults: {
      eventDataRetention: 'TWO_MONTHS',
      userDataRetention: 'FOURTEEN_MONTHS',
      resetUserDataOnNewActivity: true,
    },
  },
]

export const settingsHandlers: Handlers = Object.assign({}, ...SINGLETONS.map(singletonHandlers)) as Handlers

function singletonHandlers({ get, update, schema, defaults }: Singleton): Handlers {
  const read = (call: Call): { path: string; id: string; settings: Entity } => {
    const full = resourcePath(call)
    const cut = full.lastIndexOf('/')
    const [path, id] = [full.slice(0, cut), full.slice(cut + 1)]
    requireParents(call, path)
    return { path, id, settings: collectionOf(call.store, path).get(id) ?? { name: full, ...defaults } }
  }
  return {
    [get]: (call) => read(call).settings,
    [update]: (call) => {
      const { path, id, settings } = read(call)
      const updated = putResource(call.store, path, id, applyMask(call, schema, settings))
      record(call, 'UPDATED', settings, updated)
      return updated
    },
  }
}
