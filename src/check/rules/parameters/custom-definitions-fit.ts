import { rule } from '../../rule.ts'
import { GA4_LIMITS, DEFINITIONS_PAGE } from '../../../facts/limits.ts'

export const customDefinitionsFit = rule({
  code: 'custom-definitions-fit',
  severity: 'error',
  profile: 'minimal',
  title: 'A plan registers at most 50 event, 25 user and 10 item dimensions, and 50 metrics.',
  reason: 'A standard property holds no more, those of others included.',
  fix: 'register only what a report uses; the rest is in BigQuery.',
  source: DEFINITIONS_PAGE,
  catalogue: ['L-D12'],
  *check(places) {
    for (const [scope, limit] of Object.entries(GA4_LIMITS.definitions)) {
      const count = places.parameters.filter(({ definition }) => definition.register === scope).length
      if (count > limit)
        yield {
          at: '/parameters',
          about: 'key',
          message: `The plan registers ${count} ${scope === 'metric' ? 'metrics' : `dimensions of ${scope} scope`}; a property holds ${limit}.`,
        }
    }
  },
})
