/**
 * Consent by region, as the code that stands before GTM's snippet.
 *
 * It is no tag of the container: a Custom HTML tag waits for the page's body, and what it pushes comes behind `gtm.init`, where
 * the Google tag has run already as if everything were granted (GTM-RUNTIME 3; Google's own guide has the defaults before the
 * snippet: https://developers.google.com/tag-platform/security/guides/consent).
 */
import { EEA } from '../facts/regions.ts'
import type { Plan } from '../plan/plan.ts'

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
  if (Object.keys(regions).length === 0) return []
  const { other, EEA: eea, ...named } = regions
  const ofEea =
    eea === undefined
      ? []
      : EEA.filter((code) => named[code] === undefined).map((code) => [code, eea] as const)
  const everywhere = other ?? (Object.keys(defaults).length > 0 ? defaults : undefined)
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
  return [...(everywhere === undefined ? [] : [{ regions: [], states: statesOf(everywhere) }]), ...byRegion]
}

/** HTML to put before GTM's snippet; undefined where the plan says nothing of regions. */
export function consentDefaultsCode(plan: Plan): string | undefined {
  const defaults = consentDefaults(plan)
  if (defaults.length === 0) return undefined
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

function statesOf(said: 'granted' | 'denied' | ConsentDefault['states']): ConsentDefault['states'] {
  const all =
    typeof said === 'string' ? OF_CONSENT_MODE.map((type) => [type, said] as const) : Object.entries(said)
  return Object.fromEntries([...all].sort(([a], [b]) => (a < b ? -1 : 1)))
}
