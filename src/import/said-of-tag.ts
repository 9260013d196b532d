/** What a tag's conversions are called, and what is said beside them. */
import type { EventOfTag } from '../lift/events-of.ts'
import { priorityOf } from '../lift/meaning.ts'
import type { ReadEntity } from '../lift/read-container.ts'
import type { Trigger } from '../plan/plan-types.ts'
import type { TagSpec } from '../resources/resource.ts'
import { oneLine, titleFrom } from './names.ts'

/** From the tag's name without what people put in front of it, or from the event. @param count events of the tag */
export function titleOf(name: string, event: string, count: number): string {
  const words = event.replaceAll('_', ' ')
  const fromEvent = `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`
  if (count > 1) return fromEvent
  // What people put in front: numbers, brackets, "GA4 - Event - ".
  const bare = name
    .replace(/^(?:\s*[[({][^\])}]*[\])}])+/u, '')
    .replace(/^(?:[^\p{L}]|ga4\b|google analytics\b|gtag\b|event[os]?\b|tag\b)+/iu, '')
  const isEvent = bare.replace(/[\W_]+/g, '').toLowerCase() === event.replace(/[\W_]+/g, '').toLowerCase()
  return bare.length < 3 || isEvent ? fromEvent : titleFrom(bare, fromEvent)
}

/** The triggers of the container that a trigger of the plan names. */
export function existingIn(trigger: Trigger | undefined): readonly string[] {
  if (trigger === undefined) return []
  return [
    ...(trigger.existing === undefined ? [] : [trigger.existing]),
    ...[...(trigger.any ?? []), ...(trigger.all ?? [])].flatMap(existingIn),
  ]
}

/** Comments above a conversion. */
export function remarksOf(
  tag: ReadEntity<TagSpec>,
  { beside, event }: EventOfTag,
  {
    count,
    named,
    idle,
  }: {
    readonly count: number
    /** Triggers that stay in the container. */
    readonly named: readonly string[]
    /** Exceptions that are left out, in sentences. */
    readonly idle: readonly string[]
  },
): readonly string[] {
  return [
    ...(event === undefined && beside.length === 0
      ? ['TODO the page decides what this event is called: write one conversion for each name']
      : []),
    ...beside.map(
      (pattern) =>
        `TODO the pattern ${oneLine(pattern)} lets through every name that holds one of these; this sends those others: delete it where there are none`,
    ),
    ...(count > 1 ? [`one of ${count} events that the tag "${oneLine(tag.name)}" sends`] : []),
    ...named.map(
      (name) =>
        `the trigger "${oneLine(name)}" says what a plan has no word for, so it stays in the container`,
    ),
    ...idle,
    ...(priorityOf(tag.spec) === undefined
      ? ['the page decides on the priority of the tag, which a plan does not say']
      : []),
  ]
}
