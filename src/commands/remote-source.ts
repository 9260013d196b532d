/** Connects a source that is at Google; a source of files needs no connection. */
import type { OpenRemote, RemoteSource } from '../analytics/measure.ts'
import { amount, DEFAULT_MAX_BYTES, openBigQuery, price, type BigQueryCalls } from '../analytics/bigquery.ts'
import { notesOf } from '../analytics/data-api-notes.ts'
import { askApi, type Report, type RunReport } from '../analytics/data-api.ts'
import { AnalyticsError } from '../analytics/failure.ts'
import type { Source } from '../analytics/sources.ts'
import { dryRun, getColumns, getLocation, listTables, runStatement } from '../google/bigquery.ts'
import type { GoogleConnection } from '../google/connection.ts'
import { runReport } from '../google/data.ts'
import { GoogleError } from '../google/errors.ts'
import type { Environment } from '../plan/plan.ts'
import type { Io } from './io.ts'
import { withGoogle, type TargetOptions } from './target.ts'

type Remote = Exclude<Source, { kind: 'files' }>
export type AtBigQuery = Extract<Source, { kind: 'bigquery' }>

/** Gives the work what opens the source, for as long as the work takes. @param plan its id, which labels what is run */
export async function remoteOpener<T>(
  source: Source,
  plan: { readonly id: string; readonly environment: Environment },
  options: TargetOptions,
  io: Io,
  work: (open: OpenRemote) => Promise<T>,
): Promise<T> {
  if (source.kind === 'files')
    return work(() => {
      throw new Error('Files are opened without a connection.')
    })
  const deed = source.kind === 'api' ? 'report' : 'query'
  return withGoogle(plan.environment, [deed], options, io, (google) =>
    work((asked: Remote) => opened(asked, google, plan.id, io)),
  )
}

function opened(source: Remote, google: GoogleConnection, plan: string, io: Io): RemoteSource {
  if (source.kind === 'bigquery') return bigquery(source, google, plan, io)
  const reports: Report[] = []
  const run: RunReport = async (what, request) => {
    const report = await runReport(google, source.property, what, request)
    reports.push(report)
    return report
  }
  return {
    kind: 'answers',
    ask: (measured, asked, questions) => askApi(run, measured, asked, questions),
    names: [`properties/${source.property}`],
    notes: () => notesOf(reports),
  }
}

function bigquery(source: AtBigQuery, google: GoogleConnection, plan: string, io: Io): RemoteSource {
  const name = `${source.project}.${source.dataset}`
  const engine = openBigQuery(bigqueryCalls(source, google, plan, io), {
    name,
    maxBytes: source.maxBytes ?? DEFAULT_MAX_BYTES,
    onEstimate: (sentence) => io.err(`${sentence}\n`),
  })
  return {
    kind: 'engine',
    engine,
    names: [name],
    notes: () => [`BigQuery read ${amount(engine.read())}, ${price(engine.read())}.`],
  }
}

/** Whose quota and bill it is. A public dataset lets nobody run statements in its own project. */
export function jobProject(source: AtBigQuery, io: Io): string {
  return io.env['GOOGLE_CLOUD_PROJECT'] ?? source.project
}

/** What marks statements and views as ours. @param plan its id */
export function labelsOf(plan: string): { readonly tool: string; readonly plan: string } {
  return { tool: 'measurement-plan', plan: plan.slice(0, 63) }
}

export function bigqueryCalls(
  source: AtBigQuery,
  google: GoogleConnection,
  plan: string,
  io: Io,
): BigQueryCalls {
  const project = jobProject(source, io)
  const labels = labelsOf(plan)
  return {
    location: () => getLocation(google, source),
    tables: () => listTables(google, source),
    columns: (table) => getColumns(google, source, table),
    dryRun: (sql, location) => dryRun(google, project, { sql, location, labels }),
    run: (sql, options) =>
      runStatement(google, project, { sql, labels, ...options }).catch((error: unknown) => {
        throw error instanceof GoogleError && error.reason === 'bytesBilledLimitExceeded'
          ? new AnalyticsError(
              'costs-too-much',
              `BigQuery stopped at the limit: ${error.message}`,
              'raise `analytics.maxGigabytes` of the environment, or name a shorter period.',
            )
          : error
      }),
  }
}
