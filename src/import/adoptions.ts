/**
 * What in a container says the same as something of the plan, whatever it is called: tags by what they send, then the
 * triggers and variables of those tags. What other people's tags use, too, stays theirs, so that no change to the plan
 * changes what they do.
 */
import {
  destinationOf,
  hitKey,
  hitsOf,
  meaningOfText,
  meaningOfTrigger,
  type World,
} from '../lift/meaning.ts'
import { actKey, actsOf, inSequence, isOfVendor } from './acts.ts'
import { typeWords } from './not-lifted.ts'
import { readable } from '../lift/nesting.ts'
import { builtInTrigger, googleTagOf, isGoogleTag, serversOf, worldWith } from '../lift/worlds.ts'
import { refOf } from '../live/container.ts'
import type { Container, Live } from '../live/live.ts'
import { usageIn, usersOf } from '../live/usage.ts'
import { canonicalJson } from '../resources/canonical-json.ts'
import { isTakenIn, keyOf, partsOf, refTo, resourceId, type ResourceId } from '../resources/key.ts'
import type { EntityKind, Resource, TriggerSpec } from '../resources/resource.ts'

type Entity = Live<EntityKind>
type Tag = Live<'gtm/tag'>

export interface Adopted {
  readonly adoptions: ReadonlyMap<ResourceId, Entity>
  /** What other people's tags use: `gtm/trigger Name`. It stays theirs. */
  readonly shared: ReadonlySet<string>
  /** What the plan makes although something that other people's tags use says the same. */
  readonly beside: readonly { readonly made: Resource; readonly theirs: Entity }[]
  /** Names for what is made anew where somebody else's thing of another meaning has the usual one. */
  readonly names: ReadonlyMap<ResourceId, string>
  /** Of the pairs that were asked for, those that cannot be, each with the reason. */
  readonly refused: readonly { readonly pair: string; readonly reason: string }[]
}

