/** How far each market inside a container has come: whether the tables that tell it from the others hold it as the plan says. */
import type { Container, LiveState } from '../live/live.ts'
import { canonicalJson } from '../resources/canonical-json.ts'
import type { Key, Resource, Value } from '../resources/resource.ts'
import type { State } from './status.ts'

export type MarketState = Extract<State, 'in step' | 'never applied' | 'behind' | 'unpublished'>

/**
 * Of each market: `behind` where the latest version lacks a row of its tables, `unpublished` where only the live one does.
 * A market that has a container to itself has no rows, and is as its environment is.
 *
 * @param whole of the environment
 */
export function marketStates(
  markets: readonly string[],
  desired: readonly Resource[],
  { content, published }: LiveState,
  whole: readonly State[],
): ReadonlyMap<string, MarketState> {
  return new Map(
    markets.map((market) => {
      const wanted = rowsOf(market, desired)
      const holds = (there: Container | undefined): boolean => {
        const rows = new Map(
          rowsOf(
            market,
            (there?.entities ?? []).filter(({ ours }) => ours),
          ),
        )
        return wanted.every(([key, text]) => rows.get(key) === text)
      }
      if (whole.includes('never applied')) return [market, 'never applied'] as const
      if (wanted.length === 0)
        return [market, OF_ALL.find((each) => whole.includes(each)) ?? 'in step'] as const
      if (!holds(content)) return [market, 'behind'] as const
      return [market, holds(published?.content) ? 'in step' : 'unpublished'] as const
    }),
  )
}

const OF_ALL = ['behind', 'unpublished'] as const

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
