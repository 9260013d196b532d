/**
 * A container becomes the plan that a person would have written. Lift proposes, check and compile judge:
 *
 *   tags ─▶ events ─▶ conversions ─▶ document ─┬─ check ───▶ what no plan may hold is left out, or accepted for now
 *                                              └─ compile ─▶ what would not mean the same is left out
 *
 * Nothing is lost: each GA4 event tag is lifted, or named with the reason.
 */

import { eventsOf, type EventOfTag } from '../lift/events-of.ts'
import type { LeftOut } from '../lift/left-out.ts'
import { meaningOfText, tableRows, type World } from '../lift/meaning.ts'
import type { ContainerVersion } from '../lift/parse-export.ts'
import { readContainer, type ReadContainer, type ReadEntity } from '../lift/read-container.ts'
import { worldOf } from '../lift/worlds.ts'
import type { PlanDocument } from '../plan/plan-types.ts'
import { parseNotes } from '../resources/marker.ts'
import { soleVariableIn } from '../resources/braces.ts'
import type { TagSpec } from '../resources/resource.ts'
import { inSequence } from './acts.ts'
import { conversionOf, isNameOfEvent, triggerNames, type Why } from './conversion.ts'
import { documentOf, type Assembled, type Comment } from './document.ts'
import { destinationsOf } from './environments.ts'
import { checked, compared } from './judge.ts'
import type { Candidate, Choice, Context, ImportOptions } from './lifting.ts'
import { leftOutOf, othersOf } from './not-lifted.ts'
import { existingIn, remarksOf, titleOf } from './said-of-tag.ts'
import { byName, saidSources } from './said-sources.ts'
import { consentOf, loadedId, settingsFrom, sharedSettings, theGoogleTag } from './settings.ts'
import { readUserData, userDataSaid } from './user-data-said.ts'
import {
  placeVendors,
  fieldsOfVendors,
  textsOfCode,
  textsOfVendors,
  vendorTagsOf,
  type Vendors,
} from './vendor-tags.ts'

export interface Lifted {
  readonly document: PlanDocument
  readonly comments: readonly Comment[]
  /** GA4 event tags in the container. */
  readonly ga4EventTags: number
  /** Names of those whose every event is in the plan. */
  readonly lifted: readonly string[]
  /** Where these stand among the tags of the container: names may be double in a file that no GTM has written. */
  readonly liftedAt: ReadonlySet<number>
  /** GA4 event tags that are not in the plan. */
  readonly leftOut: readonly LeftOut[]
  /** Tags of vendors that a plan knows, and custom HTML. */
  readonly vendorTags: number
  /** Names of those that are in the plan. */
  readonly vendorsLifted: readonly string[]
  /** What else is in the container and not in the plan. */
  readonly others: readonly LeftOut[]
}

export function liftContainer(version: ContainerVersion, options: ImportOptions): Lifted {
  const container = readContainer(version)
  const world = worldOf(container)
  const tags = container.tags.filter(({ spec }) => spec.type === 'gaawe')
  const vendorTags = vendorTagsOf(container)
  const read = saidSources(
    [...textsOf(tags, container), ...textsOfVendors(vendorTags), ...textsOfCode(vendorTags)],
    container,
    world,
    options.templates,
  )
  const sequenced = inSequence(container.tags)
  const refused = new Map<ReadEntity<TagSpec>, Why>()
  const eventsOfTags = new Map<ReadEntity<TagSpec>, readonly EventOfTag[]>()
  for (const tag of tags) {
    const found = eventsOf(tag.spec, world, isNameOfEvent)
    const why = 'reason' in found ? found : whyNotEvents(tag, found.events, { world, sequenced })
    if (why !== undefined) refused.set(tag, why)
    else if ('events' in found) eventsOfTags.set(tag, found.events)
  }

  const base: Context = {
    container,
    world,
    read,
    options,
    eventsOfTags,
    vendorTags,
    readUserData: readUserData(container, fieldsOfVendors(vendorTags), world, options.templates),
    inSequence: sequenced,
    names: triggerNames(container),
  }
  let choice: Choice = {
    isShared: true,
    byHost: true,
    managed: true,
    isRegistered: true,
    ignore: [],
    byName: new Set(),
    byTrigger: new Set(),
    spelled: new Map(),
    existing: new Set(),
    asHtml: new Set(),
    isUserDataSaid: true,
  }
  // Each round refuses a tag, accepts a finding or gives up a choice, so that there is a last one.
  for (;;) {
    const round = oneRound(base, choice, refused)
    if (round.again === undefined) return lifted(base, tags, refused, round)
    choice = { ...choice, ...round.again }
  }
}

interface Round {
  /** What is to be tried otherwise; undefined when the round stands. */
  readonly again?: Partial<Choice>
  readonly assembled: Assembled<Candidate>
  readonly vendors: Vendors
}

