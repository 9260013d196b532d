import { conversionsOf, type Conversion, type Plan } from '../plan/plan.ts'
import type { Resource } from '../resources/resource.ts'
import { ga4Key, textOf, type Ga4Module } from './kind.ts'

/** Key events have no notes and no description: nothing on them says whose they are. */
export const keyEvent: Ga4Module<'ga4/key-event'> = {
  title: 'key event',
  titles: 'key events',
  mark: 'list of key events',
  removal: 'delete',
  compile: keyEvents,
  at: 'property',
  collection: 'keyEvents',
  singleton: false,
  isAsked: 'always',
  facet: 'key-event',
  subject: 'event',
  sentByTags: false,
  fixed: [],
  identity: ({ spec }) => spec.eventName,
  nameOf: ({ eventName }) => eventName,
  idOf: ({ eventName }) => eventName,
  fromWire: (sent) => {
    const value = sent.defaultValue as { numericValue?: number; currencyCode?: string } | undefined
    return {
      eventName: textOf(sent.eventName),
      countingMethod: sent.countingMethod === 'ONCE_PER_SESSION' ? 'ONCE_PER_SESSION' : 'ONCE_PER_EVENT',
      ...(value && {
        defaultValue: { numericValue: value.numericValue ?? 0, currencyCode: value.currencyCode ?? '' },
      }),
    }
  },
  toWire: (spec) => ({ ...spec }),
  wireFields: {},
  words: ({ spec: { countingMethod, defaultValue } }) => [
    ['Key event', 'yes'],
    ['Counting', countingMethod.toLowerCase().replaceAll('_', ' ')],
    ...(defaultValue === undefined
      ? []
      : [['Value', `${defaultValue.numericValue} ${defaultValue.currencyCode}`] as const]),
  ],
}

/** One for each event name: GA4 knows key events by nothing else. The weightiest conversion decides how it counts. */
function keyEvents(plan: Plan): readonly Resource<'ga4/key-event'>[] {
  const byEvent = new Map<string, Resource<'ga4/key-event'>>()
  for (const conversion of inOrderOfWeight(conversionsOf(plan))) {
    const { event, keyEvent: wanted } = conversion
    // A name that is still to be filled in is none: GA4 would have a key event for good that nothing ever sends.
    if (event === 'TODO') continue
    if (event === undefined || wanted === undefined || byEvent.has(event)) continue
    const value =
      wanted.value === undefined || plan.currency === undefined
        ? {}
        : { defaultValue: { numericValue: wanted.value, currencyCode: plan.currency } }
    byEvent.set(event, {
      kind: 'ga4/key-event',
      key: ga4Key(plan, event, 'key-event'),
      name: event,
      spec: {
        eventName: event,
        countingMethod: wanted.counting === 'once_per_session' ? 'ONCE_PER_SESSION' : 'ONCE_PER_EVENT',
        ...value,
      },
      notes: '',
      origin: conversion.at,
    })
  }
  return [...byEvent.values()]
}

function inOrderOfWeight(conversions: readonly Conversion[]): Conversion[] {
  const rank = (conversion: Conversion): string =>
    `${conversion.tier === 'micro' ? 2 : conversion.primary ? 0 : 1} ${conversion.id}`
  return [...conversions].sort((a, b) => (rank(a) < rank(b) ? -1 : 1))
}
