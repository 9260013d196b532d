/**
 * `runReport` over rows of the export: filter, group, count, order, cut.
 * https://developers.google.com/analytics/devguides/reporting/data/v1/rest/v1beta/properties/runReport
 */
import { ApiError } from '../errors.ts'
import { invalid } from '../ga4/resources.ts'
import { isObject, type Entity } from '../shape.ts'
import { readDay } from './days.ts'
import { dimensionOf, type Dimension, type SessionOf } from './dimensions.ts'
import type { ExportEvent } from './export-event.ts'
import { holds } from './filters.ts'
import { metricOf, type Metric } from './metrics.ts'

export interface ReportContext {
  readonly events: readonly ExportEvent[]
  readonly keyEvents: ReadonlySet<string>
  readonly timeZone: string
  readonly now: number
}

interface Named<T> {
  readonly name: string
  readonly is: T
}

interface Row {
  readonly dimensions: readonly string[]
  readonly metrics: readonly number[]
}

export function runReport(request: Entity, context: ReportContext): Entity {
  if (request['cohortSpec'] !== undefined || request['comparisons'] !== undefined)
    throw new ApiError(501, 'UNIMPLEMENTED', 'The sandbox makes no cohorts and no comparisons.')
  const dimensions = readDimensions(request)
  const metrics = readMetrics(request)
  if (dimensions.length + metrics.length === 0)
    throw invalid('A report needs at least one dimension or metric.')
  const sessionOf = sessionsOf(context.events)
  const perRange = readRanges(request, context).map(({ name, first, last }) => {
    const within = context.events.filter(({ day }) => day >= first && day <= last)
    const events = within.filter((event) =>
      holds(request['dimensionFilter'], (field) => dimensionNamed(field)(event, sessionOf)),
    )
    return { name, events }
  })
  const several = perRange.length > 1
  const rows = perRange.flatMap(({ name, events }) =>
    group(events, (event) => dimensions.map(({ is }) => is(event, sessionOf))).map(([values, own]): Row => ({
      dimensions: several ? [...values, name] : values,
      metrics: metrics.map(({ is }) => is.of(own, context.keyEvents)),
    })),
  )
  const shown = [...dimensions.map(({ name }) => name), ...(several ? ['dateRange'] : [])]
  const kept = rows
    .filter((row) => keepsEmpty(request) || metrics.length === 0 || row.metrics.some((value) => value !== 0))
    .filter((row) =>
      holds(request['metricFilter'], (field) => String(row.metrics[place(metrics, field, 'metric')])),
    )
    .sort(byOrder(request, dimensions, metrics))
  const [offset, limit] = [Number(request['offset'] ?? 0), readLimit(request)]
  return {
    ...(shown.length > 0 && { dimensionHeaders: shown.map((name) => ({ name })) }),
    ...(metrics.length > 0 && { metricHeaders: metrics.map(({ name, is }) => ({ name, type: is.type })) }),
    ...(kept.length > 0 && { rows: kept.slice(offset, offset + limit).map(rowView), rowCount: kept.length }),
    ...totals(request, perRange, shown, metrics, context),
    kind: 'analyticsData#runReport',
  }
}

const keepsEmpty = (request: Entity) => request['keepEmptyRows'] === true

// At most nine and ten, and 250,000 rows; 10,000 where nothing is said (reference of runReport).
function readDimensions(request: Entity): readonly Named<Dimension>[] {
  const list = (request['dimensions'] as Entity[] | undefined) ?? []
  if (list.length > 9) throw invalid('Requests are limited to 9 dimensions.')
  return list.map(({ name }) => ({ name: String(name), is: dimensionNamed(String(name)) }))
}

function dimensionNamed(name: string): Dimension {
  const dimension = dimensionOf(name)
  if (dimension === undefined)
    throw invalid(
      `Field ${name} is not a valid dimension. For a list of valid dimensions and metrics, see https://developers.google.com/analytics/devguides/reporting/data/v1/api-schema `,
    )
  return dimension
}

function readMetrics(request: Entity): readonly Named<Metric>[] {
  const list = (request['metrics'] as Entity[] | undefined) ?? []
  if (list.length > 10) throw invalid('Requests are limited to 10 metrics.')
  return list.map((metric) => {
    const name = String(metric['name'])
    const is = metric['expression'] === undefined ? metricOf(name) : undefined
    if (is === undefined)
      throw invalid(
        `Field ${name} is not a valid metric. For a list of valid dimensions and metrics, see https://developers.google.com/analytics/devguides/reporting/data/v1/api-schema `,
      )
    return { name, is }
  })
}

function readLimit(request: Entity): number {
  const limit = Number(request['limit'] ?? 10_000)
  if (limit < 1) throw invalid('The limit must be positive.')
  return Math.min(limit, 250_000)
}

