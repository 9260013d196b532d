import { pointerOf } from '../../../plan/diagnostic.ts'
import { subjectsIn } from '../../../sources/condition.ts'
import { rule } from '../../rule.ts'

export const marketFiltersReadThePath = rule({
  code: 'market-filters-read-the-path',
  severity: 'error',
  profile: 'always',
  title: 'A market is told by one condition on the path.',
  reason: 'It becomes one table over the address that every event reads; a table knows no other conditions.',
  fix: 'write when: [{ path: { startsWith: /ae/ } }] with equals, startsWith, endsWith, contains or matches, and host names under `hosts`.',
  source: 'The plan language',
  *check(places) {
    for (const { at, market } of places.markets) {
      for (const [index, condition] of (market.when ?? []).entries()) {
        const place = at + pointerOf('when', index)
        const [said, ...more] = subjectsIn(condition)
        // A condition about nothing, or about two things, is told elsewhere.
        if (said === undefined || more.length > 0) continue
        if (index > 0) {
          const fix =
            'write one condition with all of them, as startsWith: [/ae/, /uae/], in which any will do.'
          yield {
            at: place,
            message: 'Several conditions would all have to hold, which a table cannot say.',
            fix,
          }
        } else if (said.subject !== 'path') {
          const fix = said.subject === 'host' ? { fix: 'write the host names under `hosts`.' } : {}
          yield { at: place, message: `A market is not told by ${said.subject}, only by the path.`, ...fix }
        } else if (said.test.negate === true) {
          yield { at: place, message: 'A market is told by what its path is, not by what it is not.' }
        } else {
          const operator = Object.keys(said.test).find((key) => !TABLES.has(key))
          if (operator !== undefined)
            yield { at: place, message: `A table over the path cannot say ${operator}.` }
        }
      }
    }
  },
})

/** Paths of markets are compared in any case of letters, whether it is said or not. */
const TABLES = new Set(['equals', 'contains', 'startsWith', 'endsWith', 'matches', 'negate', 'ignoreCase'])
