import { pointerOf } from '../../../plan/diagnostic.ts'
import { METHOD, rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const metricsAreToldOnce = rule({
  code: 'metrics-are-told-once',
  severity: 'warning',
  profile: 'recommended',
  title: 'Further metrics stand beside the one that decides.',
  reason:
    '`metric` is the number that is looked at first; one that is repeated under `metrics`, or stands there alone, leaves open which that is.',
  fix: 'write the one that decides under `metric`, and only the others under `metrics`.',
  source: METHOD,
  *check(places) {
    for (const { id, at, data } of places.conversions) {
      const { metric, metrics = [] } = data
      if (metric === undefined && metrics.length > 0)
        yield {
          at: `${at}/metrics`,
          about: 'key',
          message: `Nothing says which metric of ${quoted(id)} decides.`,
        }
      const index = metric === undefined ? -1 : metrics.indexOf(metric)
      if (index >= 0)
        yield {
          at: at + pointerOf('metrics', index),
          message: `${quoted(metric ?? '')} is the metric of ${quoted(id)} already.`,
          fix: 'remove it here.',
        }
    }
  },
})
