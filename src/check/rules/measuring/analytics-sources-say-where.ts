import { METHOD, rule } from '../../rule.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'
import { quoted } from '../../schema/words.ts'

export const analyticsSourcesSayWhere = rule({
  code: 'analytics-sources-say-where',
  severity: 'error',
  profile: 'always',
  title: 'A source of numbers says where they are.',
  reason:
    'Which files or which dataset are meant cannot be guessed, and the scorecard would only say so on Monday morning.',
  fix: 'files with from: files, dataset (project.analytics_123456789) with from: bigquery.',
  source: METHOD,
  *check(places) {
    for (const { at, environment } of places.environments) {
      const { analytics } = environment
      if (analytics === undefined) continue
      const place = at + pointerOf('analytics')
      const needed = { files: 'files', bigquery: 'dataset', api: undefined }[analytics.from]
      if (needed !== undefined && analytics[needed as 'files' | 'dataset'] === undefined)
        yield {
          at: place,
          absent: needed,
          message: `Numbers come from ${analytics.from}, and ${quoted(needed)} does not say where they are.`,
          fix:
            needed === 'files'
              ? 'add files: ["data/events_*.parquet"].'
              : 'add dataset: my-project.analytics_123456789.',
        }
      for (const unused of ['files', 'dataset', 'maxGigabytes'] as const) {
        const goesWith = unused === 'files' ? 'files' : 'bigquery'
        if (analytics[unused] === undefined || analytics.from === goesWith) continue
        yield {
          at: place + pointerOf(unused),
          about: 'key',
          severity: 'warning',
          message: `${quoted(unused)} goes with from: ${goesWith}, and the numbers come from ${analytics.from}.`,
          fix: 'remove it.',
        }
      }
    }
  },
})
