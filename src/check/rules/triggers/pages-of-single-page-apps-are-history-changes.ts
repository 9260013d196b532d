import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const pagesOfSinglePageAppsAreHistoryChanges = rule({
  code: 'pages-of-single-page-apps-are-history-changes',
  severity: 'error',
  profile: 'minimal',
  title: 'Routes of a single-page app are measured by history changes or events of the data layer.',
  reason: 'A page trigger fires once, on the first load; every later route goes unseen.',
  fix: 'use `history: {}` with a `when`, or better, an event of the data layer.',
  source: 'https://developers.google.com/analytics/devguides/collection/ga4/single-page-applications',
  catalogue: ['L-T11'],
  *check(places) {
    if (places.plan.site?.singlePageApp !== true) return
    for (const { id, triggers, tagged } of places.conversions) {
      if (!tagged || triggers.some(({ kind }) => kind === 'history' || kind === 'dataLayer')) continue
      for (const { at, kind } of triggers) {
        if (kind === 'page')
          yield {
            at: `${at}/page`,
            about: 'key',
            message: `${quoted(id)} fires on the first page of a visit only: the site is a single-page app.`,
          }
      }
    }
  },
})
