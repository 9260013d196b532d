/**
 * What a tag of another vendor does, moment by moment: its type and all that it says, with what GTM takes where it says
 * nothing. Two tags do the same when these are equal, whatever they and their variables are called.
 */
import { DESTINATIONS, destinationKinds, destinationOf } from '../destinations/kinds.ts'
import {
  awaitedConsent,
  meaningOf,
  meaningOfTrigger,
  sequenceIn,
  unlessAt,
  type Meaning,
  type World,
} from '../lift/meaning.ts'
import { firedApart } from '../lift/exceptions.ts'
import { momentsOf } from '../lift/moments.ts'
import { isGoogleTag } from '../lift/worlds.ts'
import { canonicalJson } from '../resources/canonical-json.ts'
import type { TagSpec, TriggerSpec, Value } from '../resources/resource.ts'

export interface Act {
  /** When: comparable with `whenOf` of a hit. */
  readonly when: string
  readonly does: { readonly [field: string]: Meaning }
}

/** A moment and what must not be there then, as one text that is equal when they are. */
export function whenOf({
  moment,
  unless,
}: {
  readonly moment: Meaning
  readonly unless: readonly Meaning[]
}): string {
  return canonicalJson([moment, unless])
}

/** @param isInSequence whether other tags have it fired before or after them */
export function actsOf(tag: TagSpec, world: World, isInSequence = false): readonly Act[] {
  const moments = tag.firingTriggers.flatMap(
    (ref): { readonly spec?: TriggerSpec; readonly when: string }[] => {
      const spec = world.trigger(ref)
      return spec === undefined
        ? [{ when: whenOf({ moment: { missing: ref }, unless: [] }) }]
        : firedApart(spec, tag, world.trigger)
            .flatMap(momentsOf)
            .map((moment) => ({
              spec: moment.spec,
              when: whenOf({
                moment: meaningOfTrigger(moment.spec, world),
                unless: unlessAt(moment.spec, tag, world),
              }),
            }))
    },
  )
  const isOnce =
    isGuarded(tag) ||
    (!isInSequence && moments.every(({ spec }) => spec !== undefined && ONCE_A_PAGE.has(spec.type)))
  return moments.map(({ spec, when }) => ({
    when,
    does: {
      type: tag.type,
      parameters: meaningOf(saidOf(tag), world),
      fires: isOnce && tag.firingOption !== 'unlimited' ? 'oncePerLoad' : tag.firingOption,
      paused: tag.paused,
      consent: awaitedConsent(tag),
      ...sequenceOf(tag, spec, world),
      other: Object.fromEntries(Object.entries(tag.other).filter(([field]) => !NO_DIFFERENCE.has(field))),
    },
  }))
}

export function actKey(act: Act): string {
  return canonicalJson(act)
}

/** Moments that come once a page: a tag of them fires once, whatever its option says. */
const ONCE_A_PAGE = new Set(['consentInit', 'init', 'pageview', 'domReady', 'windowLoaded'])

const NO_DIFFERENCE = new Set([
  'setupTag',
  'teardownTag',
  'monitoringMetadataTagNameKey',
  'monitoringMetadata',
])

/** Code of ours that loads a vendor sees by itself whether it did so already. */
function isGuarded(tag: TagSpec): boolean {
  const found = tag.type === 'html' ? destinationOf(tag) : undefined
  return found?.id !== undefined && found.event === undefined
}

/** All parameters but those that say what GTM takes anyway. */
function saidOf({ type, parameters }: TagSpec): { readonly [parameter: string]: Value } {
  const unsaid = UNSAID.get(type) ?? {}
  return Object.fromEntries(
    Object.entries(parameters).filter(([name, value]) =>
      Object.hasOwn(unsaid, name)
        ? value !== unsaid[name] && value !== ''
        : value !== false && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  )
}

const UNSAID = new Map(destinationKinds().flatMap((kind) => Object.entries(DESTINATIONS[kind].unsaid ?? {})))

/** Tags that are fired before and after it, as far as that changes anything. */
function sequenceOf(
  { other }: TagSpec,
  moment: TriggerSpec | undefined,
  world: World,
): { readonly before?: Meaning; readonly after?: Meaning } {
  const meaningsOf = (list: unknown): readonly Meaning[] =>
    sequenceIn(list).flatMap(({ tag, ...rest }): Meaning[] => {
      const spec = world.tag(tag?.$tag ?? '')
      if (spec === undefined) return [{ missing: tag?.$tag ?? '', ...rest }]
      if (moment !== undefined && hasRunBy(moment, spec, world)) return []
      return [{ ...rest, fires: spec.firingOption, does: actsOf({ ...spec, other: {} }, world, true) }]
    })
  const [before, after] = [meaningsOf(other.setupTag), meaningsOf(other.teardownTag)]
  return { ...(before.length === 0 ? {} : { before }), ...(after.length === 0 ? {} : { after }) }
}

/** A tag that every page has fired before this moment, and that is not fired again: to ask for it first changes nothing. */
function hasRunBy({ type }: TriggerSpec, tag: TagSpec, world: World): boolean {
  if (EARLY.has(type) || tag.paused || awaitedConsent(tag).length > 0) return false
  if (tag.firingOption !== 'oncePerLoad' && !isGuarded(tag)) return false
  return (
    tag.blockingTriggers.length === 0 && tag.firingTriggers.some((ref) => isEveryPage(world.trigger(ref)))
  )
}

/** Tags that it has fired before or after it, and that every page has fired by then anyway: a plan does not ask for them again. */
export function runByThen({ firingTriggers, other }: TagSpec, world: World): readonly string[] {
  const moments = firingTriggers.flatMap((ref) => world.trigger(ref) ?? [])
  return [other.setupTag, other.teardownTag].flatMap(sequenceIn).flatMap(({ tag }) => {
    const spec = world.tag(tag?.$tag ?? '')
    return spec !== undefined &&
      tag?.$tag !== undefined &&
      moments.every((each) => hasRunBy(each, spec, world))
      ? [tag.$tag]
      : []
  })
}

function isEveryPage(trigger: TriggerSpec | undefined): boolean {
  return trigger !== undefined && EARLY.has(trigger.type) && trigger.filter.length === 0
}

const EARLY = new Set(['consentInit', 'init', 'pageview'])

/** Names of the tags that others have fired before or after them. */
export function inSequence(tags: readonly { readonly spec: TagSpec }[]): ReadonlySet<string> {
  return new Set(
    tags.flatMap(({ spec: { other } }) =>
      [other.setupTag, other.teardownTag].flatMap((list) =>
        sequenceIn(list).flatMap(({ tag }) => tag?.$tag ?? []),
      ),
    ),
  )
}

/** Whether a tag is no business of GA4's. */
export function isOfVendor(tag: TagSpec): boolean {
  return tag.type !== 'gaawe' && !isGoogleTag(tag)
}
