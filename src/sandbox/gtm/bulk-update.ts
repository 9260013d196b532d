/**
 * Many changes in one call: https://developers.google.com/tag-platform/tag-manager/api/reference/rest/v2/accounts.containers.workspaces/bulk_update
 *
 * Documented: one entity kind per Entity with changeStatus added, updated or deleted; new entities carry ids `new_1`,
 * `new_2`, ... which others in the call may use; the answer lists what was added and updated, not what was deleted.
 * Where the page is silent a behaviour switch decides; the wording of refusals is assumed.
 */
import type { Call } from '../call.ts'
import { ApiError, badRequest, gtmNotFound, invalidField } from '../errors.ts'
import { isObject, type Entity } from '../shape.ts'
import { copyContent, type GtmContainer, type GtmWorkspace } from '../state.ts'
import {
  createEntity,
  deleteEntity,
  disableBuiltIn,
  enableBuiltIn,
  replaceEntity,
  takeId,
  type Edit,
} from './edit.ts'
import { findOpenWorkspace, fingerprintMismatch } from './find.ts'
import { KIND_FACTS, KINDS, type Kind } from './kinds.ts'
import { mapObjects } from './references.ts'
import { entityView } from './view.ts'

interface BulkChange {
  readonly index: number
  readonly kind: Kind
  readonly status: 'added' | 'updated' | 'deleted'
  readonly id: string
  readonly entity: Entity
}

/** Thrown by the "unsupported" behaviour; the server answers as Google does for a path that it does not know. */
export class UnknownPath extends Error {}

export function bulkUpdate(call: Call): unknown {
  const { behaviour } = call.store
  if (behaviour.bulkUpdate === 'unsupported') throw new UnknownPath()
  if (behaviour.bulkUpdate === 'unimplemented') {
    throw new ApiError(501, 'UNIMPLEMENTED', 'Operation is not implemented, or supported, or enabled.')
  }
  const { container, workspace } = findOpenWorkspace(call)
  const changes = ((call.body['changes'] as Entity[] | undefined) ?? []).map(readChange)
  if (behaviour.bulkMaxChanges !== null && changes.length > behaviour.bulkMaxChanges) {
    throw badRequest(`At most ${behaviour.bulkMaxChanges} changes are allowed in one request.`)
  }
  checkNewIds(changes)
  return behaviour.bulkAtomic
    ? allOrNothing(call, container, workspace, changes)
    : oneByOne(call, container, workspace, changes)
}

function allOrNothing(
  call: Call,
  container: GtmContainer,
  workspace: GtmWorkspace,
  changes: readonly BulkChange[],
) {
  const { store } = call
  const before = {
    lastStamp: store.state.lastStamp,
    nextEntityId: container.nextEntityId,
    revision: store.revision,
  }
  const content = copyContent(workspace.content)
  try {
    const done = carryOut(call, { store, container, content }, changes)
    workspace.content = content
    return answer(container, workspace, done)
  } catch (error) {
    store.state.lastStamp = before.lastStamp
    container.nextEntityId = before.nextEntityId
    store.revision = before.revision
    throw error
  }
}

function oneByOne(
  call: Call,
  container: GtmContainer,
  workspace: GtmWorkspace,
  changes: readonly BulkChange[],
) {
  return answer(
    container,
    workspace,
    carryOut(call, { store: call.store, container, content: workspace.content }, changes),
  )
}

function readChange(change: Entity, index: number): BulkChange {
  const kinds = KINDS.filter((kind) => isObject(change[kind]))
  const kind = kinds[0]
  if (kind === undefined || kinds.length > 1) {
    throw invalidField(`changes[${index}]`, 'A change must contain exactly one entity.')
  }
  const status = change['changeStatus']
  if (status !== 'added' && status !== 'updated' && status !== 'deleted') {
    throw invalidField(`changes[${index}].change_status`, 'The value must be added, updated or deleted.')
  }
  const entity = change[kind] as Entity
  return { index, kind, status, id: String(entity[KIND_FACTS[kind].idField] ?? ''), entity }
}

function checkNewIds(changes: readonly BulkChange[]): void {
  const seen = new Set<string>()
  for (const { index, kind, status, id } of changes) {
    if (status !== 'added' || kind === 'builtInVariable') continue
    const field = `changes[${index}].${kind}.${KIND_FACTS[kind].idField}`
    if (!/^new_\d{1,9}$/.test(id))
      throw invalidField(field, 'The id of an added entity must be new_1, new_2, ...')
    if (seen.has(id)) throw invalidField(field, `The id ${id} is used more than once.`)
    seen.add(id)
  }
}

