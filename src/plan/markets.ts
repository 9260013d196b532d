/**
 * Markets inside one container: the page's address says which one it is, by a table that every event reads.
 *
 *   host ──▶ kw                                a market with hosts of its own
 *        ──▶ path ──▶ ae, sa, qa               markets that share a host
 *        ──▶ path ──▶ om, else the default     pages of any other host
 *
 * A market with its own environment needs no table: there it is the only one.
 */
import { pointerOf, type Pointer } from './diagnostic.ts'
import type { Market, Plan } from './plan.ts'
import type {
  Condition as ConditionDocument,
  Market as MarketDocument,
  PartTarget,
  PlanDocument,
  Target,
} from './plan-types.ts'
import type { ParameterValue } from '../sources/build.ts'
import { asAddress } from '../sources/addresses.ts'
import { buildCondition, type Condition } from '../sources/condition.ts'
import { withEncoded } from '../sources/rows.ts'
import type { Row, Source } from '../sources/source.ts'

/** The event parameter that says the market. */
export const MARKET = 'market'

const AT = pointerOf('markets')

/** The markets of one environment, by id: those that name it, else those that name none. The file's order means nothing. */
export function marketsIn(markets: PlanDocument['markets'] = {}, environment: string): readonly Market[] {
  const all = Object.entries(markets).map(([id, market]) => buildMarket(id, market))
  const own = all.filter(({ environments }) => environments.includes(environment))
  const inside = own.length > 0 ? own : all.filter(({ environments }) => environments.length === 0)
  return inside.sort((a, b) => (a.id < b.id ? -1 : 1))
}

function buildMarket(id: string, market: MarketDocument): Market {
  const at = AT + pointerOf(id)
  const { environment, hosts, when, default: isDefault, destinations, targets, ...asSaid } = market
  return {
    id,
    at,
    ...asSaid,
    environments: environment === undefined ? [] : [environment].flat(),
    hosts: hosts ?? [],
    when: whenOf(when, at),
    isDefault: isDefault ?? false,
    destinations: destinations ?? {},
    targets: targets ?? {},
  }
}

function whenOf(when: readonly ConditionDocument[] = [], at: Pointer): readonly Condition[] {
  return when.map((condition, index) => buildCondition(condition, at + pointerOf('when', index)))
}

/** What holds the market of a page; undefined where the plan has no markets. */
export function marketSource(markets: readonly Market[]): Source | undefined {
  const [only] = markets
  if (only === undefined) return undefined
  if (markets.length === 1 && only.environments.length > 0) return { kind: 'literal', value: only.id }
  const fallback = markets.find(({ isDefault }) => isDefault)
  const hosts = [...new Set(markets.flatMap((market) => market.hosts))].sort()
  const elsewhere = byPath(
    markets.filter((market) => market.hosts.length === 0),
    fallback && literal(fallback.id),
  )
  const rows = hosts.flatMap((host): Row[] => {
    const here = markets.filter((market) => market.hosts.includes(host))
    const whole = here.find(({ when }) => when.length === 0)
    const value = byPath(here, whole ? literal(whole.id) : elsewhere)
    return value === undefined ? [] : [{ key: host, value }]
  })
  if (rows.length === 0) return elsewhere
  return { kind: 'lookup', from: { kind: 'url', part: 'host' }, rows, ...otherwise(elsewhere) }
}

/** A table of the markets that are told by the path. */
function byPath(markets: readonly Market[], fallback: Source | undefined): Source | undefined {
  const rows = markets.flatMap(({ id, when }) =>
    when.flatMap((condition) => {
      const encoded = patternsOf(inAddress(condition))
      return patternsOf(condition).map((key, index) =>
        withEncoded({ key, value: literal(id) }, encoded[index] ?? key),
      )
    }),
  )
  if (rows.length === 0) return fallback
  const from = { kind: 'url', part: 'path' } as const
  return { kind: 'match', from, rows, ignoreCase: true, fullMatch: false, ...otherwise(fallback) }
}