/** @param asked pairs of a tag's name and a conversion's id. */
export function adoptionsOf(
  desired: readonly Resource[],
  container: Container,
  plan: string,
  asked: ReadonlyMap<string, string>,
): Adopted {
  const theirs = worldOfLive(container)
  const ours = worldWith(desired, theirs)
  const adoptions = new Map<ResourceId, Entity>()
  const taken = new Set<Entity>()
  const take = (resource: Resource, entity: Entity): void => {
    adoptions.set(resourceId(resource), entity)
    taken.add(entity)
  }
  const owned = new Set(container.entities.filter((each) => each.ours).map(resourceId))
  const isOpen = (resource: Resource): boolean =>
    !owned.has(resourceId(resource)) && !adoptions.has(resourceId(resource))
  const foreign = container.entities.filter((each) => !each.ours && each.mark === undefined)
  const tags = desired.filter((each): each is Resource<'gtm/tag'> => each.kind === 'gtm/tag')

  const refused: { pair: string; reason: string }[] = []
  const liveTags = container.entities.filter((each): each is Tag => each.kind === 'gtm/tag')
  for (const [name, id] of asked) {
    const entity = liveTags.find((each) => each.name === name)
    const tag = tags.find(({ key }) => key === keyOf({ plan, id, facet: 'tag' }))
    // Asked for again it is as it was.
    if (entity !== undefined && tag !== undefined && entity.ours && entity.key === tag.key) continue
    const reason = whyNotThese(
      { name, entity, isTaken: entity !== undefined && taken.has(entity) },
      {
        id,
        tag,
        has:
          tag &&
          (adoptions.get(resourceId(tag)) ?? liveTags.find(({ ours, key }) => ours && key === tag.key)),
      },
    )
    if (reason !== undefined) refused.push({ pair: `${name}=${id}`, reason })
    else if (entity !== undefined && tag !== undefined) take(tag, entity)
  }

  // What is taken in as it is was exported from there: it goes by the name.
  for (const resource of desired) {
    if (!isTakenIn(resource) || !isOpen(resource)) continue
    const entity = foreign.find(
      (each) => each.kind === resource.kind && each.name === resource.name && !taken.has(each),
    )
    if (entity !== undefined) take(resource, entity)
  }

  // Each tag is known by all that it sends.
  const live = foreign.filter((each): each is Tag => each.kind === 'gtm/tag' && !taken.has(each))
  const open = tags.filter(isOpen).map((tag) => ({ tag, hits: meaningOfTag(tag, ours) }))
  const sequenced = inSequence(container.entities.filter((each): each is Tag => each.kind === 'gtm/tag'))
  const exact = new Map(
    live.map((tag) => [
      canonicalJson(meaningOfTag(tag, theirs, { isInSequence: sequenced.has(tag.name) })),
      tag,
    ]),
  )
  for (const { tag, hits } of open) {
    const entity = exact.get(canonicalJson(hits))
    if (entity !== undefined && !taken.has(entity) && hits.length > 0) take(tag, entity)
  }
  // A container that is a template has a placeholder for the measurement id, and the plan the real one.
  const undirected = open.map(({ tag }) => ({ tag, hits: meaningOfTag(tag, ours, { isDirected: false }) }))
  const placeholders = live
    .filter((each) => each.spec.type === 'gaawe' && destinationOf(each.spec, theirs) === null)
    .map((entity) => ({
      entity,
      meaning: canonicalJson(meaningOfTag(entity, theirs, { isDirected: false })),
    }))
  for (const { tag, hits } of undirected) {
    if (!isOpen(tag)) continue
    const wanted = canonicalJson(hits)
    const found = placeholders.find(({ entity, meaning }) => !taken.has(entity) && meaning === wanted)
    if (found !== undefined) take(tag, found.entity)
  }
  // A tag that sends the events of several conversions goes to the first of them; the others get tags of their own.
  const [all, allUndirected] = [open, undirected].map((each) => new Set(each.flatMap(({ hits }) => hits)))
  for (const entity of live) {
    if (taken.has(entity) || isGoogleTag(entity.spec)) continue
    const isDirected = destinationOf(entity.spec, theirs) !== null
    const wanted = isDirected ? open : undirected
    const hits = meaningOfTag(entity, theirs, { isDirected, isInSequence: sequenced.has(entity.name) })
    const known = isDirected ? all : allUndirected
    if (hits.length === 0 || !hits.every((hit) => known?.has(hit))) continue
    const first = wanted.find(({ tag, hits: own }) => isOpen(tag) && own.every((hit) => hits.includes(hit)))
    if (first !== undefined) take(first.tag, entity)
  }

  const usage = usageIn(container)
  /** Whether only what becomes the plan's, or is, uses it. */
  const isFree = (entity: Entity): boolean =>
    usersOf(entity, usage).every((user) =>
      container.entities.some((each) => each === user && (each.ours || taken.has(each))),
    )
  const byRef = new Map(container.entities.map((each) => [`${each.kind} ${refOf(each)}`, each]))
  const byKey = new Map(desired.map((each) => [`${each.kind} ${refTo(each.key)}`, each]))
  for (const tag of tags) {
    const entity = adoptions.get(resourceId(tag))
    if (entity?.kind !== 'gtm/tag') continue
    for (const list of ['firingTriggers', 'blockingTriggers'] as const) {
      const candidates = entity.spec[list].flatMap((ref) => byRef.get(`gtm/trigger ${ref}`) ?? [])
      const isAlone = tag.spec[list].length === 1 && candidates.length === 1 && asked.has(entity.name)
      for (const ref of tag.spec[list]) {
        const trigger = byKey.get(`gtm/trigger ${ref}`)
        if (trigger?.kind !== 'gtm/trigger' || !isOpen(trigger)) continue
        const wanted = canonicalJson(meaningOfTrigger(trigger.spec, ours))
        const same = candidates.find(
          (each) =>
            each.kind === 'gtm/trigger' &&
            !each.ours &&
            !taken.has(each) &&
            (canonicalJson(meaningOfTrigger(each.spec, theirs)) === wanted ||
              (isAlone && each.spec.type === trigger.spec.type)) &&
            isFree(each),
        )
        if (same !== undefined) take(trigger, same)
      }
    }
  }
  takeVariables(desired, container, { ours, theirs, isOpen, isFree, take, taken })
  const shared = new Set(
    foreign.filter((each) => !taken.has(each) && !isFree(each)).map(({ kind, name }) => `${kind} ${name}`),
  )
  const beside = [...besideTheirs(desired.filter(isOpen), foreign, { shared, ours, theirs })]
  const names = new Map<ResourceId, string>()
  for (const resource of desired) {
    if ((resource.kind !== 'gtm/trigger' && resource.kind !== 'gtm/variable') || !isOpen(resource)) continue
    const other = foreign.find((each) => each.kind === resource.kind && each.name === resource.name)
    if (other === undefined || !shared.has(`${other.kind} ${other.name}`)) continue
    if (other.kind === 'gtm/trigger' && resource.kind === 'gtm/trigger') {
      const [mine, its] = [meaningOfTrigger(resource.spec, ours), meaningOfTrigger(other.spec, theirs)]
      if (canonicalJson(mine) === canonicalJson(its)) continue
    } else {
      const [mine, its] = [refTo(resource.key), refOf(other)] as const
      const said = meaningOfText(`{{${mine}}}`, ours)
      if (canonicalJson([said]) === canonicalJson([meaningOfText(`{{${its}}}`, theirs)])) continue
    }
    names.set(resourceId(resource), freeName(resource, [...container.entities, ...desired]))
  }
  return { adoptions, shared, beside, names, refused }
}

