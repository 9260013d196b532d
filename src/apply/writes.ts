/**
 * What is still to be written in a draft so that it holds a change set. Computed from the draft as it stands, so that
 * going on after a cut is the same as beginning: what is there already is not written again.
 */
import type { Change, ChangeSet } from '../resources/change-set.ts'
import { hashOf, parseNotes, renderNotes } from '../resources/marker.ts'
import type { Key, Resource } from '../resources/resource.ts'
import {
  bodyOf,
  entityKind,
  isEntity,
  refsIn,
  refsOut,
  specOf,
  type EntityId,
  type Place,
} from '../live/entity-form.ts'
import { sameEntity, unstamped } from '../diff/container-moves.ts'
import { idOf, nameOf, textOf, type Content, type EntityKind, type GtmKind, type Wire } from '../live/live.ts'
import { ownershipOf } from '../live/ownership.ts'
import { differences } from '../diff/three-way.ts'
import { withRenamedVariables } from '../live/wire-references.ts'

export type Write = { readonly name: string; readonly change?: Change } & (
  | { readonly op: 'enable'; readonly type: string }
  | { readonly op: 'create'; readonly kind: EntityKind; readonly resource: Resource<GtmKind> }
  | {
      readonly op: 'update'
      readonly kind: EntityKind
      readonly id: string
      readonly live: Wire
      readonly resource: Resource<GtmKind>
    }
  /** A body that stands already: references rewritten, or a name given up for another thing of the plan. */
  | {
      readonly op: 'put'
      readonly kind: EntityKind
      readonly id: string
      readonly live: Wire
      readonly body: Wire
    }
  | { readonly op: 'delete'; readonly kind: EntityKind; readonly id: string; readonly live: Wire }
)

export type EntityWrite = Exclude<Write, { op: 'enable' }>

/** Who is who in a draft. */
export interface Draft {
  readonly content: Content
  readonly keys: ReadonlyMap<EntityId, Key>
  readonly byKey: ReadonlyMap<`${EntityKind} ${Key}`, Wire>
}

/**
 * @param before the container's version that the change set was made for
 * @param content the draft
 */
export function readDraft(changeSet: ChangeSet, content: Content): Draft {
  const byKey = new Map<`${EntityKind} ${Key}`, Wire>()
  for (const { kind, key, wire } of ownershipOf(content, changeSet.plan).owned) {
    byKey.set(`${entityKind(kind)} ${key}`, wire)
  }
  for (const { kind, key, name } of changeSet.uses) {
    if (!isEntity(kind)) continue
    const wire = content[entityKind(kind)].find((each) => nameOf(each) === name)
    if (wire) byKey.set(`${entityKind(kind)} ${key}`, wire)
  }
  for (const { kind, key, previousKey, previousName, name, action } of changeSet.changes) {
    if (!isEntity(kind)) continue
    const place = `${entityKind(kind)} ${key}` as const
    if (byKey.has(place)) continue
    const before = previousKey === undefined ? undefined : byKey.get(`${entityKind(kind)} ${previousKey}`)
    const adopted =
      action === 'adopt'
        ? content[entityKind(kind)].find((each) => nameOf(each) === (previousName ?? name))
        : undefined
    const wire = before ?? adopted
    if (wire) byKey.set(place, wire)
    if (before) byKey.delete(`${entityKind(kind)} ${previousKey ?? ''}`)
  }
  const keys = new Map([...byKey].map(([place, wire]) => [idPlace(place, wire), keyIn(place)] as const))
  return { content, keys, byKey }
}

function idPlace(place: `${EntityKind} ${Key}`, wire: Wire): EntityId {
  const kind = place.slice(0, place.indexOf(' ')) as EntityKind
  return `${kind} ${idOf(kind, wire)}`
}

function keyIn(place: string): Key {
  return place.slice(place.indexOf(' ') + 1)
}

export function planWrites(changeSet: ChangeSet, before: Content, draft: Draft): readonly Write[] {
  const refs = refsIn(draft.content, draft.keys)
  const changes = changeSet.changes.filter((change) => change.held !== true && change.kind.startsWith('gtm/'))
  const writes = changes.flatMap((change): Write[] => {
    const { desired, kind, key, name } = change
    if (desired?.kind === 'gtm/built-in-variable') {
      const { type } = desired.spec
      const isOn = draft.content.builtInVariable.some((wire) => wire.type === type)
      return isOn ? [] : [{ op: 'enable', name, type, change }]
    }
    if (!isEntity(kind)) return []
    const live = draft.byKey.get(`${entityKind(kind)} ${key}`)
    if (desired === undefined || !isEntity(desired.kind)) {
      return live
        ? [{ op: 'delete', kind: entityKind(kind), id: idOf(entityKind(kind), live), live, name, change }]
        : []
    }
    const resource = desired as Resource<GtmKind>
    if (live === undefined) return [{ op: 'create', kind: entityKind(kind), resource, name, change }]
    if (isAsMeant(resource, live, specOf(entityKind(kind), live, refs))) return []
    return [
      {
        op: 'update',
        kind: entityKind(kind),
        id: idOf(entityKind(kind), live),
        live,
        resource,
        name,
        change,
      },
    ]
  })
  const rewrites = rewritesIn(changeSet, before, draft)
  const all = [
    ...writes.filter(({ op }) => op !== 'delete'),
    ...rewrites,
    ...writes.filter(({ op }) => op === 'delete'),
  ]
  return [...parkings(all, draft), ...all]
}

