import { BIGQUERY_LOCATIONS } from '../../../facts/bigquery-locations.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'
import { rule } from '../../rule.ts'
import { didYouMean } from '../../schema/did-you-mean.ts'
import { quoted } from '../../schema/words.ts'

/** `us-west5`: Google opens regions that our list does not have yet. */
const REGION = /^[a-z]+-[a-z]+\d+$/

export const bigqueryLocationsExist = rule({
  code: 'bigquery-locations-exist',
  severity: 'error',
  profile: 'always',
  title: 'The location of a BigQuery link is one where BigQuery keeps data.',
  reason:
    'A link to a place that there is not is refused, after all that came before has been written; and no link ever moves, so a wrong place is put right by deleting the link and its history stays where it was.',
  fix: 'write EU, US or a region such as me-central1 (Doha) or me-central2 (Dammam).',
  source: 'https://docs.cloud.google.com/bigquery/docs/locations',
  *check(places) {
    for (const [project, { location }] of Object.entries(places.plan.property?.bigquery ?? {})) {
      if (BIGQUERY_LOCATIONS.has(location)) continue
      const meant = didYouMean(location, BIGQUERY_LOCATIONS)
      yield {
        at: pointerOf('property', 'bigquery', project, 'location'),
        message: `BigQuery has no location ${quoted(location)} that is known here.`,
        ...(meant === undefined ? {} : { fix: `did you mean ${quoted(meant)}?` }),
        ...(REGION.test(location) ? { severity: 'warning' as const } : {}),
      }
    }
  },
})
