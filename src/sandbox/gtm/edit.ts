/**
 * Creating, replacing and deleting one entity in the content of a workspace. Single calls and bulk_update both come through
 * here, so that they cannot disagree. PUT replaces the whole entity (recorded: what is not sent is gone).
 */
import { badRequest, gtmNotFound, invalidField } from '../errors.ts'
import type { Entity } from '../shape.ts'
import type { Content, GtmContainer } from '../state.ts'
import type { Store } from '../store.ts'
import { BUILT_IN_TYPES, builtInVariable } from './built-in-names.ts'
import { checkEntity, checkUniqueName, templateTypes } from './checks.ts'
import { contextOf, hasBuiltIn } from './contexts.ts'
import { KIND_FACTS, type Kind } from './kinds.ts'
import { renameReferences, triggersUsed, variablesUsed } from './references.ts'

export interface Edit {
  readonly store: Store
  readonly container: GtmContainer
  readonly content: Content
}

// Set by the server; what a request says about them is not looked at.
const SERVER_FIELDS = new Set([
  'path',
  'accountId',
  'containerId',
  'workspaceId',
  'fingerprint',
  'tagManagerUrl',
  'uniqueTriggerId',
])

/** The entity as it will be stored: the client's fields, the server's own, no path. Its fingerprint comes when it is put. */
function storedForm(edit: Edit, kind: Kind, id: string, input: Entity): Entity {
  const { accountId, containerId } = edit.container.container
  const { behaviour } = edit.store
  const own = Object.fromEntries(Object.entries(input).filter(([field]) => !SERVER_FIELDS.has(field)))
  const filled: Record<string, unknown> = behaviour.fillDefaults ? { ...DEFAULTS[kind], ...own } : own
  if (kind === 'trigger' && LISTENERS.has(filled['type'])) {
    // Without a value, as in every one of 45 exported ones: Google makes that when it compiles (discovery document).
    filled['uniqueTriggerId'] = { type: 'template' }
    if (behaviour.autoEventFilterAlone === 'drop' && COMPANIONS.some((field) => filled[field] === undefined))
      delete filled['autoEventFilter']
  }
  // Folder 0 is "no folder".
  if (filled['parentFolderId'] === '0') delete filled['parentFolderId']
  return {
    accountId,
    containerId,
    [KIND_FACTS[kind].idField]: id,
    ...withoutId(filled, kind),
  }
}

// The triggers that wait for tags and check that the click or the form went through.
const LISTENERS: ReadonlySet<unknown> = new Set(['linkClick', 'formSubmission'])
const COMPANIONS = ['waitForTags', 'checkValidation', 'waitForTagsTimeout']

// What Google's own pages always write (exports); whether the API adds it is unknown, so it is off unless asked for.
const DEFAULTS: Partial<Record<Kind, Entity>> = {
  tag: {
    tagFiringOption: 'oncePerEvent',
    monitoringMetadata: { type: 'map' },
    consentSettings: { consentStatus: 'notSet' },
  },
  variable: { formatValue: {} },
}

function withoutId(input: Entity, kind: Kind): Entity {
  const rest = { ...input }
  delete rest[KIND_FACTS[kind].idField as keyof typeof rest]
  return rest
}

export function takeId(container: GtmContainer): string {
  return String(container.nextEntityId++)
}

/** A refused request leaves no trace, not even a used id: state before and after are the same bytes. */
export function createEntity(edit: Edit, kind: Kind, input: Entity, id?: string): Entity {
  const newId = id ?? String(edit.container.nextEntityId)
  const entity = storedForm(edit, kind, newId, input)
  check(edit, kind, entity, undefined)
  if (id === undefined) takeId(edit.container)
  return put(edit, kind, newId, entity)
}

function put(edit: Edit, kind: Kind, id: string, entity: Entity): Entity {
  const stored = { ...entity, fingerprint: edit.store.stamp() }
  edit.content[kind].set(id, stored)
  return stored
}

export function replaceEntity(edit: Edit, kind: Kind, id: string, input: Entity): Entity {
  const previous = edit.content[kind].get(id)
  if (!previous) throw gtmNotFound()
  const entity = withMark(storedForm(edit, kind, id, input), previous)
  check(edit, kind, entity, previous)
  put(edit, kind, id, entity)
  const [from, to] = [previous['name'], entity['name']]
  if (edit.store.behaviour.renameRewritesReferences && typeof from === 'string' && from !== to) {
    renameReferences(edit.content, kind, from, String(to), () => edit.store.stamp())
  }
  return edit.content[kind].get(id) ?? entity
}

