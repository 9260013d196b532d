/**
 * Which of the container's entities the plan owns. The marker in the notes says so; but notes are copied along when
 * somebody duplicates an entity in Google's interface, so of two with one key the older one is the plan's.
 */
import { parseNotes } from '../resources/marker.ts'
import type { Key } from '../resources/resource.ts'
import {
  ENTITY_KINDS,
  idOf,
  nameOf,
  textOf,
  type Content,
  type EntityKind,
  type GtmKind,
  type Wire,
} from './live.ts'

export interface OwnedEntity {
  readonly kind: GtmKind
  readonly key: Key
  readonly id: string
  readonly name: string
  readonly wire: Wire
  readonly hash: string
  readonly human: string
  readonly ours: string
}

export interface Ownership {
  readonly owned: readonly OwnedEntity[]
  /** Duplicates that carry the plan's marker and are not the plan's. */
  readonly copies: readonly OwnedEntity[]
}

export function ownershipOf(content: Content, plan: string): Ownership {
  const marked = ENTITY_KINDS.flatMap((kind) => content[kind].flatMap((wire) => readMarker(kind, wire, plan)))
  const oldest = new Map<string, OwnedEntity>()
  for (const entity of [...marked].sort(byAge)) {
    const identity = `${entity.kind} ${entity.key}`
    if (!oldest.has(identity)) oldest.set(identity, entity)
  }
  const isOldest = (entity: OwnedEntity): boolean => oldest.get(`${entity.kind} ${entity.key}`) === entity
  return { owned: marked.filter(isOldest), copies: marked.filter((entity) => !isOldest(entity)) }
}

function readMarker(kind: EntityKind, wire: Wire, plan: string): readonly OwnedEntity[] {
  const { human, ours, marker } = parseNotes(textOf(wire.notes))
  if (marker === undefined || !marker.key.startsWith(`${plan}/`)) return []
  const { key, hash } = marker
  return [{ kind: `gtm/${kind}`, key, id: idOf(kind, wire), name: nameOf(wire), wire, hash, human, ours }]
}

// Ids are given out in rising order and never again.
function byAge(a: OwnedEntity, b: OwnedEntity): number {
  return a.id.length - b.id.length || (a.id < b.id ? -1 : 1)
}
