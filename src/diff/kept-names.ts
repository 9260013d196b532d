/**
 * What the plan has adopted keeps the name that people know it by: the mark of such a thing says so. Everything that
 * compares asks for names here first, so that a name of somebody's choosing is never a difference.
 */
import type { Container, Live } from '../live/live.ts'
import { resourceId, type ResourceId } from '../resources/key.ts'
import type { EntityKind, Resource } from '../resources/resource.ts'

/** What exists and is to become the plan's, for the resource that it stands for. */
export type Adoptions = ReadonlyMap<ResourceId, Live<EntityKind>>
/** Names other than those that the plan would give. */
export type Names = ReadonlyMap<ResourceId, string>

/**
 * The resources under the names that they have in the container, where they keep those.
 *
 * @param renames whether what was adopted gets the plan's names after all
 */
export function withKeptNames(
  desired: readonly Resource[],
  { entities }: Pick<Container, 'entities'>,
  adoptions: Adoptions,
  names: Names,
  renames = false,
): readonly Resource[] {
  if (renames) return withKeptNames(desired, { entities: [] }, new Map(), names)
  const kept = new Map<ResourceId, string>(
    entities.flatMap((entity) =>
      entity.ours && entity.mark?.keepsName === true ? [[resourceId(entity), entity.name] as const] : [],
    ),
  )
  if (kept.size + adoptions.size + names.size === 0) return desired
  const ids = new Set(desired.map(resourceId))
  const keptName = (resource: Resource): string | undefined =>
    adoptions.get(resourceId(resource))?.name ??
    kept.get(resourceId(resource)) ??
    names.get(resourceId(resource)) ??
    // A key that something else has by now is nobody's former one.
    resource.was
      ?.map((key): ResourceId => `${resource.kind} ${key}`)
      .filter((id) => !ids.has(id))
      .map((id) => kept.get(id))
      .find((name) => name !== undefined)
  const named = desired.map((resource) => ({ resource, name: keptName(resource) }))
  const taken = new Set(
    named.flatMap(({ resource, name }) => (name === undefined ? [] : [taking(resource, name)])),
  )
  const given = new Set([...taken, ...desired.map((resource) => taking(resource, resource.name))])
  return named.map(({ resource, name }): Resource => {
    if (name !== undefined) return { ...resource, name, keepsName: true }
    if (!taken.has(taking(resource, resource.name))) return resource
    const other = free(resource, given)
    given.add(taking(resource, other))
    return { ...resource, name: other }
  })
}

function taking({ kind }: Resource, name: string): string {
  return `${kind} ${name.toLowerCase()}`
}

/** The name with a number that nothing else has, whether it keeps its name or not. */
function free(resource: Resource, taken: ReadonlySet<string>): string {
  for (let number = 2; ; number++) {
    const name = `${resource.name} (${number})`
    if (!taken.has(taking(resource, name))) return name
  }
}
