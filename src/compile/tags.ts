import { conversionsOf, type Conversion, type Plan } from '../plan/plan.ts'
import type { Ref } from '../resources/resource.ts'
import type { ParameterValue } from '../sources/build.ts'
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
}

const TRANSPORT = 'server_container_url'

const FIRING_OPTIONS = {
  once_per_event: 'oncePerEvent',
  once_per_page: 'oncePerLoad',
  unlimited: 'unlimited',
} as const

/** The GA4 event tag of a conversion. */
export function compileEventTag(
  plan: Plan,
  conversion: Conversion,
  triggers: ConversionTriggers,
  parts: TagParts,
): Draft {
  return {
    kind: 'gtm/tag',
    template: 'tags/ga4-event',
    key: keyOf(plan, conversion.id, 'tag'),
    ...(conversion.was === undefined ? {} : { was: [keyOf(plan, conversion.was, 'tag')] }),
    naming: {
      pattern: plan.naming.tag ?? 'GA4 Event - {event}',
      values: { ...namingValues(plan, conversion), kind: 'GA4 Event' },
      id: conversion.id,
    },
    notes: conversionNotes(plan, conversion),
    origin: conversion.at,
    folder: refTo(folderOf(plan, conversion)),
    view: {
      event:
        conversion.eventFrom === undefined
          ? (conversion.event ?? conversion.id)
          : parts.textOf(conversion.eventFrom),
      ...(conversion.userData === undefined ? {} : { userData: parts.textOf(conversion.userData) }),
      ecommerce: conversion.ecommerce,
      parameters: settingsRows(conversion.parameters, parts.textOf),
      measurementId:
        conversion.measurementIdFrom === undefined
          ? parts.measurementId
          : parts.textOf(conversion.measurementIdFrom),
      ...(parts.eventSettings === undefined ? {} : { eventSettings: parts.eventSettings }),
      ...tagView(triggers.firing, triggers.blocking, FIRING_OPTIONS[conversion.fires]),
      ...consentView(plan, conversion),
    },
  }
}

/** The Google tag: loads GA4 and carries the settings of all events. */
export function compileGoogleTag(
  plan: Plan,
  parts: TagParts,
  transportUrl: Text | undefined,
  onceAgreed: readonly Ref[],
): Draft {
  // A page_view tag of the plan's own beside the automatic one would count every page twice.
  const ownPageViews = conversionsOf(plan).some((each) => each.trigger && each.event === 'page_view')
  const config: View[] = [
    { parameter: 'send_page_view', value: ownPageViews ? 'false' : 'true' },
    ...(transportUrl === undefined ? [] : [{ parameter: TRANSPORT, value: transportUrl }]),
  ]
  return {
    kind: 'gtm/tag',
    template: 'tags/google-tag',
    key: keyOf(plan, 'google-tag', 'tag'),
    naming: { pattern: 'Google Tag - GA4', values: {}, id: plan.id },
    notes: planNotes(plan),
    origin: '/googleTag',
    folder: refTo(keyOf(plan, SHARED_FOLDER, 'folder')),
    view: {
      tagId: parts.measurementId,
      config,
      parameters: settingsRows(plan.sharedParameters.filter(cannotChange), parts.textOf),
      userProperties: propertyRows(plan.userProperties.filter(cannotChange), parts.textOf),
      ...tagView(['Initialization - All Pages', ...onceAgreed], [], 'oncePerEvent'),
      ...consentView(plan),
    },
  }
}

/** The variable of settings that every event carries, if the plan has any. */
export function compileEventSettings(
  plan: Plan,
  textOf: (source: Source) => Text,
  transportUrl: Text | undefined,
): Draft | undefined {
  const { sharedParameters, userProperties } = plan
  if (sharedParameters.length + userProperties.length === 0 && transportUrl === undefined) return undefined
  // Also where the Google tag is held back by consent or belongs to somebody else, no hit goes round the server container.
  const transport = transportUrl === undefined ? [] : [{ parameter: TRANSPORT, value: transportUrl }]
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
    view: {
      parameters: [...settingsRows(sharedParameters, textOf), ...transport],
      userProperties: propertyRows(userProperties, textOf),
    },
  }
}

function settingsRows(values: readonly ParameterValue[], textOf: (source: Source) => Text): View[] {
  return byName(values).map(({ name, source }) => ({ parameter: name, value: textOf(source) }))
}

function propertyRows(values: readonly ParameterValue[], textOf: (source: Source) => Text): View[] {
  return byName(values).map(({ name, source }) => ({ property: name, value: textOf(source) }))
}

/**
 * What the Google tag carries is read once, at Initialization, and rides on every automatic event after it: a value that
 * came later would be overwritten by the first one, a user property by its default. So it carries constants only.
 */
function cannotChange({ source }: ParameterValue): boolean {
  return source.kind === 'literal' || (source.kind === 'url' && source.part === 'host')
}

/** The rows' order means nothing to GA4, so it must not follow the order of keys in the file. */
function byName(values: readonly ParameterValue[]): readonly ParameterValue[] {
  return [...values].sort((a, b) => (a.name < b.name ? -1 : 1))
}

function tagView(firing: readonly Ref[], blocking: readonly Ref[], firingOption: string): View {
  return { firing, blocking, firingOption }
}

/**
 * GA4's tags check consent by themselves and adapt ("advanced"); asking for additional consent holds them back
 * until it is given ("basic").
 */
function consentView(plan: Plan, conversion?: Conversion): View {
  const basic = plan.consent.mode === 'basic' ? plan.consent.requires : undefined
  const types = conversion?.requires ?? basic ?? []
  if (types.length > 0) return { consentStatus: 'needed', consentTypes: [...types].sort() }
  return { consentStatus: plan.consent.mode === 'none' ? 'notSet' : 'notNeeded', consentTypes: [] }
}
