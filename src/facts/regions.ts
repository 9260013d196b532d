/** Where visitors are, as Google's consent defaults name it: ISO 3166-2. https://developers.google.com/tag-platform/security/guides/consent */

/** The European Economic Area: the countries of the Union, Iceland, Liechtenstein and Norway. */
export const EEA: readonly string[] =
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(' ')

/** What people write for a country that has another code. */
export const MISNAMED: { readonly [code: string]: string } = { UK: 'GB', EL: 'GR', EU: 'EEA' }

/** Made when the first region is asked for: most plans name none, and it takes as long as all other rules together. */
let names: Intl.DisplayNames | undefined

/** `DE`, `US-CA`; not `de`, `UK`, `EEA`. Which subdivisions a country has is not looked at. */
export function isRegion(code: string): boolean {
  const [, country = ''] = /^([A-Z]{2})(-[A-Z0-9]{1,3})?$/.exec(code) ?? []
  if (country === '' || MISNAMED[country] !== undefined) return false
  names ??= new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
  return names.of(country) !== undefined
}