/** Why a tag cannot become a conversion's, whatever it sends. @param has the tag that the conversion has by now */
function whyNotThese(
  {
    name,
    entity,
    isTaken,
  }: { readonly name: string; readonly entity: Tag | undefined; readonly isTaken: boolean },
  {
    id,
    tag,
    has,
  }: { readonly id: string; readonly tag: Resource<'gtm/tag'> | undefined; readonly has: Entity | undefined },
): string | undefined {
  if (entity === undefined) return `there is no tag "${name}" in the container`
  if (tag === undefined) return `the plan has no conversion ${id} with a tag of its own`
  if (entity.mark !== undefined || isTaken) return `the tag "${name}" is a plan's already`
  if (has !== undefined) return `${id} has its tag already, "${has.name}"`
  if (entity.spec.type !== tag.spec.type)
    return `the tag "${name}" is ${typeWords(entity.spec.type)}, and ${id} sends with ${typeWords(tag.spec.type)}: it would be lost for another`
  return undefined
}

/** Triggers and variables of the plan that say what a shared one says, each with the first such. */
function* besideTheirs(
  open: readonly Resource[],
  foreign: readonly Entity[],
  {
    shared,
    ours,
    theirs,
  }: { readonly shared: ReadonlySet<string>; readonly ours: World; readonly theirs: World },
): Generator<Adopted['beside'][number]> {
  const meaning = (resource: Resource, ref: string, world: World): string | undefined =>
    resource.kind === 'gtm/trigger'
      ? canonicalJson(['trigger', meaningOfTrigger(resource.spec, world)])
      : resource.kind === 'gtm/variable' && resource.spec.type !== 'c'
        ? canonicalJson([resource.spec.type, meaningOfText(`{{${ref}}}`, world)])
        : undefined
  const known = new Map<string, Entity>()
  for (const each of foreign) {
    const key = shared.has(`${each.kind} ${each.name}`) ? meaning(each, refOf(each), theirs) : undefined
    if (key !== undefined && !known.has(key)) known.set(key, each)
  }
  for (const made of open) {
    const found = known.get(meaning(made, refTo(made.key), ours) ?? '')
    // One of the same name is used as it is.
    if (found !== undefined && found.name !== made.name) yield { made, theirs: found }
  }
}

