/**
 * What is still to be written in a draft so that it holds a change set. Computed from the draft as it stands, so that
 * going on after a cut is the same as beginning: what is there already is not written again.
 */
import { thingId } from '../diff/container-moves.ts'
import { reread, rereading, type Rereading } from '../diff/match.ts'
import { isEntity, isEntityKind } from '../kinds/kinds.ts'
import { differences } from '../diff/three-way.ts'
import { galleryOf, isOfOneRepository } from '../kinds/template.ts'
import { bodyOf, type Place, type Places } from '../live/container.ts'
import type { Container, Live } from '../live/live.ts'
import { sameSent, unstamped, withRenamed } from '../live/sent.ts'
import { isMade, type Change, type ChangeSet } from '../resources/change-set.ts'
import { resourceId, resourceIn, type ResourceId } from '../resources/key.ts'
import { hashOf, renderNotes } from '../resources/marker.ts'
import type { Resource, EntityKind } from '../resources/resource.ts'
import type { Body } from '../kinds/kind.ts'

type Entity = Live<EntityKind>

export type Write = { readonly name: string; readonly change?: Change } & (
  | { readonly op: 'enable'; readonly type: string }
  | { readonly op: 'create'; readonly kind: EntityKind; readonly resource: Resource<EntityKind> }
  | {
      readonly op: 'update'
      readonly kind: EntityKind
      readonly live: Entity
      readonly resource: Resource<EntityKind>
    }
  /** A body that stands already: references rewritten, or a name given up for another thing of the plan. */
  | {
      readonly op: 'put'
      readonly kind: EntityKind
      readonly live: Entity
      readonly body: Body
      /** It only gives up its name, until its own write comes. */
      readonly parks?: true
    }
  | { readonly op: 'delete'; readonly kind: EntityKind; readonly live: Entity }
)

export type EntityWrite = Exclude<Write, { op: 'enable' }>

/** Who is who in a draft. */
export interface Draft {
  readonly content: Container
  readonly byKey: ReadonlyMap<ResourceId, Entity>
  /** How references in it read when they are written with the plan's present keys. */
  readonly refs: Rereading
}

export function readDraft(changeSet: ChangeSet, content: Container): Draft {
  const byKey = new Map<ResourceId, Entity>()
  for (const entity of content.entities) if (entity.ours) byKey.set(resourceId(entity), entity)
  const named = (kind: EntityKind, name: string): Entity | undefined =>
    content.entities.find((entity) => entity.kind === kind && entity.name === name)
  for (const use of changeSet.uses) {
    const entity = isEntityKind(use.kind) ? named(use.kind, use.name) : undefined
    // What is referred to by its name stands for no key of the plan's.
    if (entity && use.key !== entity.key) byKey.set(resourceId(use), entity)
  }
  for (const change of changeSet.changes) {
    const { kind, previousKey, previousName, name, action } = change
    const id = resourceId(change)
    if (!isEntityKind(kind) || byKey.has(id)) continue
    const before = previousKey === undefined ? undefined : byKey.get(`${kind} ${previousKey}`)
    const imported = galleryOf(change.desired)
    const entity =
      before ??
      (action === 'adopt'
        ? named(kind, previousName ?? name)
        : content.entities.find((each) => isOfOneRepository(imported, galleryOf(each))))
    if (entity) byKey.set(id, entity)
    if (before) byKey.delete(resourceId(before))
  }
  const refs = new Map([...byKey].map(([id, entity]) => rereading(entity, resourceIn(id))))
  return { content, byKey, refs }
}

export function planWrites(changeSet: ChangeSet, before: Container, draft: Draft): readonly Write[] {
  const changes = changeSet.changes.filter((change) => isMade(change) && change.kind.startsWith('gtm/'))
  const writes = changes.flatMap((change) => writeFor(change, draft) ?? [])
  const rewrites = rewritesIn(changeSet, before, draft)
  const all = [
    ...writes.filter(({ op }) => op !== 'delete'),
    ...rewrites,
    ...writes.filter(({ op }) => op === 'delete'),
  ]
  return [...parkings(all, draft), ...all]
}

function writeFor(change: Change, draft: Draft): Write | undefined {
  const { desired, kind, name } = change
  if (desired?.kind === 'gtm/built-in-variable') {
    const { type } = desired.spec
    const isOn = draft.content.builtIns.some(({ spec }) => spec.type === type)
    return isOn ? undefined : { op: 'enable', name, type, change }
  }
  if (!isEntityKind(kind)) return undefined
  const live = draft.byKey.get(resourceId(change))
  if (desired === undefined || !isEntity(desired)) {
    return live && { op: 'delete', kind, live, name, change }
  }
  if (live === undefined) return { op: 'create', kind, resource: desired, name, change }
  // It is what was asked for as soon as it is there, and carries no mark.
  if (galleryOf(desired) !== undefined) return undefined
  return isAsMeant(desired, live, draft)
    ? undefined
    : { op: 'update', kind, live, resource: desired, name, change }
}

/** Whether the live entity is the resource, mark included. */
function isAsMeant(resource: Resource<EntityKind>, live: Entity, draft: Draft): boolean {
  return isMarkedAs(resource, live) && differences(reread(live, draft.refs), resource).length === 0
}

