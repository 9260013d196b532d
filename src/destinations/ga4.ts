import { conversionsOf, type Plan } from '../plan/plan.ts'
import type { ParameterValue } from '../sources/build.ts'
import type { TemplateValues } from '../sources/gtm.ts'
import type { DestinationModule, Given } from './module.ts'

const TRANSPORT = 'server_container_url'

/** Google Analytics 4: the Google tag, and a tag for each event. */
export const ga4: DestinationModule<'ga4'> = {
  title: 'Google Analytics',
  id: { pattern: /^G-[A-Z0-9]+$/, example: 'G-SHOP000001' },
  says: 'a name',
  consent: ['analytics_storage'],
  adapts: true,
  names: {},
  options: [],
  // All that it sends are parameters of the plan.
  carries: [],
  userData: 'variable',
  reads: () => [],
  base: ({ plan, id, textOf, transportUrl }) => {
    // A page_view tag of the plan's own beside the automatic one would count every page twice.
    const ownPageViews = conversionsOf(plan).some((each) => each.trigger && each.event === 'page_view')
    return [
      {
        template: 'google-tag',
        on: 'initialization',
        values: {
          tagId: id,
          config: [
            { parameter: 'send_page_view', value: ownPageViews ? 'false' : 'true' },
            ...(transportUrl === undefined ? [] : [{ parameter: TRANSPORT, value: transportUrl }]),
          ],
          parameters: settingsRows(plan.sharedParameters.filter(staysOn(plan)), textOf),
          userProperties: propertyRows(plan.userProperties.filter(staysOn(plan)), textOf),
        },
      },
    ]
  },
  event: ({ conversion, name, id, textOf, eventSettings, userData }) => ({
    template: 'ga4-event',
    values: {
      event: conversion.eventFrom === undefined ? name : textOf(conversion.eventFrom),
      ...(conversion.userData === undefined
        ? {}
        : { userData: userData?.variable ?? textOf(conversion.userData) }),
      ecommerce: conversion.ecommerce,
      parameters: settingsRows(conversion.parameters, textOf),
      userProperties: propertyRows(conversion.userProperties, textOf),
      measurementId: conversion.measurementIdFrom === undefined ? id : textOf(conversion.measurementIdFrom),
      ...(eventSettings === undefined ? {} : { eventSettings }),
    },
  }),
  fromGtm: ({ type, parameters }) => {
    if (type === 'googtag') return { id: String(parameters.tagId ?? '') }
    // What the Google tag was called before.
    if (type === 'gaawc') return { id: String(parameters.measurementId ?? '') }
    if (type !== 'gaawe') return undefined
    const id = String(parameters.measurementIdOverride ?? '')
    return { event: String(parameters.eventName ?? ''), ...(id === '' ? {} : { id }) }
  },
  types: {
    googtag: { title: 'Google tag', words: 'a Google tag' },
    gaawe: { title: 'GA4 event', words: 'a GA4 event' },
  },
  labels: {
    eventName: 'Event',
    sendEcommerceData: 'Ecommerce',
    tagId: 'Measurement id',
    measurementIdOverride: 'Measurement id',
  },
  rows: {
    eventSettingsTable: { label: 'Parameter', name: 'parameter', value: 'parameterValue' },
    configSettingsTable: { label: 'Setting', name: 'parameter', value: 'parameterValue' },
    eventParameters: { label: 'Parameter', name: 'name', value: 'value' },
    userProperties: { label: 'User property', name: 'name', value: 'value' },
  },
  examples: [{ kind: 'ga4', event: 'purchase', send: true, name: 'purchase' }],
}

/** What the variable of settings holds that every event carries. */
export function eventSettingsValues({
  plan,
  textOf,
  transportUrl,
}: Omit<Given, 'id' | 'options'>): TemplateValues {
  // Also where the Google tag is held back by consent or belongs to somebody else, no hit goes round the server container.
  const transport = transportUrl === undefined ? [] : [{ parameter: TRANSPORT, value: transportUrl }]
  return {
    parameters: [...settingsRows(plan.sharedParameters, textOf), ...transport],
    userProperties: propertyRows(plan.userProperties, textOf),
  }
}

function settingsRows(values: readonly ParameterValue[], textOf: Given['textOf']): TemplateValues[] {
  return byName(values).map(({ name, source }) => ({ parameter: name, value: textOf(source) }))
}

function propertyRows(values: readonly ParameterValue[], textOf: Given['textOf']): TemplateValues[] {
  return byName(values).map(({ name, source }) => ({ property: name, value: textOf(source) }))
}

/**
 * What the Google tag carries is read once, at Initialization, and rides on every automatic event after it: a value that
 * came later would be overwritten by the first one, a user property by its default. So it carries constants only, and the
 * market, which a visitor leaves by loading another page.
 */
function staysOn({ marketFrom, site }: Plan): (value: ParameterValue) => boolean {
  return ({ source }) =>
    source.kind === 'literal' ||
    (source.kind === 'url' && source.part === 'host') ||
    (source === marketFrom && !site.singlePageApp)
}

/** The rows' order means nothing to GA4, so it must not follow the order of keys in the file. */
function byName(values: readonly ParameterValue[]): readonly ParameterValue[] {
  return [...values].sort((a, b) => (a.name < b.name ? -1 : 1))
}
