import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import type { PlacedMarket } from '../../places.ts'

export const marketsHaveAFilter = rule({
  code: 'markets-have-a-filter',
  severity: 'error',
  profile: 'always',
  title: 'A market says which pages are its own, or which environment.',
  reason:
    'Without hosts or a path no page is ever told to be of that market, unless it has an environment to itself.',
  fix: 'add `hosts`, or `when: [{ path: { startsWith: /ae/ } }]`, or the `environment` that is its own.',
  source: 'The plan language',
  *check(places) {
    for (const placed of places.markets) {
      const { id, at, market } = placed
      if (market.hosts !== undefined || market.when !== undefined || market.default === true) continue
      if (market.environment === undefined) {
        yield { at, about: 'key', absent: '*', message: `Nothing says which pages are of ${quoted(id)}.` }
        continue
      }
      const [shared] = places.markets.flatMap((other) => sharedWith(placed, other))
      if (shared !== undefined)
        yield {
          at: `${at}/environment`,
          message: `${quoted(shared.environment)} is the environment of ${quoted(shared.other)} as well, and nothing says which of its pages are of ${quoted(id)}.`,
          fix: 'add `hosts` or `when` to both, or give each an environment of its own.',
        }
    }
  },
})

function sharedWith(
  { id, market }: PlacedMarket,
  other: PlacedMarket,
): readonly { readonly environment: string; readonly other: string }[] {
  if (other.id === id) return []
  const theirs = [other.market.environment ?? []].flat()
  return [market.environment ?? []]
    .flat()
    .filter((environment) => theirs.includes(environment))
    .map((environment) => ({ environment, other: other.id }))
}
