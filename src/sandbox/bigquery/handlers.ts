/** The few calls that a report needs: statements, their results, and the tables and views of a dataset. */
import type { Call, Handlers } from '../call.ts'
import { ApiError } from '../errors.ts'
import { page } from '../paging.ts'
import { isObject, type Entity } from '../shape.ts'
import { rowsOf, schemaOf, sha256, tableOf, type PreparedAnswer } from './double.ts'

export const bigqueryHandlers: Handlers = {
  'jobs.query': (call) => {
    const { query, dryRun, maximumBytesBilled, maxResults } = call.body
    const session = sessionOf(call)
    if (session !== undefined && /^CALL BQ\.ABORT_SESSION\(\)/.test(String(query))) {
      call.store.bigquery.sessions.delete(session)
      call.store.bigquery.statements.push(call.body)
      return results(call, remember(call, { query: { query } }, {}), {}, maxResults)
    }
    const answer = run(call, query, maximumBytesBilled, dryRun === true)
    const job = remember(call, { query: { query }, ...(dryRun === true && { dryRun }) }, answer)
    return dryRun === true
      ? { kind: 'bigquery#queryResponse', jobComplete: true, ...statistics(answer), schema: fields(answer) }
      : {
          ...results(call, job, answer, maxResults),
          ...(session !== undefined && { sessionInfo: { sessionId: session } }),
        }
  },

  'jobs.insert': (call) => {
    const configuration = isObject(call.body['configuration']) ? call.body['configuration'] : {}
    const query = isObject(configuration['query']) ? configuration['query'] : {}
    const answer = run(call, query['query'], query['maximumBytesBilled'], configuration['dryRun'] === true)
    return remember(call, configuration, answer)
  },

  'jobs.get': (call) => jobOf(call),

  'jobs.getQueryResults': (call) => {
    const job = jobOf(call)
    const { query } = (job['configuration'] as { query: { query: string } }).query
    return results(call, job, prepared(call, query), call.query.get('maxResults'))
  },

  'datasets.insert': (call) => {
    const key = `${project(call)}/${idIn(call.body['datasetReference'], 'datasetId')}`
    if (call.store.bigquery.datasets.has(key)) throw duplicate('Dataset', key)
    return put(call.store.bigquery.datasets, key, {
      kind: 'bigquery#dataset',
      id: key.replace('/', ':'),
      ...call.body,
    })
  },

  'datasets.get': (call) => found(call.store.bigquery.datasets, datasetKey(call), 'Dataset'),

  'tables.list': (call) => {
    found(call.store.bigquery.datasets, datasetKey(call), 'Dataset')
    const own = [...call.store.bigquery.tables].filter(([key]) => key.startsWith(`${datasetKey(call)}/`))
    const shown = own.map(([, { kind, id, tableReference, type }]) => ({ kind, id, tableReference, type }))
    return {
      kind: 'bigquery#tableList',
      ...page(shown, 'tables', call.query, sizeOf(call)),
      totalItems: own.length,
    }
  },

  'tables.get': (call) => found(call.store.bigquery.tables, tableKey(call), 'Table'),

  'tables.insert': (call) => {
    found(call.store.bigquery.datasets, datasetKey(call), 'Dataset')
    const key = `${datasetKey(call)}/${idIn(call.body['tableReference'], 'tableId')}`
    if (call.store.bigquery.tables.has(key)) throw duplicate('Table', key)
    return put(call.store.bigquery.tables, key, tableOf(key, call.body))
  },

  'tables.update': (call) => {
    const key = tableKey(call)
    found(call.store.bigquery.tables, key, 'Table')
    return put(call.store.bigquery.tables, key, tableOf(key, call.body))
  },
}

const project = (call: Call) => call.ids['projects'] ?? ''
const datasetKey = (call: Call) => `${project(call)}/${call.ids['datasets'] ?? ''}`
const tableKey = (call: Call) => `${datasetKey(call)}/${call.ids['tables'] ?? ''}`

function idIn(reference: unknown, field: string): string {
  const id = isObject(reference) ? reference[field] : undefined
  if (typeof id !== 'string' || !/^\w{1,1024}$/.test(id)) throw refused('invalid', `Invalid ${field}.`)
  return id
}

function put(map: Map<string, Entity>, key: string, value: Entity): Entity {
  map.set(key, value)
  return value
}

function found(map: ReadonlyMap<string, Entity>, key: string, kind: string): Entity {
  const value = map.get(key)
  if (!value) throw new ApiError(404, 'NOT_FOUND', `Not found: ${kind} ${named(key)}`, { reason: 'notFound' })
  return value
}