/** Whether the live entity is the resource, mark included. */
function isAsMeant(resource: Resource<GtmKind>, live: Wire, spec: unknown): boolean {
  const { ours, marker } = parseNotes(textOf(live.notes))
  const now = { name: nameOf(live), spec: spec as Resource['spec'], notes: ours }
  const isMarked = marker?.key === resource.key && marker.hash === hashOf(resource)
  return isMarked && differences(now, resource).length === 0
}

/**
 * Taken from the version before, not from the draft: two variables may swap their names, and then nobody could tell
 * from a half-written draft which one a name means.
 */
function rewritesIn(changeSet: ChangeSet, before: Content, draft: Draft): readonly EntityWrite[] {
  const renamed = renamedVariables(changeSet)
  if (renamed.size === 0) return []
  return rewrittenEntities(changeSet, before).flatMap(({ kind, id, wire }): EntityWrite[] => {
    const body = withRenamedVariables(unstamped(wire), renamed)
    const live = draft.content[kind].find((each) => idOf(kind, each) === id)
    if (live === undefined || sameEntity(live, body)) return []
    return [{ op: 'put', kind, id, live, body, name: nameOf(wire) }]
  })
}

function renamedVariables(changeSet: ChangeSet): ReadonlyMap<string, string> {
  return new Map(
    changeSet.changes
      .filter(
        (change) => change.kind === 'gtm/variable' && change.held !== true && change.action !== 'delete',
      )
      .flatMap(({ previousName, name }) =>
        previousName === undefined ? [] : [[previousName, name] as const],
      ),
  )
}

/** The plan's entities that are written along with a rename, as they were before. */
export function rewrittenEntities(
  changeSet: ChangeSet,
  before: Content,
): readonly { readonly kind: EntityKind; readonly id: string; readonly wire: Wire }[] {
  const wanted = new Set(
    changeSet.changes.flatMap((change) => change.rewrites ?? []).map(({ kind, key }) => `${kind} ${key}`),
  )
  const previous = new Map(
    changeSet.changes.flatMap(({ kind, key, previousKey }) =>
      previousKey === undefined ? [] : [[`${kind} ${previousKey}`, key]],
    ),
  )
  return ownershipOf(before, changeSet.plan)
    .owned.filter(({ kind, key }) => wanted.has(`${kind} ${previous.get(`${kind} ${key}`) ?? key}`))
    .map(({ kind, id, wire }) => ({ kind: entityKind(kind), id, wire }))
}

/** A name that one thing of the plan takes while another still has it is freed first. */
function parkings(writes: readonly Write[], draft: Draft): readonly EntityWrite[] {
  const leaving = new Set(
    writes.flatMap((write) =>
      write.op === 'update' || write.op === 'delete' ? [`${write.kind} ${write.id}`] : [],
    ),
  )
  return writes.flatMap((write): EntityWrite[] => {
    if (write.op !== 'create' && write.op !== 'update') return []
    const { kind, name } = write
    const holder = draft.content[kind].find(
      (wire) =>
        nameOf(wire) === name &&
        leaving.has(`${kind} ${idOf(kind, wire)}`) &&
        !(write.op === 'update' && write.id === idOf(kind, wire)),
    )
    if (holder === undefined) return []
    const id = idOf(kind, holder)
    const body = { ...unstamped(holder), name: `${name} (moving ${id})` }
    return [{ op: 'put', kind, id, live: holder, body, name }]
  })
}

export function isParking(write: Write): boolean {
  return write.op === 'put' && / \(moving \d+\)$/.test(nameOf(write.body))
}

/** What the request for a write carries. */
export function bodyFor(
  write: EntityWrite,
  draft: Draft,
  places: ReadonlyMap<`${EntityKind} ${Key}`, Place>,
): Wire {
  switch (write.op) {
    case 'put':
      return write.body
    case 'delete':
      return unstamped(write.live)
    case 'create':
    case 'update': {
      const { resource } = write
      const human = write.op === 'create' ? '' : parseNotes(textOf(write.live.notes)).human
      const notes = renderNotes(human, resource.notes, { key: resource.key, hash: hashOf(resource) })
      return bodyOf(resource, notes, refsOut(draft.content, places))
    }
  }
}

/** Where every key of the plan will be found once the writes are done; `idOfNew` gives ids to what is created. */
export function placesAfter(
  writes: readonly Write[],
  draft: Draft,
  idOfNew: (write: Write) => string | undefined,
): ReadonlyMap<`${EntityKind} ${Key}`, Place> {
  const places = new Map<`${EntityKind} ${Key}`, Place>()
  for (const [place, wire] of draft.byKey) {
    const kind = place.slice(0, place.indexOf(' ')) as EntityKind
    places.set(place, { name: nameOf(wire), id: idOf(kind, wire) })
  }
  for (const write of writes) {
    if (write.op !== 'create' && write.op !== 'update') continue
    const id = write.op === 'update' ? write.id : idOfNew(write)
    if (id !== undefined) places.set(`${write.kind} ${write.resource.key}`, { name: write.name, id })
  }
  return places
}
