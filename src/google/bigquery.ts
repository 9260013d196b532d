/**
 * BigQuery's REST API, one function a request (lists: one request a page). All throw GoogleError; see `send` for what is
 * repeated.
 *
 * https://cloud.google.com/bigquery/docs/reference/rest/v2
 */
import { randomUUID } from 'node:crypto'
import type { bigquery_v2 } from 'googleapis/build/src/apis/bigquery/v2.js'
import { GoogleError } from './errors.ts'
import type { GoogleConnection } from './connection.ts'
import { everyPage, pageOf } from './pages.ts'
import * as answers from './answers.ts'
import type * as wire from './wire.ts'

/** A dataset of a project. */
export interface Dataset {
  readonly project: string
  readonly dataset: string
}

const SCOPE = 'bigquery'

/** The region that the dataset's statements must run in, such as EU or us-east1. */
export function getLocation(google: GoogleConnection, { project, dataset }: Dataset): Promise<string> {
  return google.bigquery({
    what: `read the dataset ${project}.${dataset}`,
    effect: 'read',
    scope: SCOPE,
    call: (client, options) => client.datasets.get({ projectId: project, datasetId: dataset }, options),
    read: answers.datasetLocation,
  })
}

/** The names of all tables and views. */
export function listTables(
  google: GoogleConnection,
  { project, dataset }: Dataset,
): Promise<readonly string[]> {
  return everyPage((pageToken) =>
    google.bigquery({
      what: `list the tables of ${project}.${dataset}`,
      effect: 'read',
      scope: SCOPE,
      call: (client, options) =>
        client.tables.list(
          { projectId: project, datasetId: dataset, maxResults: 1000, ...pageToken },
          options,
        ),
      read: pageOf('tables', answers.tableName),
    }),
  )
}

/** The columns of a table, nested ones below theirs. */
export function getColumns(
  google: GoogleConnection,
  { project, dataset }: Dataset,
  table: string,
): Promise<readonly wire.WireColumn[]> {
  return google.bigquery({
    what: `read the columns of ${project}.${dataset}.${table}`,
    effect: 'read',
    scope: SCOPE,
    call: (client, options) =>
      client.tables.get({ projectId: project, datasetId: dataset, tableId: table }, options),
    read: answers.columns,
  })
}

/** Makes the dataset; one that exists stays as it is. */
export async function ensureDataset(
  google: GoogleConnection,
  { project, dataset }: Dataset,
  location: string,
): Promise<void> {
  await google
    .bigquery({
      what: `create the dataset ${project}.${dataset}`,
      effect: 'once',
      scope: SCOPE,
      call: (client, options) =>
        client.datasets.insert(
          {
            projectId: project,
            requestBody: { datasetReference: { projectId: project, datasetId: dataset }, location },
          },
          options,
        ),
      read: answers.nothing,
    })
    .catch((error: unknown) => {
      if (!(error instanceof GoogleError) || error.code !== 'already-exists') throw error
    })
}

/** A view by its name: what it is of, and what labels it. */
export interface View {
  readonly name: string
  readonly query: string
  readonly description: string
  readonly labels: Readonly<Record<string, string>>
}

/** The labels of a table or view; undefined where there is none of that name. */
export async function getLabels(
  google: GoogleConnection,
  { project, dataset }: Dataset,
  table: string,
): Promise<Readonly<Record<string, string>> | undefined> {
  return google
    .bigquery({
      what: `look at ${project}.${dataset}.${table}`,
      effect: 'read',
      scope: SCOPE,
      call: (client, options) =>
        client.tables.get({ projectId: project, datasetId: dataset, tableId: table }, options),
      read: answers.labels,
    })
    .catch((error: unknown) => {
      if (error instanceof GoogleError && error.code === 'not-found') return undefined
      throw error
    })
}