function freeName({ kind, name }: Resource, others: readonly Resource[]): string {
  const taken = new Set(others.filter((each) => each.kind === kind).map((each) => each.name.toLowerCase()))
  for (let number = 2; ; number++) {
    const candidate = `${name} (${number})`
    if (!taken.has(candidate.toLowerCase())) return candidate
  }
}

/** Variables that say the same, from those that are read by tags inwards, as long as one more is free. */
function takeVariables(
  desired: readonly Resource[],
  container: Container,
  {
    ours,
    theirs,
    isOpen,
    isFree,
    take,
    taken,
  }: {
    readonly ours: World
    readonly theirs: World
    readonly isOpen: (resource: Resource) => boolean
    readonly isFree: (entity: Entity) => boolean
    readonly take: (resource: Resource, entity: Entity) => void
    readonly taken: ReadonlySet<Entity>
  },
): void {
  const meaning = (ref: string, world: World): string => canonicalJson([meaningOfText(`{{${ref}}}`, world)])
  const wanted = new Map<string, Resource[]>()
  for (const resource of desired) {
    if (resource.kind !== 'gtm/variable' || partsOf(resource.key).id === 'version' || !isOpen(resource))
      continue
    const key = `${resource.spec.type} ${meaning(refTo(resource.key), ours)}`
    wanted.set(key, [...(wanted.get(key) ?? []), resource])
  }
  const open = new Set(
    container.entities.filter(
      (each) => each.kind === 'gtm/variable' && !each.ours && each.mark === undefined,
    ),
  )
  for (let isMore = true; isMore;) {
    isMore = false
    for (const entity of open) {
      if (entity.kind !== 'gtm/variable' || taken.has(entity)) continue
      const list = wanted.get(`${entity.spec.type} ${meaning(refOf(entity), theirs)}`)
      const [first] = list ?? []
      if (first === undefined || !isFree(entity)) continue
      take(first, entity)
      list?.shift()
      open.delete(entity)
      isMore = true
    }
  }
}

/** @param isDirected whether it matters where it is sent. @param isInSequence whether others have it fired */
function meaningOfTag(
  tag: Resource<'gtm/tag'>,
  world: World,
  { isDirected = true, isInSequence = false } = {},
): readonly string[] {
  const hits = hitsOf(tag.spec, world).map((hit) => hitKey(isDirected ? hit : { ...hit, destination: null }))
  const google = isGoogleTag(tag.spec) ? [canonicalJson(['google', googleTagOf(tag.spec, world)])] : []
  if (isOfVendor(tag.spec)) return actsOf(tag.spec, world, isInSequence).map(actKey).sort()
  return [...new Set([...google, ...hits])].sort()
}

/** What references stand for in a container as Google has it. */
function worldOfLive({ entities }: Container): World {
  const specs = new Map(entities.map((each) => [`${each.kind} ${refOf(each)}`, each.spec]))
  const tags = entities.flatMap((each) => (each.kind === 'gtm/tag' ? [each.spec] : []))
  const variables = new Map(
    entities.flatMap((each) => (each.kind === 'gtm/variable' ? [[refOf(each), each.spec] as const] : [])),
  )
  const written = readable(variables)
  const world: World = {
    isByName: (ref) => variables.has(ref) && !written.has(ref),
    variable: (ref) => variables.get(ref),
    trigger: (ref) => builtInTrigger(ref) ?? (specs.get(`gtm/trigger ${ref}`) as TriggerSpec | undefined),
    tag: (name) => specs.get(`gtm/tag ${name}`) as ReturnType<World['tag']>,
    server: (id) => {
      found ??= serversOf(tags, world)
      return found.get(canonicalJson([id]))
    },
  }
  let found: ReturnType<typeof serversOf> | undefined
  return world
}
