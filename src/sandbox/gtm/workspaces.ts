/** Workspaces: where all writing happens. One becomes a version and is gone; the default one is remade. */
import type { Call, Handlers } from '../call.ts'
import { ApiError, badRequest, gtmNotFound, invalidField } from '../errors.ts'
import { page } from '../paging.ts'
import { isObject, type Entity } from '../shape.ts'
import { copyContent, type GtmContainer, type GtmVersion, type GtmWorkspace } from '../state.ts'
import { bulkUpdate } from './bulk-update.ts'
import { addWorkspace } from './fresh.ts'
import {
  checkFingerprint,
  findContainer,
  findOpenWorkspace,
  findWorkspace,
  fingerprintMismatch,
} from './find.ts'
import { KIND_FACTS, KINDS } from './kinds.ts'
import { mergeConflicts, syncWorkspace, workspaceChanges } from './merge.ts'
import { createEntity, deleteEntity, replaceEntity } from './edit.ts'
import { danglingReferences } from './references.ts'
import { versionView, workspacePath, workspaceView } from './view.ts'

const prefix = 'accounts.containers.workspaces'

export const workspaceHandlers: Handlers = {
  [`${prefix}.list`]: (call) => {
    const container = findContainer(call)
    const views = [...container.workspaces.values()].map((workspace) => workspaceView(container, workspace))
    return page(views, 'workspace', call.query, call.store.behaviour.pageSize)
  },

  [`${prefix}.get`]: (call) => {
    const { container, workspace } = findWorkspace(call)
    return workspaceView(container, workspace)
  },

  [`${prefix}.create`]: (call) => {
    const container = findContainer(call)
    const { maxWorkspaces } = call.store.behaviour
    const fields = workspaceFields(call, container, undefined)
    if (maxWorkspaces !== null && container.workspaces.size >= maxWorkspaces) {
      // The limit is documented (https://support.google.com/tagmanager/answer/7059647), the answer assumed.
      throw badRequest(`A container may have at most ${maxWorkspaces} workspaces.`)
    }
    const id = addWorkspace(call.store, container, fields)
    return workspaceView(container, container.workspaces.get(id) as GtmWorkspace)
  },

  [`${prefix}.update`]: (call) => {
    const { container, workspace } = findOpenWorkspace(call)
    checkFingerprint(call, workspace.workspace)
    workspace.workspace = { ...workspaceFields(call, container, workspace), fingerprint: call.store.stamp() }
    return workspaceView(container, workspace)
  },

  [`${prefix}.delete`]: (call) => {
    const container = findContainer(call)
    const id = call.ids['workspaces'] ?? ''
    if (container.submittedWorkspaces.has(id)) {
      // Recorded for a submitted workspace.
      throw new ApiError(500, 'INTERNAL', 'Experienced an internal error.', { reason: 'backendError' })
    }
    if (!container.workspaces.has(id)) throw gtmNotFound()
    // Assumed: a container always has a default workspace, so deleting it makes a new one.
    removeWorkspace(call, container, id)
    return undefined
  },

  [`${prefix}.getStatus`]: (call) => {
    const { container, workspace } = findWorkspace(call)
    const changes = workspaceChanges(container, workspace)
    const conflicts = mergeConflicts(container, workspace)
    return {
      ...(changes.length > 0 && { workspaceChange: changes }),
      ...(conflicts.length > 0 && { mergeConflict: conflicts }),
    }
  },

  [`${prefix}.sync`]: (call) => {
    const { container, workspace } = findOpenWorkspace(call)
    syncWorkspace(call.store, container, workspace)
    const conflicts = mergeConflicts(container, workspace)
    return conflicts.length > 0
      ? { syncStatus: { mergeConflict: true }, mergeConflict: conflicts }
      : { syncStatus: {} }
  },

  [`${prefix}.resolve_conflict`]: (call) => {
    const { container, workspace } = findOpenWorkspace(call)
    const kind = KINDS.find((candidate) => isObject(call.body[candidate]))
    if (kind === undefined) throw badRequest('The request must contain an entity.') // assumed
    const entity = call.body[kind] as Entity
    const id = String(entity[KIND_FACTS[kind].idField] ?? '')
    if (!workspace.conflicts.some((conflict) => conflict.kind === kind && conflict.id === id))
      throw gtmNotFound()
    const current = workspace.content[kind].get(id)
    const given = call.query.get('fingerprint')
    // The fingerprint is that of the entity in the workspace (discovery document).
    const checks = call.store.behaviour.checksFingerprints
    if (checks && given !== null && current && given !== current['fingerprint'])
      throw fingerprintMismatch(call)
    const edit = { store: call.store, container, content: workspace.content }
    if (call.body['changeStatus'] === 'deleted') {
      if (current) deleteEntity(edit, kind, id)
    } else if (current) replaceEntity(edit, kind, id, entity)
    else createEntity(edit, kind, entity, id)
    workspace.conflicts = workspace.conflicts.filter(
      (conflict) => conflict.kind !== kind || conflict.id !== id,
    )
    call.store.stamp()
    return undefined
  },

  /** Every entity of the workspace in one answer, without a version being made; version number 0 as in exports. */
  [`${prefix}.quick_preview`]: (call) => {
    const { container, workspace } = findWorkspace(call)
    const { fingerprint } = workspace.workspace
    const fake: GtmVersion = {
      containerVersionId: '0',
      version: { name: 'QUICK_PREVIEW', fingerprint },
      container: container.container,
      content: workspace.content,
    }
    const conflict = workspace.conflicts.length > 0
    return {
      containerVersion: versionView(container, fake),
      ...(danglingReferences(workspace.content).length > 0 && { compilerError: true }),
      syncStatus: conflict ? { mergeConflict: true } : {},
    }
  },

  [`${prefix}.create_version`]: createVersion,
  [`${prefix}.bulk_update`]: bulkUpdate,
}

