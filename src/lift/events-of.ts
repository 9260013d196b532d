/** The events that a tag sends, each with the triggers that it is sent on; one tag may send many. */
import type { TagSpec, TriggerSpec } from '../resources/resource.ts'
import { hitsOf, isAlwaysBlocked, meaningOfText, type Hit, type World } from './meaning.ts'
import { isOpen, momentsOf } from './moments.ts'

export interface EventOfTag {
  /** Its name; undefined when the page decides on it. */
  readonly event?: string
  /** Those of the tag's triggers, or the parts of them, at which it is sent. */
  readonly triggers: readonly TriggerSpec[]
  /** What the tag sends under this name. */
  readonly hits: readonly Hit[]
  /** Patterns of names that let through more names than they list; those are not in the plan. */
  readonly open: readonly string[]
}

export type EventsOfTag =
  { readonly events: readonly EventOfTag[] } | { readonly code: string; readonly reason: string }

/** @param isName whether a text can be the name of an event in a plan. */
export function eventsOf(tag: TagSpec, world: World, isName: (text: string) => boolean): EventsOfTag {
  if (tag.firingTriggers.length === 0) return { code: 'nothing-fires-it', reason: 'no trigger fires it' }
  const text = typeof tag.parameters.eventName === 'string' ? tag.parameters.eventName : ''
  const events = new Map<string, { triggers: TriggerSpec[]; open: string[] }>()
  for (const ref of tag.firingTriggers) {
    const spec = world.trigger(ref)
    if (spec === undefined)
      return {
        code: 'trigger-is-missing',
        reason: `a trigger that fires it is not in the container (${ref.replace('#', 'id ')})`,
      }
    const all = momentsOf(spec)
    const moments = all
      .filter((moment) => !isAlwaysBlocked(moment.spec, tag, world))
      .map((moment) => ({ spec: moment.spec, event: meaningOfText(text, world, moment.known) }))
    const names = [...new Set(moments.map(({ event }) => event))]
    for (const name of names) {
      if (typeof name !== 'string' || !isName(name)) return named(tag, world)
      const found = events.get(name) ?? { triggers: [], open: [] }
      events.set(name, found)
      // A trigger all of whose moments send the same is taken whole.
      if (names.length === 1 && moments.length === all.length) found.triggers.push(spec)
      else found.triggers.push(...moments.filter(({ event }) => event === name).map((moment) => moment.spec))
      const [filter] = spec.customEventFilter
      if (names.length > 1 && filter !== undefined && isOpen(filter)) found.open.push(filter.arg1)
    }
  }
  if (events.size === 0)
    return { code: 'nothing-fires-it', reason: 'its exceptions block it whenever a trigger fires it' }
  const hits = hitsOf(tag, world)
  return {
    events: [...events].map(([event, { triggers, open }]) => ({
      event,
      triggers,
      hits: hits.filter((hit) => hit.event === event),
      open,
    })),
  }
}

/** A tag that is taken whole: only the page knows what it calls its event. */
function named(tag: TagSpec, world: World): EventsOfTag {
  const triggers = tag.firingTriggers.flatMap((ref) => world.trigger(ref) ?? [])
  return { events: [{ triggers, hits: hitsOf(tag, world), open: [] }] }
}