/** Whether the mark says that this very resource was applied, and to this very entity. */
export function isMarkedAs(resource: Resource, { mark, remote }: Live): boolean {
  return (
    mark?.key === resource.key &&
    mark.hash === hashOf(resource) &&
    mark.id === remote.id &&
    mark.keepsName === resource.keepsName &&
    mark.protected === resource.protected
  )
}

/**
 * Taken from the version before, not from the draft: two variables may swap their names, and then nobody could tell
 * from a half-written draft which one a name means.
 */
function rewritesIn(changeSet: ChangeSet, before: Container, draft: Draft): readonly EntityWrite[] {
  const renamed = { variables: renamedIn(changeSet, 'gtm/variable'), tags: renamedIn(changeSet, 'gtm/tag') }
  if (renamed.variables.size + renamed.tags.size === 0) return []
  return rewrittenEntities(changeSet, before).flatMap((entity): EntityWrite[] => {
    const body = { ...withRenamed(entity.remote.sent, renamed), name: entity.name }
    const live = draft.content.entities.find((each) => thingId(each) === thingId(entity))
    if (live === undefined || sameSent(live.remote.sent, body)) return []
    return [{ op: 'put', kind: live.kind, live, body, name: entity.name }]
  })
}

function renamedIn(changeSet: ChangeSet, kind: EntityKind): ReadonlyMap<string, string> {
  return new Map(
    changeSet.changes
      .filter((change) => change.kind === kind && isMade(change) && change.action !== 'delete')
      .flatMap(({ previousName, name }) =>
        previousName === undefined ? [] : [[previousName, name] as const],
      ),
  )
}

/** The plan's entities that are written along with a rename, as they were before. */
export function rewrittenEntities(changeSet: ChangeSet, before: Container): readonly Entity[] {
  const wanted = new Set(changeSet.changes.flatMap((change) => change.rewrites ?? []).map(resourceId))
  const present = new Map(
    changeSet.changes.flatMap((change): (readonly [ResourceId, ResourceId])[] =>
      change.previousKey === undefined ? [] : [[`${change.kind} ${change.previousKey}`, resourceId(change)]],
    ),
  )
  return before.entities.filter((entity) => {
    const id = resourceId(entity)
    return entity.ours && wanted.has(present.get(id) ?? id)
  })
}

/** A name that one thing of the plan takes while another still has it is freed first. */
function parkings(writes: readonly Write[], draft: Draft): readonly EntityWrite[] {
  const leaving = new Set(
    writes.flatMap((write) => (write.op === 'update' || write.op === 'delete' ? [write.live] : [])),
  )
  return writes.flatMap((write): EntityWrite[] => {
    if (write.op !== 'create' && write.op !== 'update') return []
    const { kind, name } = write
    const holder = draft.content.entities.find(
      (entity) =>
        entity.kind === kind &&
        entity.name === name &&
        leaving.has(entity) &&
        !(write.op === 'update' && write.live === entity),
    )
    if (holder === undefined) return []
    const body = { ...unstamped(holder.remote.sent), name: parkedName(name, holder.remote.id) }
    return [{ op: 'put', kind, live: holder, body, name, parks: true }]
  })
}

/** What a thing is called while another one takes its name. */
export function parkedName(name: string, id: string): string {
  return `${name} (moving ${id})`
}

/** It comes from the gallery, in a request of its own. */
export function isImport(write: Write): boolean {
  return write.op === 'create' && galleryOf(write.resource) !== undefined
}

export function isParking(write: Write): boolean {
  return write.op === 'put' && write.parks === true
}

/** What the request for a write carries. */
export function bodyFor(write: EntityWrite, draft: Draft, places: Places): Body {
  switch (write.op) {
    case 'put':
      return write.body
    case 'delete':
      return { ...unstamped(write.live.remote.sent), name: write.live.name }
    case 'create':
    case 'update': {
      const { resource } = write
      const marker = {
        key: resource.key,
        hash: hashOf(resource),
        ...(resource.keepsName === true ? { keepsName: true as const } : {}),
        ...(resource.protected === true ? { protected: true as const } : {}),
      }
      const notes =
        write.op === 'create'
          ? renderNotes(resource.handNotes ?? '', resource.notes, marker)
          : renderNotes(write.live.human, resource.notes, { ...marker, id: write.live.remote.id })
      return bodyOf(resource, notes, draft.content, places)
    }
  }
}

/** Where every key of the plan will be found once the writes are done; `idOfNew` gives ids to what is created. */
export function placesAfter(
  writes: readonly Write[],
  draft: Draft,
  idOfNew: (write: Write) => string | undefined,
): Places {
  const places = new Map<ResourceId, Place>(
    [...draft.byKey].map(([id, { name, remote }]) => [id, { name, id: remote.id }]),
  )
  for (const write of writes) {
    if (write.op !== 'create' && write.op !== 'update') continue
    const id = write.op === 'update' ? write.live.remote.id : idOfNew(write)
    if (id !== undefined) places.set(resourceId(write.resource), { name: write.name, id })
  }
  return places
}
