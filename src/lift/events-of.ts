/** The events that a tag sends, each with the triggers that it is sent on; one tag may send many. */
import type { TagSpec, TriggerSpec } from '../resources/resource.ts'
import { firedApart, mayMeet } from './exceptions.ts'
import { hitsOf, isAlwaysBlocked, meaningOfText, type Hit, type Meaning, type World } from './meaning.ts'
import { momentsOf } from './moments.ts'

export interface EventOfTag {
  /** Its name; undefined when the page decides on it. */
  readonly event?: string
  /** Those of the tag's triggers, or the parts of them, at which it is sent. */
  readonly triggers: readonly TriggerSpec[]
  /** What the tag sends under this name. */
  readonly hits: readonly Hit[]
  /** The patterns of names of which these are those that they let through beside the ones that they list. */
  readonly beside: readonly string[]
}

export type EventsOfTag =
  { readonly events: readonly EventOfTag[] } | { readonly code: string; readonly reason: string }

/** @param isName whether a text can be the name of an event in a plan. */
export function eventsOf(tag: TagSpec, world: World, isName: (text: string) => boolean): EventsOfTag {
  if (tag.firingTriggers.length === 0) return { code: 'nothing-fires-it', reason: 'no trigger fires it' }
  const text = typeof tag.parameters.eventName === 'string' ? tag.parameters.eventName : ''
  /** By its name; what only the page can name is together. */
  const events = new Map<string | undefined, { triggers: TriggerSpec[]; beside: string[] }>()
  for (const ref of tag.firingTriggers) {
    const spec = world.trigger(ref)
    if (spec === undefined)
      return {
        code: 'trigger-is-missing',
        reason: `a trigger that fires it is not in the container (${ref.replace('#', 'id ')})`,
      }
    const specs = firedApart(spec, tag, world.trigger)
    const all = specs.flatMap(momentsOf)
    const moments = all
      .filter((moment) => !isAlwaysBlocked(moment.spec, tag, world))
      .map((moment) => ({ spec: moment.spec, event: meaningOfText(text, world, moment.known) }))
    if (moments.some(({ event }) => typeof event === 'string' && !isName(event))) return named(tag, world)
    const names = [...new Set(moments.map(({ event }) => nameOf(event)))]
    for (const name of names) {
      const found = events.get(name) ?? { triggers: [], beside: [] }
      events.set(name, found)
      // A trigger all of whose moments send the same is taken whole.
      if (names.length === 1 && moments.length === all.length) found.triggers.push(...specs)
      else
        found.triggers.push(
          ...moments.filter(({ event }) => nameOf(event) === name).map((moment) => moment.spec),
        )
      const [filter] = spec.customEventFilter
      if (name === undefined && names.length > 1 && filter !== undefined) found.beside.push(filter.arg1)
    }
  }
  if (events.size === 0)
    return {
      code: 'nothing-fires-it',
      reason: 'its conditions or its exceptions keep it back whenever a trigger fires it',
    }
  // What fires one tag twice at once fires it once; of two conversions it would be two.
  const open = events.get(undefined)?.triggers.flatMap(specsOf) ?? []
  const listed = [...events].flatMap(([name, { triggers }]) =>
    name === undefined ? [] : triggers.flatMap(specsOf),
  )
  if (open.some((one) => listed.some((other) => mayMeet(other, one)))) return named(tag, world)
  const hits = hitsOf(tag, world)
  return {
    events: [...events].map(([event, found]) => ({
      ...(event === undefined ? {} : { event }),
      ...found,
      hits: hits.filter((hit) => nameOf(hit.event) === event),
    })),
  }
}

/** A tag that is taken whole: only the page knows what it calls its event. */
function named(tag: TagSpec, world: World): EventsOfTag {
  const triggers = tag.firingTriggers.flatMap((ref) => world.trigger(ref) ?? [])
  return { events: [{ triggers, hits: hitsOf(tag, world), beside: [] }] }
}

function specsOf(trigger: TriggerSpec): readonly TriggerSpec[] {
  return momentsOf(trigger).map(({ spec }) => spec)
}

function nameOf(event: Meaning): string | undefined {
  return typeof event === 'string' ? event : undefined
}
