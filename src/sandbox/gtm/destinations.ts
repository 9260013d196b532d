/** Destinations that a container's Google tag feeds. Linking is reported as deprecated by client authors; it still answers. */
import type { Handlers } from '../call.ts'
import { badRequest, gtmNotFound } from '../errors.ts'
import { page } from '../paging.ts'
import type { Entity } from '../shape.ts'
import type { GtmContainer } from '../state.ts'
import { takeId } from './edit.ts'
import { findContainer } from './find.ts'
import { containerPath, ownerIds } from './view.ts'

const prefix = 'accounts.containers.destinations'

export const destinationHandlers: Handlers = {
  [`${prefix}.list`]: (call) => {
    const container = findContainer(call)
    const views = [...container.destinations.values()].map((destination) => view(container, destination))
    return page(views, 'destination', call.query, call.store.behaviour.pageSize)
  },

  [`${prefix}.get`]: (call) => {
    const container = findContainer(call)
    const destination = container.destinations.get(call.ids['destinations'] ?? '')
    if (!destination) throw gtmNotFound()
    return view(container, destination)
  },

  [`${prefix}.link`]: (call) => {
    const container = findContainer(call)
    const destinationId = call.query.get('destinationId') ?? ''
    // Forms of ids: the discovery document's words on containers.lookup. Wording assumed.
    if (!/^(AW|DC|G|GT|MC)-[A-Z0-9]{3,20}$/.test(destinationId)) throw badRequest('Invalid destination id.')
    const destinationLinkId = takeId(container)
    const destination = {
      destinationLinkId,
      destinationId,
      name: destinationId,
      fingerprint: call.store.stamp(),
    }
    container.destinations.set(destinationLinkId, destination)
    return view(container, destination)
  },
}

function view(container: GtmContainer, destination: Entity): Entity {
  const path = `${containerPath(container.container)}/destinations/${String(destination['destinationLinkId'])}`
  return {
    path,
    ...ownerIds(container),
    ...destination,
    tagManagerUrl: `https://tagmanager.google.com/#/container/${path}?apiLink=destination`,
  }
}
