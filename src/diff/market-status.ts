/** How far each market inside a container has come: whether the tables that tell it from the others hold it as the plan says. */
import type { Container, LiveState } from '../live/live.ts'
import { canonicalJson } from '../resources/canonical-json.ts'
import type { Key, Resource, Value } from '../resources/resource.ts'
import type { State } from './status.ts'

export type MarketState = Exclude<State, 'conflict'>

/**
 * Of each market: `behind` where the latest version lacks a row of its tables, `drifted` where somebody took it out by hand,
 * `unpublished` where only the live one lacks it.
 * A market that has a container to itself has no rows, and is as its environment is.
 *
 * @param whole of the environment
 * @param byHand what was changed by hand and not by the plan since
 */
export function marketStates(
  markets: readonly string[],
  desired: readonly Resource[],
  { content, published }: LiveState,
  whole: readonly State[],
  byHand: ReadonlySet<Key>,
): ReadonlyMap<string, MarketState> {
  return new Map(
    markets.map((market) => {
      const wanted = rowsOf(market, desired)
      const missing = (there: Container | undefined): readonly Key[] => {
        const rows = new Map(
          rowsOf(
            market,
            (there?.entities ?? []).filter(({ ours }) => ours),
          ),
        )
        return wanted.flatMap(([key, text]) => (rows.get(key) === text ? [] : [key]))
      }
      if (whole.includes('never applied')) return [market, 'never applied'] as const
      if (wanted.length === 0)
        return [market, OF_ALL.find((each) => whole.includes(each)) ?? 'in step'] as const
      const latest = missing(content)
      if (latest.length > 0)
        return [market, latest.every((key) => byHand.has(key)) ? 'drifted' : 'behind'] as const
      return [market, missing(published?.content).length === 0 ? 'in step' : 'unpublished'] as const
    }),
  )
}

const OF_ALL = ['behind', 'drifted', 'unpublished'] as const

/** What tables say of a market, by their keys: rows that lead to it, or from it to a value of its own. */
function rowsOf(market: string, resources: readonly Resource[]): readonly (readonly [Key, string])[] {
  return resources.flatMap((resource): readonly (readonly [Key, string])[] => {
    if (resource.kind !== 'gtm/variable') return []
    const { map } = resource.spec.parameters
    const rows = Array.isArray(map) ? (map as readonly Value[]).filter((row) => isOf(row, market)) : []
    return rows.length === 0 ? [] : [[resource.key, canonicalJson(rows)]]
  })
}

function isOf(row: Value, market: string): boolean {
  return typeof row === 'object' && Object.values(row).includes(market)
}
