import { METHOD, rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const marketsHaveATarget = rule({
  code: 'markets-have-a-target',
  severity: 'info',
  profile: 'strict',
  title: 'A market has a number to reach.',
  reason: 'A target of all markets together is met by the largest, whatever the others do.',
  fix: 'add `targets`, at least for the primary goal.',
  source: METHOD,
  *check(places) {
    for (const { id, at, market } of places.markets) {
      if (market.targets === undefined)
        yield {
          at,
          about: 'key',
          absent: 'targets',
          message: `The market ${quoted(id)} has no target of its own.`,
        }
    }
  },
})
