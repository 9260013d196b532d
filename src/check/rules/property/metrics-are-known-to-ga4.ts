import { GA4_METRICS } from '../../../facts/metrics.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'
import { rule } from '../../rule.ts'
import { didYouMean } from '../../schema/did-you-mean.ts'
import { quoted } from '../../schema/words.ts'

export const metricsAreKnownToGa4 = rule({
  code: 'metrics-are-known-to-ga4',
  severity: 'warning',
  profile: 'recommended',
  title: 'A formula names metrics that GA4 lists.',
  reason:
    'GA4 refuses a calculated metric whose formula names what it does not know, or shows it without a number.',
  fix: "write the API name of one of GA4's metrics, or customEvent:NAME for a parameter that is registered as a metric.",
  source: 'https://developers.google.com/analytics/devguides/reporting/data/v1/api-schema',
  *check(places) {
    for (const [id, { formula }] of Object.entries(places.plan.property?.calculated ?? {})) {
      // In braces stand names as GA4 shows them, which it lists nowhere; after a colon the event that a metric is of.
      const names = formula.replaceAll(/\{\{?[^{}]*\}\}?/g, ' ').match(/[A-Za-z_][\w:.]*/g) ?? []
      const unknown = names.filter((name) => !GA4_METRICS.has(name.replace(/:.*/, '')))
      for (const name of new Set(unknown.filter((each) => !each.startsWith('customEvent:')))) {
        const { parameters = {} } = places.plan
        const meant = parameters[name] === undefined ? didYouMean(name, GA4_METRICS) : `customEvent:${name}`
        yield {
          at: `${pointerOf('property', 'calculated', id)}/formula`,
          message: `GA4 lists no metric ${quoted(name)}.`,
          ...(meant === undefined ? {} : { fix: `did you mean ${quoted(meant)}?` }),
        }
      }
    }
  },
})
