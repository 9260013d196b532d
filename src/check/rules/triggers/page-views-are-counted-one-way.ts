import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const pageViewsAreCountedOneWay = rule({
  code: 'page-views-are-counted-one-way',
  severity: 'error',
  profile: 'minimal',
  title: 'Page views of a single-page app are counted in one way.',
  reason: "With GA4's own page changes and a tag for page_view, every route counts twice.",
  fix: "set `pageChanges: false` (in GA4's data stream, too), or remove the tag.",
  source: 'https://developers.google.com/analytics/devguides/collection/ga4/single-page-applications',
  catalogue: ['L-T11'],
  *check(places) {
    if (places.plan.enhancedMeasurement?.pageChanges !== true) return
    for (const { at, id, data, tagged, triggers } of places.conversions) {
      if (
        tagged &&
        data.event === 'page_view' &&
        triggers.some(({ kind }) => kind === 'history' || kind === 'dataLayer')
      )
        yield {
          at: `${at}/event`,
          message: `${quoted(id)} sends page_view for routes that enhanced measurement counts already.`,
        }
    }
  },
})
