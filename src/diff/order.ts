/**
 * The order in which changes are carried out, so that nothing ever refers to what is not there yet or not any more:
 *
 *   built-ins ─▶ folders ─▶ variables ─▶ triggers ─▶ groups ─▶ tags ─▶ GTM deletes, backwards
 *     ─▶ what is archived to be made anew ─▶ dimensions, metrics ─▶ key events ─▶ audiences ─▶ key events deleted
 *     ─▶ archived ones (for good, hence last; dimensions and metrics only once the container is live)
 *
 * GA4 comes after the container, so that nothing of it changes for a container that was refused.
 */
import type { Change } from '../resources/change-set.ts'
import { resourceId } from '../resources/key.ts'
import { keysUsedBy, keysUsedIn } from '../resources/references.ts'
import { ALL_KINDS, isArchiving, rankOf } from '../kinds/kinds.ts'
import type { Resource } from '../resources/resource.ts'

/** Resources so that each comes after what it refers to; otherwise by kind and key. */
export function inDependencyOrder<T extends Resource>(resources: readonly T[]): readonly T[] {
  return ALL_KINDS.flatMap((kind) => sortedKind(resources.filter((resource) => resource.kind === kind)))
}

/** Only variables refer to variables, and trigger groups to triggers. */
function sortedKind<T extends Resource>(members: readonly T[]): readonly T[] {
  const byKey = new Map(members.map((member) => [member.key, member]))
  const sorted: T[] = []
  const visited = new Set<T>()
  const visit = (member: T): void => {
    if (visited.has(member)) return
    visited.add(member)
    const used = keysUsedBy(member).flatMap(({ kind, key }) => {
      const other = kind === member.kind ? byKey.get(key) : undefined
      return other ? [other] : []
    })
    used.forEach(visit)
    sorted.push(member)
  }
  ;[...members].sort((a, b) => compareText(a.key, b.key)).forEach(visit)
  return sorted
}

export function orderChanges(changes: readonly Change[]): readonly Change[] {
  const kept = changes.filter((change) => change.action !== 'delete')
  // Of one setting there may be two: what is written, and what stays as somebody set it.
  const byResource = new Map(kept.flatMap((change) => (change.desired ? [[change.desired, change]] : [])))
  const ordered = inDependencyOrder([...byResource.keys()]).flatMap(
    (resource) => byResource.get(resource) ?? [],
  )
  const made = new Set(kept.map(resourceId))
  const deleted = usersFirst(
    changes
      .filter((change) => change.action === 'delete')
      .sort((a, b) => rankOf(b.kind) - rankOf(a.kind) || compareText(b.key, a.key)),
  )
  const isGtm = (change: Change): boolean => change.kind.startsWith('gtm/')
  const inGa4 = deleted.filter((change) => !isGtm(change))
  const [replaced, gone] = split(inGa4, (change) => made.has(resourceId(change)))
  const [archived, taken] = split(gone, isArchiving)
  return [
    ...ordered.filter(isGtm),
    ...deleted.filter(isGtm),
    ...replaced,
    ...ordered.filter((change) => !isGtm(change)),
    ...taken,
    ...archived,
  ]
}

function split<T>(values: readonly T[], test: (value: T) => boolean): readonly [T[], T[]] {
  return [values.filter(test), values.filter((value) => !test(value))]
}

/** What refers to another goes before it: a group before its triggers, a table before the variable that it reads. */
function usersFirst(deletes: readonly Change[]): readonly Change[] {
  const users = new Map<string, Change[]>()
  for (const user of deletes) {
    // The fields of a delete are all that the thing has.
    const fields = Object.fromEntries(user.fields.map(({ path, before }) => [path, before]))
    for (const used of user.kind.startsWith('gtm/') ? keysUsedIn(fields).map(resourceId) : []) {
      users.set(used, [...(users.get(used) ?? []), user])
    }
  }
  const sorted: Change[] = []
  const visited = new Set<Change>()
  const visit = (change: Change): void => {
    if (visited.has(change)) return
    visited.add(change)
    for (const user of users.get(resourceId(change)) ?? []) visit(user)
    sorted.push(change)
  }
  deletes.forEach(visit)
  return sorted
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
