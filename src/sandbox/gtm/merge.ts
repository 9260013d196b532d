/**
 * A workspace against the version it is based on: what changed, what a newer version brings in, what is in conflict.
 * Source: the discovery document's words on getStatus, sync and resolve_conflict
 * (https://developers.google.com/tag-platform/tag-manager/api/reference/rest/v2/accounts.containers.workspaces).
 */
import { isDeepStrictEqual } from 'node:util'
import { gtmNotFound } from '../errors.ts'
import type { Entity } from '../shape.ts'
import type { Conflict, Content, GtmContainer, GtmWorkspace } from '../state.ts'
import type { Store } from '../store.ts'
import { KINDS, type Kind } from './kinds.ts'
import { entityView } from './view.ts'

export type ChangeStatus = 'added' | 'updated' | 'deleted'

export interface Change {
  readonly kind: Kind
  readonly id: string
  readonly status: ChangeStatus
  /** As it is now, or, when deleted, as it was. */
  readonly entity: Entity
}

/** A fingerprint alone is no change: an entity that was changed and changed back is as it was. */
export function sameEntity(a: Entity | undefined, b: Entity | undefined): boolean {
  if (a === b) return true
  if (a === undefined || b === undefined) return false
  return isDeepStrictEqual({ ...a, fingerprint: '' }, { ...b, fingerprint: '' })
}

export function changesBetween(base: Content, content: Content): Change[] {
  return KINDS.flatMap((kind) => {
    const changes: Change[] = []
    for (const [id, entity] of content[kind]) {
      const before = base[kind].get(id)
      if (!before) changes.push({ kind, id, status: 'added', entity })
      else if (!sameEntity(before, entity)) changes.push({ kind, id, status: 'updated', entity })
    }
    for (const [id, entity] of base[kind]) {
      if (!content[kind].has(id)) changes.push({ kind, id, status: 'deleted', entity })
    }
    return changes
  })
}

export function baseContent(container: GtmContainer, workspace: GtmWorkspace): Content {
  const base = container.versions.get(workspace.baseVersionId)
  if (!base) throw gtmNotFound()
  return base.content
}

export function workspaceChanges(container: GtmContainer, workspace: GtmWorkspace): Entity[] {
  return changesBetween(baseContent(container, workspace), workspace.content).map(
    ({ kind, status, entity }) => ({
      [kind]: entityView(container, workspace, kind, entity),
      changeStatus: status,
    }),
  )
}

/**
 * Brings the latest version into the workspace. What only one side changed is taken; what both changed differently stays as
 * it is in the workspace and is a conflict until it is resolved.
 */
export function syncWorkspace(store: Store, container: GtmContainer, workspace: GtmWorkspace): void {
  if (workspace.baseVersionId === container.latestVersionId) return
  const base = baseContent(container, workspace)
  const latest = container.versions.get(container.latestVersionId)
  if (!latest) throw gtmNotFound()
  const conflicts: Conflict[] = [...workspace.conflicts]
  for (const { kind, id } of changesBetween(base, latest.content)) {
    const [theirs, ours] = [latest.content[kind].get(id), workspace.content[kind].get(id)]
    if (sameEntity(ours, base[kind].get(id))) take(workspace.content, kind, id, theirs)
    else if (
      !sameEntity(ours, theirs) &&
      !conflicts.some((conflict) => conflict.kind === kind && conflict.id === id)
    ) {
      conflicts.push({ kind, id })
    }
  }
  workspace.conflicts = conflicts
  workspace.baseVersionId = container.latestVersionId
  store.stamp()
}

function take(content: Content, kind: Kind, id: string, entity: Entity | undefined): void {
  if (entity) content[kind].set(id, entity)
  else content[kind].delete(id)
}

/** A missing entityInBaseVersion means that it was deleted there (discovery document); for the workspace likewise. */
export function mergeConflicts(container: GtmContainer, workspace: GtmWorkspace): Entity[] {
  const base = baseContent(container, workspace)
  return workspace.conflicts.map(({ kind, id }) => {
    const [ours, theirs] = [workspace.content[kind].get(id), base[kind].get(id)]
    const show = (entity: Entity | undefined, status: string) => ({
      ...(entity && { [kind]: entityView(container, workspace, kind, entity) }),
      changeStatus: status,
    })
    return {
      entityInWorkspace: show(ours ?? theirs, ours ? 'updated' : 'deleted'),
      ...(theirs && { entityInBaseVersion: show(theirs, 'updated') }),
    }
  })
}

/**
 * Back to how it is in the base version. One that the base version lacks goes away (recorded: a later move of it said 404).
 * Undefined then.
 */
export function revertEntity(
  store: Store,
  container: GtmContainer,
  workspace: GtmWorkspace,
  kind: Kind,
  id: string,
): Entity | undefined {
  const before = baseContent(container, workspace)[kind].get(id)
  const current = workspace.content[kind].get(id)
  if (!before && !current) throw gtmNotFound()
  if (before !== current) {
    take(workspace.content, kind, id, before)
    workspace.conflicts = workspace.conflicts.filter(
      (conflict) => conflict.kind !== kind || conflict.id !== id,
    )
    store.stamp()
  }
  return before
}
