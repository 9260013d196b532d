import { measurementIdText } from '../plan/measurement-ids.ts'
import { conversionsOf, hostsOf, type Plan } from '../plan/plan.ts'
import type { SettingKind, SettingsSpec } from '../resources/resource.ts'
import { GA4 } from '../kinds/kinds.ts'
import type { Source } from '../sources/source.ts'
import { builtInNamed } from '../facts/built-ins.ts'
import { sourceUses } from './sources.ts'

/** One thing for people to do, because no API writes it or the plan does not state it as a setting. */
export interface ManualStep {
  /** Where, what, and the value. */
  readonly text: string
  /** The key of the plan with which it is done without people. */
  readonly instead?: string
  /** The page to begin at. */
  readonly link?: string
  /** What GA4's settings say once it is done; absent where nothing that can be read tells. */
  readonly shownBy?: { readonly kind: SettingKind; readonly spec: SettingsSpec }
}

/** What is left to people, as a checklist in the order of the work. */
export function manualSteps(plan: Plan): readonly ManualStep[] {
  return [
    ...propertySteps(plan),
    ...eventRuleSteps(plan),
    ...adsSteps(plan),
    ...consentSteps(plan),
    ...googleTagSteps(plan),
    ...variableSteps(plan),
  ]
}

/** Whether a step is done, as far as the settings that were read tell; undefined where they do not. */
export function isDone(
  { shownBy }: ManualStep,
  settings: ReadonlyMap<string, SettingsSpec>,
): boolean | undefined {
  const there = shownBy && settings.get(shownBy.kind)
  if (there === undefined) return undefined
  return Object.entries(shownBy?.spec ?? {}).every(([field, value]) => there[field] === value)
}

/** The kinds of settings that tell of steps. */
export function kindsShowing(steps: readonly ManualStep[]): readonly SettingKind[] {
  return [...new Set(steps.flatMap(({ shownBy }) => shownBy?.kind ?? []))]
}

/** Analytics opens there and asks for nothing but a sign-in. */
function adminOf({ environment }: Plan): string {
  return `https://analytics.google.com/analytics/web/#/p${environment.ga4.property}/admin`
}

function propertySteps(plan: Plan): ManualStep[] {
  const { property } = plan.environment.ga4
  const { property: stated } = plan
  const link = adminOf(plan)
  const currency = stated.currency === undefined ? plan.currency : undefined
  const timezone = stated.timezone === undefined ? plan.timezone : undefined
  const settings = [
    ...(currency === undefined ? [] : [`currency ${currency}`]),
    ...(timezone === undefined ? [] : [`time zone ${timezone}`]),
  ]
  const window = plan.attributionDays
  const windowIsWritten = (GA4['ga4/attribution'].compile(plan)[0]?.spec ?? {})[OTHER_WINDOW] !== undefined
  return [
    ...(settings.length === 0
      ? []
      : [
          {
            text: `GA4, property ${property}, details: ${settings.join(' and ')}.`,
            instead: 'property: { currency, timezone }',
            link,
            shownBy: {
              kind: 'ga4/property',
              spec: {
                ...(currency === undefined ? {} : { currencyCode: currency }),
                ...(timezone === undefined ? {} : { timeZone: timezone }),
              },
            },
          } as const,
        ]),
    ...(window === undefined || windowIsWritten
      ? []
      : [
          {
            text: `GA4, property ${property}, attribution settings: the plan counts ${window} days; choose the nearest lookback window.`,
            instead: 'property: { attribution }',
            link,
            ...([30, 60, 90].includes(window)
              ? {
                  shownBy: {
                    kind: 'ga4/attribution',
                    spec: { [OTHER_WINDOW]: `OTHER_CONVERSION_EVENT_LOOKBACK_WINDOW_${window}_DAYS` },
                  } as const,
                }
              : {}),
          },
        ]),
    ...(stated.signals === true
      ? [
          {
            text: `GA4, property ${property}, data collection: agree once to Google signals; until then GA4 refuses to have it switched on.`,
            link,
            shownBy: { kind: 'ga4/google-signals', spec: { state: 'GOOGLE_SIGNALS_ENABLED' } },
          } as const,
        ]
      : []),
    ...(stated.secrets === undefined || stated.secrets.length === 0
      ? []
      : [
          {
            text: `GA4, property ${property}, data stream, Measurement Protocol: acknowledge the user data collection once, and hand the secret ${stated.secrets.join(', ')} to its server yourself.`,
            link,
          },
        ]),
    ...(plan.environment.protected
      ? [
          {
            text: `GA4, property ${property}: define internal traffic and switch on the data filter that excludes it.`,
            link,
          },
        ]
      : []),
    ...crossDomainSteps(plan),
  ]
}

