/** The comparison of GTM's side: entities and built-in variables. */
import type { Container, Live, Other } from '../live/live.ts'
import { usageIn, usersOf, type Usage } from '../live/usage.ts'
import type { Diagnostic } from '../plan/diagnostic.ts'
import { isMade, type Change, type Use } from '../resources/change-set.ts'
import { keyOf, partsOf, refTo, resourceId } from '../resources/key.ts'
import { hashOf } from '../resources/marker.ts'
import { isEntity, kindText } from '../kinds/kinds.ts'
import { thingText } from '../words/change-words.ts'
import { keysUsedBy, withReferences } from '../resources/references.ts'
import type { Resource, EntityKind } from '../resources/resource.ts'
import { at } from './at.ts'
import type { Comparison, DiffContext } from './comparison.ts'
import { reread, type Matches } from './match.ts'
import { allFields, causeOf, differences } from './three-way.ts'

export function diffGtm(
  desired: readonly Resource[],
  content: Container,
  matches: Matches,
  context: DiffContext,
): Comparison {
  const entities = desired.filter(isEntity)
  const wasThere = appliedBefore(entities, matches)
  const changed = entities.flatMap((resource) => entityChange(resource, wasThere, matches, context) ?? [])
  const deleted = matches.orphans.map((orphan) => deletion(orphan, matches, context))
  const builtIns = desired
    .filter(
      (resource): resource is Resource<'gtm/built-in-variable'> => resource.kind === 'gtm/built-in-variable',
    )
    .filter(({ spec }) => !content.builtIns.some((builtIn) => builtIn.spec.type === spec.type))
    .map((resource) =>
      context.change({ action: 'create', resource, cause: 'plan', fields: allFields(resource, 'after') }),
    )
  const usage = usageIn(content)
  const changes = withRewrites(
    withNeeded([...builtIns, ...changed, ...deleted], context),
    entities,
    matches,
    usage,
  )
  const uses = entities.flatMap((resource): Use[] => {
    const { kind, key } = resource
    const used = matches.used.get(resourceId(resource))
    return used === undefined ? [] : [{ kind, key, name: used.name }]
  })
  const known = new Set<Live | Other>([
    ...matches.owned.values(),
    ...matches.orphans,
    ...matches.used.values(),
    ...matches.adopted.values(),
  ])
  return {
    changes,
    uses,
    unmanaged: [...content.entities, ...content.others].filter((thing) => !known.has(thing)).length,
    owned: matches.owned.size + matches.orphans.length,
    diagnostics: [...inUse(changes, usage, matches), ...twins(changes, content, matches)],
  }
}

/**
 * What was there after the last apply, so that somebody deleted it by hand where it is missing: whatever something of the
 * plan's refers to that was applied as it is desired now, and the tag of a conversion whose trigger was.
 */
function appliedBefore(
  all: readonly Resource<EntityKind>[],
  { owned }: Matches,
): (missing: Resource<EntityKind>) => boolean {
  const applied = all.filter((resource) => owned.get(resourceId(resource))?.mark?.hash === hashOf(resource))
  const known = new Set([...applied, ...applied.flatMap(keysUsedBy)].map(resourceId))
  return (missing) => {
    const { plan, id } = partsOf(missing.key)
    const trigger = resourceId({ kind: 'gtm/trigger', key: keyOf({ plan, id, facet: 'trigger' }) })
    return known.has(resourceId(missing)) || (missing.kind === 'gtm/tag' && known.has(trigger))
  }
}

function entityChange(
  desired: Resource<EntityKind>,
  wasThere: (missing: Resource<EntityKind>) => boolean,
  matches: Matches,
  context: DiffContext,
): Change | undefined {
  const id = resourceId(desired)
  if (matches.used.has(id) || matches.conflicts.has(id)) return undefined
  const entity = matches.owned.get(id)
  if (entity) return ownedChange(desired, entity, matches, context)
  const adopted = matches.adopted.get(id)
  if (!adopted) {
    return context.change({
      action: 'create',
      resource: desired,
      cause: wasThere(desired) ? 'drift' : 'plan',
      fields: allFields(desired, 'after'),
    })
  }
  return context.change({
    action: 'adopt',
    resource: desired,
    cause: 'plan',
    fields: differences({ ...reread(adopted, matches.refs), notes: '' }, desired),
    ...(adopted.name === desired.name ? {} : { previousName: adopted.name }),
  })
}

function ownedChange(
  desired: Resource<EntityKind>,
  entity: Live<EntityKind>,
  { refs, refsBefore }: Matches,
  context: DiffContext,
): Change | undefined {
  const moved = entity.key !== desired.key
  const fields = differences(reread(entity, refs), desired)
  if (fields.length === 0 && !moved) return undefined
  const cause =
    moved && fields.length === 0 ? 'plan' : causeOf(desired, reread(entity, refsBefore), entity.mark?.hash)
  const renamed = entity.name !== desired.name
  return context.change({
    action: renamed ? 'rename' : 'update',
    resource: desired,
    cause: moved && cause === 'drift' ? 'both' : cause,
    fields: moved ? [...fields, { path: 'key', before: entity.key, after: desired.key }] : fields,
    ...(renamed ? { previousName: entity.name } : {}),
    ...(moved ? { previousKey: entity.key } : {}),
  })
}

function deletion(orphan: Live<EntityKind>, { refs, refsBefore }: Matches, context: DiffContext): Change {
  const before = reread(orphan, refsBefore)
  return context.deletion({
    kind: orphan.kind,
    key: orphan.key,
    name: orphan.name,
    // Nobody asks for what leaves the plan to be as it was applied; that it was touched since is still said.
    cause: causeOf({ ...before, name: '' }, before, orphan.mark?.hash),
    fields: allFields(reread(orphan, refs), 'before'),
  })
}

