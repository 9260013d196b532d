/** What is true of countries and of GA4's currencies, as far as plans go wrong by it. */

/**
 * Currencies that are missing at their alphabetical places in the list of those that GA4 converts; amounts in them may
 * vanish. https://support.google.com/analytics/answer/9796179
 */
export const NOT_LISTED_BY_GA4: ReadonlySet<string> = new Set(['BHD', 'IRR', 'KWD', 'OMR', 'QAR'])

type Day = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun'

/** The Emirates changed in January 2022: https://www.thenationalnews.com (2021-12-07) */
export const WEEKENDS: { readonly [country: string]: readonly Day[] } = {
  ae: ['sat', 'sun'],
  bh: ['fri', 'sat'],
  kw: ['fri', 'sat'],
  om: ['fri', 'sat'],
  qa: ['fri', 'sat'],
  sa: ['fri', 'sat'],
}
