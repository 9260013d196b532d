import { DESTINATIONS, destinationModule, moduleFor, type DestinationKind } from '../destinations/kinds.ts'
import { eventSettingsValues } from '../destinations/ga4.ts'
import type { BaseTag, DestinationTag, Given, GivenUserData } from '../destinations/module.ts'
import { idOf, sendingsOf } from '../destinations/sends.ts'
import { waitsFor } from '../destinations/waits-for.ts'
import type { ConsentType, Conversion, Destination, Plan, UserData } from '../plan/plan.ts'
import { GOOGLE_TAG } from '../resources/key.ts'
import type { Key, Ref } from '../resources/resource.ts'
import type { Text, TemplateValues } from '../sources/gtm.ts'
import type { Source } from '../sources/source.ts'
import { consentGiven, type ConsentGiven } from './consent-triggers.ts'
import { keyOf, refTo, type PlannedEntity } from './planned-entity.ts'
import { folderOf, ofWholePlan } from './folders.ts'
import { galleryKey } from './gallery.ts'
import { conversionNotes } from './notes.ts'
import { userDataKey, userDataOf } from './user-data.ts'
import { endOfDay, startOfDay } from './schedule.ts'
import {
  compileAgreedTriggers,
  compileDestinationTriggers,
  compileGivenTrigger,
  namingValues,
  type ConversionTriggers,
} from './triggers.ts'

/** What tags have in common. */
export interface TagParts {
  readonly textOf: (source: Source) => Text
  readonly measurementId: Text
  readonly eventSettings?: Text
  readonly transportUrl?: Text
}

const FIRING_OPTIONS = {
  once_per_event: 'oncePerEvent',
  once_per_page: 'oncePerLoad',
  unlimited: 'unlimited',
} as const

/** The tags of a conversion: GA4's, and one for each destination that it goes to, all on the same triggers. */
export function compileEventTags(
  plan: Plan,
  conversion: Conversion,
  triggers: ConversionTriggers,
  parts: TagParts,
  setUps: SetUps,
): PlannedEntity[] {
  const tag = (
    suffix: string,
    title: string,
    made: DestinationTag,
    consent: TemplateValues,
  ): PlannedEntity => ({
    kind: 'gtm/tag',
    template: `tags/${made.template}`,
    key: keyOf(plan, conversion.id + suffix, 'tag'),
    ...(conversion.was === undefined ? {} : { was: [keyOf(plan, conversion.was + suffix, 'tag')] }),
    naming: {
      pattern: suffix === '' ? (plan.naming.tag ?? 'GA4 Event - {event}') : vendorPattern(plan),
      values: { ...namingValues(plan, conversion), kind: title },
      id: `${conversion.id}${suffix.replace('.', ' ')}`,
    },
    notes: conversionNotes(plan, conversion),
    origin: conversion.at,
    folder: refTo(folderOf(plan, conversion)),
    values: {
      ...made.values,
      paused: conversion.paused,
      ...whenValues(plan, conversion),
      ...tagValues(triggers.firing, triggers.blocking, FIRING_OPTIONS[conversion.fires]),
      ...consent,
    },
  })
  const ga4 = {
    ...givenGa4(plan, parts),
    conversion,
    name: conversion.event ?? conversion.id,
    carried: {},
    parameters: [],
    ...givenUserData(plan, userDataOf(plan, conversion)),
  }
  return [
    tag(
      '',
      'GA4 Event',
      withSequence(DESTINATIONS.ga4.event(ga4), conversion),
      consentValues(plan, 'ga4', undefined, conversion),
    ),
    ...sendingsOf(plan, conversion).map(({ destination, userData, ...sending }) => {
      const { title, event } = moduleFor(destination)
      const given = { ...givenVendor(plan, destination, parts), ...givenUserData(plan, userData) }
      const made = event({ ...given, ...sending, conversion })
      const setUp = setUps.get(destination.id)
      return tag(
        `.${destination.id}`,
        title,
        {
          ...made,
          values: {
            ...made.values,
            ...galleryValue(plan, destination),
            ...(setUp === undefined ? {} : { setUp: refTo(setUp) }),
          },
        },
        consentValues(plan, destination.kind, destination.consent, conversion),
      )
    }),
  ]
}