function readRanges(request: Entity, { now, timeZone }: ReportContext) {
  const ranges = (request['dateRanges'] as Entity[] | undefined) ?? []
  if (ranges.length < 1 || ranges.length > 4) throw invalid('A report needs 1 to 4 date ranges.')
  return ranges.map(({ startDate, endDate, name }, index) => {
    const [first, last] = [readDay(startDate, now, timeZone), readDay(endDate, now, timeZone)]
    if (first > last) throw invalid('The start date of a date range must not be after its end date.')
    return { name: String(name ?? `date_range_${index}`), first, last }
  })
}

function sessionsOf(events: readonly ExportEvent[]): SessionOf {
  const sessions = new Map<string, ExportEvent[]>()
  for (const event of events)
    if (event.session !== undefined) {
      const own = sessions.get(event.session)
      if (own) own.push(event)
      else sessions.set(event.session, [event])
    }
  return (event) => (event.session === undefined ? undefined : sessions.get(event.session)) ?? [event]
}

function group(
  events: readonly ExportEvent[],
  keyOf: (event: ExportEvent) => readonly string[],
): (readonly [readonly string[], readonly ExportEvent[]])[] {
  const groups = new Map<string, [readonly string[], ExportEvent[]]>()
  for (const event of events) {
    const values = keyOf(event)
    const key = JSON.stringify(values)
    const known = groups.get(key)
    if (known) known[1].push(event)
    else groups.set(key, [values, [event]])
  }
  return [...groups.values()]
}

function place(list: readonly Named<unknown>[], name: string, kind: string): number {
  const index = list.findIndex((one) => one.name === name)
  if (index < 0) throw invalid(`The ${kind} ${name} is used but is not in the report.`)
  return index
}

type Compare = (a: Row, b: Row) => number

/** As asked; what is equal then, and everything where nothing was asked, by the first metric, most first (assumed), then by name. */
function byOrder(
  request: Entity,
  dimensions: readonly Named<Dimension>[],
  metrics: readonly Named<Metric>[],
): Compare {
  const asked = ((request['orderBys'] as Entity[] | undefined) ?? []).map((order): Compare => {
    const compare = orderBy(order, dimensions, metrics)
    return order['desc'] === true ? (a, b) => compare(b, a) : compare
  })
  const usual: Compare = (a, b) => (b.metrics[0] ?? 0) - (a.metrics[0] ?? 0)
  const last: Compare = (a, b) => text(JSON.stringify(a.dimensions), JSON.stringify(b.dimensions))
  const all = [...asked, ...(asked.length === 0 ? [usual] : []), last]
  return (a, b) => all.reduce((found, compare) => (found !== 0 ? found : compare(a, b)), 0)
}

const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

function orderBy(
  { metric, dimension }: Entity,
  dimensions: readonly Named<Dimension>[],
  metrics: readonly Named<Metric>[],
): Compare {
  if (isObject(metric)) {
    const index = place(metrics, String(metric['metricName']), 'metric')
    return (a, b) => (a.metrics[index] ?? 0) - (b.metrics[index] ?? 0)
  }
  if (!isObject(dimension)) throw invalid('An order needs a metric or a dimension.')
  const index = place(dimensions, String(dimension['dimensionName']), 'dimension')
  const value = (row: Row) => row.dimensions[index] ?? ''
  if (dimension['orderType'] === 'NUMERIC') return (a, b) => Number(value(a)) - Number(value(b))
  if (dimension['orderType'] === 'CASE_INSENSITIVE_ALPHANUMERIC')
    return (a, b) => text(value(a).toLowerCase(), value(b).toLowerCase())
  return (a, b) => text(value(a), value(b))
}

const rowView = ({ dimensions, metrics }: Row): Entity => ({
  ...(dimensions.length > 0 && { dimensionValues: dimensions.map((value) => ({ value })) }),
  ...(metrics.length > 0 && { metricValues: metrics.map((value) => ({ value: String(value) })) }),
})

/** Of all events, not of the rows: a user who is in two rows is one. */
function totals(
  request: Entity,
  ranges: readonly { readonly name: string; readonly events: readonly ExportEvent[] }[],
  shown: readonly string[],
  metrics: readonly Named<Metric>[],
  { keyEvents }: ReportContext,
): Entity {
  const asked = (request['metricAggregations'] as string[] | undefined) ?? []
  if (!asked.includes('TOTAL') || metrics.length === 0) return {}
  return {
    totals: ranges.map(({ name, events }) =>
      rowView({
        dimensions: shown.map((one) => (one === 'dateRange' && ranges.length > 1 ? name : 'RESERVED_TOTAL')),
        metrics: metrics.map(({ is }) => is.of(events, keyEvents)),
      }),
    ),
  }
}
