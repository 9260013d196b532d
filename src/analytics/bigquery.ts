/**
 * The export at BigQuery. What reads it is estimated before anything runs, and refused above the limit; then everything is made
 * as temporary tables of one session, which ends with the work. No statement of this file ever ran at BigQuery itself; see
 * docs/decisions.md.
 *
 * Sessions: https://cloud.google.com/bigquery/docs/sessions-intro
 */
import { dayText } from './days.ts'
import type { Engine, Relation, Row } from './engine.ts'
import { bigqueryColumns, NEEDED_COLUMNS, type Column } from './export-columns.ts'
import { AnalyticsError } from './failure.ts'

/** What is asked of BigQuery, by whoever has the connection. */
export interface BigQueryCalls {
  readonly location: () => Promise<string>
  readonly tables: () => Promise<readonly string[]>
  readonly columns: (table: string) => Promise<readonly Column[]>
  /** Bytes that a statement would read. */
  readonly dryRun: (sql: string, location: string) => Promise<number>
  readonly run: (
    sql: string,
    options: {
      readonly location: string
      readonly maximumBytesBilled: number
      readonly session: 'new' | (string & {})
    },
  ) => Promise<{ readonly rows: readonly Row[]; readonly bytes: number; readonly session: string }>
}

export interface BigQueryOptions {
  /** `project.dataset`, as a reader would write it. */
  readonly name: string
  readonly maxBytes: number
  /** Told in a sentence what will be read, before it is. */
  readonly onEstimate: (sentence: string) => void
}

/** Where the plan says nothing: half a dollar or so. */
export const DEFAULT_MAX_BYTES = 100e9

/** On demand, in dollars for a TiB, in most regions; the first of a month is free. https://cloud.google.com/bigquery/pricing */
const DOLLARS_A_TIB = 6.25
const TIB = 1024 ** 4
/** What a statement costs at least, however little it reads; a limit below it would refuse every one. */
const SMALLEST_BILLED = 10 * 1024 ** 2

/** A table of one day, as its name says: no copy of one, nor what is not final (events_intraday_…). */
const DAY_TABLE = /^events_(20\d{6})$/

export function openBigQuery(
  calls: BigQueryCalls,
  options: BigQueryOptions,
): Engine & { read: () => number } {
  let location = ''
  let session: string | undefined
  let bytes = 0
  const run = async (sql: string): Promise<readonly Row[]> => {
    const left = Math.max(SMALLEST_BILLED, options.maxBytes - bytes)
    const ran = await calls.run(sql, {
      location,
      maximumBytesBilled: Math.floor(left),
      session: session ?? 'new',
    })
    session = ran.session
    bytes += ran.bytes
    return ran.rows
  }
  return {
    dialect: 'bigquery',
    read: () => bytes,
    ask: run,
    prepare: async (first, end, relations) => {
      location = await calls.location()
      const source = await sourceAt(calls, options.name, first, end)
      const statements = relations.map((relation) => ({
        relation,
        sql: selfContained(relation, source, relations),
      }))
      let estimate = 0
      for (const { relation, sql } of statements)
        if (relation.fromExport !== undefined) estimate += await calls.dryRun(sql, location)
      refuseAbove(options, estimate)
      options.onEstimate(
        `BigQuery will read ${amount(estimate)} of ${options.name} for ${dayText(first)} to ${dayText(end - 1)}, ${price(estimate)} at $${DOLLARS_A_TIB} a TiB; tables made on the way are read too. Nothing above ${amount(options.maxBytes)} is read.`,
      )
      // Rows of the plan come before the first that reads the export; they cost nothing and are made in one statement.
      const reading = relations.findIndex(({ fromExport }) => fromExport !== undefined)
      const made = statements.map(({ relation, sql }) => created(relation.name, sql))
      const rows = made.slice(0, reading).map((sql) => `${sql};`)
      await run(`-- rows: what the plan and the periods say\n${rows.join('\n')}`)
      for (const sql of made.slice(reading)) await run(sql)
    },
    close: async () => {
      // Google ends a forgotten session by itself within a day; a failure to do it now must not hide another.
      if (session !== undefined) await run('CALL BQ.ABORT_SESSION()').catch(() => undefined)
    },
  }
}

