/** The GTM half of a diff: entities and built-in variables. */
import type { Change, Use } from '../resources/change-set.ts'
import type { Diagnostic } from '../plan/diagnostic.ts'
import { mapReferences } from '../resources/parameters.ts'
import type { Resource } from '../resources/resource.ts'
import type { RefsIn } from '../resources/parameters.ts'
import { entityKind, isEntity, refsIn, specOf } from '../live/entity-form.ts'
import { ENTITY_KINDS, nameOf, type Content, type GtmKind, type Wire } from '../live/live.ts'
import { resourceId, type Matches } from './match.ts'
import type { OwnedEntity } from '../live/ownership.ts'
import type { DiffContext, Half } from './half.ts'
import { allFields, causeOf, differences, type Comparable } from './three-way.ts'
import { usageIn, usersOf, type Usage } from '../live/wire-references.ts'

export function diffGtm(
  desired: readonly Resource[],
  content: Content,
  matches: Matches,
  context: DiffContext,
): Half {
  const refs = refsIn(content, matches.keys)
  // The hash of the last apply was taken of references as they were called then.
  const refsBefore = refsIn(content, matches.keysBefore)
  const entities = desired.filter((resource): resource is Resource<GtmKind> => isEntity(resource.kind))
  const changed = entities.flatMap(
    (resource) => entityChange(resource, matches, { refs, refsBefore }, context) ?? [],
  )
  const deleted = matches.orphans.map((orphan) => deletion(orphan, refs, refsBefore, context))
  const builtIns = desired
    .filter(
      (resource): resource is Resource<'gtm/built-in-variable'> => resource.kind === 'gtm/built-in-variable',
    )
    .filter((resource) => !content.builtInVariable.some((wire) => wire.type === resource.spec.type))
    .map((resource) =>
      context.change({ action: 'create', resource, cause: 'plan', fields: allFields(resource, 'after') }),
    )
  const usage = usageIn(content)
  const changes = withRewrites([...builtIns, ...changed, ...deleted], matches, usage)
  const uses = entities
    .filter((resource) => matches.used.has(resourceId(resource)))
    .map(({ kind, key, name }): Use => ({ kind, key, name }))
  const known = new Set<Wire>([
    ...[...matches.owned.values()].map((entity) => entity.wire),
    ...matches.orphans.map((entity) => entity.wire),
    ...matches.used.values(),
    ...matches.adopted.values(),
  ])
  const all = [...ENTITY_KINDS.flatMap((kind) => content[kind]), ...Object.values(content.other).flat()]
  return {
    changes,
    uses,
    unmanaged: all.filter((wire) => !known.has(wire)).length,
    owned: matches.owned.size + matches.orphans.length,
    diagnostics: inUse(changes, usage, matches),
  }
}

function entityChange(
  desired: Resource<GtmKind>,
  matches: Matches,
  { refs, refsBefore }: { readonly refs: RefsIn; readonly refsBefore: RefsIn },
  context: DiffContext,
): Change | undefined {
  const id = resourceId(desired)
  if (matches.used.has(id) || matches.conflicts.has(id)) return undefined
  const entity = matches.owned.get(id)
  if (entity) return ownedChange(desired, entity, refs, refsBefore, context)
  const adopted = matches.adopted.get(id)
  if (!adopted) {
    return context.change({
      action: 'create',
      resource: desired,
      cause: 'plan',
      fields: allFields(desired, 'after'),
    })
  }
  const kind = entityKind(desired.kind)
  const live = { name: nameOf(adopted), spec: specOf(kind, adopted, refs), notes: '' }
  return context.change({
    action: 'adopt',
    resource: desired,
    cause: 'plan',
    fields: differences(live, desired),
    ...(live.name === desired.name ? {} : { previousName: live.name }),
  })
}

