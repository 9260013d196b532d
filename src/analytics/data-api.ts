/**
 * GA4's Data API as source: sums by event, day, channel and device, and no sessions or users one by one. So there are counts, rates,
 * breakdowns and benchmarks from it, and no funnel, weights, lag, assisted value, guardrail interval or experiment; a conversion
 * that it cannot tell from others of the same event has no number.
 *
 * https://developers.google.com/analytics/devguides/reporting/data/v1/api-schema
 */
import type { AnswerRows, Answers } from './ask.ts'
import { measurable, SLICES, stageKey, type Asked, type Slice } from './asked.ts'
import { eventIs, filterOf, parameterNamed, type Filter } from './data-api-filter.ts'
import { dayOfDate, dayText } from './days.ts'
import type { Period } from './period.ts'
import type { Question } from './statements.ts'
import type { MeasuredConversion, MeasuredPlan } from './measured-plan.ts'

/** What is asked for, in Google's words. */
export interface ReportRequest {
  readonly dateRanges: { startDate: string; endDate: string; name?: string }[]
  readonly dimensions: { name: string }[]
  readonly metrics: { name: string }[]
  readonly dimensionFilter?: Filter
  readonly currencyCode?: string
}

export interface Report {
  readonly rows: readonly { readonly dimensions: readonly string[]; readonly metrics: readonly number[] }[]
  readonly thresholded: boolean
  readonly otherRow: boolean
  readonly sampled: readonly { readonly read: number; readonly space: number }[]
  /** By the name of the pot. */
  readonly tokensLeft: Readonly<Record<string, number>>
}

export type RunReport = (what: string, request: ReportRequest) => Promise<Report>

const SLICE: Readonly<Record<Slice, readonly string[]>> = {
  all: [],
  device: ['deviceCategory'],
  channel: ['sessionDefaultChannelGroup'],
  'channel, device': ['sessionDefaultChannelGroup', 'deviceCategory'],
  market: ['country'],
  segment: ['newVsReturning'],
  traffic: ['sessionSourceMedium'],
}

/** A plan with markets has registered what every event carries; else it is the visitor's country. */
function dimensionsOf(slice: Slice, { markets }: MeasuredPlan): readonly string[] {
  return slice === 'market' && markets.length > 0 ? ['customEvent:market'] : SLICE[slice]
}

const SEGMENTS: Readonly<Record<string, string>> = { new: 'new visitors', returning: 'returning visitors' }

/** Answers what the Data API can answer of the questions; the others stay open. @param plan as `seenByApi` gives it */
export async function askApi(
  run: RunReport,
  plan: MeasuredPlan,
  { periods }: Asked,
  questions: readonly Question[],
): Promise<Answers> {
  const days = { first: Math.min(...periods.map(({ first }) => first)), end: periods[0]?.end ?? 0 }
  const daily = await dailyRows(run, plan, days)
  const names = daily.names
  const rates = questions.includes('units')
    ? await collected(SLICES, (slice) => sliceRows(run, plan, periods, slice))
    : []
  const units = rates.flatMap((one) => one.units)
  return {
    names,
    days: byDay(names),
    daily: daily.rows,
    ...(questions.includes('units')
      ? { users: usersIn(units), units, reached: rates.flatMap((one) => one.reached) }
      : {}),
    // A report for each parameter, and none shows its type, which is what a scorecard looks at.
    ...(questions.includes('parameters') && !questions.includes('units')
      ? { parameters: await parameterRows(run, plan, days) }
      : {}),
  }
}

/** One after the other: the quota counts tokens, and nobody waits for the last of them. */
async function collected<T, R>(items: readonly T[], each: (item: T) => Promise<R>): Promise<R[]> {
  const all: R[] = []
  for (const item of items) all.push(await each(item))
  return all
}

type Days = Pick<Period, 'first' | 'end'>
type Api = MeasuredConversion & { readonly event: string }

const range = ({ first, end }: Days, name?: string): ReportRequest['dateRanges'][number] => ({
  startDate: dayText(first),
  endDate: dayText(end - 1),
  ...(name === undefined ? {} : { name }),
})
const named = (...names: readonly string[]): { name: string }[] => names.map((name) => ({ name }))
const dayIn = (date: string): number => dayOfDate(date) ?? 0

const COUNTED = ['eventCount', 'sessions', 'eventValue', 'purchaseRevenue']

