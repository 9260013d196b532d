import { conversionsOf, type Plan } from '../plan/plan.ts'
import type { Source } from '../sources/source.ts'
import { builtInNamed } from '../facts/built-ins.ts'
import { sourceUses } from './sources.ts'

/**
 * What the plan says and the APIs in use cannot set: a checklist for people, in the order of the work.
 * Enhanced measurement, attribution and event rules are only in v1alpha of the Admin API; consent defaults come from
 * a template of the consent banner's maker.
 */
export function manualSteps(plan: Plan): string[] {
  return [
    ...propertySteps(plan),
    ...enhancedMeasurementSteps(plan),
    ...eventRuleSteps(plan),
    ...consentSteps(plan),
    ...googleTagSteps(plan),
    ...variableSteps(plan),
  ]
}

function propertySteps(plan: Plan): string[] {
  const { property } = plan.environment.ga4
  const settings = [
    ...(plan.currency === undefined ? [] : [`currency ${plan.currency}`]),
    ...(plan.timezone === undefined ? [] : [`time zone ${plan.timezone}`]),
  ]
  return [
    ...(settings.length === 0 ? [] : [`GA4, property ${property}, details: ${settings.join(' and ')}.`]),
    ...(plan.attributionDays === undefined
      ? []
      : [
          `GA4, property ${property}, attribution settings: the plan counts ${plan.attributionDays} days; choose the nearest lookback window.`,
        ]),
    ...(plan.environment.protected
      ? [`GA4, property ${property}: define internal traffic and switch on the data filter that excludes it.`]
      : []),
  ]
}

const SWITCHES = {
  pageChanges: 'page changes by browser history',
  scrolls: 'scrolls',
  outboundClicks: 'outbound clicks',
  siteSearch: 'site search',
  forms: 'form interactions',
  videos: 'video engagement',
  fileDownloads: 'file downloads',
} as const

function enhancedMeasurementSteps(plan: Plan): string[] {
  const { searchParameters } = plan.enhancedMeasurement
  const names = Object.keys(SWITCHES) as (keyof typeof SWITCHES)[]
  const stated = names.filter((name) => plan.enhancedMeasurement[name] !== undefined)
  if (stated.length === 0) return []
  const list = (on: boolean): string =>
    stated
      .filter((name) => plan.enhancedMeasurement[name] === on)
      .map((name) => SWITCHES[name])
      .join(', ')
  const parts = [
    ...(list(true) === '' ? [] : [`on: ${list(true)}`]),
    ...(list(false) === '' ? [] : [`off: ${list(false)}`]),
    ...(searchParameters === undefined ? [] : [`search query parameters: ${searchParameters.join(', ')}`]),
  ]
  return [
    `GA4, data stream ${plan.environment.ga4.measurementId}, enhanced measurement: ${parts.join('; ')}.`,
  ]
}

function eventRuleSteps(plan: Plan): string[] {
  return conversionsOf(plan)
    .filter(({ source, collectedBy }) => source === 'ga4' && collectedBy === 'event_rule')
    .map(({ event, title }) => `GA4, events, create event: ${event ?? ''} (${title}).`)
}

function consentSteps(plan: Plan): string[] {
  const { mode, defaults, updateEvent } = plan.consent
  if (mode === 'none') return []
  const stated = Object.entries(defaults)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, value]) => `${type} ${value}`)
  const what = stated.length === 0 ? 'the consent defaults' : `the consent defaults ${stated.join(', ')}`
  return [
    Object.keys(plan.consentRegions).length > 0
      ? `Site: the code of plan compile --format consent stands on every page, before Tag Manager's snippet: it sets the consent defaults by region.`
      : `GTM: the template of your consent banner sets ${what} on Consent Initialization - All Pages.`,
    ...(mode === 'basic'
      ? [
          updateEvent === undefined
            ? 'GTM: with basic consent the page on which a visitor agrees counts no page view, and its tags stay silent until they are triggered again. Have the banner reload the page, or name the event that it pushes then: `consent: { updateEvent: ... }`.'
            : `GTM: the consent banner pushes the event ${updateEvent} when a visitor agrees and on no other occasion: the Google tag then fires, once a page.`,
        ]
      : []),
  ]
}

function googleTagSteps(plan: Plan): string[] {
  if (plan.googleTag === 'managed') return []
  const { ga4, transportUrl } = plan.environment
  return [
    `The Google tag ${ga4.measurementId} is loaded by somebody else: see that it is, before the first event.`,
    ...(transportUrl === undefined
      ? []
      : [`That Google tag sends to ${transportUrl} (server_container_url).`]),
  ]
}

function variableSteps(plan: Plan): string[] {
  const named = sourceUses(plan).flatMap(({ source }) => theirVariable(source))
  return [...new Set(named)].sort().map((name) => `GTM: the variable "${name}" exists in the container.`)
}

function theirVariable(source: Source): string[] {
  return source.kind === 'variable' && !builtInNamed(source.name) ? [source.name] : []
}
