/**
 * A workspace that an earlier run left behind. It is gone on with when all that was done in it belongs to the change
 * set at hand; thrown away when it belongs to another one; left alone when somebody else has worked in it.
 */
import type { ChangeSet } from '../resources/change-set.ts'
import { entityKind, isEntity } from '../live/entity-form.ts'
import { movesBetween, type Move } from '../diff/container-moves.ts'
import { idOf, textOf, type Content, type EntityKind } from '../live/live.ts'
import { ownershipOf } from '../live/ownership.ts'
import { readDraft, rewrittenEntities } from './writes.ts'

export interface Leftover {
  /** What somebody else changed in the workspace. */
  readonly foreign: readonly Move[]
  /** What an earlier run of ours did that does not belong here. */
  readonly stale: readonly Move[]
}

export function leftoverIn(changeSet: ChangeSet, before: Content, content: Content): Leftover {
  const ours = ownEntities(changeSet.plan, before, content)
  const meant = meantEntities(changeSet, before, content)
  const moves = movesBetween(before, content).filter((move) => !meant.has(`${move.kind} ${move.id}`))
  const isOurs = (move: Move): boolean =>
    ours.has(`${move.kind} ${move.id}`) || move.kind === 'built-in variable'
  return { foreign: moves.filter((move) => !isOurs(move)), stale: moves.filter(isOurs) }
}

function ownEntities(plan: string, before: Content, content: Content): ReadonlySet<string> {
  const entities = [before, content].flatMap((each) => {
    const { owned, copies } = ownershipOf(each, plan)
    return [...owned, ...copies]
  })
  return new Set(entities.map(({ kind, id }) => `${entityKind(kind)} ${id}`))
}

/** Everything that the change set writes, as `kind id`. */
export function meantEntities(changeSet: ChangeSet, before: Content, content: Content): ReadonlySet<string> {
  const changes = changeSet.changes.filter((change) => change.held !== true)
  const meant = new Set<string>()
  for (const side of [before, content]) {
    const draft = readDraft(changeSet, side)
    for (const { kind, key, previousKey } of changes) {
      if (!isEntity(kind)) continue
      const entity: EntityKind = entityKind(kind)
      for (const each of [key, ...(previousKey === undefined ? [] : [previousKey])]) {
        const wire = draft.byKey.get(`${entity} ${each}`)
        if (wire) meant.add(`${entity} ${idOf(entity, wire)}`)
      }
    }
  }
  for (const { kind, id } of rewrittenEntities(changeSet, before)) meant.add(`${kind} ${id}`)
  for (const { desired } of changes) {
    if (desired?.kind === 'gtm/built-in-variable') meant.add(`built-in variable ${textOf(desired.spec.type)}`)
  }
  return meant
}