/** The same as browsers write it; a pattern stays as it is, with a warning. */
function inAddress(condition: Condition): Condition {
  const { subject, operator, value, anyOf } = condition
  if (operator === 'matches') return condition
  const written = (text: string): string => asAddress(subject, text)
  return {
    ...condition,
    value: written(value),
    ...(anyOf === undefined ? {} : { anyOf: anyOf.map(written) }),
  }
}

/** What a condition on a text asks for, as patterns: any one of them will do. */
export function patternsOf({ operator, value, anyOf = [value] }: Condition): readonly string[] {
  return anyOf.map((text) => {
    const plain = text.replace(/[.*+?^${}()|[\]\\/]/g, (sign) => (sign === '/' ? sign : `\\${sign}`))
    if (operator === 'matches') return text
    if (operator === 'equals') return `^${plain}$`
    if (operator === 'startsWith') return `^${plain}`
    return operator === 'endsWith' ? `${plain}$` : plain
  })
}

/** What every event carries; nothing where there are no markets. */
export function marketParameter(source: Source | undefined): readonly ParameterValue[] {
  return source === undefined ? [] : [{ name: MARKET, at: AT, source }]
}

/** What of the Plan says its markets. */
export type InMarkets = Pick<Plan, 'markets' | 'marketFrom'>

interface Targets {
  readonly target?: Target
  readonly targets: readonly PartTarget[]
}

/**
 * The targets of a conversion in an environment, those that stand in its markets among them. In an environment of its own the
 * market's target is the plan's, and what other markets want is nothing there.
 */
export function targetsIn(
  { markets, marketFrom }: InMarkets,
  id: string,
  said: { readonly target?: Target; readonly targets?: readonly PartTarget[] },
): Targets {
  const ofMarkets = markets.flatMap((market): PartTarget[] => {
    const target = market.targets[id]
    return target === undefined ? [] : [{ market: market.id, ...target }]
  })
  const known = new Set(markets.map((market) => market.id))
  const parts = [
    ...(said.targets ?? []).filter(({ market }) => market === undefined || known.has(market)),
    ...ofMarkets,
  ]
  if (marketFrom?.kind !== 'literal')
    return { ...(said.target === undefined ? {} : { target: said.target }), targets: parts }
  const own = parts.map(ofEverywhere)
  const target =
    own.find(({ channel, device }) => channel === undefined && device === undefined) ?? said.target
  return {
    ...(target === undefined ? {} : { target }),
    targets: own.filter(({ channel, device }) => channel !== undefined || device !== undefined),
  }
}

function ofEverywhere(part: PartTarget): PartTarget {
  const whole = { ...part }
  delete whole.market
  return whole
}

/** The region of Google's consent mode that a market is: its id, where that is the code of a country. */
export function regionOf(id: string): string | undefined {
  return /^[a-z]{2}$/.test(id) ? id.toUpperCase() : undefined
}

/** What the markets say for visitors from their countries, by region. */
export function consentOf(markets: readonly Market[]): { readonly [region: string]: 'granted' | 'denied' } {
  return Object.fromEntries(
    markets.flatMap(({ id, consent }) => {
      const region = regionOf(id)
      return region === undefined || consent === undefined ? [] : [[region, consent] as const]
    }),
  )
}

/** One value for each market that says its own, the plan's elsewhere; undefined where none does. */
export function byMarket(
  { markets, marketFrom }: InMarkets,
  valueOf: (market: Market) => string | undefined,
  otherwiseValue: string,
): Source | undefined {
  const rows = markets.flatMap((market): Row[] => {
    const value = valueOf(market)
    return value === undefined || value === otherwiseValue ? [] : [{ key: market.id, value: literal(value) }]
  })
  const [only] = rows
  if (only === undefined || marketFrom === undefined) return undefined
  if (marketFrom.kind === 'literal') return only.value
  return { kind: 'lookup', from: marketFrom, rows, default: literal(otherwiseValue) }
}

function literal(value: string): Source {
  return { kind: 'literal', value }
}

function otherwise(value: Source | undefined): { readonly default?: Source } {
  return value === undefined ? {} : { default: value }
}
