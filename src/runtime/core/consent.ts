/** Consent mode: `gtag('consent', 'default' | 'update', {…})` on the page, and what tags ask of it (GTM-RUNTIME 6, 7, 12). */
import { isPlain, unknown, type Unknown } from './value.ts'

type Types = { readonly [type: string]: 'granted' | 'denied' }

export interface Consent {
  /** Nothing is held back on a page that sets no default at all. */
  readonly defaults: Types
  /** An update holds whatever a later default says. */
  readonly updates: Types
  readonly byRegion: boolean
}

export const NO_CONSENT: Consent = { defaults: {}, updates: {}, byRegion: false }

/** @param settings the third argument of `gtag('consent', …)` */
export function consentAfter(consent: Consent, command: unknown, settings: unknown): Consent {
  if ((command !== 'default' && command !== 'update') || !isPlain(settings)) return consent
  if (command === 'default' && settings['region'] !== undefined) return { ...consent, byRegion: true }
  const said = Object.entries(settings).flatMap(([type, value]) =>
    value === 'granted' || value === 'denied' ? [[type, value] as const] : [],
  )
  const field = command === 'default' ? 'defaults' : 'updates'
  return { ...consent, [field]: { ...consent[field], ...Object.fromEntries(said) } }
}

export function isGranted(consent: Consent, type: string): boolean | Unknown {
  const said = consent.updates[type] ?? consent.defaults[type]
  if (said !== undefined) return said === 'granted'
  return consent.byRegion ? unknown('consent-by-region', type) : true
}

/** The `gcs` of a hit: G1, ads, analytics. Absent where the page sets no default. */
export function gcs(consent: Consent): string | undefined {
  const { ad_storage: ads, analytics_storage: analytics } = { ...consent.defaults, ...consent.updates }
  if (ads === undefined && analytics === undefined) return undefined
  return `G1${ads === 'denied' ? 0 : 1}${analytics === 'denied' ? 0 : 1}`
}