/** The type of tags that a template of the gallery makes. */
function galleryValue(plan: Plan, { kind, via }: Destination): TemplateValues {
  return via === undefined ? {} : { gallery: refTo(galleryKey(plan, kind)) }
}

/** The tags that the plan has run before and after, by their names in GTM. */
function withSequence(made: DestinationTag, { setUp, cleanUp }: Conversion): DestinationTag {
  const sequence = {
    ...(setUp === undefined ? {} : { setUp }),
    ...(cleanUp === undefined ? {} : { cleanUp }),
  }
  return { ...made, values: { ...made.values, ...sequence } }
}

/** Which of several goes first, and on which days. */
function whenValues({ timezone }: Plan, { priority, schedule }: Conversion): TemplateValues {
  return {
    ...(priority === undefined ? {} : { priority: String(priority) }),
    ...(schedule?.from === undefined ? {} : { scheduleStart: String(startOfDay(schedule.from, timezone)) }),
    ...(schedule?.until === undefined ? {} : { scheduleEnd: String(endOfDay(schedule.until, timezone)) }),
  }
}

/** A team's pattern is GA4's, unless it tells the kinds apart. */
function vendorPattern({ naming: { tag } }: Plan, otherwise = '{kind} - {event}'): string {
  return tag?.includes('{kind}') === true ? tag : otherwise
}

/**
 * The Google tag: loads GA4 and carries the settings of all events. Where it waits for consent it fires once more when a
 * visitor agrees, unless consent was there already.
 */
export function compileGoogleTag(plan: Plan, parts: TagParts, onceAgreed: readonly Ref[]): PlannedEntity[] {
  const consent = consentValues(plan, 'ga4')
  const given =
    onceAgreed.length === 0 ? undefined : givenWithThePage(plan, 'initialization', consent, parts.textOf)
  const again = given && compileGivenTrigger(plan, given)
  const tags = DESTINATIONS.ga4.base(givenGa4(plan, parts)).map(({ template, values }): PlannedEntity => ({
    kind: 'gtm/tag',
    template: `tags/${template}`,
    key: keyOf(plan, GOOGLE_TAG, 'tag'),
    naming: { pattern: 'Google Tag - GA4', values: {}, id: plan.id },
    ...ofWholePlan(plan, '/googleTag'),
    values: {
      ...values,
      ...tagValues([INITIALIZATION, ...onceAgreed], again ? [refTo(again.key)] : [], 'oncePerEvent'),
      ...consent,
    },
  }))
  return [...tags, ...(given?.planned ?? []), ...(again ? [again] : [])]
}

/** Whether consent was there when the page began; one mark for all tags that wait for the same at the same moment. */
function givenWithThePage(
  plan: Plan,
  on: BaseTag['on'],
  consent: ConsentValues,
  textOf: TagParts['textOf'],
): ConsentGiven {
  const isFirst = on === 'initialization'
  return consentGiven(
    plan,
    `${isFirst ? 'first_' : ''}${consent.consentTypes.join('_')}`,
    { ...tagValues([isFirst ? INITIALIZATION : ALL_PAGES], [], 'oncePerLoad'), ...consent },
    vendorPattern(plan, '{kind} - {part}'),
    textOf,
  )
}

const INITIALIZATION = 'Initialization - All Pages'
const ALL_PAGES = 'All Pages'

/**
 * What loads the other destinations, once a page each. Code of ours sees to that itself, so it may run again when a visitor
 * agrees and as set-up tag. A tag of GTM's own is kept to once a page by GTM, which counts an occurrence that consent has
 * held back; so a second one stands beside it for the moment at which a visitor agrees, unless consent was there already.
 */
