/**
 * What is counted twice once the plan is live: a measurement id that somebody else's tag loads as well, an event of the
 * plan that somebody else's tag sends, too. Such a tag may have one name for its event, a table of names, or that of
 * whatever the data layer reports.
 */
import { destinationOf } from '../destinations/kinds.ts'
import { refOf } from '../live/container.ts'
import type { Container, Live } from '../live/live.ts'
import { textsGiven } from '../kinds/variable.ts'
import type { Diagnostic } from '../plan/diagnostic.ts'
import { soleVariableIn } from '../resources/braces.ts'
import { isHeld } from '../resources/holds.ts'
import { refTo } from '../resources/key.ts'
import type { ConditionSpec, Ref, Resource, TriggerSpec, VariableSpec } from '../resources/resource.ts'
import { some } from '../words/counting.ts'
import { at } from './at.ts'
import { meansTheSame, reread, type Matches } from './match.ts'

type Tag<R extends Resource = Resource> = Extract<R, { readonly kind: 'gtm/tag' }>

/** Says of somebody else's tag that is not paused what it counts twice; undefined where it counts nothing of the plan's. */
export type CountsTwice = (theirs: Live) => SentToo | undefined

export interface SentToo {
  /** `sends "search", too, on a trigger like the plan's: everything is counted twice` */
  readonly words: string
  /** The tag of the plan that is meant, the first one of several. */
  readonly ours: Tag
}

/** Two Google tags with one measurement id count every page twice. */
export function googleTagIsThere(
  desired: readonly Resource[],
  content: Container,
  matches: Matches,
): readonly Diagnostic[] {
  const ours = oursIn(matches)
  const [planned, there] = [variablesOf(desired), variablesOf(content.entities)]
  return desired.flatMap((resource): readonly Diagnostic[] => {
    if (resource.kind !== 'gtm/tag' || resource.spec.type !== 'googtag') return []
    const target = resolved(textIn(resource, 'tagId'), planned)
    const twin = content.entities.find(
      (tag) =>
        tag.kind === 'gtm/tag' &&
        !ours.has(tag) &&
        tag.name !== resource.name &&
        !tag.spec.paused &&
        measurementId(tag, there) === target,
    )
    if (twin === undefined || target === '') return []
    return [
      {
        severity: 'warning',
        code: 'google-tag-is-there',
        message: `The container already loads ${target} with the tag "${twin.name}"; a second one counts every page twice.`,
        fix: 'write "googleTag: existing" in the plan, or pause that tag',
        ...at(resource),
      },
    ]
  })
}

function oursIn(matches: Matches): ReadonlySet<Live> {
  return new Set<Live>([
    ...matches.owned.values(),
    ...matches.orphans,
    ...matches.used.values(),
    ...matches.adopted.values(),
  ])
}

/** Somebody else's tag that sends an event of the plan to the same place counts it a second time. */
export function eventsSentByOthers(
  { entities }: Container,
  matches: Matches,
  countsTwice: CountsTwice,
): readonly Diagnostic[] {
  // Copies, and what is in the way by its name, have words of their own.
  const known = new Set<Live>([...oursIn(matches), ...matches.conflicts.values(), ...matches.copies])
  return entities.flatMap((theirs): readonly Diagnostic[] => {
    const twice = known.has(theirs) ? undefined : countsTwice(theirs)
    if (twice === undefined) return []
    return [
      {
        severity: 'warning',
        code: 'event-is-sent-by-others',
        message: `The tag "${theirs.name}" in the container ${twice.words} once the plan is live.`,
        fix: 'pause or delete that tag when the plan goes live, or give the event of the plan another name',
        ...at(twice.ours),
      },
    ]
  })
}

/** What a copy of one of the plan's tags does beside being there; nothing while it is paused. */
export function copyWords(copy: Live, countsTwice: CountsTwice): string | undefined {
  if (copy.kind !== 'gtm/tag' || copy.spec.paused) return undefined
  const found = destinationOf(copy.spec)
  if (found?.event === undefined) return undefined
  return found.kind === 'ga4' ? countsTwice(copy)?.words : 'what it sends is counted twice'
}

/** All that is asked of the plan's side is made ready once, for however many tags of others. */
export function countingTwice(
  desired: readonly Resource[],
  content: Container,
  matches: Matches,
): CountsTwice {
  const { entities } = content
  const variable = variablesOf([...entities, ...desired])
  const triggers = [...desired, ...entities].filter((each) => each.kind === 'gtm/trigger')
  const ours = desired.filter(isEventTag).map((tag) => ({
    tag,
    events: textsOf(textIn(tag, 'eventName'), variable),
    property: resolved(textIn(tag, 'measurementIdOverride'), variable),
    moments: momentsOf(tag, triggers),
  }))
  return (theirs) => {
    if (!isEventTag(theirs) || theirs.spec.paused) return undefined
    const names = textsOf(textIn(theirs, 'eventName'), variable)
    const isOfTheMoment = names.includes(NAME_OF_THE_MOMENT)
    const moments = isOfTheMoment ? momentsOf(theirs, triggers) : NO_MOMENTS
    const property = resolved(textIn(theirs, 'measurementIdOverride'), variable)
    const same = ours.flatMap(({ tag, events, ...our }) => {
      if (goElsewhere(our.property, property)) return []
      const isSent = (event: string): boolean =>
        event !== NAME_OF_THE_MOMENT &&
        (names.includes(event) || [moments, our.moments].every((each) => mayFireOn(each, event, variable)))
      return events.filter(isSent).map((event) => ({ tag, event }))
    })
    const [first] = same
    if (first === undefined) return undefined
    const events = [...new Set(same.map(({ event }) => `"${event}"`))]
    const alike = same.find(({ tag }) => haveTriggerAlike(tag, theirs, desired, content, matches))
    const how =
      alike === undefined || events.length > 1
        ? 'on a trigger that is written otherwise: what fires both is counted twice'
        : "on a trigger like the plan's: everything is counted twice"
    return { words: `sends ${some(events, 3)}, too, ${how}`, ours: (alike ?? first).tag }
  }
}

