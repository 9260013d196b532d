import { flag, settings, text } from './settings.ts'

/** The plan's switches, and Google's. Off together with the first, whatever they say. */
export const SWITCHES = {
  pageChanges: 'pageChangesEnabled',
  scrolls: 'scrollsEnabled',
  outboundClicks: 'outboundClicksEnabled',
  siteSearch: 'siteSearchEnabled',
  videos: 'videoEngagementEnabled',
  fileDownloads: 'fileDownloadsEnabled',
  forms: 'formInteractionsEnabled',
} as const

/**
 * What GA4 collects of itself in a web stream.
 * https://support.google.com/analytics/answer/9216061
 */
export const enhancedMeasurement = settings({
  kind: 'ga4/enhanced-measurement',
  title: 'enhanced measurement',
  titles: 'enhanced measurement settings',
  collection: 'enhancedMeasurementSettings',
  at: 'stream',
  place: ['enhancedMeasurement'],
  fields: {
    streamEnabled: flag('Enhanced measurement'),
    pageChangesEnabled: flag('Page changes'),
    scrollsEnabled: flag('Scrolls'),
    outboundClicksEnabled: flag('Outbound clicks'),
    siteSearchEnabled: flag('Site search'),
    searchQueryParameter: text('Search parameters', { words: (value) => value.split(',').join(', ') }),
    videoEngagementEnabled: flag('Video engagement'),
    fileDownloadsEnabled: flag('File downloads'),
    formInteractionsEnabled: flag('Form interactions'),
  },
  // Alone, site search was seen to be answered with 200 and to stay as it was; the parameter is required.
  together: [['siteSearchEnabled', 'searchQueryParameter']],
  stated: ({ enhancedMeasurement: stated }) => ({
    streamEnabled: stated.enabled,
    ...Object.fromEntries(
      (Object.keys(SWITCHES) as (keyof typeof SWITCHES)[]).map((name) => [SWITCHES[name], stated[name]]),
    ),
    searchQueryParameter: stated.searchParameters?.join(','),
  }),
})
