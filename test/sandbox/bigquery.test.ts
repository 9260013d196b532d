/** The double of BigQuery, asked by Google's own client: it runs no SQL and answers what was prepared. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { refusal, runSandbox, type Running } from './clients.ts'

let running: Running
const projectId = 'shop'
const statement = '-- micro-rate: how many sessions did each micro?\nSELECT 1'
const rows = [
  { conversion: 'sign_up', k: 3, rate: 0.5, sure: true, note: null },
  { conversion: 'scroll', k: 4, rate: 1, sure: false, note: null },
]
beforeAll(async () => {
  running = await runSandbox()
})
afterAll(() => running.sandbox.close())
beforeEach(async () => {
  await running.control('POST', 'reset')
  await running.control('POST', 'bigquery', {
    answers: [{ name: 'micro-rate', rows, bytes: 5000 }],
    tables: {
      'shop.analytics_345.events_20260105': { numBytes: '123', schema: { fields: [] } },
      'shop.analytics_345.events_20260106': {},
    },
  })
})

const jobs = () => running.bigquery.jobs
const query = async (requestBody: object) => (await jobs().query({ projectId, requestBody })).data

test('a statement gets the rows that were prepared for its name or its hash', async () => {
  const answer = await query({ query: statement, useLegacySql: false })
  expect(answer.schema?.fields?.map(({ name, type }) => [name, type])).toEqual([
    ['conversion', 'STRING'],
    ['k', 'INTEGER'],
    ['rate', 'FLOAT'],
    ['sure', 'BOOLEAN'],
    ['note', 'STRING'],
  ])
  expect(answer.rows?.map(({ f }) => f?.map(({ v }) => v as unknown))).toEqual([
    ['sign_up', '3', '0.5', 'true', null],
    ['scroll', '4', '1', 'false', null],
  ])
  expect([answer.totalRows, answer.jobComplete]).toEqual(['2', true])
  const sha256 = createHash('sha256').update('SELECT 2').digest('hex')
  await running.control('POST', 'bigquery', { answers: [{ sha256, rows: [] }] })
  expect((await query({ query: 'SELECT 2' })).totalRows).toBe('0')
  const { statements } = await running.control('GET', 'bigquery')
  expect((statements as { query: string }[]).map((one) => one.query)).toEqual([statement, 'SELECT 2'])
})

test('a dry run reads nothing and says how much it would', async () => {
  const dry = await query({ query: statement, dryRun: true })
  expect([dry.totalBytesProcessed, dry.rows]).toEqual(['5000', undefined])
  const configuration = { dryRun: true, query: { query: statement } }
  const { data } = await jobs().insert({ projectId, requestBody: { configuration } })
  expect(data.statistics?.totalBytesProcessed).toBe('5000')
})

test('what costs more than one will pay is refused', async () => {
  const refused = await refusal(query({ query: statement, maximumBytesBilled: '4999' }))
  expect(refused).toMatchObject({ status: 400, reason: 'bytesBilledLimitExceeded' })
  expect((await query({ query: statement, maximumBytesBilled: '5000' })).jobComplete).toBe(true)
})

test('a job is made, looked at, and its results are read page by page', async () => {
  const configuration = { query: { query: statement, useLegacySql: false } }
  const jobReference = { projectId, jobId: 'mine', location: 'EU' }
  const made = (await jobs().insert({ projectId, requestBody: { configuration, jobReference } })).data
  expect([made.jobReference, made.status]).toEqual([jobReference, { state: 'DONE' }])
  expect((await jobs().get({ projectId, jobId: 'mine' })).data.configuration).toEqual(configuration)
  const first = (await jobs().getQueryResults({ projectId, jobId: 'mine', maxResults: 1 })).data
  expect([first.rows?.length, first.totalRows]).toEqual([1, '2'])
  const next = await jobs().getQueryResults({ projectId, jobId: 'mine', pageToken: first.pageToken! })
  expect(next.data.rows?.[0]?.f?.[0]?.v).toBe('scroll')
  expect((await refusal(jobs().get({ projectId, jobId: 'none' }))).status).toBe(404)
  const again = jobs().insert({ projectId, requestBody: { configuration, jobReference } })
  expect((await refusal(again)).status).toBe(409)
})

test('a statement that nobody prepared, or that was to fail, is refused in BigQuery’s way', async () => {
  const unknown = await refusal(query({ query: 'SELECT 3' }))
  expect(unknown).toMatchObject({ status: 400, reason: 'invalidQuery' })
  expect(unknown.message).toContain(createHash('sha256').update('SELECT 3').digest('hex'))
  const error = 'Unrecognized name: sesion at [3:8]'
  await running.control('POST', 'bigquery', { answers: [{ name: 'micro-rate', error }] })
  expect(await refusal(query({ query: statement }))).toMatchObject({ message: error })
  expect((await refusal(query({ query: '' }))).status).toBe(400)
})

test('tables are listed and shown; datasets, tables and views are made', async () => {
  const datasetId = 'analytics_345'
  const { tables, datasets } = running.bigquery
  const list = (await tables.list({ projectId, datasetId })).data
  expect(list.tables?.map(({ tableReference }) => tableReference?.tableId)).toEqual([
    'events_20260105',
    'events_20260106',
  ])
  const table = (await tables.get({ projectId, datasetId, tableId: 'events_20260105' })).data
  expect([table.numBytes, table.type]).toEqual(['123', 'TABLE'])
  const datasetReference = { projectId, datasetId: 'plan' }
  await datasets.insert({ projectId, requestBody: { datasetReference } })
  expect((await datasets.get({ projectId, datasetId: 'plan' })).data.datasetReference).toEqual(
    datasetReference,
  )
  expect((await refusal(datasets.insert({ projectId, requestBody: { datasetReference } }))).status).toBe(409)
  const view = { tableReference: { ...datasetReference, tableId: 'rates' }, view: { query: 'SELECT 1' } }
  const insert = () => tables.insert({ projectId, datasetId: 'plan', requestBody: view })
  expect((await insert()).data.type).toBe('VIEW')
  expect((await refusal(insert())).reason).toBe('duplicate')
  const changed = { ...view, view: { query: 'SELECT 2' } }
  const where = { projectId, datasetId: 'plan', tableId: 'rates' }
  await tables.update({ ...where, requestBody: changed })
  expect((await tables.get(where)).data.view).toEqual({ query: 'SELECT 2' })
  expect((await refusal(tables.list({ projectId, datasetId: 'none' }))).status).toBe(404)
})

test('a report needs a scope for it', async () => {
  const { clientsOf } = await import('./clients.ts')
  const reader = clientsOf(running.url, 'sandbox:bigquery.readonly').bigquery
  expect((await reader.jobs.query({ projectId, requestBody: { query: statement } })).status).toBe(200)
  const insert = reader.datasets.insert({ projectId, requestBody: {} })
  expect((await refusal(insert)).status).toBe(403)
})

test.each([
  { answers: [{ rows: [] }] },
  { answers: [{ name: 'a', rows: 5 }] },
  { tables: { 'shop.events': {} } },
])('what cannot be prepared is refused: %j', async (body) => {
  await expect(running.control('POST', 'bigquery', body)).rejects.toThrow(
    /answer has|project\.dataset\.table/,
  )
})
