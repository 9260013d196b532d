/**
 * Which live entity each desired GTM resource is. In this order:
 *
 *   1. the one that carries its key, or a key it had before (`was`);
 *   2. one of ours that nothing in the plan claims any more and that has its name;
 *   3. somebody else's with its name: used as it is if it means the same, taken over if asked for, else in conflict.
 *
 * Meaning is compared in dependency order, because what a variable means depends on the variables it reads.
 */
import { destinationOf } from '../destinations/kinds.ts'
import { isMark } from '../destinations/vendor-script.ts'
import { ownerOf, refOf } from '../live/container.ts'
import { isEntity } from '../kinds/kinds.ts'
import { galleryOf, isOfOneRepository } from '../kinds/template.ts'
import { isOf, type Live, type LiveState } from '../live/live.ts'
import { canonicalJson } from '../resources/canonical-json.ts'
import { refTo, resourceId, type ResourceId } from '../resources/key.ts'
import { withReferences } from '../resources/references.ts'
import type { EntityKind, Kind, Ref, Resource, TagSpec } from '../resources/resource.ts'
import { inDependencyOrder } from './order.ts'

type Entity = Live<EntityKind>

/** Whether what exists under the resource's name is to become the plan's. @param owner another plan whose it is */
export type Adopts = (resource: Resource, owner: string | undefined) => boolean

export interface Matches {
  readonly owned: ReadonlyMap<ResourceId, Entity>
  readonly used: ReadonlyMap<ResourceId, Entity>
  readonly adopted: ReadonlyMap<ResourceId, Entity>
  readonly conflicts: ReadonlyMap<ResourceId, Entity>
  /** Ours, and no longer in the plan. */
  readonly orphans: readonly Entity[]
  /** Duplicates that carry the plan's mark and are not the plan's. */
  readonly copies: readonly Entity[]
  /** How references in live specs read when they are written with the plan's present keys. */
  readonly refs: Rereading
  /** The same with the keys of the last apply: what an id was called before it was renamed with `was`. */
  readonly refsBefore: Rereading
}

/** References that are to be read as others. */
export type Rereading = ReadonlyMap<`${Kind} ${Ref}`, Ref>

/** The resource with its references read so. */
export function reread<R extends Resource>(resource: R, refs: Rereading): R {
  return refs.size === 0
    ? resource
    : withReferences(resource, (kind, ref) => refs.get(`${kind} ${ref}`) ?? ref)
}

/** That a live entity stands for a resource. */
export function rereading(entity: Entity, { kind, key }: Pick<Resource, 'kind' | 'key'>) {
  return [`${kind} ${refOf(entity)}`, refTo(key)] as const
}

export function matchLive(
  desired: readonly Resource[],
  { content, ...owner }: Pick<LiveState, 'plan' | 'formerly' | 'content'>,
  adopts: Adopts,
): Matches {
  const entities = desired.filter(isEntity)
  const all = content.entities.filter(({ ours }) => ours)
  const owned = new Map([...claimByKey(entities, all)])
  const left = (): Entity[] => {
    const claimed = new Set(owned.values())
    return all.filter((entity) => !claimed.has(entity))
  }
  for (const [id, entity] of claimByName(entities, owned, left())) owned.set(id, entity)
  const refs = new Map<`${Kind} ${Ref}`, Ref>(
    entities.flatMap((resource) => {
      const entity = owned.get(resourceId(resource))
      return entity === undefined || entity.key === resource.key ? [] : [rereading(entity, resource)]
    }),
  )
  const refsBefore = new Map<`${Kind} ${Ref}`, Ref>()
  const others = content.entities.filter(({ ours }) => !ours)
  const foreign = matchForeign(
    entities.filter((resource) => !owned.has(resourceId(resource))),
    others,
    [refs, refsBefore],
    adopts,
  )
  const takenNames = namesTaken(entities, owned, others)
  return {
    owned,
    orphans: left(),
    copies: others.filter(({ mark }) => mark !== undefined && isOf(owner, mark.plan)),
    refs,
    refsBefore,
    ...foreign,
    conflicts: new Map([...foreign.conflicts, ...takenNames]),
  }
}

