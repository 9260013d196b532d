import { subjectsIn, valuesIn } from '../../../sources/condition.ts'
import { rule } from '../../rule.ts'
import type { Finding } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import type { PlacedMarket } from '../../places.ts'

export const marketsDoNotOverlap = rule({
  code: 'markets-do-not-overlap',
  severity: 'error',
  profile: 'always',
  title: 'No page is of two markets.',
  reason: 'The first that fits would get it, and which one that is nobody would see.',
  fix: 'narrow one of the two.',
  source: 'The plan language',
  *check(places) {
    for (const [index, market] of places.markets.entries()) {
      const earlier = places.markets.slice(0, index).filter((other) => areTogether(market, other))
      const other = earlier.find((each) => each.market.default === true && market.market.default === true)
      if (other !== undefined)
        yield {
          at: `${market.at}/default`,
          message: `${quoted(market.id)} and ${quoted(other.id)} are both the market of pages that nobody claims.`,
          fix: 'leave `default` to one of them.',
        }
      yield* firstOf(earlier.map((each) => overlapOf(market, each)))
    }
  },
})

function firstOf(found: readonly (Finding | undefined)[]): Finding[] {
  return found.flatMap((one) => one ?? []).slice(0, 1)
}

/** Both in one table: those of one environment, or those of none. */
function areTogether({ market: a }: PlacedMarket, { market: b }: PlacedMarket): boolean {
  const [mine, theirs] = [[a.environment ?? []].flat(), [b.environment ?? []].flat()]
  return mine.length === 0 ? theirs.length === 0 : mine.some((id) => theirs.includes(id))
}

function overlapOf(a: PlacedMarket, b: PlacedMarket): Finding | undefined {
  const shared = a.market.hosts?.find((host) => b.market.hosts?.includes(host) === true)
  const isOnOneSite = shared !== undefined || (a.market.hosts === undefined && b.market.hosts === undefined)
  if (!isOnOneSite) return undefined
  const [mine, theirs] = [pathsOf(a), pathsOf(b)]
  // A whole host and a path on it: the path is the exacter one, and wins.
  if (mine.length === 0 && theirs.length === 0 && shared !== undefined)
    return {
      at: `${a.at}/hosts`,
      message: `${quoted(shared)} is a host of ${quoted(b.id)} already.`,
      fix: 'name it once, or tell the two by `when` a path.',
    }
  for (const path of mine) {
    const other = theirs.find((each) => meet(path, each))
    if (other !== undefined)
      return {
        at: `${a.at}/when`,
        message: `A page may be of ${quoted(a.id)} (${path.operator} ${path.value}) and of ${quoted(b.id)} (${other.operator} ${other.value}).`,
      }
  }
  return undefined
}

interface Path {
  readonly operator: string
  readonly value: string
}

function pathsOf({ market }: PlacedMarket): readonly Path[] {
  return (market.when ?? []).flatMap((condition) =>
    subjectsIn(condition).flatMap(({ subject, test }) =>
      subject !== 'path' || test.negate === true
        ? []
        : OPERATORS.flatMap((operator) =>
            valuesIn(test, operator).map(({ value }) => ({ operator, value: String(value).toLowerCase() })),
          ),
    ),
  )
}

const OPERATORS = ['equals', 'startsWith', 'endsWith', 'contains', 'matches'] as const

/** Whether one path can be both. Nothing is claimed that hangs on what may stand between two pieces. */
function meet(a: Path, b: Path): boolean {
  if (a.operator === b.operator && a.value === b.value) return true
  return covers(a, b) || covers(b, a)
}

/** Whether what the one names is surely within the other. */
function covers({ operator, value }: Path, inner: Path): boolean {
  if (inner.operator === 'matches') {
    const start = startOf(inner.value)
    return operator === 'startsWith' && start !== undefined && start.startsWith(value)
  }
  if (operator === 'matches') return inner.operator !== 'endsWith' && matches(value, inner.value)
  if (operator === 'contains') return inner.value.includes(value)
  if (operator === 'endsWith') return inner.operator !== 'startsWith' && inner.value.endsWith(value)
  const isWhole = inner.operator === 'equals' || inner.operator === 'startsWith'
  return operator === 'startsWith' && isWhole && inner.value.startsWith(value)
}

function matches(pattern: string, path: string): boolean {
  try {
    return new RegExp(pattern, 'i').test(path)
  } catch {
    // A pattern that cannot be read is told elsewhere.
    return false
  }
}

/** What every path begins with that a pattern matches: `/ae` of `^/ae(/|$)`; undefined where nobody can tell at sight. */
function startOf(pattern: string): string | undefined {
  const [, start = '', next] = /^\^([\w/-]*)(.?)/.exec(pattern) ?? []
  if (start === '' || next === '|') return undefined
  return next === '?' || next === '*' || next === '{' ? start.slice(0, -1) : start
}