const created = (name: string, sql: string): string => `CREATE OR REPLACE TEMP TABLE ${name} AS\n${sql}`

/** With `source` and what else it needs in it, where it reads the export: so that it can be estimated before anything is made. */
export function selfContained(
  { sql, fromExport }: Relation,
  source: string,
  relations: readonly Relation[],
): string {
  if (fromExport === undefined) return sql
  const needed = relations.filter(({ name }) => fromExport.includes(name))
  const parts = [{ name: 'source', sql: source }, ...needed]
  return `WITH ${parts.map((part) => `${part.name} AS (\n${part.sql}\n)`).join(',\n')}\n${sql}`
}

/** The rows of the days first <= day < end. Throws AnalyticsError where the dataset is no export, or has none of those days. */
export async function sourceAt(
  calls: BigQueryCalls,
  name: string,
  first: number,
  end: number,
): Promise<string> {
  const days = (await calls.tables()).flatMap((table) => DAY_TABLE.exec(table)?.[1] ?? []).sort()
  const newest = days.at(-1)
  if (newest === undefined)
    throw new AnalyticsError(
      'no-such-data',
      `The dataset ${name} has no tables events_YYYYMMDD.`,
      'name the dataset of a GA4 property’s daily export (analytics_ and the property’s number), or link one in GA4 under Admin, BigQuery links.',
    )
  const [from, to] = [dayText(first, ''), dayText(end, '')]
  if (!days.some((day) => day >= from && day < to))
    throw new AnalyticsError(
      'no-rows-in-the-period',
      `The dataset ${name} has no table of a day from ${dayText(first)} to ${dayText(end - 1)}; it holds events_${days[0] ?? ''} to events_${newest}.`,
      'name a period that it holds: --week, --month, --since with --until, or --as-of the day after the last one.',
    )
  const columns = await calls.columns(`events_${newest}`)
  const missing = NEEDED_COLUMNS.filter((column) => !columns.some((one) => one.name === column))
  if (missing.length > 0)
    throw new AnalyticsError(
      'not-an-export',
      `${name}.events_${newest} is no GA4 export: it has no column ${missing.join(', ')}.`,
      'name the dataset of a GA4 property’s daily export, analytics_ and the property’s number.',
    )
  return sourceSelect(name, columns, from, to)
}

/**
 * A wildcard reads with the columns of its newest table: older ones that lack some give null.
 * https://cloud.google.com/bigquery/docs/querying-wildcard-tables
 * @param from `20210101`; @param to the first day that is not read
 */
export function sourceSelect(name: string, columns: readonly Column[], from: string, to: string): string {
  // events_2… leaves events_intraday_… out, whose newest table would say the columns; the length leaves out copies of days.
  return `SELECT
  ${bigqueryColumns(columns).join(',\n  ')}
FROM \`${name}.events_2*\`
WHERE _TABLE_SUFFIX >= '${from.slice(1)}' AND _TABLE_SUFFIX < '${to.slice(1)}' AND LENGTH(_TABLE_SUFFIX) = 7`
}

function refuseAbove({ name, maxBytes }: BigQueryOptions, estimate: number): void {
  if (estimate <= maxBytes) return
  throw new AnalyticsError(
    'costs-too-much',
    `BigQuery would read ${amount(estimate)} of ${name}, ${price(estimate)}, and no more than ${amount(maxBytes)} are allowed. Nothing was read.`,
    `raise \`analytics.maxGigabytes\` of the environment to ${Math.ceil((estimate / 1e9) * 1.2)}, or name a shorter period.`,
  )
}

/** `1.2 GB`. */
export function amount(bytes: number): string {
  const [unit, size] = bytes >= 1e12 ? ['TB', 1e12] : bytes >= 1e9 ? ['GB', 1e9] : ['MB', 1e6]
  const value = bytes / Number(size)
  return `${value >= 100 ? Math.round(value) : Number(value.toPrecision(2))} ${unit}`
}

/** `about $0.62`. */
export function price(bytes: number): string {
  const dollars = (bytes / TIB) * DOLLARS_A_TIB
  return dollars < 0.01 ? 'less than a cent' : `about $${dollars.toFixed(2)}`
}
