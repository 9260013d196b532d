import { conversionsOf, type Conversion, type Parameter, type Plan } from '../plan/plan.ts'
import { fitDescription } from '../resources/marker.ts'
import type { KeyEventSpec, Resource } from '../resources/resource.ts'
import { keyOf } from './draft.ts'

type Ga4Resource = Resource<'ga4/key-event' | 'ga4/custom-dimension' | 'ga4/custom-metric'>

/** Key events and the registered parameters. */
export function compileGa4(plan: Plan): Ga4Resource[] {
  return [...keyEvents(plan), ...plan.parameters.flatMap((parameter) => definition(plan, parameter))]
}

/** One for each event name: GA4 knows key events by nothing else. The weightiest conversion decides how it counts. */
function keyEvents(plan: Plan): Ga4Resource[] {
  const byEvent = new Map<string, Ga4Resource>()
  for (const conversion of inOrderOfWeight(conversionsOf(plan))) {
    const { event, keyEvent } = conversion
    // A name that is still to be filled in is none: GA4 would have a key event for good that nothing ever sends.
    if (event === 'TODO') continue
    if (event === undefined || keyEvent === undefined || byEvent.has(event)) continue
    const value =
      keyEvent.value === undefined || plan.currency === undefined
        ? {}
        : { defaultValue: { numericValue: keyEvent.value, currencyCode: plan.currency } }
    const spec: KeyEventSpec = {
      eventName: event,
      countingMethod: keyEvent.counting === 'once_per_session' ? 'ONCE_PER_SESSION' : 'ONCE_PER_EVENT',
      ...value,
    }
    byEvent.set(event, {
      kind: 'ga4/key-event',
      key: keyOf(plan, event, 'key-event'),
      name: event,
      spec,
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

const SCOPES = { event: 'EVENT', user: 'USER', item: 'ITEM' } as const

function definition(plan: Plan, { name, at, definition }: Parameter): Ga4Resource[] {
  if (definition.register === undefined) return []
  const facet = definition.register === 'metric' ? 'custom-metric' : 'custom-dimension'
  const displayName = definition.displayName ?? displayNameOf(name)
  const shared = {
    key: keyOf(plan, name, facet),
    ...(definition.was === undefined ? {} : { was: [keyOf(plan, definition.was, facet)] }),
    name: displayName,
    notes: '',
    origin: at,
  }
  const texts = {
    parameterName: name,
    displayName,
    description: fitDescription(definition.description ?? '', plan.id),
  }
  if (definition.register === 'metric') {
    return [
      {
        kind: 'ga4/custom-metric',
        ...shared,
        spec: {
          ...texts,
          scope: 'EVENT',
          measurementUnit: (definition.unit ?? 'standard').toUpperCase(),
          restrictedMetricTypes: (definition.restrict ?? [])
            .map((type) => `${type.toUpperCase()}_DATA`)
            .sort(),
        },
      },
    ]
  }
  return [{ kind: 'ga4/custom-dimension', ...shared, spec: { ...texts, scope: SCOPES[definition.register] } }]
}

/** `form_location` reads `Form location` in GA4's reports. */
function displayNameOf(parameter: string): string {
  const words = parameter.replaceAll('_', ' ').replace(/ +/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
