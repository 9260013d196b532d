import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const marketsHaveAFilter = rule({
  code: 'markets-have-a-filter',
  severity: 'error',
  profile: 'always',
  title: 'A market says which pages are its own, or which environment.',
  reason: 'Without hosts or a path no page is ever told to be of that market.',
  fix: 'add `hosts`, or `when: [{ path: { startsWith: /ae/ } }]`, or the `environment` that is its own.',
  source: 'The plan language',
  *check(places) {
    for (const { id, at, market } of places.markets) {
      const { hosts, when, environment } = market
      if (hosts !== undefined || when !== undefined || environment !== undefined || market.default === true)
        continue
      yield { at, about: 'key', absent: '*', message: `Nothing says which pages are of ${quoted(id)}.` }
    }
  },
})
