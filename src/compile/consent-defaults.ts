/**
 * What holds before a visitor has chosen, by region: as the code that stands before GTM's snippet, or, where the plan asks for
 * it, as a tag on Consent Initialization.
 *
 * Before the snippet is the surest place, and where Google's own guide has it
 * (https://developers.google.com/tag-platform/security/guides/consent). A Custom HTML tag is none: it waits for the page's body, and
 * what it pushes comes behind `gtm.init`, where the Google tag has run already as if everything were granted (GTM-RUNTIME 3). So
 * the tag is made of a template of the plan's own, which acts at once.
 */
import { EEA } from '../facts/regions.ts'
import type { Plan } from '../plan/plan.ts'
import { CONSENT_DEFAULTS } from '../resources/key.ts'
import { CONSENT_TEMPLATE } from './consent-template.ts'
import { keyOf, refTo, type PlannedEntity, type PlannedResource } from './planned-entity.ts'
import { ofWholePlan } from './folders.ts'
import { planNotes } from './notes.ts'

export interface ConsentDefault {
  /** ISO 3166-2, sorted; empty for everywhere else. */
  readonly regions: readonly string[]
  readonly states: { readonly [type: string]: 'granted' | 'denied' }
}

const OF_CONSENT_MODE = ['ad_personalization', 'ad_storage', 'ad_user_data', 'analytics_storage']

/** How long Google's tags wait for the consent tool, in milliseconds. The value of Google's own example. */
const WAIT = 500

/** One for each that differs, everywhere else first. A region that is named itself has left the EEA's. */
export function consentDefaults(plan: Plan): readonly ConsentDefault[] {
  const {
    consentRegions: regions,
    consent: { defaults },
  } = plan
  const { other, EEA: eea, ...named } = regions
  const ofEea =
    eea === undefined
      ? []
      : EEA.filter((code) => named[code] === undefined).map((code) => [code, eea] as const)
  // A type that `other` does not name stays as the plan has it for everybody.
  const everywhere = { ...defaults, ...(other === undefined ? {} : statesOf(other)) }
  const groups = new Map<string, { readonly regions: string[]; readonly states: ConsentDefault['states'] }>()
  for (const [region, said] of [...ofEea, ...Object.entries(named)]) {
    const states = statesOf(said)
    const group = groups.get(JSON.stringify(states)) ?? { regions: [], states }
    groups.set(JSON.stringify(states), group)
    group.regions.push(region)
  }
  const byRegion = [...groups.values()]
    .map((group) => ({ ...group, regions: group.regions.sort() }))
    .sort((a, b) => ((a.regions[0] ?? '') < (b.regions[0] ?? '') ? -1 : 1))
  return [
    ...(Object.keys(everywhere).length === 0 ? [] : [{ regions: [], states: statesOf(everywhere) }]),
    ...byRegion,
  ]
}

/** HTML to put before GTM's snippet; undefined where the plan says nothing of regions. */
export function consentDefaultsCode(plan: Plan): string | undefined {
  if (Object.keys(plan.consentRegions).length === 0) return undefined
  const defaults = consentDefaults(plan)
  const calls = defaults.map(({ regions, states }) => {
    const waits = Object.values(states).includes('denied') ? { wait_for_update: WAIT } : {}
    const settings = { ...states, ...(regions.length === 0 ? {} : { region: regions }), ...waits }
    return `  gtag('consent', 'default', ${JSON.stringify(settings)});`
  })
  return `<!-- Consent by region, of the plan ${plan.id}. It stands before Tag Manager's snippet. -->
<script>
  window.dataLayer = window.dataLayer || [];
  function gtag() { dataLayer.push(arguments); }
${calls.join('\n')}
</script>
`
}

const CALLED = 'Consent defaults'
const AT = '/consent/defaultsTag'

/** The template of the tag below; none where the plan does not ask for that. */
export function consentTemplate(plan: Plan): readonly PlannedResource<'gtm/template'>[] {
  if (!writesTag(plan)) return []
  const key = keyOf(plan, CONSENT_DEFAULTS, 'template')
  return [
    {
      kind: 'gtm/template',
      key,
      naming: { pattern: CALLED, values: {}, id: plan.id },
      resource: {
        kind: 'gtm/template',
        key,
        spec: { templateData: CONSENT_TEMPLATE, other: {} },
        notes: planNotes(plan),
        origin: AT,
      },
    },
  ]
}

/** The tag that sets the defaults, a row for each set of regions that differs. */
export function consentDefaultsTag(plan: Plan): readonly PlannedEntity[] {
  if (!writesTag(plan)) return []
  const rows = consentDefaults(plan).map(({ regions, states }) => ({
    regions: regions.join(','),
    granted: typesThatAre('granted', states),
    denied: typesThatAre('denied', states),
  }))
  return [
    {
      kind: 'gtm/tag',
      template: 'tags/consent-defaults',
      key: keyOf(plan, CONSENT_DEFAULTS, 'tag'),
      naming: { pattern: CALLED, values: {}, id: plan.id },
      ...ofWholePlan(plan, AT),
      values: {
        template: refTo(keyOf(plan, CONSENT_DEFAULTS, 'template')),
        rows,
        wait: String(WAIT),
        firing: ['Consent Initialization - All Pages'],
        blocking: [],
        firingOption: 'oncePerEvent',
        consentStatus: 'notNeeded',
        consentTypes: [],
      },
    },
  ]
}

function writesTag(plan: Plan): boolean {
  return plan.consent.defaultsTag && consentDefaults(plan).length > 0
}

function typesThatAre(state: 'granted' | 'denied', states: ConsentDefault['states']): string {
  return Object.keys(states)
    .filter((type) => states[type] === state)
    .join(',')
}

function statesOf(said: 'granted' | 'denied' | ConsentDefault['states']): ConsentDefault['states'] {
  const all =
    typeof said === 'string' ? OF_CONSENT_MODE.map((type) => [type, said] as const) : Object.entries(said)
  return Object.fromEntries([...all].sort(([a], [b]) => (a < b ? -1 : 1)))
}