function* claimByKey(
  desired: readonly Resource<EntityKind>[],
  owned: readonly Entity[],
): Generator<readonly [ResourceId, Entity]> {
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
  desired: readonly Resource<EntityKind>[],
  claimed: ReadonlyMap<ResourceId, Entity>,
  left: readonly Entity[],
): Generator<readonly [ResourceId, Entity]> {
  const byName = new Map(left.map((entity) => [`${entity.kind} ${entity.name}`, entity]))
  for (const resource of desired) {
    const entity = claimed.has(resourceId(resource))
      ? undefined
      : byName.get(`${resource.kind} ${resource.name}`)
    if (entity) yield [resourceId(resource), entity]
  }
}

function matchForeign(
  unmatched: readonly Resource<EntityKind>[],
  others: readonly Entity[],
  refs: readonly Map<`${Kind} ${Ref}`, Ref>[],
  adopts: Adopts,
): Pick<Matches, 'used' | 'adopted' | 'conflicts'> {
  const [used, adopted, conflicts] = [
    new Map<ResourceId, Entity>(),
    new Map<ResourceId, Entity>(),
    new Map<ResourceId, Entity>(),
  ]
  const [now = new Map<`${Kind} ${Ref}`, Ref>()] = refs
  for (const resource of inDependencyOrder(unmatched)) {
    const entity = withName(others, resource)
    if (entity === undefined) continue
    const id = resourceId(resource)
    // The references that it makes to things already matched must read as keys.
    const same = meansTheSame(resource, reread(entity, now))
    const isAdopted = galleryOf(resource) === undefined && adopts(resource, ownerOf(entity))
    if (isAdopted) adopted.set(id, entity)
    else if (same) used.set(id, entity)
    else conflicts.set(id, entity)
    if (isAdopted || same) for (const map of refs) map.set(...rereading(entity, resource))
  }
  return { used, adopted, conflicts }
}

/** An update in place that would take a name which somebody else's thing has. */
function* namesTaken(
  desired: readonly Resource<EntityKind>[],
  owned: ReadonlyMap<ResourceId, Entity>,
  others: readonly Entity[],
): Generator<readonly [ResourceId, Entity]> {
  for (const resource of desired) {
    const entity = owned.get(resourceId(resource))
    if (entity === undefined || entity.name === resource.name) continue
    const other = withName(others, resource)
    if (other) yield [resourceId(resource), other]
  }
}

/** A template of the gallery has its author's name, and is known by its repository. */
function withName(entities: readonly Entity[], resource: Resource): Entity | undefined {
  const { kind, name } = resource
  const gallery = galleryOf(resource)
  if (gallery !== undefined) return entities.find((entity) => isOfOneRepository(gallery, galleryOf(entity)))
  return entities.find((entity) => entity.kind === kind && entity.name === name)
}

/**
 * Where it lies and what is said about it does not matter. A tag of an event is never used by reference: two plans that
 * count the same thing with one tag would take each other's numbers for their own.
 */
export function meansTheSame(desired: Resource<EntityKind>, live: Entity): boolean {
  switch (desired.kind) {
    case 'gtm/folder':
      return true
    case 'gtm/template':
      return desired.spec.gallery === undefined
        ? isAlike(desired, live)
        : canonicalJson(desired.spec.gallery) === canonicalJson(galleryOf(live) ?? null)
    case 'gtm/variable':
    case 'gtm/trigger':
      return isAlike(desired, live)
    case 'gtm/tag':
      return (
        live.kind === 'gtm/tag' &&
        (desired.spec.type === 'googtag'
          ? live.spec.type === 'googtag' && live.spec.parameters.tagId === desired.spec.parameters.tagId
          : isOfThePage(desired.spec) && isAlike(desired, live))
      )
  }
}

/** Whether both are the same but for the folder that they lie in. */
export function isAlike(desired: Resource<EntityKind>, live: Entity): boolean {
  return (
    canonicalJson({ ...desired.spec, folder: undefined }) ===
    canonicalJson({ ...live.spec, folder: undefined })
  )
}

/** What loads a vendor, or notes that consent was there: enough once for all plans of a container. */
function isOfThePage(spec: TagSpec): boolean {
  if (spec.type === 'html' && isMark(String(spec.parameters.html ?? ''))) return true
  const found = destinationOf(spec)
  return found !== undefined && found.kind !== 'ga4' && found.event === undefined
}
