/** The plan's list of what it has in GA4, which the next version says: key events, and settings field by field. */
import type { Listed, ListedKeyEvent, ListedSetting } from '../live/listed.ts'
import { keyEventId, propertyNumber } from '../live/property.ts'
import { knowsGa4, ofKind, type Live, type LiveState } from '../live/live.ts'
import { canonicalJson } from '../resources/canonical-json.ts'
import { hashOf } from '../resources/marker.ts'
import type { Resource } from '../resources/resource.ts'
import { ga4Identity, isGa4 } from '../kinds/kinds.ts'
import type { DiffContext } from './comparison.ts'
import { ga4Twin, otherOwner, ownPart } from './diff-ga4.ts'
import { isStatedHere, nextSettings, settingsOf } from './settings.ts'

/** The plan's list as it is to be, with what it says of its other properties. */
export function nextListed(desired: readonly Resource[], live: LiveState, context: DiffContext): Listed {
  // Against an export nothing is known of GA4, so nothing of the list is either.
  if (!knowsGa4(live)) return live.listed
  const isHere = isOfProperty(live)
  const { keyEvents, settings } = live.listed
  const listed = keyEvents.filter(isHere)
  const next = [
    ...wantedKeyEvents(desired, live, listed, context),
    ...leavingKeyEvents(desired, live, listed),
  ]
  const isStated = isStatedHere(live)
  const stated = settings.filter(isStated)
  const states = nextSettings(
    settingsOf(desired).map((each) => ownPart(each, ga4Twin(each, live.ga4), live).resource),
    live,
  )
  // That a change was made in the end is no reason for a version of its own.
  const isSettled =
    canonicalJson(settled(next, live)) === canonicalJson(settled(listed, live)) &&
    canonicalJson(inOrder(states)) === canonicalJson(inOrder(stated))
  return isSettled
    ? live.listed
    : {
        keyEvents: [...keyEvents.filter((each) => !isHere(each)), ...next],
        settings: [...settings.filter((each) => !isStated(each)), ...states],
      }
}

function wantedKeyEvents(
  desired: readonly Resource[],
  live: LiveState,
  listed: readonly ListedKeyEvent[],
  context: DiffContext,
): readonly ListedKeyEvent[] {
  return desired
    .filter((resource): resource is Resource<'ga4/key-event'> => resource.kind === 'ga4/key-event')
    .map((resource): ListedKeyEvent => {
      const there = keyEventCalled(resource.spec.eventName, live)
      const entry = listed.find(({ event }) => event === resource.spec.eventName)
      const hash = hashOf(resource)
      const found = there !== undefined && !there.ours && !context.adopts(resource, otherOwner(there, live))
      const base = { property: propertyNumber(live), event: resource.spec.eventName, hash, found }
      if (entry?.hash === hash && entry.leaving === undefined)
        return { ...base, ...(entry.was === undefined ? {} : { was: entry.was }) }
      // One that is not there may only not have been listed: then it stands as it was left.
      const before = there === undefined ? entry?.hash : hashOf({ ...there, notes: resource.notes })
      return before === undefined || before === hash ? base : { ...base, was: before }
    })
}

/**
 * Those that the plan made and no longer wants. While others use one it stays, is theirs to say what it is worth, and leaves
 * after them. GA4 leaves an empty list out of its answer, so of one that came empty nobody can tell: what was the plan's is still
 * to leave. Nor can of one that came in part; what was to be deleted then stays in the list, for its number tells it from one that
 * somebody makes anew.
 */
function leavingKeyEvents(
  desired: readonly Resource[],
  live: LiveState,
  listed: readonly ListedKeyEvent[],
): readonly ListedKeyEvent[] {
  const wanted = new Set(desired.filter(isGa4).map(ga4Identity))
  const isEmpty = ofKind(live.ga4, 'ga4/key-event').length === 0
  return listed.flatMap((entry): ListedKeyEvent[] => {
    const there = keyEventCalled(entry.event, live)
    const isStillToGo = isEmpty || (there === undefined && entry.leaving !== undefined)
    if (isStillToGo) return wanted.has(`ga4/key-event ${entry.event}`) ? [] : [entry]
    if (there === undefined || !there.ours || wanted.has(ga4Identity(there))) return []
    const { property, event, hash } = entry
    return [{ property, event, hash, found: false, leaving: keyEventId(there.remote.id) }]
  })
}

function keyEventCalled(event: string, { ga4 }: LiveState): Live<'ga4/key-event'> | undefined {
  return ofKind(ga4, 'ga4/key-event').find(({ spec }) => spec.eventName === event)
}

function inOrder(listed: readonly ListedSetting[]): readonly string[] {
  return listed.map((each) => canonicalJson(each)).sort()
}

/** The list without what has been done since it was written. */
function settled(listed: readonly ListedKeyEvent[], live: LiveState): readonly object[] {
  return listed
    .filter(({ event, leaving }) => {
      const there = keyEventCalled(event, live)
      return leaving === undefined || (there !== undefined && keyEventId(there.remote.id) === leaving)
    })
    .map(({ property, event, hash, found, leaving }) => ({
      property,
      event,
      hash,
      found,
      leaving: leaving ?? '',
    }))
    .sort((a, b) => (a.event < b.event ? -1 : 1))
}

function isOfProperty(live: LiveState): (listed: { readonly property: string }) => boolean {
  const here = propertyNumber(live)
  return ({ property }) => property === here
}
