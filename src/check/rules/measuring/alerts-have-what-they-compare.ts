import { METHOD, rule } from '../../rule.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'

export const alertsHaveWhatTheyCompare = rule({
  code: 'alerts-have-what-they-compare',
  severity: 'error',
  profile: 'always',
  title: 'An alarm has something to be held against.',
  reason: 'An alarm about a target that is not there never rings, and everybody relies on it.',
  fix: 'add the target or the benchmarks, or remove the alarm.',
  source: METHOD,
  *check(places) {
    for (const { id, at, data } of places.conversions) {
      const { alerts } = data
      if (alerts?.target === true && data.target === undefined)
        yield {
          at: at + pointerOf('alerts', 'target'),
          message: `"${id}" raises an alarm when its target is missed, and has none.`,
          fix: 'add a target, or remove the alarm.',
          restsOn: [at + pointerOf('target')],
        }
      if (alerts?.benchmark === true && (data.benchmarks ?? []).length === 0)
        yield {
          at: at + pointerOf('alerts', 'benchmark'),
          message: `"${id}" raises an alarm when its benchmark is left, and has none.`,
          fix: 'add benchmarks, or remove the alarm.',
          restsOn: [at + pointerOf('benchmarks')],
        }
    }
  },
})
