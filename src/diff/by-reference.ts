/**
 * What other people's tags use, too, stays theirs. Where a thing of the plan's refers to it in the container already, as a
 * tag does that was adopted, and it says just what the plan would make, the plan refers to it by its name and makes nothing
 * beside it. Nobody has to remember that: the reference in the container does. Once either side says something else, the
 * plan makes its own, and theirs stays as it is. What the plan itself takes in as it is (`entities:`) needs no such reference: the
 * plan has it, and makes no second one.
 */
import { isEntity } from '../kinds/kinds.ts'
import { refOf } from '../live/container.ts'
import type { Container, Live } from '../live/live.ts'
import { canonicalJson } from '../resources/canonical-json.ts'
import type { Use } from '../resources/change-set.ts'
import { isTakenIn, refTo, resourceId, type ResourceId } from '../resources/key.ts'
import { referencesOf, withReferences } from '../resources/references.ts'
import type { EntityKind, Kind, Ref, Resource } from '../resources/resource.ts'
import type { Adoptions } from './kept-names.ts'
import { inDependencyOrder } from './order.ts'

type Entity = Live<EntityKind>

export interface ByReference {
  readonly desired: readonly Resource[]
  /** What it refers to instead of making its own, by the id of what it would have made. */
  readonly theirs: ReadonlyMap<ResourceId, Entity>
}

export function withTheirs(
  desired: readonly Resource[],
  content: Container,
  adoptions: Adoptions,
): ByReference {
  const theirs = new Map<ResourceId, Entity>()
  const reached = reachedIn(content, adoptions)
  const entities = desired.filter(isEntity)
  const takenIn = entities.filter((each) => isShareable(each) && isTakenIn(each))
  if (reached.size === 0 && takenIn.length === 0) return { desired, theirs }
  const had = new Map(takenIn.map((each) => [meaningOf(each), each]))
  const alike = new Map<string, Entity[]>()
  for (const each of reached) {
    const meaning = meaningOf(each)
    alike.set(meaning, [...(alike.get(meaning) ?? []), each])
  }
  const owned = new Map(content.entities.flatMap((each) => (each.ours ? [[resourceId(each), each]] : [])))
  const refs = new Map<string, Ref>()
  const dropped = new Set<ResourceId>()
  const rewritten = <R extends Resource>(resource: R): R =>
    refs.size === 0 ? resource : withReferences(resource, (kind, ref) => refs.get(`${kind} ${ref}`) ?? ref)
  const usersRefs = usedByUsers(entities, owned, adoptions)
  for (const resource of inDependencyOrder(entities)) {
    const { kind, key, was = [] } = resource
    if (!isShareable(resource) || isTakenIn(resource)) continue
    const isThere = [key, ...was].some((each) => owned.has(`${kind} ${each}`))
    if (isThere || adoptions.has(resourceId(resource))) continue
    const meaning = meaningOf(rewritten(resource))
    const own = had.get(meaning)
    if (own !== undefined) {
      dropped.add(resourceId(resource))
      refs.set(`${kind} ${refTo(key)}`, refTo(own.key))
      continue
    }
    const same = alike.get(meaning) ?? []
    const used = usersRefs.get(resourceId(resource))
    const found = same.find((each) => used?.has(`${kind} ${refOf(each)}`)) ?? same[0]
    // One of the same name is used as it is anyway.
    if (found === undefined || found.name === resource.name) continue
    dropped.add(resourceId(resource))
    theirs.set(resourceId(resource), found)
    refs.set(`${kind} ${refTo(key)}`, refOf(found))
  }
  if (dropped.size === 0) return { desired, theirs }
  return {
    desired: desired.filter((resource) => !dropped.has(resourceId(resource))).map(rewritten),
    theirs,
  }
}

/** What is referred to, as a change set shows it: under the key that Google's id gives. */
export function usesOf(theirs: ByReference['theirs']): readonly Use[] {
  return [...new Set(theirs.values())]
    .map(({ kind, key, name }): Use => ({ kind, key, name }))
    .sort((a, b) => (`${a.kind} ${a.name}` < `${b.kind} ${b.name}` ? -1 : 1))
}

/** Nobody's triggers and variables that the plan's things refer to in the container, and those that these refer to. */
function reachedIn({ entities }: Container, adoptions: Adoptions): ReadonlySet<Entity> {
  const foreign = new Map(
    entities
      .filter((each) => !each.ours && each.mark === undefined && isShareable(each))
      .map((each) => [`${each.kind} ${refOf(each)}`, each]),
  )
  const adopted = new Set(adoptions.values())
  const reached = new Set<Entity>()
  const open: Entity[] = entities.filter((each) => each.ours || adopted.has(each))
  for (let next = open.pop(); next !== undefined; next = open.pop())
    for (const { kind, ref } of referencesOf(next)) {
      const found = foreign.get(`${kind} ${ref}`)
      if (found === undefined || reached.has(found) || adopted.has(found)) continue
      reached.add(found)
      open.push(found)
    }
  return reached
}

function isShareable({ kind }: { readonly kind: Kind }): boolean {
  return kind === 'gtm/trigger' || kind === 'gtm/variable'
}

/** By the id of each of the plan's things: what its users refer to in the container, of whatever kind, with the kind. */
function usedByUsers(
  desired: readonly Resource<EntityKind>[],
  owned: ReadonlyMap<ResourceId, Entity>,
  adoptions: Adoptions,
): ReadonlyMap<ResourceId, ReadonlySet<string>> {
  const ids = new Map(desired.map((each) => [`${each.kind} ${refTo(each.key)}`, resourceId(each)]))
  const used = new Map<ResourceId, Set<string>>()
  for (const user of desired) {
    const entity = adoptions.get(resourceId(user)) ?? owned.get(resourceId(user))
    if (entity === undefined) continue
    const theirs = referencesOf(entity).map(({ kind, ref }) => `${kind} ${ref}`)
    for (const { kind, ref } of referencesOf(user)) {
      const id = ids.get(`${kind} ${ref}`)
      if (id === undefined) continue
      const known = used.get(id) ?? new Set()
      for (const each of theirs) known.add(each)
      used.set(id, known)
    }
  }
  return used
}

/** All that it says, but for the folder that it lies in. */
function meaningOf({ kind, spec }: Resource<EntityKind> | Entity): string {
  return `${kind} ${canonicalJson({ ...spec, folder: undefined })}`
}
