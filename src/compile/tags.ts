import { DESTINATIONS, destinationModule, type DestinationKind } from '../destinations/kinds.ts'
import { eventSettingsView } from '../destinations/ga4.ts'
import type { DestinationTag, Given } from '../destinations/module.ts'
import { sendingsOf } from '../destinations/sends.ts'
import type { ConsentType, Conversion, Destination, Plan } from '../plan/plan.ts'
import type { Ref } from '../resources/resource.ts'
import type { Text, View } from '../sources/gtm.ts'
import type { Source } from '../sources/source.ts'
import { keyOf, refTo, type Draft } from './draft.ts'
import { folderOf, SHARED_FOLDER } from './folders.ts'
import { conversionNotes, planNotes } from './notes.ts'
import { namingValues, type ConversionTriggers } from './triggers.ts'

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
): Draft[] {
  const draft = (suffix: string, title: string, made: DestinationTag, consent: View): Draft => ({
    kind: 'gtm/tag',
    template: `tags/${made.template}`,
    key: keyOf(plan, conversion.id + suffix, 'tag'),
    ...(conversion.was === undefined ? {} : { was: [keyOf(plan, conversion.was + suffix, 'tag')] }),
    naming: {
      pattern: plan.naming.tag ?? (suffix === '' ? 'GA4 Event - {event}' : '{kind} - {event}'),
      values: { ...namingValues(plan, conversion), kind: title },
      id: suffix === '' ? conversion.id : `${conversion.id} ${title}`,
    },
    notes: conversionNotes(plan, conversion),
    origin: conversion.at,
    folder: refTo(folderOf(plan, conversion)),
    view: {
      ...made.view,
      paused: conversion.paused,
      ...tagView(triggers.firing, triggers.blocking, FIRING_OPTIONS[conversion.fires]),
      ...consent,
    },
  })
  const event = conversion.event ?? conversion.id
  return [
    draft(
      '',
      'GA4 Event',
      DESTINATIONS.ga4.event({ ...givenGa4(plan, parts), conversion, name: event }),
      consentView(plan, 'ga4', undefined, conversion),
    ),
    ...sendingsOf(plan, conversion).map(({ destination, name }) => {
      const { title, event } = destinationModule(destination.kind)
      return draft(
        `.${destination.id}`,
        title,
        event({ ...givenVendor(plan, destination, parts), conversion, name }),
        consentView(plan, destination.kind, destination.consent, conversion),
      )
    }),
  ]
}

/** The Google tag: loads GA4 and carries the settings of all events. */
export function compileGoogleTag(plan: Plan, parts: TagParts, onceAgreed: readonly Ref[]): Draft {
  const { template, view } = DESTINATIONS.ga4.base(givenGa4(plan, parts))
  return {
    kind: 'gtm/tag',
    template: `tags/${template}`,
    key: keyOf(plan, 'google-tag', 'tag'),
    naming: { pattern: 'Google Tag - GA4', values: {}, id: plan.id },
    notes: planNotes(plan),
    origin: '/googleTag',
    folder: refTo(keyOf(plan, SHARED_FOLDER, 'folder')),
    view: {
      ...view,
      ...tagView(['Initialization - All Pages', ...onceAgreed], [], 'oncePerEvent'),
      ...consentView(plan, 'ga4'),
    },
  }
}

/** What loads the other destinations, once a page each. */
export function compileBaseTags(plan: Plan, parts: TagParts, onceAgreed: readonly Ref[]): Draft[] {
  return plan.destinations.map((destination): Draft => {
    const { title, base } = destinationModule(destination.kind)
    const { template, view } = base(givenVendor(plan, destination, parts))
    return {
      kind: 'gtm/tag',
      template: `tags/${template}`,
      // No id of a plan has a hyphen.
      key: keyOf(plan, `destination-${destination.id}`, 'tag'),
      naming: { pattern: '{kind} - base', values: { kind: title }, id: destination.id },
      notes: planNotes(plan),
      origin: destination.at,
      folder: refTo(keyOf(plan, SHARED_FOLDER, 'folder')),
      view: {
        ...view,
        ...tagView(['All Pages', ...onceAgreed], [], 'oncePerEvent'),
        ...consentView(plan, destination.kind, destination.consent),
      },
    }
  })
}

/** The variable of settings that every event carries, if the plan has any. */
export function compileEventSettings(plan: Plan, parts: Omit<TagParts, 'eventSettings'>): Draft | undefined {
  const { sharedParameters, userProperties } = plan
  if (sharedParameters.length + userProperties.length === 0 && parts.transportUrl === undefined)
    return undefined
  return {
    kind: 'gtm/variable',
    template: 'variables/event-settings',
    key: keyOf(plan, 'event-settings', 'variable'),
    naming: {
      pattern: plan.naming.variable ?? '{kind} - {source}',
      values: { kind: 'Event Settings', source: plan.id, plan: plan.id },
      id: plan.id,
    },
    notes: planNotes(plan),
    origin:
      sharedParameters.length > 0
        ? '/sharedParameters'
        : userProperties.length > 0
          ? '/userProperties'
          : '/plan',
    folder: refTo(keyOf(plan, SHARED_FOLDER, 'folder')),
    view: eventSettingsView({ plan, ...parts }),
  }
}

function givenGa4(plan: Plan, { measurementId, ...shared }: TagParts): Given {
  return { plan, id: measurementId, ...shared }
}

function givenVendor(plan: Plan, { vendorId }: Destination, { textOf }: TagParts): Given {
  return { plan, id: vendorId, textOf }
}

function tagView(firing: readonly Ref[], blocking: readonly Ref[], firingOption: string): View {
  return { firing, blocking, firingOption }
}

/**
 * A vendor that looks at consent by itself adapts ("advanced"); asking for additional consent holds its tags back until it is
 * given ("basic"). All others wait wherever consent is asked for at all.
 */
function consentView(
  plan: Plan,
  kind: DestinationKind,
  said?: readonly ConsentType[],
  conversion?: Conversion,
): View {
  const { consent, adapts } = destinationModule(kind)
  const { mode, requires } = plan.consent
  const needs = said ?? consent
  const own = conversion?.requires
  const types = adapts
    ? (own ?? (mode === 'basic' ? requires : []))
    : mode === 'none'
      ? (said ?? own ?? [])
      : [...needs, ...(own ?? [])]
  if (types.length > 0) return { consentStatus: 'needed', consentTypes: [...new Set(types)].sort() }
  return { consentStatus: mode === 'none' ? 'notSet' : 'notNeeded', consentTypes: [] }
}
