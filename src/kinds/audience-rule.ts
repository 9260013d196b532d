/**
 * An audience's rule as the plan says it, and as GA4 has it: both ways, so that what is read says the same as what was
 * written.
 *
 *   did       INCLUDE  (a) and (b)                        all of them, in any order
 *   didNot    EXCLUDE  (a or b)                           any of them, ever or in the last days
 *   inOrder   INCLUDE  a, then b, then c                  each step within some days of the one before
 *
 * The top of an expression is an andGroup whose members are orGroups; those hold what is tested:
 * https://github.com/googleapis/googleapis/blob/f8291d2b89f0017ab078a4c7378069bae5686f6f/google/analytics/admin/v1alpha/audience.proto
 */
import { canonicalJson } from '../resources/canonical-json.ts'
import type { Json } from '../resources/resource.ts'

/** Event names, not ids of the plan: GA4 knows no others. */
export interface AudienceRule {
  readonly did: readonly string[]
  readonly didNot: readonly string[]
  readonly inOrder: readonly string[]
  /** Of `inOrder` between two steps; else how far back `didNot` looks. */
  readonly withinDays?: number
}

const ALL_SESSIONS = 'AUDIENCE_FILTER_SCOPE_ACROSS_ALL_SESSIONS'
const SAME_EVENT = 'AUDIENCE_FILTER_SCOPE_WITHIN_SAME_EVENT'
const SECONDS_A_DAY = 86400

export function audienceClauses({ did, didNot, inOrder, withinDays }: AudienceRule): readonly Json[] {
  const lookBack = inOrder.length > 0 ? undefined : withinDays
  return normalClauses([
    ...(did.length === 0 ? [] : [simple('INCLUDE', allOf(did.map((event) => anyOf([leaf(event)]))))]),
    ...(inOrder.length === 0 ? [] : [sequence(inOrder, withinDays)]),
    ...(didNot.length === 0
      ? []
      : [simple('EXCLUDE', allOf([anyOf(didNot.map((event) => leaf(event, lookBack)))]))]),
  ])
}

/** The rule behind clauses; undefined when they say what the plan has no words for. */
export function audienceRule(clauses: readonly Json[]): AudienceRule | undefined {
  const events = eventsIn(clauses)
  const [first] = clauses.flatMap((clause) => daysIn(clause))
  const rule: AudienceRule = {
    did: events.filter(({ part }) => part === 'did').map(({ event }) => event),
    didNot: events.filter(({ part }) => part === 'didNot').map(({ event }) => event),
    inOrder: events.filter(({ part }) => part === 'inOrder').map(({ event }) => event),
    ...(first === undefined ? {} : { withinDays: first }),
  }
  // Whatever else they say would be lost: read naively, written again and compared.
  return canonicalJson(audienceClauses(rule)) === canonicalJson(normalClauses(clauses)) ? rule : undefined
}

/** One form: what is left out by default is left out, and clauses and the members of groups are sets. */
export function normalClauses(clauses: readonly Json[]): readonly Json[] {
  return sorted(clauses.map((clause) => normal(clause)))
}

function normal(value: Json): Json {
  if (isList(value)) return value.map(normal)
  if (!isMap(value)) return value
  const entries = Object.entries(value).flatMap(([field, inner]) => {
    if (inner === undefined || inner === null || inner === false || inner === '') return []
    // Google's JSON has whole numbers of 64 bits as texts, and takes them either way.
    const kept = field === 'int64Value' && typeof inner === 'number' ? String(inner) : normal(inner)
    if (field === 'filterExpressions' && isList(kept)) return [[field, sorted(kept)] as const]
    return [
      [field, NUMBERS.has(field) && isMap(kept) && Object.keys(kept).length === 0 ? ZERO : kept] as const,
    ]
  })
  return Object.fromEntries(entries)
}

/** Google leaves out what is zero. */
const NUMBERS: ReadonlySet<string> = new Set(['value', 'fromValue', 'toValue'])
const ZERO: Json = { int64Value: '0' }

function sorted(values: readonly Json[]): readonly Json[] {
  return [...values].sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1))
}

function allOf(members: readonly Json[]): Json {
  return { andGroup: { filterExpressions: members } }
}

function anyOf(members: readonly Json[]): Json {
  return { orGroup: { filterExpressions: members } }
}

function simple(clauseType: 'INCLUDE' | 'EXCLUDE', filterExpression: Json): Json {
  return { clauseType, simpleFilter: { scope: ALL_SESSIONS, filterExpression } }
}

/** An event; with days only one of the last ones. There is no "at least once": it is more than none. */
function leaf(eventName: string, days?: number): Json {
  if (days === undefined) return { eventFilter: { eventName } }
  const counted: Json = {
    fieldName: 'eventCount',
    inAnyNDayPeriod: days,
    numericFilter: { operation: 'GREATER_THAN', value: { int64Value: '0' } },
  }
  return {
    eventFilter: { eventName, eventParameterFilterExpression: allOf([{ dimensionOrMetricFilter: counted }]) },
  }
}

function sequence(events: readonly string[], days: number | undefined): Json {
  const steps = events.map((event, index): Json => {
    const within = index === 0 || days === undefined ? {} : { constraintDuration: `${days * SECONDS_A_DAY}s` }
    return { scope: SAME_EVENT, ...within, filterExpression: allOf([anyOf([leaf(event)])]) }
  })
  return { clauseType: 'INCLUDE', sequenceFilter: { scope: ALL_SESSIONS, sequenceSteps: steps } }
}

type Part = 'did' | 'didNot' | 'inOrder'

function eventsIn(clauses: readonly Json[]): readonly { readonly part: Part; readonly event: string }[] {
  return clauses.flatMap((clause) => {
    if (!isMap(clause)) return []
    const part =
      clause.sequenceFilter !== undefined ? 'inOrder' : clause.clauseType === 'EXCLUDE' ? 'didNot' : 'did'
    return found(clause, 'eventName').map((event) => ({ part, event: String(event) }) as const)
  })
}

function daysIn(clause: Json): readonly number[] {
  return [
    ...found(clause, 'inAnyNDayPeriod').map(Number),
    ...found(clause, 'constraintDuration').map((text) => Number.parseInt(String(text), 10) / SECONDS_A_DAY),
  ]
}

/** Every value under a field of that name, in the order they stand. */
function found(value: Json, field: string): readonly Json[] {
  if (isList(value)) return value.flatMap((each) => found(each, field))
  if (!isMap(value)) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    inner === undefined ? [] : name === field ? [inner] : found(inner, field),
  )
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

function isMap(value: Json): value is { readonly [field: string]: Json | undefined } {
  return typeof value === 'object' && value !== null && !isList(value)
}