/** What somebody deleted is left so, but not where something that is written refers to it. */
function withNeeded(changes: readonly Change[], context: DiffContext): readonly Change[] {
  const missing = new Map(
    changes
      .filter(({ action, held }) => action === 'create' && held === true)
      .map((change) => [resourceId(change), change] as const),
  )
  const needed = new Set<Change>()
  const visit = ({ desired }: Change): void => {
    for (const used of desired === undefined ? [] : keysUsedBy(desired)) {
      const change = missing.get(resourceId(used))
      if (change === undefined || needed.has(change)) continue
      needed.add(change)
      visit(change)
    }
  }
  changes.filter(isMade).forEach(visit)
  return changes.map((change): Change => {
    const { desired: resource, fields } = change
    return resource !== undefined && needed.has(change)
      ? context.change({ action: 'create', resource, cause: 'both', fields })
      : change
  })
}

/** Variables and tags are referred to by name, so whatever of ours uses a renamed one is written along. */
function withRewrites(
  changes: readonly Change[],
  desired: readonly Resource<EntityKind>[],
  matches: Matches,
  usage: Usage,
): readonly Change[] {
  const written = new Set(changes.filter(isMade).map(resourceId))
  const ours = new Map<Live | Other, Resource<EntityKind>>(
    desired.flatMap((resource) => {
      const entity = matches.owned.get(resourceId(resource))
      return entity === undefined ? [] : [[entity, resource]]
    }),
  )
  return changes.map((change) => {
    const { kind, previousName } = change
    if ((kind !== 'gtm/variable' && kind !== 'gtm/tag') || previousName === undefined || !isMade(change))
      return change
    const called = kind === 'gtm/tag' ? 'tag' : 'variable'
    const rewrites = (usage.get(`${called} ${previousName}`) ?? []).flatMap((user): Use[] => {
      const resource = ours.get(user)
      if (resource === undefined || written.has(resourceId(resource))) return []
      return [{ kind: resource.kind, key: resource.key, name: user.name }]
    })
    return rewrites.length === 0 ? change : { ...change, rewrites }
  })
}

/** GTM takes no change of a thing while another one has its name, as a merge of two workspaces may leave it. */
function twins(changes: readonly Change[], { entities }: Container, matches: Matches): readonly Diagnostic[] {
  return changes.flatMap((change): Diagnostic[] => {
    const entity = matches.owned.get(resourceId(change))
    if (entity === undefined || change.held === true || change.action === 'delete') return []
    const twin = entities.find(
      (each) => !each.ours && each.kind === entity.kind && each.name === change.name && each !== entity,
    )
    if (twin === undefined || entity.name !== change.name) return []
    return [
      {
        severity: 'error',
        code: 'name-is-twice',
        message: `The container has two of the name "${change.name}", and only one ${kindText(entity.kind)} of them is the plan's: GTM would take no change of either.`,
        fix: 'rename or delete the other one in GTM, then run it again',
        ...at(change.desired),
      },
    ]
  })
}

/** Deleting or renaming breaks whoever refers to the thing and is not written along. */
function inUse(changes: readonly Change[], usage: Usage, matches: Matches): readonly Diagnostic[] {
  const written = new Set(changes.filter(isMade).map(resourceId))
  const safe = new Set<Live | Other>([
    ...[...matches.owned].filter(([id]) => written.has(id)).map(([, entity]) => entity),
    ...matches.orphans,
    ...matches.adopted.values(),
  ])
  const ours = new Set<Live | Other>(matches.owned.values())
  const byId = new Map([
    ...matches.owned,
    ...matches.orphans.map((entity) => [resourceId(entity), entity] as const),
  ])
  return changes.flatMap((change): Diagnostic[] => {
    const entity = byId.get(resourceId(change))
    if (!entity || !isMade(change)) return []
    const { kind } = entity
    const breaks =
      change.action === 'delete' ||
      (change.action === 'rename' && (kind === 'gtm/variable' || kind === 'gtm/tag'))
    if (!breaks) return []
    const users = usersOf(entity, usage)
      .filter((user) => !safe.has(user))
      // What is ours is rewritten along with a rename.
      .filter((user) => change.action === 'delete' || !ours.has(user))
      .map(thingText)
    if (users.length === 0) return []
    const doing = change.action === 'delete' ? 'delete' : `rename to "${change.name}"`
    return [
      {
        severity: 'error',
        code: 'in-use-by-others',
        message: `The plan would ${doing} the ${kindText(kind)} "${entity.name}", which is used by ${users.join(', ')}.`,
        fix:
          change.action === 'delete'
            ? `take it out of ${users.length === 1 ? 'that one' : 'those'} in GTM first, keep it in the plan, or give it back: plan release --only "${entity.name}"`
            : `give it its old name through "naming:", or change ${users.length === 1 ? 'that one' : 'those'} in GTM first`,
        ...at(change.desired),
      },
    ]
  })
}

/** A plan may name one of its own things by its name in GTM; it reads as the thing itself. */
export function withOwnNamesAsKeys(desired: readonly Resource[]): readonly Resource[] {
  const keys = new Map(
    desired
      .filter(({ kind }) => kind === 'gtm/variable' || kind === 'gtm/trigger' || kind === 'gtm/tag')
      .map(({ kind, name, key }) => [`${kind} ${name}`, refTo(key)] as const),
  )
  return desired.map((resource) => withReferences(resource, (kind, ref) => keys.get(`${kind} ${ref}`) ?? ref))
}