function workspaceFields(call: Call, container: GtmContainer, self: GtmWorkspace | undefined): Entity {
  const { name, description } = call.body
  if (name === undefined) throw invalidField('name', 'The value must not be empty.') // assumed
  const taken = [...container.workspaces.values()].some(
    (other) => other !== self && other.workspace['name'] === name,
  )
  if (taken) throw badRequest('Found entity with duplicate name.')
  return { name, ...(description !== undefined && { description }) }
}

/**
 * Syncs, makes a version, deletes the workspace and sets the base version:
 * https://developers.google.com/tag-manager/api/v2/reference/accounts/containers/workspaces/create_version
 * Body `notes` comes back as `description`; a compile failure is 200 with compilerError (both recorded). That no version is
 * made then is assumed.
 */
function createVersion(call: Call): unknown {
  const { container, workspace } = findOpenWorkspace(call)
  syncWorkspace(call.store, container, workspace)
  if (workspace.conflicts.length > 0) return { syncStatus: { mergeConflict: true } }
  const broken = danglingReferences(workspace.content).length > 0
  if (broken && !call.store.behaviour.compilerErrorMakesVersion)
    return { compilerError: true, syncStatus: {} }

  const containerVersionId = String(container.nextVersionId++)
  const { name, notes } = call.body
  const version: GtmVersion = {
    containerVersionId,
    version: {
      ...(name !== undefined && { name }),
      ...(notes !== undefined && { description: notes }),
      fingerprint: call.store.stamp(),
    },
    container: container.container,
    content: copyContent(workspace.content),
  }
  container.versions.set(containerVersionId, version)
  container.latestVersionId = containerVersionId
  container.submittedWorkspaces.add(workspace.workspaceId)
  const newWorkspacePath = removeWorkspace(call, container, workspace.workspaceId)
  return {
    containerVersion: versionView(container, version),
    ...(broken && { compilerError: true }),
    syncStatus: {},
    ...(newWorkspacePath !== undefined && { newWorkspacePath }),
  }
}

/** Only the default workspace is replaced by a new one (inferred from recorded ids); gives the path of that. */
function removeWorkspace(call: Call, container: GtmContainer, id: string): string | undefined {
  const wasDefault = id === container.defaultWorkspaceId
  container.workspaces.delete(id)
  call.store.stamp()
  if (!wasDefault) return undefined
  container.defaultWorkspaceId = addWorkspace(call.store, container, { name: 'Default Workspace' })
  return workspacePath(container, container.workspaces.get(container.defaultWorkspaceId) as GtmWorkspace)
}