// Within one call the order of the changes does not matter (assumed): things are created before what refers to them, and
// deleted after.
const CREATE_ORDER: readonly Kind[] = [
  'folder',
  'customTemplate',
  'builtInVariable',
  'variable',
  'trigger',
  'tag',
  'client',
  'transformation',
  'zone',
  'gtagConfig',
]

function inOrder(changes: readonly BulkChange[]): BulkChange[] {
  const rank = ({ kind, status, entity }: BulkChange) => {
    const place = CREATE_ORDER.indexOf(kind) * 2 + (entity['type'] === 'triggerGroup' ? 1 : 0)
    return status === 'deleted' ? 1000 - place : place
  }
  // Deletes that make room for a name come before the create that takes it.
  const names = new Set(
    changes.filter(({ status }) => status !== 'deleted').map(({ kind, entity }) => nameKey(kind, entity)),
  )
  const first = (change: BulkChange) =>
    change.status === 'deleted' && names.has(nameKey(change.kind, change.entity)) ? 0 : 1
  return [...changes].sort((a, b) => first(a) - first(b) || rank(a) - rank(b) || a.index - b.index)
}

const nameKey = (kind: Kind, entity: Entity) => `${kind} ${String(entity['name'])}`

interface Done {
  readonly change: BulkChange
  readonly id: string
}

function carryOut(call: Call, edit: Edit, changes: readonly BulkChange[]): Done[] {
  const newIds = new Map<string, string>()
  for (const { kind, status, id } of changes) {
    if (status === 'added' && kind !== 'builtInVariable') newIds.set(id, takeId(edit.container))
  }
  const done: Done[] = []
  for (const change of inOrder(changes)) {
    try {
      done.push({ change, id: carryOutOne(call, edit, change, newIds) })
    } catch (error) {
      throw placed(error, change)
    }
  }
  return done.sort((a, b) => a.change.index - b.change.index)
}

function carryOutOne(
  call: Call,
  edit: Edit,
  change: BulkChange,
  newIds: ReadonlyMap<string, string>,
): string {
  const { kind, status, id } = change
  if (kind === 'builtInVariable') {
    if (!call.store.behaviour.bulkBuiltIns) throw badRequest('Built-in variables cannot be changed in bulk.')
    if (status === 'deleted') disableBuiltIn(edit, id)
    else enableBuiltIn(edit, id)
    return id
  }
  if (status === 'added') {
    const realId = newIds.get(id) ?? ''
    createEntity(edit, kind, withRealIds(call, change, newIds), realId)
    return realId
  }
  const stored = edit.content[kind].get(id)
  if (!stored) throw gtmNotFound()
  const given = change.entity['fingerprint']
  if (call.store.behaviour.bulkChecksFingerprints && given !== undefined && given !== stored['fingerprint']) {
    throw fingerprintMismatch(call)
  }
  if (status === 'deleted') deleteEntity(edit, kind, id)
  else replaceEntity(edit, kind, id, withRealIds(call, change, newIds))
  return id
}

const ID_LISTS = new Set([
  'firingTriggerId',
  'blockingTriggerId',
  'enablingTriggerId',
  'disablingTriggerId',
  'customEvaluationTriggerId',
])

/** The entity with `new_N` replaced by the ids that were given out. */
function withRealIds(call: Call, change: BulkChange, newIds: ReadonlyMap<string, string>): Entity {
  const real = (id: unknown) => newIds.get(String(id)) ?? id
  const inTriggers = call.store.behaviour.bulkNewIdsInFiringTriggers
  return mapObjects(change.entity, (object) => {
    const mapped: Record<string, unknown> = { ...object }
    for (const [field, value] of Object.entries(object)) {
      if (field === 'parentFolderId') mapped[field] = real(value)
      if (ID_LISTS.has(field) && inTriggers) mapped[field] = (value as unknown[]).map(real)
    }
    if (object['type'] === 'triggerReference' && inTriggers) mapped['value'] = real(object['value'])
    return mapped
  })
}

/** The refusal, with the place of the change in the call in front. */
function placed(error: unknown, { index, kind }: BulkChange): unknown {
  if (!(error instanceof ApiError) || error.code === 500) return error
  return new ApiError(error.code, error.status, `changes[${index}].${kind}: ${error.message}`, error.options)
}

function answer(container: GtmContainer, workspace: GtmWorkspace, done: readonly Done[]): Entity {
  const changes = done.flatMap(({ change: { kind, status }, id }) => {
    const entity = workspace.content[kind].get(id)
    if (status === 'deleted' || !entity) return []
    return [{ [kind]: entityView(container, workspace, kind, entity), changeStatus: status }]
  })
  return changes.length > 0 ? { changes } : {}
}
