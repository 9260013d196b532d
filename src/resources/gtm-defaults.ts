/**
 * What GTM means when it leaves something out. An entity made in the interface carries these, one that came by
 * import or API may not, and GTM does not fill them in; so a spec always has them and a diff never shows them.
 */
import type { Parameters } from './resource.ts'

/** By variable or tag type. Read off real containers: present in nearly all, meaningless when absent. */
export const DEFAULT_PARAMETERS: { readonly [type: string]: Parameters } = {
  v: { dataLayerVersion: 2, setDefaultValue: false },
  smm: { setDefaultValue: false },
  remm: { setDefaultValue: false, fullMatch: true, replaceAfterMatch: true, ignoreCase: true },
  aev: { setDefaultValue: false },
  k: { decodeCookie: false },
  html: { supportDocumentWrite: false },
  gaawe: { sendEcommerceData: false, enhancedUserId: false },
}

/** Variable types that never carry `formatValue`, whoever wrote them. */
export const TYPES_WITHOUT_FORMAT_VALUE: ReadonlySet<string> = new Set(['gtes', 'gtcs', 'gas', 'e', 'r'])

/**
 * Triggers that exist in every web container, are never listed, and may be used by id
 * (Google's own migration tool adds them by hand:
 * https://github.com/google/ga4-gtm-migration/blob/63bb86dafdad5a48809a2eb8e932827f1da35617/utils/triggers.js).
 */
export const BUILT_IN_TRIGGERS: ReadonlyMap<string, string> = new Map([
  ['2147479553', 'All Pages'],
  ['2147479572', 'Consent Initialization - All Pages'],
  ['2147479573', 'Initialization - All Pages'],
])

/** What refers to one of them says its name. */
export const BUILT_IN_TRIGGER_NAMES: ReadonlySet<string> = new Set(BUILT_IN_TRIGGERS.values())
