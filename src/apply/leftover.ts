/**
 * A workspace that an earlier run left behind. It is gone on with when all that was done in it belongs to the change
 * set at hand; thrown away when it belongs to another one; left alone when somebody else has worked in it.
 */
import { movesBetween, thingId, type Move, type ThingId } from '../diff/container-moves.ts'
import { isEntityKind } from '../kinds/kinds.ts'
import type { Container } from '../live/live.ts'
import { isMade, type ChangeSet } from '../resources/change-set.ts'
import { resourceId, type ResourceId } from '../resources/key.ts'
import { readDraft, rewrittenEntities } from './writes.ts'

export interface Leftover {
  /** What somebody else changed in the workspace. */
  readonly foreign: readonly Move[]
  /** What an earlier run of ours did that does not belong here. */
  readonly stale: readonly Move[]
}

export function leftoverIn(changeSet: ChangeSet, before: Container, content: Container): Leftover {
  const ours = ownEntities(changeSet.plan, before, content)
  const meant = meantThings(changeSet, before, content)
  const moves = movesBetween(before, content).filter(({ thing }) => !meant.has(thingId(thing)))
  const isOurs = ({ thing }: Move): boolean =>
    ours.has(thingId(thing)) || thing.kind === 'gtm/built-in-variable'
  return { foreign: moves.filter((move) => !isOurs(move)), stale: moves.filter(isOurs) }
}

function ownEntities(plan: string, ...containers: readonly Container[]): ReadonlySet<ThingId> {
  const marked = containers.flatMap(({ entities }) => entities.filter(({ mark }) => mark?.plan === plan))
  return new Set(marked.map(thingId))
}

/** Everything that the change set writes. */
export function meantThings(
  changeSet: ChangeSet,
  before: Container,
  content: Container,
): ReadonlySet<ThingId> {
  const changes = changeSet.changes.filter(isMade)
  const meant = new Set<ThingId>(rewrittenEntities(changeSet, before).map(thingId))
  for (const side of [before, content]) {
    const { byKey } = readDraft(changeSet, side)
    for (const change of changes) {
      const { kind, previousKey } = change
      if (!isEntityKind(kind)) continue
      const ids: readonly ResourceId[] = [
        resourceId(change),
        ...(previousKey === undefined ? [] : [`${kind} ${previousKey}` as const]),
      ]
      for (const id of ids) {
        const entity = byKey.get(id)
        if (entity) meant.add(thingId(entity))
      }
    }
  }
  for (const { desired } of changes) {
    if (desired?.kind === 'gtm/built-in-variable') meant.add(`${desired.kind} ${desired.spec.type}`)
  }
  return meant
}