function oneRound(base: Context, choice: Choice, refused: Map<ReadEntity<TagSpec>, Why>): Round {
  const { world, read, container, options } = base
  const tags = [...base.eventsOfTags.keys()].filter((tag) => !refused.has(tag))
  const settings = choice.isShared ? sharedSettings(tags, base) : undefined
  const destinations = destinationsOf(
    tags.map(({ spec }) => spec),
    container,
    world,
    read,
    { property: options.ga4?.property, byHost: choice.byHost, otherwise: loadedId(base) },
  )
  const userData = userDataSaid(container, base.readUserData, choice.isUserDataSaid)
  const candidates = tags.flatMap((tag): Candidate[] => {
    const events = base.eventsOfTags.get(tag) ?? []
    const made: Candidate[] = []
    for (const each of events) {
      const said = conversionOf(tag, each, {
        world,
        read,
        test: choice.byName.has(tag) ? byName : read,
        isShared: settings !== undefined,
        userDataOf: userData.ofVariable,
        names: base.names,
        isByTrigger: choice.byTrigger.has(tag),
      })
      if ('reason' in said) {
        refused.set(tag, said)
        return []
      }
      made.push({
        said: said.said,
        title: titleOf(tag.name, each.event ?? tag.name, each.event === undefined ? 1 : events.length),
        notes: parseNotes(tag.notes).human,
        remarks: remarksOf(tag, each, {
          count: events.length,
          named: existingIn(said.said.trigger),
          idle: said.idle,
        }),
        tag: tag.name,
        source: tag,
        events: each,
        ...destinations.fieldOf(tag.spec),
      })
    }
    return made
  })
  const google = choice.managed ? theGoogleTag(base, destinations.main) : undefined
  const consent = consentOf(tags, google, base)
  const vendors = placeVendors(base.vendorTags, candidates.map(withoutPlans(consent)), base, {
    choice,
    refused,
    mode: consent.mode,
    userData,
  })
  const assembled = documentOf(
    vendors.candidates,
    settingsFrom(base, {
      destinations,
      settings,
      google,
      choice,
      tags,
      consent,
      vendors,
      userData: userData.entries(),
    }),
    choice.ignore,
  )
  const again =
    checked(assembled, base, choice, refused, vendors.placed) ??
    compared(assembled, base, {
      choice,
      google,
      refused,
      isByHost: Object.keys(destinations.environments).length > 1,
      placed: vendors.placed,
    })
  return again === undefined ? { assembled, vendors } : { again, assembled, vendors }
}

/** What the whole plan waits for is not said of a conversion again. */
function withoutPlans({ mode }: { readonly mode: string }): (candidate: Candidate) => Candidate {
  return (candidate) => {
    if (mode !== 'basic') return candidate
    const { requires: _, ...said } = candidate.said
    return { ...candidate, said }
  }
}

/** What a tag sends cannot be in a plan. */
function whyNotEvents(
  { name, spec }: ReadEntity<TagSpec>,
  events: readonly EventOfTag[],
  { world, sequenced }: { readonly world: World; readonly sequenced: ReadonlySet<string> },
): Why | undefined {
  const own = meaningOfText(String(spec.parameters.eventName ?? ''), world)
  if (sequenced.has(name) && events.some(({ event }) => event !== undefined && event !== own))
    return {
      code: 'tag-is-in-sequence',
      reason: 'another tag has it run, and its event is called otherwise then',
    }
  if (events.length > 1 && spec.firingOption === 'oncePerLoad')
    return {
      code: 'once-per-page-for-several',
      reason: 'it sends several events, one of them once per page',
    }
  return undefined
}

/** Every text that a plan may come to read. */
function textsOf(tags: readonly ReadEntity<TagSpec>[], container: ReadContainer): readonly string[] {
  const variables = new Map(container.variables.map(({ name, spec }) => [name, spec]))
  const rows = (table: Parameters<typeof tableRows>[0]): string[] => tableRows(table).map(([, text]) => text)
  const settings = new Set(
    tags.flatMap(({ spec }) => soleVariableIn(String(spec.parameters.eventSettingsVariable ?? '')) ?? []),
  )
  return [
    ...tags.flatMap(({ spec: { parameters } }) => [
      ...[parameters.eventName, parameters.measurementIdOverride, parameters.userDataVariable].filter(
        (each) => typeof each === 'string',
      ),
      ...rows(parameters.eventParameters),
      ...rows(parameters.eventSettingsTable),
      ...rows(parameters.userProperties),
    ]),
    ...[...settings].flatMap((name) => [
      ...rows(variables.get(name)?.parameters.eventSettingsTable),
      ...rows(variables.get(name)?.parameters.userProperties),
    ]),
    ...container.triggers.flatMap(({ spec }) =>
      [...spec.filter, ...spec.autoEventFilter].map(({ arg0 }) => arg0),
    ),
  ]
}

function lifted(
  { container, vendorTags }: Context,
  tags: readonly ReadEntity<TagSpec>[],
  refused: ReadonlyMap<ReadEntity<TagSpec>, Why>,
  { assembled, vendors }: Round,
): Lifted {
  const ofVendors = new Set(vendors.placed.map(({ tag }) => tag))
  const taken = new Set([...[...assembled.conversions.values()].map(({ source }) => source), ...ofVendors])
  return {
    document: assembled.document,
    comments: assembled.comments,
    ga4EventTags: tags.length,
    lifted: tags.filter((tag) => taken.has(tag)).map(({ name }) => name),
    liftedAt: new Set(
      container.tags.flatMap((tag, index) => (tag.spec.type === 'gaawe' && taken.has(tag) ? [index] : [])),
    ),
    leftOut: leftOutOf(tags, refused),
    vendorTags: vendorTags.length,
    vendorsLifted: vendorTags.filter(({ tag }) => ofVendors.has(tag)).map(({ tag }) => tag.name),
    others: othersOf(container, taken, refused, vendorTags),
  }
}