/** Every event of every day, and of each conversion those that are it. */
async function dailyRows(
  run: RunReport,
  plan: MeasuredPlan,
  days: Days,
): Promise<{ readonly names: AnswerRows['names'][]; readonly rows: AnswerRows['daily'][] }> {
  const request = {
    dateRanges: [range(days)],
    metrics: named(...COUNTED),
    ...(plan.currency === '' ? {} : { currencyCode: plan.currency }),
  }
  const all = await run('count events by day', { ...request, dimensions: named('eventName', 'date') })
  const names = all.rows.map(({ dimensions: [name = '', date = ''], metrics: [events = 0] }) => ({
    name,
    day: dayIn(date),
    events,
  }))
  const rows = await collected(measurable(plan), async (conversion) => {
    const own =
      conversion.needs.length === 0
        ? all.rows
            .filter(({ dimensions }) => dimensions[0] === conversion.event)
            .map(({ dimensions, metrics }) => ({ dimensions: dimensions.slice(1), metrics }))
        : (
            await run(`count ${conversion.id} by day`, {
              ...request,
              dimensions: named('date'),
              dimensionFilter: filterOf(conversion, plan),
            })
          ).rows
    return own.map(({ dimensions: [date = ''], metrics }) => dailyRow(conversion, dayIn(date), metrics))
  })
  return { names, rows: rows.flat() }
}

function dailyRow(conversion: Api, day: number, metrics: readonly number[]): AnswerRows['daily'] {
  const [events = 0, sessions = 0, value = 0, revenue = 0] = metrics
  const amount = conversion.event === 'purchase' ? revenue : value
  const occurrences = conversion.once === 'session' ? sessions : events
  return {
    conversion: conversion.id,
    day,
    occurrences,
    events,
    copies: events,
    sessions,
    without_id: 0,
    amount: amount === 0 ? null : amount,
    as_sent: amount === 0 ? null : amount,
    // How many carried one is not told: where some did, none is worth the plan's value beside it.
    own: amount === 0 ? 0 : occurrences,
    foreign_currency: 0,
    no_amount: 0,
  }
}

function byDay(names: readonly AnswerRows['names'][]): AnswerRows['days'][] {
  const days = new Map<number, number>()
  for (const { day, events } of names) days.set(day, (days.get(day) ?? 0) + events)
  return [...days]
    .sort(([a], [b]) => a - b)
    .map(([day, events]) => ({ day, events, without_user: 0, denied: 0 }))
}

/** A request takes four ranges at most; with more than one, each row says its range last. */
async function byPeriod<T>(
  run: RunReport,
  what: string,
  periods: readonly Period[],
  request: Omit<ReportRequest, 'dateRanges'>,
  row: (period: number, dimensions: readonly string[], metrics: readonly number[]) => T,
): Promise<T[]> {
  const chunks = Array.from({ length: Math.ceil(periods.length / 4) }, (_, i) => i * 4)
  const rows = await collected(chunks, async (from) => {
    const some = periods.slice(from, from + 4)
    const dateRanges = some.map((period, i) => range(period, `p${from + i}`))
    const report = await run(what, { ...request, dateRanges })
    return report.rows.map(({ dimensions, metrics }) =>
      some.length === 1
        ? row(from, dimensions, metrics)
        : row(Number(dimensions.at(-1)?.slice(1)), dimensions.slice(0, -1), metrics),
    )
  })
  return rows.flat()
}

const UNITS = named('sessions', 'totalUsers')

/** Those of all sessions: no report of their own. */
function usersIn(units: readonly AnswerRows['units'][]): readonly AnswerRows['users'][] {
  return units
    .filter(({ slice }) => slice === 'all')
    .map(({ period, sessions, users }) => ({ period, sessions, users }))
}

