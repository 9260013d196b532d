import { relationsFor } from '../analytics/ask.ts'
import { amount, price, sourceAt } from '../analytics/bigquery.ts'
import { findDataFiles } from '../analytics/data-files.ts'
import { sourceSelect } from '../analytics/duckdb.ts'
import { AnalyticsError } from '../analytics/failure.ts'
import type { Dialect } from '../analytics/rows.ts'
import { datasetNamed } from '../analytics/sources.ts'
import { viewsOf, viewsScript, type SqlView } from '../analytics/sql-views.ts'
import { readStatements, type Question } from '../analytics/statements.ts'
import { dryRun, ensureDataset, getLabels, putView } from '../google/bigquery.ts'
import type { GoogleConnection } from '../google/connection.ts'
import { UsageError } from './failure.ts'
import type { ExitCode, Io } from './io.ts'
import { periodToMeasure, SQL_FOLDER, type PlanToMeasure, type MeasureOptions } from './plan-to-measure.ts'
import { bigqueryCalls, jobProject, labelsOf, type AtBigQuery } from './remote-source.ts'
import { replaceFile } from './replace-file.ts'
import { withGoogle } from './target.ts'

export interface SqlOptions extends MeasureOptions {
  readonly sql: Dialect
  /** A file for the script, instead of standard output. */
  readonly out?: string
  /** A dataset, `project.dataset`. */
  readonly writeTo?: string
}

/** Prints the views behind every figure, or writes them to a dataset. */
export async function sqlCommand(
  toMeasure: PlanToMeasure,
  options: SqlOptions,
  questions: readonly Question[],
  io: Io,
): Promise<ExitCode> {
  if (options.writeTo !== undefined && options.sql !== 'bigquery')
    throw new UsageError('--write-to writes views to a dataset of BigQuery: give --sql bigquery with it.')
  // Before anything is asked of Google.
  if (options.writeTo !== undefined) datasetNamed(options.writeTo)
  const { measured, source, plan } = toMeasure
  const { asked, days } = periodToMeasure(toMeasure, options)
  const statements = await readStatements(SQL_FOLDER, options.sql)
  const relations = relationsFor(statements, measured, asked, questions, options.sql)
  const viewsFrom = (select: string): readonly SqlView[] =>
    viewsOf(statements, relations, select, questions, measured, asked, options.sql)

  if (options.sql === 'duckdb') {
    if (source.kind !== 'files') throw otherSource('duckdb', 'files: --from "data/events_*.parquet"')
    const select = sourceSelect(await findDataFiles(source.files), days.first, days.end)
    await print(viewsScript(viewsFrom(select), statements.prelude, 'duckdb'), options.out, io)
    return 0
  }
  if (source.kind !== 'bigquery') throw otherSource('bigquery', 'a dataset: --from bigquery:project.dataset')
  await withGoogle(plan.environment, ['query'], options, io, async (google) => {
    const calls = bigqueryCalls(source, google, plan.id, io)
    const select = await sourceAt(calls, `${source.project}.${source.dataset}`, days.first, days.end)
    const views = viewsFrom(select)
    if (options.writeTo === undefined) await print(viewsScript(views, '', 'bigquery'), options.out, io)
    else await writeViews(views, options.writeTo, source, google, plan.id, await calls.location(), io)
  })
  return 0
}

async function print(script: string, out: string | undefined, io: Io): Promise<void> {
  if (out === undefined) io.out(script)
  else {
    await replaceFile(out, script)
    io.err(`${out}\n`)
  }
}

function otherSource(dialect: Dialect, wanted: string): AnalyticsError {
  return new AnalyticsError(
    'no-analytics-source',
    `The views for ${dialect} stand on the data where they are, and those are elsewhere.`,
    `name ${wanted}.`,
  )
}

/** A view of somebody else's is never written over. */
async function writeViews(
  views: readonly SqlView[],
  target: string,
  source: AtBigQuery,
  google: GoogleConnection,
  plan: string,
  location: string,
  io: Io,
): Promise<void> {
  const dataset = datasetNamed(target)
  const labels = labelsOf(plan)
  await ensureDataset(google, dataset, location)
  const there = new Map<string, boolean>()
  for (const { name } of views) {
    const found = await getLabels(google, dataset, name)
    if (found !== undefined && (found['tool'] !== labels.tool || found['plan'] !== labels.plan))
      throw new AnalyticsError(
        'view-is-not-ours',
        `${target}.${name} exists and was not written from this plan. No view was written.`,
        'name another dataset with --write-to, or delete that view.',
      )
    there.set(name, found !== undefined)
  }
  const project = jobProject(source, io)
  for (const { name, about, sql, reads } of views) {
    const bytes = reads ? await dryRun(google, project, { sql, location, labels }) : 0
    await putView(google, dataset, { name, query: sql, description: about, labels }, there.get(name) === true)
    io.out(
      `${target}.${name}: ${about}${bytes === 0 ? '' : ` Reading it reads ${amount(bytes)}, ${price(bytes)}.`}\n`,
    )
  }
}
