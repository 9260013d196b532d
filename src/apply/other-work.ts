/**
 * A workspace that an earlier run left behind. It is gone on with when all that was done in it belongs to the change
 * set at hand; thrown away when it belongs to another one; left alone when somebody else has worked in it.
 */
import { movesBetween, thingId, type Move, type Thing, type ThingId } from '../diff/container-moves.ts'
import { isEntityKind } from '../kinds/kinds.ts'
import { galleryOf } from '../kinds/template.ts'
import { reread } from '../diff/match.ts'
import type { Container, Live } from '../live/live.ts'
import { sameSent } from '../live/sent.ts'
import { canonicalJson } from '../resources/canonical-json.ts'
import { isMade, type ChangeSet } from '../resources/change-set.ts'
import { BUILT_IN_TRIGGER_NAMES } from '../resources/gtm-defaults.ts'
import { keyIn, resourceId } from '../resources/key.ts'
import { hashOf } from '../resources/marker.ts'
import { referencesOf, withReferences } from '../resources/references.ts'
import type { EntityKind, Resource } from '../resources/resource.ts'
import { parkedName, readDraft, rewrittenEntities } from './writes.ts'

/** What stands in the plan's workspace that the change set at hand does not want there. */
export interface OtherWork {
  /** What somebody else changed in the workspace. */
  readonly foreign: readonly Move[]
  /** What an earlier run of ours did that does not belong here. */
  readonly stale: readonly Move[]
}

/** @param earlier versions that the workspace may stand on in part: what is in it as it was in one of them came from there */
export function otherWorkIn(
  changeSet: ChangeSet,
  before: Container,
  content: Container,
  earlier: readonly Container[] = [],
): OtherWork {
  const meant = meantThings(changeSet, before, content)
  const moves = movesBetween(before, content)
  const foreign = moves.filter(
    (move) =>
      !(meant.has(thingId(move.thing)) && isImported(move)) &&
      isForeign(move, changeSet, before, content) &&
      !cameFrom(move, content, earlier),
  )
  const stale = moves.filter((move) => !foreign.includes(move) && !meant.has(thingId(move.thing)))
  return { foreign, stale }
}

/** It came from the gallery, where nothing is marked. */
function isImported({ thing, status }: Move): boolean {
  return status === 'added' && 'spec' in thing && galleryOf(thing) !== undefined
}

/** Whether a run of ours cannot have done it: an unmarked thing, a copy, or one of ours that is not as a run wrote it. */
function isForeign(
  { thing, status }: Move,
  changeSet: ChangeSet,
  before: Container,
  content: Container,
): boolean {
  if (thing.kind === 'gtm/built-in-variable') return false
  const [was, now] = [before, content].map((side) => entityOf(side, thing))
  if (status === 'deleted') return was?.ours !== true
  return now?.ours !== true || !(isAsWritten(now, changeSet, content) || isRewritten(was, now))
}

/**
 * Somebody edited or deleted it in a version that is newer than the workspace: in conflict, the old one stays in there, and
 * its mark does not say who made it so.
 */
function cameFrom({ thing }: Move, content: Container, earlier: readonly Container[]): boolean {
  const now = entityOf(content, thing)
  return (
    now !== undefined &&
    earlier.some((version) => {
      const was = entityOf(version, thing)
      return was !== undefined && (sameSent(was.remote.sent, now.remote.sent) || isRewritten(was, now))
    })
  )
}

function entityOf({ entities }: Container, thing: Thing): Live<EntityKind> | undefined {
  return entities.find((entity) => thingId(entity) === thingId(thing))
}

/** A run writes the hash of what it writes. Not to be told where a reference goes to something that is not the plan's. */
function isAsWritten(entity: Live<EntityKind>, changeSet: ChangeSet, content: Container): boolean {
  if (entity.name.endsWith(parkedName('', entity.remote.id))) return true
  const { refs } = readDraft(changeSet, content)
  const hashes = [hashOf(entity), hashOf(reread(entity, refs))]
  return hashes.includes(entity.mark?.hash ?? '') || refersToOthers(entity, content)
}

function refersToOthers(entity: Live<EntityKind>, { builtIns }: Container): boolean {
  return referencesOf(entity).some(
    ({ kind, ref }) =>
      keyIn(ref) === undefined &&
      !(kind === 'gtm/variable' && (ref.startsWith('_') || builtIns.some(({ name }) => name === ref))) &&
      !(kind === 'gtm/trigger' && BUILT_IN_TRIGGER_NAMES.has(ref)),
  )
}

/** GTM rewrites references by itself when a variable is renamed. */
function isRewritten(was: Live<EntityKind> | undefined, now: Live<EntityKind>): boolean {
  if (was === undefined) return false
  const bare = (entity: Live<EntityKind>): unknown => {
    const { name, spec, notes } = withReferences<Resource>(entity, () => '')
    return { name, spec, notes }
  }
  return canonicalJson(bare(was)) === canonicalJson(bare(now))
}

/** Everything that the change set writes; what it renames stands in a draft's `byKey` under the new key. */
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
      const entity = isEntityKind(change.kind) ? byKey.get(resourceId(change)) : undefined
      if (entity) meant.add(thingId(entity))
    }
  }
  for (const { desired } of changes) {
    if (desired?.kind === 'gtm/built-in-variable') meant.add(`${desired.kind} ${desired.spec.type}`)
  }
  return meant
}