/** A template of the gallery says so from now on when its code is edited (discovery document: GalleryReference.isModified). */
function withMark(entity: Entity, { galleryReference, templateData }: Entity): Entity {
  return galleryReference === undefined || entity['templateData'] === templateData
    ? entity
    : { ...entity, galleryReference: { ...(galleryReference as Entity), isModified: true } }
}

function check(edit: Edit, kind: Kind, entity: Entity, previous: Entity | undefined): void {
  checkEntity(kind, entity, {
    content: edit.content,
    behaviour: edit.store.behaviour,
    container: edit.container.container,
    previous,
  })
}

export function deleteEntity(edit: Edit, kind: Kind, id: string): void {
  const entity = edit.content[kind].get(id)
  if (!entity) throw gtmNotFound()
  checkDeletable(edit, kind, id, entity)
  edit.content[kind].delete(id)
  edit.store.stamp()
  if (kind === 'folder') emptyFolder(edit, id)
  if (kind === 'trigger' && edit.store.behaviour.deleteTriggerInUse === 'unlink') unlinkTrigger(edit, id)
}

/**
 * Templates that are used are refused according to one client
 * (https://github.com/paolobietolini/gtm-mcp-server/blob/main/gtm/tool_delete_template.go); for triggers and variables
 * nothing is known, hence the switches. Wording assumed.
 */
function checkDeletable(edit: Edit, kind: Kind, id: string, entity: Entity): void {
  const { behaviour } = edit.store
  const inUse = () => badRequest(`The ${kind} is in use and cannot be deleted.`)
  const users = (uses: (other: Entity) => boolean) =>
    (['tag', 'trigger', 'variable', 'client', 'transformation', 'zone'] as const).some((other) =>
      [...edit.content[other].values()].some((candidate) => candidate !== entity && uses(candidate)),
    )
  if (kind === 'customTemplate') {
    const types = templateTypes(entity, String(edit.container.container['containerId']))
    if (users((other) => types.includes(String(other['type'])))) throw inUse()
  }
  if (kind === 'trigger' && behaviour.deleteTriggerInUse === 'refuse') {
    if (users((other) => triggersUsed(other).includes(id))) throw inUse()
  }
  if (kind === 'variable' && behaviour.deleteVariableInUse === 'refuse') {
    if (users((other) => variablesUsed(other).has(String(entity['name'])))) throw inUse()
  }
}

/** What was in a deleted folder stands outside of any (assumed; folders do not own their entities). */
function emptyFolder(edit: Edit, folderId: string): void {
  for (const kind of ['tag', 'trigger', 'variable', 'client', 'transformation'] as const) {
    for (const [id, entity] of edit.content[kind]) {
      if (entity['parentFolderId'] !== folderId) continue
      edit.content[kind].set(id, inFolder(entity, undefined, edit.store))
    }
  }
}

export function inFolder(entity: Entity, folderId: string | undefined, store: Store): Entity {
  const moved = { ...entity, fingerprint: store.stamp() } as Record<string, unknown>
  delete moved['parentFolderId']
  return folderId === undefined ? moved : { ...moved, parentFolderId: folderId }
}

function unlinkTrigger(edit: Edit, triggerId: string): void {
  for (const [id, tag] of edit.content.tag) {
    if (!triggersUsed(tag).includes(triggerId)) continue
    const without = (field: string) =>
      ((tag[field] as string[] | undefined) ?? []).filter((other) => other !== triggerId)
    const changed: Record<string, unknown> = { ...tag, fingerprint: edit.store.stamp() }
    for (const field of ['firingTriggerId', 'blockingTriggerId']) {
      if (without(field).length > 0) changed[field] = without(field)
      else delete changed[field]
    }
    edit.content.tag.set(id, changed)
  }
}

export function enableBuiltIn(edit: Edit, type: string): Entity {
  const { container } = edit.container
  const { accountId, containerId } = container
  if (!hasBuiltIn(contextOf(container), type)) throw invalidBuiltIn(type)
  const existing = edit.content.builtInVariable.get(type)
  if (existing) return existing
  const entity = builtInVariable(String(accountId), String(containerId), type)
  checkUniqueName('builtInVariable', entity, edit.content)
  edit.content.builtInVariable.set(type, entity)
  edit.store.stamp()
  return entity
}

/** Disabling what is not enabled changes nothing (assumed). */
export function disableBuiltIn(edit: Edit, type: string): void {
  if (!BUILT_IN_TYPES.includes(type)) throw invalidBuiltIn(type)
  if (edit.content.builtInVariable.delete(type)) edit.store.stamp()
}

const invalidBuiltIn = (type: string) => invalidField('type', `Invalid value "${type}".`) // assumed