const named = (key: string) => key.replace('/', ':').replace('/', '.')
const duplicate = (kind: string, key: string) =>
  new ApiError(409, 'ALREADY_EXISTS', `Already Exists: ${kind} ${named(key)}`, { reason: 'duplicate' })
const refused = (reason: string, message: string) =>
  new ApiError(400, 'INVALID_ARGUMENT', message, { reason })

/** The session that a statement is in, or makes; refused where it has ended. */
function sessionOf(call: Call): string | undefined {
  const { sessions } = call.store.bigquery
  const { createSession, connectionProperties } = call.body
  const properties = Array.isArray(connectionProperties) ? (connectionProperties as Entity[]) : []
  const named = properties.find(({ key }) => key === 'session_id')?.['value']
  if (named !== undefined && !sessions.has(String(named)))
    throw refused('invalid', `Session ${String(named)} is not found or has expired.`) // wording assumed
  if (named !== undefined) return String(named)
  if (createSession !== true || call.body['dryRun'] === true) return undefined
  const id = `session_${call.store.bigquery.jobs.size + 1}`
  sessions.add(id)
  return id
}

/** The answer that was prepared for the statement; noted, and refused where it costs more than the client will pay. */
function run(call: Call, query: unknown, limit: unknown, dryRun: boolean): PreparedAnswer {
  if (typeof query !== 'string' || query.trim() === '')
    throw refused('required', 'Required parameter is missing: query')
  // Of jobs.query the whole body; of a job its text.
  const asked = call.body['query'] === query ? call.body : {}
  call.store.bigquery.statements.push({ ...asked, query, sha256: sha256(query), ...(dryRun && { dryRun }) })
  const answer = prepared(call, query)
  const bytes = answer.bytes ?? 0
  if (!dryRun && limit !== undefined && bytes > Number(limit))
    throw refused(
      'bytesBilledLimitExceeded',
      `Query exceeded limit for bytes billed: ${String(limit)}. ${bytes} or higher required.`,
    )
  return answer
}

function prepared(call: Call, query: string): PreparedAnswer {
  const answer = call.store.bigquery.answerTo(query)
  if (!answer)
    throw refused(
      'invalidQuery',
      `The sandbox runs no SQL, and no answer was prepared for the statement with the SHA-256 ${sha256(query)}.`,
    )
  if (answer.error !== undefined) throw refused('invalidQuery', answer.error)
  return answer
}

function jobOf(call: Call): Entity {
  const id = call.ids['jobs'] ?? call.ids['queries'] ?? ''
  return found(call.store.bigquery.jobs, `${project(call)}/${id}`, 'Job')
}

function remember(call: Call, configuration: Entity, answer: PreparedAnswer): Entity {
  const { jobs } = call.store.bigquery
  const reference = isObject(call.body['jobReference']) ? call.body['jobReference'] : {}
  const jobId = String(reference['jobId'] ?? `job_${jobs.size + 1}`)
  const key = `${project(call)}/${jobId}`
  if (jobs.has(key)) throw duplicate('Job', key)
  return put(jobs, key, {
    kind: 'bigquery#job',
    id: `${project(call)}:US.${jobId}`,
    jobReference: { projectId: project(call), jobId, location: String(reference['location'] ?? 'US') },
    configuration,
    status: { state: 'DONE' },
    statistics: { ...statistics(answer), query: { ...statistics(answer), schema: fields(answer) } },
  })
}

const statistics = ({ bytes = 0 }: PreparedAnswer) => ({ totalBytesProcessed: String(bytes) })
const fields = (answer: PreparedAnswer) => ({
  fields: schemaOf(answer).map((field) => ({ ...field, mode: 'NULLABLE' })),
})

function sizeOf(call: Call, asked: unknown = call.query.get('maxResults')): number | null {
  const size = Number(asked ?? 0)
  return size > 0 ? size : null
}

function results(call: Call, job: Entity, answer: PreparedAnswer, maxResults: unknown): Entity {
  const rows = rowsOf(answer)
  const { nextPageToken, ...shown } = page(rows, 'rows', call.query, sizeOf(call, maxResults))
  return {
    kind: 'bigquery#queryResponse',
    schema: fields(answer),
    jobReference: job['jobReference'],
    totalRows: String(rows.length),
    jobComplete: true,
    ...statistics(answer),
    ...shown,
    ...(nextPageToken !== undefined && { pageToken: nextPageToken }),
  }
}
