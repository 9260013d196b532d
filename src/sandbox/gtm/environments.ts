/** Environments: Live and Latest exist always; only those of type user come and go (discovery document). */
import type { Call, Handlers } from '../call.ts'
import { badRequest, gtmNotFound, invalidField } from '../errors.ts'
import { page } from '../paging.ts'
import type { Entity } from '../shape.ts'
import type { GtmContainer } from '../state.ts'
import { takeId } from './edit.ts'
import { checkFingerprint, findContainer } from './find.ts'
import { authorizationCode } from './fresh.ts'
import { environmentView } from './view.ts'

const prefix = 'accounts.containers.environments'

export const environmentHandlers: Handlers = {
  [`${prefix}.list`]: (call) => {
    const container = findContainer(call)
    const views = [...container.environments.values()].map((entity) => environmentView(container, entity))
    return page(views, 'environment', call.query, call.store.behaviour.pageSize)
  },

  [`${prefix}.get`]: (call) => {
    const { container, environment } = stored(call)
    return environmentView(container, environment)
  },

  [`${prefix}.create`]: (call) => {
    const container = findContainer(call)
    const fields = environmentFields(call, container, undefined)
    const environmentId = takeId(container)
    const authorizationTimestamp = call.store.time()
    const environment = {
      environmentId,
      // No type: "user" is its zero value and left out (recorded).
      ...fields,
      authorizationCode: authorizationCode(container.container, environmentId, authorizationTimestamp),
      authorizationTimestamp,
      fingerprint: call.store.stamp(),
    }
    container.environments.set(environmentId, environment)
    return environmentView(container, environment)
  },

  [`${prefix}.update`]: (call) => {
    const { container, environment } = stored(call)
    checkFingerprint(call, environment)
    const { environmentId, type, authorizationCode: code, authorizationTimestamp } = environment
    const { enableDebug, url } = call.body
    // For Live and Latest only enableDebug and url can change (discovery document).
    const fields =
      type === undefined
        ? environmentFields(call, container, environment)
        : present({ type, name: environment['name'], enableDebug, url })
    const updated = {
      environmentId,
      ...fields,
      authorizationCode: code,
      authorizationTimestamp,
      fingerprint: call.store.stamp(),
    }
    container.environments.set(String(environmentId), updated)
    return environmentView(container, updated)
  },

  [`${prefix}.delete`]: (call) => {
    const { container, environment } = stored(call)
    // Deleting the live one is refused (recorded; wording assumed).
    if (environment['type'] !== undefined) throw badRequest('Only environments of type user can be deleted.')
    container.environments.delete(String(environment['environmentId']))
    call.store.stamp()
    return undefined
  },

  [`${prefix}.reauthorize`]: (call) => {
    const { container, environment } = stored(call)
    const authorizationTimestamp = call.store.time()
    const id = String(environment['environmentId'])
    const updated = {
      ...environment,
      authorizationCode: authorizationCode(container.container, id, authorizationTimestamp),
      authorizationTimestamp,
      fingerprint: call.store.stamp(),
    }
    container.environments.set(id, updated)
    return environmentView(container, updated)
  },
}

function stored(call: Call): { container: GtmContainer; environment: Entity } {
  const container = findContainer(call)
  const environment = container.environments.get(call.ids['environments'] ?? '')
  if (!environment) throw gtmNotFound()
  return { container, environment }
}

function environmentFields(call: Call, container: GtmContainer, self: Entity | undefined): Entity {
  const { name, description, enableDebug, url, containerVersionId } = call.body
  if (name === undefined) throw invalidField('name', 'The value must not be empty.') // assumed
  const others = [...container.environments.values()].filter((other) => other !== self)
  if (others.some((other) => other['name'] === name)) throw badRequest('Found entity with duplicate name.')
  if (containerVersionId !== undefined && !container.versions.has(String(containerVersionId)))
    throw gtmNotFound()
  return present({ name, description, enableDebug, url, containerVersionId })
}

function present(fields: Entity): Entity {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}