/** Writes a view: a new one, or over one that is there. */
export function putView(
  google: GoogleConnection,
  { project, dataset }: Dataset,
  { name, query, description, labels }: View,
  exists: boolean,
): Promise<void> {
  const requestBody = {
    tableReference: { projectId: project, datasetId: dataset, tableId: name },
    view: { query, useLegacySql: false },
    description,
    labels: { ...labels },
  }
  return google.bigquery({
    what: `write the view ${project}.${dataset}.${name}`,
    effect: exists ? 'repeatable' : 'once',
    scope: SCOPE,
    call: (client, options) =>
      exists
        ? client.tables.update(
            { projectId: project, datasetId: dataset, tableId: name, requestBody },
            options,
          )
        : client.tables.insert({ projectId: project, datasetId: dataset, requestBody }, options),
    read: answers.nothing,
  })
}

export interface Statement {
  readonly sql: string
  readonly location: string
  readonly labels: Readonly<Record<string, string>>
}

/** How many bytes a statement would read. Costs nothing, changes nothing. */
export function dryRun(
  google: GoogleConnection,
  project: string,
  { sql, location, labels }: Statement,
): Promise<number> {
  return google.bigquery({
    what: 'estimate what a statement reads',
    effect: 'read',
    scope: SCOPE,
    call: (client, options) =>
      client.jobs.query(
        {
          projectId: project,
          requestBody: { query: sql, location, labels: { ...labels }, useLegacySql: false, dryRun: true },
        },
        options,
      ),
    read: answers.bytesRead,
  })
}

/** `session` is made when it is `new`; temporary tables live as long as theirs. */
export interface RunOptions extends Statement {
  readonly maximumBytesBilled: number
  readonly session: 'new' | (string & {})
}

export interface Ran {
  readonly rows: readonly wire.WireRow[]
  readonly bytes: number
  readonly session: string
}

/** How long an answer is waited for in one request; a statement that takes longer is asked after again. */
const WAIT_MS = 60_000
/** Rows of one page: far more than any question answers. */
const MAX_ROWS = 50_000

/** Runs a statement to its end and reads all its rows. */
export async function runStatement(
  google: GoogleConnection,
  project: string,
  { sql, location, labels, maximumBytesBilled, session }: RunOptions,
): Promise<Ran> {
  const inSession: bigquery_v2.Schema$QueryRequest =
    session === 'new'
      ? { createSession: true }
      : { connectionProperties: [{ key: 'session_id', value: session }] }
  // The same id again gets the answer of the first: https://cloud.google.com/bigquery/docs/reference/rest/v2/jobs/query
  const requestId = randomUUID()
  let answer = await google.bigquery({
    what: 'run a statement',
    effect: 'repeatable',
    scope: SCOPE,
    call: (client, options) =>
      client.jobs.query(
        {
          projectId: project,
          requestBody: {
            query: sql,
            location,
            labels: { ...labels },
            useLegacySql: false,
            maximumBytesBilled: String(maximumBytesBilled),
            timeoutMs: WAIT_MS,
            maxResults: MAX_ROWS,
            requestId,
            ...inSession,
          },
        },
        options,
      ),
    read: answers.queryAnswer,
  })
  const first = answer
  const rows: wire.WireRow[] = []
  for (;;) {
    rows.push(...answers.rowsOf(answer, answer.columns.length > 0 ? answer.columns : first.columns))
    const { complete, pageToken } = answer
    if (complete && pageToken === undefined) break
    answer = await google.bigquery({
      what: 'read the rows of a statement',
      effect: 'read',
      scope: SCOPE,
      call: (client, options) =>
        client.jobs.getQueryResults(
          {
            projectId: project,
            jobId: first.jobId,
            location,
            timeoutMs: WAIT_MS,
            maxResults: MAX_ROWS,
            ...(complete && pageToken !== undefined ? { pageToken } : {}),
          },
          options,
        ),
      read: answers.queryAnswer,
    })
  }
  return { rows, bytes: Math.max(first.bytes, answer.bytes), session: first.session ?? session }
}