function isEventTag<R extends Resource>(resource: R): resource is Tag<R> {
  if (resource.kind !== 'gtm/tag') return false
  const found = destinationOf(resource.spec)
  return found?.kind === 'ga4' && found.event !== undefined
}

/**
 * What a text may be: itself, or what the constants and tables behind it give; a variable that is neither stays one, and
 * whatever gives the name of the data layer event is one text.
 */
function textsOf(text: string, variable: Variable, seen: ReadonlySet<Ref> = new Set()): readonly string[] {
  const ref = soleVariableIn(text)
  if (ref === undefined || seen.has(ref)) return [text]
  const spec = variable(ref)
  if (spec === undefined) return [EVENT_NAMES.has(ref) ? NAME_OF_THE_MOMENT : text]
  if (spec.type === 'e') return [NAME_OF_THE_MOMENT]
  const given = textsGiven(spec)
  return given === undefined
    ? [text]
    : given.flatMap((each) => textsOf(each, variable, new Set([...seen, ref])))
}

/** GTM's built-in variable, and what conditions of triggers call it. */
const EVENT_NAMES: ReadonlySet<string> = new Set(['Event', '_event'])

/** No event has such a name. */
const NAME_OF_THE_MOMENT = '{{Event}}'

interface Moments {
  readonly firing: readonly TriggerSpec[]
  readonly blocking: readonly TriggerSpec[]
}

const NO_MOMENTS: Moments = { firing: [], blocking: [] }

/** The triggers of a tag; those of GTM's own, which are no entities, report no event by a name. */
function momentsOf({ spec }: Tag, triggers: readonly (Resource | Live)[]): Moments {
  const named = (refs: readonly Ref[]): readonly TriggerSpec[] =>
    triggers.flatMap((each) =>
      each.kind === 'gtm/trigger' && refs.includes('remote' in each ? refOf(each) : refTo(each.key))
        ? [each.spec]
        : [],
    )
  return { firing: named(spec.firingTriggers), blocking: named(spec.blockingTriggers) }
}

/** Whether an event that the data layer reports under that name may fire the tag, as far as it can be told without the page. */
function mayFireOn({ firing, blocking }: Moments, event: string, variable: Variable): boolean {
  const isHeldThere = (condition: ConditionSpec): boolean | undefined => {
    if (!textsOf(condition.arg0, variable).every((each) => each === NAME_OF_THE_MOMENT)) return undefined
    const isSo = isHeld(condition, event)
    return isSo === undefined ? undefined : isSo !== condition.negate
  }
  const comesOn = ({ type, customEventFilter }: TriggerSpec): boolean =>
    type === 'customEvent' && customEventFilter.every((each) => isHeld(each, event) === !each.negate)
  return (
    firing.some((one) => comesOn(one) && one.filter.every((each) => isHeldThere(each) !== false)) &&
    !blocking.some((one) => comesOn(one) && one.filter.every((each) => isHeldThere(each) === true))
  )
}

function textIn({ spec }: Tag, parameter: string): string {
  return String(spec.parameters[parameter] ?? '')
}

/** Only two ids that are known can be told apart. */
function goElsewhere(ours: string, theirs: string): boolean {
  return [ours, theirs].every((id) => /^G-[A-Z0-9]+$/.test(id)) && ours !== theirs
}

function haveTriggerAlike(
  ours: Tag,
  theirs: Live<'gtm/tag'>,
  desired: readonly Resource[],
  { entities }: Container,
  { refs }: Matches,
): boolean {
  const triggers = desired
    .filter((each) => each.kind === 'gtm/trigger')
    .filter(({ key }) => ours.spec.firingTriggers.includes(refTo(key)))
  return reread(theirs, refs).spec.firingTriggers.some((ref) => {
    const trigger = entities.find((each) => each.kind === 'gtm/trigger' && refOf(each) === ref)
    return (
      ours.spec.firingTriggers.includes(ref) ||
      (trigger !== undefined && triggers.some((each) => meansTheSame(each, reread(trigger, refs))))
    )
  })
}

/** A variable by what refers to it: of the plan by its key, of anybody else by its name. */
type Variable = (ref: Ref) => VariableSpec | undefined

function variablesOf(resources: readonly (Resource | Live)[]): Variable {
  const specs = new Map(
    resources.flatMap((each) =>
      each.kind === 'gtm/variable'
        ? [['remote' in each ? refOf(each) : refTo(each.key), each.spec] as const]
        : [],
    ),
  )
  return (ref) => specs.get(ref)
}

/** What a text stands for when it is one constant. */
function resolved(text: string, variable: Variable): string {
  const ref = soleVariableIn(text)
  const spec = ref === undefined ? undefined : variable(ref)
  return spec?.type === 'c' ? String(spec.parameters.value ?? '') : text
}

/** Of a base tag of GA4; undefined for any other. */
function measurementId({ spec }: Live<'gtm/tag'>, variable: Variable): string | undefined {
  const found = destinationOf(spec)
  if (found?.kind !== 'ga4' || found.event !== undefined || found.id === undefined) return undefined
  return resolved(found.id, variable)
}
