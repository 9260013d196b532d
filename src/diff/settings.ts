/**
 * Three-way comparison of what GA4 has no place for a mark on: settings, links, event create rules. What was last written of each
 * field stands in the plan's list (`live/listed.ts`):
 *
 *   the plan says something else than the list ─ the plan changed      GA4 does ─ somebody changed it there
 *
 * What the plan does not state is nobody's. What it no longer states stays as it is, which is said once: the next list
 * has no line of it.
 */
import { GA4, GA4_KINDS, isGa4 } from '../kinds/kinds.ts'
import { settingIdentity, streamOf, type Listed, type ListedSetting } from '../live/listed.ts'
import { knowsGa4, type Ga4Use, type LiveState } from '../live/live.ts'
import { propertyNumber, streamNumber } from '../live/property.ts'
import { pointerOf, type Diagnostic } from '../plan/diagnostic.ts'
import { canonicalJson } from '../resources/canonical-json.ts'
import { fieldOf, type Cause, type FieldChange } from '../resources/change-set.ts'
import { shortHash } from '../resources/marker.ts'
import type { Ga4Kind, Resource } from '../resources/resource.ts'
import { thingText } from '../words/change-words.ts'
import { and } from '../words/counting.ts'
import { at } from './at.ts'

type Setting = Resource<Ga4Kind>

/** Whether what was written of it stands in the plan's list, field by field. */
export function isListed(resource: Resource): boolean {
  return isGa4(resource) && GA4[resource.kind].mark === 'none'
}

/** What of the plan is compared here. */
export function settingsOf(resources: readonly Resource[]): readonly Setting[] {
  return resources.filter(isGa4).filter(isListed)
}

/** The lines of the next list. @param written settings without what is left to another plan */
export function nextSettings(written: readonly Setting[], live: LiveState): readonly ListedSetting[] {
  return written.flatMap((resource) =>
    Object.entries(resource.spec).map(([field, value]): ListedSetting => ({
      property: propertyNumber(live),
      thing: thingOf(resource, live),
      field,
      hash: hashOfValue(value),
    })),
  )
}

/** Whether a later list says that it was written as planned, and what was read before did not. */
export function isNewlyListed(resource: Resource, later: Listed, live: LiveState): boolean {
  const isIn = ({ settings }: Listed, line: ListedSetting): boolean =>
    settings.some((each) => canonicalJson(each) === canonicalJson(line))
  return nextSettings(settingsOf([resource]), live).some(
    (line) => isIn(later, line) && !isIn(live.listed, line),
  )
}

/** Who moved, over all fields that differ. A field that was never written counts as the plan's doing. */
export function causeOfSetting(resource: Setting, there: Setting, differing: Roots, live: LiveState): Cause {
  const listed = settingsHere(live)
  // A renamed one was listed under the name that it still has there.
  const thing = thingOf(there, live)
  const causes = new Set(
    differing.map((field): Cause => {
      const entry = listed.find((each) => each.thing === thing && each.field === field)
      const now = hashOfField(there, field)
      if (entry === undefined || now === entry.hash) return 'plan'
      return hashOfField(resource, field) === entry.hash ? 'drift' : 'both'
    }),
  )
  const [only = 'plan'] = causes
  return causes.size === 1 ? only : 'both'
}

/**
 * The fields that only somebody in GA4 has changed, and that GA4 takes without those which the plan changes: nothing has to be
 * said of them to write the others.
 */
export function driftedAlone(resource: Setting, there: Setting, differing: Roots, live: LiveState): Roots {
  const drifted = differing.filter((field) => causeOfSetting(resource, there, [field], live) === 'drift')
  const { together = [] } = GA4[resource.kind]
  const planned = differing.filter((field) => !drifted.includes(field))
  return drifted.filter(
    (field) =>
      !together.some((group) => group.includes(field) && group.some((other) => planned.includes(other))),
  )
}

type Roots = readonly string[]

/** The fields of a spec that changes are in, each once. */
export function rootsOf(fields: readonly FieldChange[]): Roots {
  return [...new Set(fields.map(fieldOf))]
}

/** Who else states one of these fields otherwise, in this container or in another one on the property. */
export function statedOtherwise(
  resource: Setting,
  differing: Roots,
  live: LiveState,
): readonly { readonly field: string; readonly use: Ga4Use }[] {
  return differing.flatMap((field) => {
    const identity = settingIdentity(thingOf(resource, live), field)
    const wanted = hashOfField(resource, field)
    const use = live.ga4Uses.find((each) => each.identity === identity && each.hash !== wanted)
    return use === undefined ? [] : [{ field, use }]
  })
}

/** The same without those fields: whoever states them otherwise would set them back. */
export function withoutFields<R extends Setting>(resource: R, fields: Roots): R {
  const spec = Object.fromEntries(Object.entries(resource.spec).filter(([field]) => !fields.includes(field)))
  return { ...resource, spec }
}