export function compileBaseTags(plan: Plan, parts: TagParts, onceAgreed: readonly Ref[]): PlannedEntity[] {
  return plan.destinations.flatMap((destination): PlannedEntity[] => {
    const { title } = destinationModule(destination.kind)
    return basesOf(plan, destination, parts).flatMap((made): PlannedEntity[] => {
      const consent = consentValues(plan, destination.kind, destination.consent)
      const own =
        made.on === 'own trigger' ? compileDestinationTriggers(plan, destination, parts.textOf) : undefined
      // What waits for a click, a push or a route comes again by itself; a page does not.
      const isOfPages = made.on !== 'route' && (own === undefined || destination.trigger?.kind === 'page')
      const isHeldBack = consent.consentStatus === 'needed' && onceAgreed.length > 0 && isOfPages
      const routes = made.on === 'route' ? routeTrigger(plan) : undefined
      const place = own?.firing ?? [
        routes ? refTo(routes.key) : made.on === 'initialization' ? INITIALIZATION : ALL_PAGES,
      ]
      const part = made.called ?? made.part ?? 'base'
      const tag = (
        suffix: string,
        words: string,
        firing: readonly Ref[],
        blocking = own?.blocking ?? [],
      ): PlannedEntity => ({
        kind: 'gtm/tag',
        template: `tags/${made.template}`,
        key: baseKey(plan, destination, made, suffix),
        naming: {
          pattern: vendorPattern(plan, '{kind} - {part}'),
          values: {
            kind: title,
            part: `${part}${words}`,
            id: `${made.shared === true ? destination.kind : destination.id} ${part}${words}`,
            event: `${part}${words}`,
            title: `${title} ${part}${words}`,
            plan: plan.id,
            stage: '',
          },
          id: destination.id,
        },
        ...ofWholePlan(plan, destination.at),
        values: {
          ...made.values,
          ...galleryValue(plan, destination),
          ...tagValues(
            firing,
            blocking,
            made.guarded === true || !isOfPages ? 'oncePerEvent' : 'oncePerLoad',
          ),
          ...consent,
        },
      })
      const triggers = own?.planned ?? (routes ? [routes] : [])
      if (made.guarded === true)
        return [...triggers, tag('', '', isHeldBack ? [...place, ...onceAgreed] : place)]
      if (!isHeldBack) return [...triggers, tag('', '', place)]
      const given =
        own === undefined
          ? givenWithThePage(plan, made.on, consent, parts.textOf)
          : consentGiven(
              plan,
              `${plan.id}_${destination.id}`.replace(/\W/g, '_'),
              { ...tagValues(place, own.blocking, 'oncePerLoad'), ...consent },
              vendorPattern(plan, '{kind} - {part}'),
              parts.textOf,
            )
      const later =
        own === undefined
          ? withBlocking(compileGivenTrigger(plan, given), onceAgreed)
          : compileAgreedTriggers(plan, destination, given)
      return [
        ...triggers,
        tag('', '', place),
        ...given.planned,
        ...later.planned,
        tag('.agreed', ' after consent', later.firing, later.blocking),
      ]
    })
  })
}

function withBlocking(
  planned: PlannedEntity,
  firing: readonly Ref[],
): Omit<ConversionTriggers, 'diagnostics'> {
  return { planned: [planned], firing, blocking: [refTo(planned.key)] }
}

/** Another route of a single-page app; one for all vendors that have to be told. */
function routeTrigger(plan: Plan): PlannedEntity {
  return {
    kind: 'gtm/trigger',
    template: 'triggers/plain',
    key: keyOf(plan, 'destination-routes', 'trigger'),
    naming: {
      pattern: plan.naming.trigger ?? '{kind} - {id}',
      values: {
        kind: 'History',
        id: 'routes',
        event: '',
        title: 'Routes',
        stage: '',
        plan: plan.id,
        source: '',
      },
      id: plan.id,
    },
    ...ofWholePlan(plan, '/destinations'),
    values: { type: 'historyChange' },
  }
}

