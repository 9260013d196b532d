import { enumWords, settings, text } from './settings.ts'

const ACQUISITION = 'ACQUISITION_CONVERSION_EVENT_LOOKBACK_WINDOW_'
const OTHER = 'OTHER_CONVERSION_EVENT_LOOKBACK_WINDOW_'

const MODELS = {
  dataDriven: 'PAID_AND_ORGANIC_CHANNELS_DATA_DRIVEN',
  lastClick: 'PAID_AND_ORGANIC_CHANNELS_LAST_CLICK',
  googlePaidLastClick: 'GOOGLE_PAID_CHANNELS_LAST_CLICK',
} as const

const MODEL_WORDS: { readonly [model: string]: string } = {
  [MODELS.dataDriven]: 'data-driven',
  [MODELS.lastClick]: 'last click, paid and organic',
  [MODELS.googlePaidLastClick]: 'last click, Google paid channels',
}

/** The windows that GA4 has for what is no first visit; the plan's own window may be another. */
const WINDOWS: ReadonlySet<string> = new Set(['30d', '60d', '90d'])

/**
 * To which channel GA4 gives the credit. The scope of the export to Google Ads is never named in a request: GA4 was seen to
 * refuse even its own value.
 * https://developers.google.com/analytics/devguides/config/admin/v1/rest/v1alpha/AttributionSettings
 */
export const attribution = settings({
  kind: 'ga4/attribution',
  title: 'attribution',
  titles: 'attribution settings',
  collection: 'attributionSettings',
  at: 'property',
  place: ['property', 'attribution'],
  fields: {
    reportingAttributionModel: text('Attribution model', {
      words: (value) => MODEL_WORDS[value] ?? enumWords()(value),
      effect: 'another attribution model changes the reports of the past as well',
    }),
    acquisitionConversionEventLookbackWindow: text('Attribution, first visits', {
      words: enumWords(ACQUISITION),
    }),
    otherConversionEventLookbackWindow: text('Attribution, all else', {
      words: enumWords(OTHER),
      effect: 'another attribution window counts from now on',
    }),
  },
  stated: ({ property: { attribution: wanted }, attributionDays }) => {
    if (wanted === undefined) return {}
    const { model, acquisition, other = `${attributionDays ?? 0}d` } = wanted
    return {
      reportingAttributionModel: model && MODELS[model],
      acquisitionConversionEventLookbackWindow: acquisition && `${ACQUISITION}${daysIn(acquisition)}`,
      otherConversionEventLookbackWindow: WINDOWS.has(other) ? `${OTHER}${daysIn(other)}` : undefined,
    }
  },
})

function daysIn(window: string): string {
  return `${window.slice(0, -1)}_DAYS`
}