/** Two plans that both state one setting would take turns in overwriting each other. */
export function leftToOthers(
  resource: Setting,
  others: ReturnType<typeof statedOtherwise>,
): readonly Diagnostic[] {
  return others.map(({ field, use: { plan, container } }) => ({
    severity: 'warning',
    code: 'setting-of-another-plan',
    message: `${labelOf(resource.kind, field)} of ${thingWords(resource)} is stated otherwise by the plan "${plan}"${container === undefined ? '' : ` (${container})`}; it is left as it is.`,
    fix: 'state the same in both plans, or state it in one of them alone',
    ...at(resource),
  }))
}

/** What the plan stated before and no longer does, once for each thing. @param wanted what it states, and as what that is there now */
export function noLongerStated(wanted: readonly Setting[], live: LiveState): readonly Diagnostic[] {
  // Against an export nothing is known of GA4.
  if (!knowsGa4(live)) return []
  const kept = new Set(
    wanted.flatMap((resource) =>
      Object.keys(resource.spec).map((field) => settingIdentity(thingOf(resource, live), field)),
    ),
  )
  const gone = settingsHere(live).filter(({ thing, field }) => !kept.has(settingIdentity(thing, field)))
  return [...new Set(gone.map(({ thing }) => thing))].map((thing) => ({
    severity: 'warning',
    code: 'setting-is-left',
    message: `The plan no longer states ${goneText(
      thing,
      gone.filter((each) => each.thing === thing).map(({ field }) => field),
    )}: it stays in GA4 as it is, and is the plan's no more.`,
    fix: 'nothing is to be done; what is to be otherwise is set in GA4 (Admin), or stated again',
    at: pointerOf('property'),
  }))
}

function goneText(thing: string, fields: readonly string[]): string {
  const [place = '', id] = thing.split('/')
  const [facet] = place.split('@')
  const kind = GA4_KINDS.find((each) => GA4[each].facet === facet)
  if (kind === undefined) return thing
  if (id !== undefined) return thingText({ kind, name: decodeURIComponent(id) })
  return `${and(fields.map((field) => labelOf(kind, field)))} of the ${GA4[kind].title}`
}

function thingWords({ kind, name }: Setting): string {
  return GA4[kind].singleton ? `the ${GA4[kind].title}` : thingText({ kind, name })
}

function labelOf(kind: Ga4Kind, field: string): string {
  return `"${GA4[kind].labels?.[field] ?? field}"`
}

/**
 * Which of the property's things it is, without blanks: `property`, `google-ads-link/1234567890`, `enhanced-measurement@2` of
 * the property's stream 2. What was written to one stream says nothing of another.
 */
function thingOf<K extends Ga4Kind>(resource: Resource<K>, from: Pick<LiveState, 'stream'>): string {
  const { facet, at } = GA4[resource.kind]
  const place = at === 'stream' ? `${facet}@${streamNumber(from)}` : facet
  const id = GA4[resource.kind].identity(resource)
  return id === '' ? place : `${place}/${encodeURIComponent(id)}`
}

function settingsHere(live: LiveState): readonly ListedSetting[] {
  return live.listed.settings.filter(isStatedHere(live))
}

/** Whether a line is of the property, and not of another stream of it: that is another environment's to write. */
export function isStatedHere(live: LiveState): (line: ListedSetting) => boolean {
  const here = propertyNumber(live)
  const ownStream = streamNumber(live)
  return (line) => line.property === here && (streamOf(line) ?? ownStream) === ownStream
}

function hashOfField({ spec }: Setting, field: string): string {
  return hashOfValue(Object.entries(spec).find(([name]) => name === field)?.[1])
}

/** What Google leaves out has no value. */
function hashOfValue(value: unknown): string {
  return shortHash(canonicalJson(value ?? null))
}

/**
 * What two plans state of one property and state otherwise, before either is applied.
 * @param placeOf where the other plan states one of its things
 */
export function settingsDisputed(
  ours: readonly Resource[],
  theirs: readonly Resource[],
  isOneStream: boolean,
  placeOf: (theirs: Setting) => string,
): readonly Diagnostic[] {
  const other = new Map(settingsOf(theirs).map((each) => [thingOf(each, {}), each]))
  return settingsOf(ours).flatMap((resource): readonly Diagnostic[] => {
    const there = other.get(thingOf(resource, {}))
    if (there === undefined || (GA4[resource.kind].at === 'stream' && !isOneStream)) return []
    const fields = Object.keys(resource.spec).filter(
      (field) => field in there.spec && hashOfField(there, field) !== hashOfField(resource, field),
    )
    if (fields.length === 0) return []
    const said = and(fields.map((field) => labelOf(resource.kind, field)))
    return [
      {
        severity: 'error',
        code: 'settings-are-agreed-on',
        message: `${said} of ${thingWords(resource)} ${fields.length === 1 ? 'is' : 'are'} stated otherwise in ${placeOf(there)}, for the same GA4 property: it has this once.`,
        fix: 'state the same in both plans, or state it in one of them alone',
        ...at(resource),
      },
    ]
  })
}
