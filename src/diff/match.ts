/**
 * Which live entity each desired GTM resource is. In this order:
 *
 *   1. the one that carries its key, or a key it had before (`was`);
 *   2. one of ours that nothing in the plan claims any more and that has its name;
 *   3. somebody else's with its name: used as it is if it means the same, taken over if asked for, else in conflict.
 *
 * Meaning is compared in dependency order, because what a variable means depends on the variables it reads.
 */
import { canonicalJson } from '../resources/canonical-json.ts'
import type { Key, Kind, Resource } from '../resources/resource.ts'
import { inDependencyOrder } from './order.ts'
import { entityId, entityKind, isEntity, refsIn, specOf, type EntityId } from '../live/entity-form.ts'
import { nameOf, type Content, type GtmKind, type Wire } from '../live/live.ts'
import { ownershipOf, type OwnedEntity } from '../live/ownership.ts'

export type ResourceId = `${Kind} ${Key}`

export function resourceId(resource: { readonly kind: Kind; readonly key: Key }): ResourceId {
  return `${resource.kind} ${resource.key}`
}

export interface Matches {
  readonly owned: ReadonlyMap<ResourceId, OwnedEntity>
  readonly used: ReadonlyMap<ResourceId, Wire>
  readonly adopted: ReadonlyMap<ResourceId, Wire>
  readonly conflicts: ReadonlyMap<ResourceId, Wire>
  /** Ours, and no longer in the plan. */
  readonly orphans: readonly OwnedEntity[]
  readonly copies: readonly OwnedEntity[]
  /** Which live entity stands for which key, orphans included. */
  readonly keys: ReadonlyMap<EntityId, Key>
  /** The same with the keys of the last apply: what an id was called before it was renamed with `was`. */
  readonly keysBefore: ReadonlyMap<EntityId, Key>
}

export function matchLive(
  desired: readonly Resource[],
  content: Content,
  plan: string,
  adopts: (resource: Resource) => boolean,
): Matches {
  const entities = desired.filter((resource): resource is Resource<GtmKind> => isEntity(resource.kind))
  const { owned: all, copies } = ownershipOf(content, plan)
  const owned = new Map([...claimByKey(entities, all)])
  const left = (): OwnedEntity[] => {
    const claimed = new Set(owned.values())
    return all.filter((entity) => !claimed.has(entity))
  }
  for (const [id, entity] of claimByName(entities, owned, left())) owned.set(id, entity)
  const orphans = left()

  const keys = new Map<EntityId, Key>()
  for (const orphan of orphans) keys.set(`${entityKind(orphan.kind)} ${orphan.id}`, orphan.key)
  for (const resource of entities) {
    const entity = owned.get(resourceId(resource))
    if (entity) keys.set(`${entityKind(entity.kind)} ${entity.id}`, resource.key)
  }
  const ours = new Set(all.map((entity) => entity.wire))
  const foreign = matchForeign(
    entities.filter((resource) => !owned.has(resourceId(resource))),
    content,
    ours,
    keys,
    adopts,
  )
  const takenNames = namesTaken(entities, owned, content, ours)
  const keysBefore = new Map(keys)
  for (const entity of owned.values()) {
    keysBefore.set(`${entityKind(entity.kind)} ${entity.id}`, entity.key)
  }
  return {
    owned,
    orphans,
    copies,
    keys,
    keysBefore,
    ...foreign,
    conflicts: new Map([...foreign.conflicts, ...takenNames]),
  }
}

function* claimByKey(
  desired: readonly Resource<GtmKind>[],
  owned: readonly OwnedEntity[],
): Generator<readonly [ResourceId, OwnedEntity]> {
  const byKey = new Map(owned.map((entity) => [resourceId(entity), entity]))
  const present = new Set(desired.map(resourceId))
  for (const resource of desired) {
    const exact = byKey.get(resourceId(resource))
    // A key it had before counts only while no other resource of the plan has it now.
    const before = (resource.was ?? [])
      .map((key): ResourceId => `${resource.kind} ${key}`)
      .filter((id) => !present.has(id))
      .map((id) => byKey.get(id))
      .find((entity) => entity !== undefined)
    const entity = exact ?? before
    if (entity) yield [resourceId(resource), entity]
  }
}

function* claimByName(
  desired: readonly Resource<GtmKind>[],
  claimed: ReadonlyMap<ResourceId, OwnedEntity>,
  left: readonly OwnedEntity[],
): Generator<readonly [ResourceId, OwnedEntity]> {
  const byName = new Map(left.map((entity) => [`${entity.kind} ${entity.name}`, entity]))
  for (const resource of desired) {
    const entity = claimed.has(resourceId(resource))
      ? undefined
      : byName.get(`${resource.kind} ${resource.name}`)
    if (entity) yield [resourceId(resource), entity]
  }
}

function matchForeign(
  unmatched: readonly Resource<GtmKind>[],
  content: Content,
  ours: ReadonlySet<Wire>,
  keys: Map<EntityId, Key>,
  adopts: (resource: Resource) => boolean,
): Pick<Matches, 'used' | 'adopted' | 'conflicts'> {
  const [used, adopted, conflicts] = [
    new Map<ResourceId, Wire>(),
    new Map<ResourceId, Wire>(),
    new Map<ResourceId, Wire>(),
  ]
  for (const resource of inDependencyOrder(unmatched)) {
    const kind = entityKind(resource.kind)
    const wire = content[kind].find((each) => !ours.has(each) && nameOf(each) === resource.name)
    if (wire === undefined) continue
    const id = resourceId(resource)
    // Before the comparison: the references that it makes to things already matched must read as keys.
    const same = meansTheSame(resource, specOf(kind, wire, refsIn(content, keys)))
    if (adopts(resource)) adopted.set(id, wire)
    else if (same) used.set(id, wire)
    else conflicts.set(id, wire)
    if (adopts(resource) || same) keys.set(entityId(kind, wire), resource.key)
  }
  return { used, adopted, conflicts }
}

/** An update in place that would take a name which somebody else's thing has. */
function* namesTaken(
  desired: readonly Resource<GtmKind>[],
  owned: ReadonlyMap<ResourceId, OwnedEntity>,
  content: Content,
  ours: ReadonlySet<Wire>,
): Generator<readonly [ResourceId, Wire]> {
  for (const resource of desired) {
    const entity = owned.get(resourceId(resource))
    if (entity === undefined || entity.name === resource.name) continue
    const wire = content[entityKind(resource.kind)].find(
      (each) => !ours.has(each) && nameOf(each) === resource.name,
    )
    if (wire) yield [resourceId(resource), wire]
  }
}

/**
 * Where it lies and what is said about it does not matter. An event tag is never used by reference: two plans that
 * count the same thing with one tag would take each other's numbers for their own.
 */
function meansTheSame(desired: Resource<GtmKind>, live: unknown): boolean {
  switch (desired.kind) {
    case 'gtm/folder':
      return true
    case 'gtm/variable':
    case 'gtm/trigger':
      return (
        canonicalJson({ ...desired.spec, folder: undefined }) ===
        canonicalJson({ ...(live as object), folder: undefined })
      )
    case 'gtm/tag': {
      const tag = live as Resource<'gtm/tag'>['spec']
      const bothGoogle = desired.spec.type === 'googtag' && tag.type === 'googtag'
      return bothGoogle && tag.parameters.tagId === desired.spec.parameters.tagId
    }
  }
}
