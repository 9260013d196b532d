/** list, create, get, update, delete and revert: the same for tags, triggers, variables, folders, templates, ... */
import type { Call, Handler, Handlers } from '../call.ts'
import { gtmNotFound } from '../errors.ts'
import { page } from '../paging.ts'
import type { Entity } from '../shape.ts'
import { createEntity, deleteEntity, replaceEntity, type Edit } from './edit.ts'
import { checkFingerprint, findOpenWorkspace, findWorkspace } from './find.ts'
import { KIND_FACTS, KINDS, type Kind } from './kinds.ts'
import { revertEntity } from './merge.ts'
import { entityView } from './view.ts'

export const entityHandlers: Handlers = Object.assign(
  {},
  ...KINDS.filter((kind) => kind !== 'builtInVariable').map(handlersOf),
) as Handlers

function handlersOf(kind: Kind): Handlers {
  const { collection, listKey } = KIND_FACTS[kind]
  const prefix = `accounts.containers.workspaces.${collection}`
  const stored = (
    call: Call,
  ): { edit: Edit; id: string; entity: Entity; view: (entity: Entity) => Entity } => {
    const { container, workspace } = findOpenWorkspace(call)
    const id = call.ids[collection] ?? ''
    const entity = workspace.content[kind].get(id)
    if (!entity) throw gtmNotFound()
    const edit = { store: call.store, container, content: workspace.content }
    return { edit, id, entity, view: (shown) => entityView(container, workspace, kind, shown) }
  }

  const list: Handler = (call) => {
    const { container, workspace } = findWorkspace(call)
    const views = [...workspace.content[kind].values()].map((entity) =>
      entityView(container, workspace, kind, entity),
    )
    return page(views, listKey, call.query, call.store.behaviour.pageSize)
  }
  const get: Handler = (call) => {
    const { container, workspace } = findWorkspace(call)
    const entity = workspace.content[kind].get(call.ids[collection] ?? '')
    if (!entity) throw gtmNotFound()
    return entityView(container, workspace, kind, entity)
  }
  const create: Handler = (call) => {
    const { container, workspace } = findOpenWorkspace(call)
    const edit = { store: call.store, container, content: workspace.content }
    return entityView(container, workspace, kind, createEntity(edit, kind, call.body))
  }
  const update: Handler = (call) => {
    const { edit, id, entity, view } = stored(call)
    checkFingerprint(call, entity)
    return view(replaceEntity(edit, kind, id, call.body))
  }
  const remove: Handler = (call) => {
    const { edit, id } = stored(call)
    deleteEntity(edit, kind, id)
    return undefined
  }
  const revert: Handler = (call) => {
    const { container, workspace } = findOpenWorkspace(call)
    const id = call.ids[collection] ?? ''
    const current = workspace.content[kind].get(id)
    if (current) checkFingerprint(call, current)
    const reverted = revertEntity(call.store, container, workspace, kind, id)
    // The key is missing when the base version does not have the entity (discovery document).
    return reverted ? { [listKey]: entityView(container, workspace, kind, reverted) } : {}
  }

  const handlers = { list, get, create, update, delete: remove, revert }
  // gtag_config has no revert.
  const own = Object.entries(handlers).filter(([verb]) => verb !== 'revert' || kind !== 'gtagConfig')
  return Object.fromEntries(
    own.map(([verb, handler]) => [`${prefix}.${verb}`, kind === 'zone' ? whereSupported(handler) : handler]),
  )
}

function whereSupported(handler: Handler): Handler {
  return (call) => {
    if (call.store.behaviour.zones === 'notFound') throw gtmNotFound()
    return handler(call)
  }
}