const OTHER_WINDOW = 'otherConversionEventLookbackWindow'

/** Visits that go from one site to another are two, unless the stream knows both. */
function crossDomainSteps(plan: Plan): ManualStep[] {
  const hosts = hostsOf(plan)
  const sites = new Set(hosts.map((host) => host.split('.').slice(-2).join('.')))
  if (sites.size < 2) return []
  return [
    {
      text: `GA4, data stream ${measurementIdText(plan.environment.ga4)}, tag settings, configure your domains: ${hosts.join(', ')}.`,
      link: adminOf(plan),
    },
  ]
}

function eventRuleSteps(plan: Plan): ManualStep[] {
  return conversionsOf(plan)
    .filter(
      ({ source, collectedBy, event = '' }) =>
        source === 'ga4' && collectedBy === 'event_rule' && plan.property.derived?.[event] === undefined,
    )
    .map(({ event, title }) => ({
      text: `GA4, events, create event: ${event ?? ''} (${title}).`,
      instead: 'property: { derived }',
      link: adminOf(plan),
    }))
}

/** Google Ads takes key events in on its own pages alone; what is taken in is primary unless somebody says otherwise. */
function adsSteps(plan: Plan): ManualStep[] {
  return conversionsOf(plan).flatMap(({ id, event, ads, keyEvent }) => {
    if (ads === undefined || event === undefined) return []
    const count = keyEvent?.counting === 'once_per_session' ? 'one' : 'every'
    const value =
      keyEvent?.value === undefined || plan.currency === undefined
        ? 'the value of the event'
        : `the value of the event, else ${keyEvent.value} ${plan.currency}`
    return [
      {
        text: `Google Ads, goals, conversions, import from GA4: ${event} (${id}) as a ${ads} action, count ${count}, ${value}.${ads === 'secondary' ? ' An import begins as primary: set it to secondary, or bids follow it.' : ''}`,
        link: 'https://ads.google.com/aw/conversions',
      },
    ]
  })
}

const TAG_MANAGER = 'https://tagmanager.google.com/'

function consentSteps(plan: Plan): ManualStep[] {
  const { mode, defaults, updateEvent } = plan.consent
  if (mode === 'none') return []
  const stated = Object.entries(defaults)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, value]) => `${type} ${value}`)
  const what = stated.length === 0 ? 'the consent defaults' : `the consent defaults ${stated.join(', ')}`
  return [
    plan.consent.defaultsTag
      ? {
          text: `GTM: no other tag and no code on the site sets consent defaults; the plan's own tag does, on Consent Initialization - All Pages.`,
          link: TAG_MANAGER,
        }
      : Object.keys(plan.consentRegions).length > 0
        ? {
            text: "Site: the code of plan compile --format consent stands on every page, before Tag Manager's snippet: it sets the consent defaults by region.",
          }
        : {
            text: `GTM: the template of your consent banner sets ${what} on Consent Initialization - All Pages.`,
            link: TAG_MANAGER,
          },
    ...(mode === 'basic'
      ? [
          {
            text:
              updateEvent === undefined
                ? 'GTM: with basic consent the page on which a visitor agrees counts no page view, and its tags stay silent until they are triggered again. Have the banner reload the page, or name the event that it pushes then: `consent: { updateEvent: ... }`.'
                : `GTM: the consent banner pushes the event ${updateEvent} when a visitor agrees: the Google tag then fires, unless it has been there with the page.`,
          },
        ]
      : []),
  ]
}

function googleTagSteps(plan: Plan): ManualStep[] {
  if (plan.googleTag === 'managed') return []
  const { ga4, transportUrl } = plan.environment
  return [
    {
      text: `The Google tag ${measurementIdText(ga4)} is loaded by somebody else: see that it is, before the first event.`,
    },
    ...(transportUrl === undefined
      ? []
      : [{ text: `That Google tag sends to ${transportUrl} (server_container_url).` }]),
  ]
}

function variableSteps(plan: Plan): ManualStep[] {
  const takenIn = new Set(
    plan.entities.flatMap(({ lists }) => lists.variable.map(({ fields }) => fields.name)),
  )
  const named = sourceUses(plan).flatMap(({ source }) => theirVariable(source))
  return [...new Set(named)]
    .filter((name) => !takenIn.has(name))
    .sort()
    .map((name) => ({ text: `GTM: the variable "${name}" exists in the container.`, link: TAG_MANAGER }))
}

function theirVariable(source: Source): string[] {
  return source.kind === 'variable' && !builtInNamed(source.name) ? [source.name] : []
}