// No id of a plan has a hyphen or a dot.
function baseKey(plan: Plan, { id, kind }: Destination, { part, shared }: BaseTag, suffix: string): Key {
  const whose = shared === true ? `destinations-${kind}` : `destination-${id}`
  return keyOf(plan, `${whose}${part === undefined ? '' : `.${part}`}${suffix}`, 'tag')
}

/** By the ids of destinations: the tag that loads the vendor before its events, where it has one. */
export type SetUps = ReadonlyMap<string, Key>

export function setUpsOf(plan: Plan, parts: TagParts): SetUps {
  return new Map(
    plan.destinations.flatMap((destination) => {
      const loader = basesOf(plan, destination, parts).find(({ part }) => part === undefined)
      return loader === undefined ? [] : [[destination.id, baseKey(plan, destination, loader, '')] as const]
    }),
  )
}

/** The variable of settings that every event carries, if the plan has any. */
export function compileEventSettings(
  plan: Plan,
  parts: Omit<TagParts, 'eventSettings'>,
): PlannedEntity | undefined {
  const { sharedParameters, userProperties } = plan
  if (sharedParameters.length + userProperties.length === 0 && parts.transportUrl === undefined)
    return undefined
  const first = sharedParameters.length > 0 ? '/sharedParameters' : '/userProperties'
  const origin = sharedParameters.length + userProperties.length > 0 ? first : '/plan'
  return {
    kind: 'gtm/variable',
    template: 'variables/event-settings',
    key: keyOf(plan, 'event-settings', 'variable'),
    naming: {
      pattern: plan.naming.variable ?? '{kind} - {source}',
      values: { kind: 'Event Settings', source: plan.id, plan: plan.id },
      id: plan.id,
    },
    ...ofWholePlan(plan, origin),
    values: eventSettingsValues({ plan, ...parts }),
  }
}

function givenGa4(plan: Plan, { measurementId, ...shared }: TagParts): Given {
  return { plan, id: measurementId, options: {}, ...shared }
}

function givenVendor(plan: Plan, destination: Destination, { textOf }: TagParts): Given {
  return { plan, id: textOf(idOf(destination)), options: destination, textOf }
}

function basesOf(plan: Plan, destination: Destination, parts: TagParts): readonly BaseTag[] {
  const userData = plan.userData.find(({ id }) => id === destination.userData)
  const given = { ...givenVendor(plan, destination, parts), ...givenUserData(plan, userData) }
  const bases = moduleFor(destination).base(given)
  return destination.loader === 'existing' ? bases.filter(({ part }) => part !== undefined) : bases
}

function givenUserData(plan: Plan, userData: UserData | undefined): { readonly userData?: GivenUserData } {
  if (userData === undefined) return {}
  return {
    userData: {
      fields: Object.fromEntries(userData.fields.map(({ name, source }) => [name, source])),
      variable: { variable: refTo(userDataKey(plan, userData)) },
    },
  }
}

function tagValues(firing: readonly Ref[], blocking: readonly Ref[], firingOption: string): TemplateValues {
  return { firing, blocking, firingOption }
}

type ConsentValues = TemplateValues & {
  readonly consentStatus: string
  readonly consentTypes: readonly string[]
}

/** What is to be granted before a tag fires, as GTM's additional consent. */
function consentValues(
  plan: Plan,
  kind: DestinationKind,
  said?: readonly ConsentType[],
  conversion?: Conversion,
): ConsentValues {
  const types = waitsFor(plan.consent, kind, said, conversion?.requires)
  if (types.length > 0) return { consentStatus: 'needed', consentTypes: [...types].sort() }
  return { consentStatus: plan.consent.mode === 'none' ? 'notSet' : 'notNeeded', consentTypes: [] }
}
