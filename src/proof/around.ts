/** A foreign container with the plan's entities in it, as `apply` would leave it: theirs untouched, ours among them. */
import { partsOf } from '../resources/key.ts'
import { parseNotes } from '../resources/marker.ts'
import type { ContainerVersion, TagEntity, TriggerEntity } from '../runtime/core/container.ts'
import type { Parameter } from '../runtime/core/parameters.ts'

/** Whether its notes carry the mark of the plan of this id. */
export function isMadeBy(plan: string, { notes }: { readonly notes?: string }): boolean {
  const { marker } = parseNotes(notes ?? '')
  return marker !== undefined && partsOf(marker.key).plan === plan
}

/**
 * @param ours what the plan compiles to
 * @param plan the plan's id: what it made before is replaced
 * @param now the moment of the run: a tag outside of its schedule runs no more than a paused one
 */
export function around(
  foreign: ContainerVersion,
  ours: ContainerVersion,
  plan: string,
  now: Date,
): ContainerVersion {
  const strangers = <T extends { readonly notes?: string }>(entities: readonly T[] = []): readonly T[] =>
    entities.filter((entity) => !isMadeBy(plan, entity))
  const theirs = { tag: strangers(foreign.tag), trigger: strangers(foreign.trigger) }
  const ids = [...theirs.tag.map(({ tagId }) => tagId), ...theirs.trigger.map(({ triggerId }) => triggerId)]
  // Ids of ours follow theirs, so that none is taken twice and equal priorities keep their order.
  const offset = Math.max(0, ...ids.map(Number).filter((id) => !Number.isNaN(id)))
  const own = new Set((ours.trigger ?? []).map(({ triggerId }) => triggerId))
  const named = new Map(theirs.trigger.map(({ name, triggerId }) => [name, triggerId]))
  // A trigger that the plan takes from the container stands there by its name.
  const moved = (id: string): string => (own.has(id) ? String(Number(id) + offset) : (named.get(id) ?? id))
  const names = new Set((ours.variable ?? []).map(({ name }) => name))
  const types = new Set((ours.builtInVariable ?? []).map(({ type }) => type))
  return {
    ...foreign,
    ...(ours.container === undefined ? {} : { container: ours.container }),
    tag: [
      ...theirs.tag.map((tag) => asOf(now, tag)),
      ...(ours.tag ?? []).map((tag) => movedTag(tag, moved, offset)),
    ],
    trigger: [...theirs.trigger, ...(ours.trigger ?? []).map((trigger) => movedTrigger(trigger, moved))],
    variable: [...(foreign.variable ?? []).filter(({ name }) => !names.has(name)), ...(ours.variable ?? [])],
    builtInVariable: [
      ...(foreign.builtInVariable ?? []).filter(({ type }) => !types.has(type)),
      ...(ours.builtInVariable ?? []),
    ],
  }
}

/** Times of a schedule are milliseconds since 1970, as text. */
interface Scheduled {
  readonly scheduleStartMs?: string
  readonly scheduleEndMs?: string
}

function asOf(now: Date, tag: TagEntity & Scheduled): TagEntity {
  const runs =
    now.getTime() >= Number(tag.scheduleStartMs ?? 0) &&
    now.getTime() <= Number(tag.scheduleEndMs ?? Infinity)
  return runs ? tag : { ...tag, paused: true }
}

function movedTag(tag: TagEntity, moved: (id: string) => string, offset: number): TagEntity {
  return {
    ...tag,
    tagId: String(Number(tag.tagId) + offset),
    ...(tag.firingTriggerId === undefined ? {} : { firingTriggerId: tag.firingTriggerId.map(moved) }),
    ...(tag.blockingTriggerId === undefined ? {} : { blockingTriggerId: tag.blockingTriggerId.map(moved) }),
  }
}

function movedTrigger(trigger: TriggerEntity, moved: (id: string) => string): TriggerEntity {
  const parameter = trigger.parameter?.map((each): Parameter =>
    each.key === 'triggerIds' && each.list !== undefined
      ? { ...each, list: each.list.map((one) => ({ ...one, value: moved(one.value ?? '') })) }
      : each,
  )
  return {
    ...trigger,
    triggerId: moved(trigger.triggerId),
    ...(parameter === undefined ? {} : { parameter }),
  }
}