/** Only the rates of all sessions are compared with earlier periods. */
async function sliceRows(
  run: RunReport,
  plan: MeasuredPlan,
  all: readonly Period[],
  slice: Slice,
): Promise<{ readonly units: AnswerRows['units'][]; readonly reached: AnswerRows['reached'][] }> {
  const periods = slice === 'all' ? all : all.slice(0, 1)
  const names = dimensionsOf(slice, plan)
  const by = slice === 'all' ? 'in all' : `by ${slice}`
  const bucketOf = (dimensions: readonly string[]): string =>
    dimensions.map((value) => (slice === 'segment' ? (SEGMENTS[value] ?? '(not set)') : value)).join(', ')
  const units = await byPeriod(
    run,
    `count sessions ${by}`,
    periods,
    { dimensions: named(...names), metrics: UNITS },
    (period, dimensions, [sessions = 0, users = 0]) => ({
      base: '',
      period,
      slice,
      bucket: bucketOf(dimensions),
      sessions,
      users,
    }),
  )
  const rated = measurable(plan).filter(({ noRate }) => noRate === undefined)
  const plain = rated.filter(({ needs }) => needs.length === 0)
  const alike =
    plain.length === 0
      ? []
      : await byPeriod(
          run,
          `count sessions with each event ${by}`,
          periods,
          {
            dimensions: named('eventName', ...names),
            metrics: UNITS,
            dimensionFilter: eventIs([...new Set(plain.map(({ event }) => event))]),
          },
          (period, [event, ...dimensions], [sessions = 0, users = 0]) =>
            plain
              .filter((conversion) => conversion.event === event)
              .map(({ id }) => ({
                conversion: id,
                period,
                slice,
                bucket: bucketOf(dimensions),
                sessions,
                users,
              })),
        )
  const needy = await collected(
    rated.filter(({ needs }) => needs.length > 0),
    (conversion) =>
      byPeriod(
        run,
        `count sessions with ${conversion.id} ${by}`,
        periods,
        { dimensions: named(...names), metrics: UNITS, dimensionFilter: filterOf(conversion, plan) },
        (period, dimensions, [sessions = 0, users = 0]) => ({
          conversion: conversion.id,
          period,
          slice,
          bucket: bucketOf(dimensions),
          sessions,
          users,
        }),
      ),
  )
  const staged = slice === 'all' ? await stageRows(run, plan, periods.slice(0, 1)) : []
  return { units: merged(units), reached: [...alike.flat(), ...needy.flat(), ...staged] }
}

/** Sessions with any micro conversion of a stage that has a target. */
async function stageRows(
  run: RunReport,
  plan: MeasuredPlan,
  periods: readonly Period[],
): Promise<AnswerRows['reached'][]> {
  const rated = plan.stages.filter(({ target, noRate }) => target !== undefined && noRate === undefined)
  const rows = await collected(rated, (stage) => {
    const micros = measurable(plan).filter(({ id }) => stage.micros.includes(id))
    if (micros.length === 0) return Promise.resolve([])
    return byPeriod(
      run,
      `count sessions with any of ${stage.id}`,
      periods,
      {
        dimensions: [],
        metrics: UNITS,
        dimensionFilter: { orGroup: { expressions: micros.map((one) => filterOf(one, plan)) } },
      },
      (period, _, [sessions = 0, users = 0]) => ({
        conversion: stageKey(stage),
        period,
        slice: 'all',
        bucket: '',
        sessions,
        users,
      }),
    )
  })
  return rows.flat()
}

/** Buckets that got one name are one. Their sessions are different ones; a user in two of them counts twice. */
function merged(rows: readonly AnswerRows['units'][]): AnswerRows['units'][] {
  const found = new Map<string, AnswerRows['units']>()
  for (const row of rows) {
    const key = `${row.period} ${row.bucket}`
    const known = found.get(key)
    found.set(
      key,
      known === undefined
        ? row
        : { ...known, sessions: known.sessions + row.sessions, users: known.users + row.users },
    )
  }
  return [...found.values()]
}

/** Only parameters that reports can show; a report shows no types. */
async function parameterRows(
  run: RunReport,
  plan: MeasuredPlan,
  days: Days,
): Promise<AnswerRows['parameters'][]> {
  const asked = measurable(plan).flatMap((conversion) =>
    conversion.parameters.flatMap(({ name }) => {
      const dimension = parameterNamed(name, plan)
      return dimension === undefined ? [] : [{ conversion, name, dimension }]
    }),
  )
  return collected(asked, async ({ conversion, name, dimension }) => {
    const { rows } = await run(`look for ${name} on ${conversion.id}`, {
      dateRanges: [range(days)],
      dimensions: named(dimension),
      metrics: named('eventCount'),
      dimensionFilter: filterOf(conversion, plan),
    })
    const count = (some: typeof rows): number =>
      some.reduce((sum, { metrics: [events = 0] }) => sum + events, 0)
    const present = count(
      rows.filter(({ dimensions: [value = ''] }) => value !== '(not set)' && value !== ''),
    )
    return {
      conversion: conversion.id,
      key: name,
      events: count(rows),
      present,
      strings: present,
      integers: 0,
      numbers: 0,
    }
  })
}