function ownedChange(
  desired: Resource<GtmKind>,
  entity: OwnedEntity,
  refs: RefsIn,
  refsBefore: RefsIn,
  context: DiffContext,
): Change | undefined {
  const live = comparable(entity, refs)
  const moved = entity.key !== desired.key
  const fields = differences(live, desired)
  if (fields.length === 0 && !moved) return undefined
  const cause =
    moved && fields.length === 0 ? 'plan' : causeOf(desired, comparable(entity, refsBefore), entity.hash)
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

function deletion(orphan: OwnedEntity, refs: RefsIn, refsBefore: RefsIn, context: DiffContext): Change {
  const live = comparable(orphan, refs)
  const before = comparable(orphan, refsBefore)
  return context.deletion({
    kind: orphan.kind,
    key: orphan.key,
    name: orphan.name,
    // Nobody asks for what leaves the plan to be as it was applied; that it was touched since is still said.
    cause: causeOf({ ...before, name: '' }, before, orphan.hash),
    fields: allFields(live, 'before'),
  })
}

function comparable(entity: OwnedEntity, refs: RefsIn): Comparable {
  return { name: entity.name, spec: specOf(entityKind(entity.kind), entity.wire, refs), notes: entity.ours }
}

/** Variables are referred to by name, so whatever of ours uses a renamed one is written along. */
function withRewrites(changes: readonly Change[], matches: Matches, usage: Usage): readonly Change[] {
  const written = new Set(changes.filter((change) => change.held !== true).map(resourceId))
  const ours = new Map([...matches.owned].map(([id, { wire }]) => [wire, id] as const))
  return changes.map((change) => {
    if (change.kind !== 'gtm/variable' || change.previousName === undefined || change.held) return change
    const rewrites = (usage.get(`variable ${change.previousName}`) ?? []).flatMap(({ wire, name }): Use[] => {
      const id = ours.get(wire)
      const kind = matches.owned.get(id ?? resourceId(change))?.kind
      if (id === undefined || kind === undefined || written.has(id)) return []
      return [{ kind, key: id.slice(kind.length + 1), name }]
    })
    return rewrites.length === 0 ? change : { ...change, rewrites }
  })
}

/** Deleting or renaming breaks whoever refers to the thing and is not written along. */
function inUse(changes: readonly Change[], usage: Usage, matches: Matches): readonly Diagnostic[] {
  const written = new Set(changes.filter((change) => change.held !== true).map(resourceId))
  const safe = new Set<Wire>([
    ...[...matches.owned].filter(([id]) => written.has(id)).map(([, entity]) => entity.wire),
    ...matches.orphans.map((entity) => entity.wire),
    ...[...matches.adopted.values()],
  ])
  const ours = new Set([...matches.owned.values()].map((entity) => entity.wire))
  const byId = new Map([
    ...matches.owned,
    ...matches.orphans.map((entity) => [resourceId(entity), entity] as const),
  ])
  return changes.flatMap((change): Diagnostic[] => {
    const entity = byId.get(resourceId(change))
    if (!entity || change.held) return []
    const kind = entityKind(entity.kind)
    const breaks =
      change.action === 'delete' || (change.action === 'rename' && (kind === 'variable' || kind === 'tag'))
    if (!breaks) return []
    const users = usersOf(kind, entity.wire, entity.id, usage)
      .filter(({ wire }) => !safe.has(wire))
      // What is ours is rewritten along with a rename.
      .filter(({ wire }) => change.action === 'delete' || !ours.has(wire))
      .map((user) => `the ${user.kind} "${user.name}"`)
    if (users.length === 0) return []
    const doing = change.action === 'delete' ? 'delete' : `rename to "${change.name}"`
    return [
      {
        severity: 'error',
        code: 'in-use-by-others',
        message: `The plan would ${doing} the ${kind} "${entity.name}", which is used by ${users.join(', ')}.`,
        fix:
          change.action === 'delete'
            ? `take it out of ${users.length === 1 ? 'that one' : 'those'} in GTM first, or keep it in the plan`
            : `give it its old name through "naming:", or change ${users.length === 1 ? 'that one' : 'those'} in GTM first`,
        ...(change.desired?.origin === undefined ? {} : { at: change.desired.origin }),
      },
    ]
  })
}

/** A plan may name one of its own variables by its name in GTM; it reads as the variable itself. */
export function withOwnNamesAsKeys(desired: readonly Resource[]): readonly Resource[] {
  const keys = new Map(
    desired
      .filter((resource) => resource.kind === 'gtm/variable')
      .map(({ name, key }) => [name, `@${key}`] as const),
  )
  const rewrite = (text: string): string => mapReferences(text, (name) => keys.get(name) ?? name)
  return desired.map((resource) => ({ ...resource, spec: mapTexts(resource.spec, rewrite) }) as Resource)
}

function mapTexts(value: unknown, rewrite: (text: string) => string): unknown {
  if (typeof value === 'string') return value.includes('{{') ? rewrite(value) : value
  if (Array.isArray(value)) return value.map((each) => mapTexts(each, rewrite))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, mapTexts(each, rewrite)]))
}
