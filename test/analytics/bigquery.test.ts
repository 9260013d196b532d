/**
 * BigQuery as source, over real HTTP through Google's client, against the sandbox's double: it runs no SQL and answers our
 * statements with the rows that their twins give on DuckDB. No statement ever ran at BigQuery.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { daysFor, periodsFrom } from '../../src/analytics/measure.ts'
import { periodOf } from '../../src/analytics/period.ts'
import { QUESTIONS } from '../../src/analytics/statements.ts'
import type { MeasuredPlan } from '../../src/analytics/measured-plan.ts'
import { BYTES, COLUMNS, twinOf } from './bigquery-twin.ts'
import { plan } from './measure-command.ts'
import { day, STORE, storePlan } from './measure-sample.ts'
import { sandboxBesideRows } from './sandbox-beside-rows.ts'

const { running, folder, file, close } = await sandboxBesideRows()
afterAll(close)
let twin: object
let measured: MeasuredPlan
const DATASET = 'shop.analytics_345'
const AS_OF = ['--as-of', '2026-03-10']

beforeAll(async () => {
  measured = await storePlan()
  const period = periodOf({ asOf: day('2026-03-10') }, measured.cadence, measured.weekStart)
  const periods = periodsFrom(period, measured)
  const asked = { periods, span: { first: period.first, end: period.end } }
  const questions = QUESTIONS.filter((name) => name !== 'variants')
  const span = daysFor(periods, measured)
  twin = await twinOf([file], measured, asked, span, questions, DATASET, ['20260216', '20260308'])
})
beforeEach(async () => {
  await running.control('POST', 'reset')
  await running.control('POST', 'bigquery', twin)
})

const scorecard = (...more: string[]) =>
  plan('scorecard', STORE, '--from', `bigquery:${DATASET}`, ...AS_OF, '--sandbox', running.url, ...more)

type Asked = { readonly query: string } & Readonly<Record<string, unknown>>
const statements = async () => (await running.control('GET', 'bigquery'))['statements'] as Asked[]

test('the scorecard is that of the files, but for what it says of its source', async () => {
  const { out, err, code } = await scorecard('--format', 'json')
  expect(err).toContain(
    'BigQuery will read 10 GB of shop.analytics_345 for 2026-01-30 to 2026-03-09, about $0.06 at $6.25 a TiB; tables made on the way are read too. Nothing above 100 GB is read.\n',
  )
  expect(code).toBe(0)
  const { source, ...card } = JSON.parse(out) as Record<string, unknown>
  expect(source).toEqual({
    kind: 'bigquery',
    names: [DATASET],
    notes: ['BigQuery read 10 GB, about $0.06.'],
  })
  const fromFiles = await plan('scorecard', STORE, '--from', file, ...AS_OF, '--format', 'json')
  const { source: files, ...same } = JSON.parse(fromFiles.out) as Record<string, unknown>
  expect(files).toMatchObject({ kind: 'files' })
  expect(card).toEqual(same)
})

test('what reads the export is estimated before anything runs, and each statement is capped, labelled and in one session that is ended', async () => {
  await scorecard()
  const sent = await statements()
  const dry = sent.filter(({ dryRun }) => dryRun === true)
  expect(dry.map(({ query }) => /^-- (\S+):/m.exec(query)?.[1])).toEqual(['ev', 'planned'])
  expect(sent.slice(0, dry.length)).toEqual(dry)
  const [rows, ...rest] = sent.slice(dry.length)
  expect(rows).toMatchObject({
    createSession: true,
    labels: { tool: 'measurement-plan', plan: 'store' },
    maximumBytesBilled: '100000000000',
    useLegacySql: false,
    location: 'US',
  })
  expect(new Set(rest.map(({ connectionProperties }) => JSON.stringify(connectionProperties)))).toEqual(
    new Set([JSON.stringify([{ key: 'session_id', value: 'session_3' }])]),
  )
  // What is left of the limit after two statements of five gigabytes.
  expect(rest.at(-2)?.['maximumBytesBilled']).toBe(String(100e9 - 2 * BYTES))
  expect(rest.at(-1)?.query).toBe('CALL BQ.ABORT_SESSION()')
  expect(new Set(sent.map(({ requestId }) => requestId)).size).toBe(sent.length - dry.length + 1)
})

test('only tables of the days are read, and columns that the tables lack are null', async () => {
  await scorecard()
  const [{ query = '' } = {}] = await statements()
  expect(query).toContain('FROM `shop.analytics_345.events_2*`')
  expect(query).toContain(
    "WHERE _TABLE_SUFFIX >= '0260130' AND _TABLE_SUFFIX < '0260310' AND LENGTH(_TABLE_SUFFIX) = 7",
  )
  expect(query).toContain('SAFE_CAST(event_date AS STRING) AS event_date')
  expect(query).toContain('STRUCT(SAFE_CAST(NULL AS STRING) AS category) AS device')
})

test('above the limit of the plan nothing is read', async () => {
  const source = `analytics: { from: bigquery, dataset: ${DATASET}, maxGigabytes: 9 }`
  const small = join(folder, 'small.yaml')
  const store = await readFile(STORE, 'utf8')
  await writeFile(small, store.replace('  web:\n', `  web:\n    ${source}\n`))
  const { err, code } = await plan('scorecard', small, ...AS_OF, '--sandbox', running.url)
  expect(err).toMatch(
    /error costs-too-much: BigQuery would read 10 GB of shop\.analytics_345, about \$0\.06, and no more than 9 GB are allowed\. Nothing was read\.\nfix: raise `analytics\.maxGigabytes` of the environment to 12/,
  )
  expect(code).toBe(1)
  expect((await statements()).every((one) => one['dryRun'] === true)).toBe(true)
})

const fault = (status: number, reason: string, message: string) => ({
  status,
  method: 'POST',
  path: '/queries',
  times: 20,
  body: { error: { code: status, message, errors: [{ reason, message, domain: 'global' }] } },
})

test.each([
  [
    'without rights',
    fault(
      403,
      'accessDenied',
      'Access Denied: Project shop: User does not have bigquery.jobs.create permission',
    ),
    /error permission-denied: BigQuery refused to .+bigquery\.jobs\.create[^]+fix: ask an administrator of the Google Cloud project for the roles BigQuery Job User/,
    1,
  ],
  [
    'with the quota used up',
    fault(403, 'quotaExceeded', 'Quota exceeded: Your project exceeded quota for free query bytes scanned.'),
    /error quota-exhausted: The project’s quota of BigQuery is used up: .+free query bytes scanned\.\nfix: Run the same command again after midnight/,
    3,
  ],
  [
    'with a statement that it does not take',
    fault(400, 'invalidQuery', 'Unrecognized name: sesion at [3:8]'),
    /error invalid: BigQuery refused to .+sesion at \[3:8\]\nfix: Check that the dataset is a GA4 export\./,
    1,
  ],
])('%s it ends with a code, a sentence and a way out', async (_, answer, said, exit) => {
  await running.control('POST', 'faults', answer)
  const { err, out, code } = await scorecard()
  expect(out).toBe('')
  expect(err).toMatch(said)
  expect(code).toBe(exit)
  await running.control('DELETE', 'faults')
})

test.each([
  [
    'bigquery:shop.nothing',
    /error not-found: BigQuery has nothing at .+\nfix: Check the project and the dataset\./,
  ],
  ['bigquery:nothing', /error no-analytics-source: "nothing" is no dataset of BigQuery/],
])('%s is no dataset', async (from, said) => {
  const { err } = await plan('scorecard', STORE, '--from', from, ...AS_OF, '--sandbox', running.url)
  expect(err).toMatch(said)
})

test('a dataset without the tables of an export, or of those days, or with other columns, says what there is', async () => {
  const holding = async (tables: object, ...more: string[]) => {
    await running.control('POST', 'reset')
    await running.control('POST', 'bigquery', { ...twin, tables })
    return (await scorecard(...more)).err
  }
  const table = { schema: { fields: COLUMNS } }
  expect(await holding({ [`${DATASET}.events_intraday_20260301`]: table })).toMatch(
    /error no-such-data: The dataset shop\.analytics_345 has no tables events_YYYYMMDD\.\nfix: /,
  )
  expect(await holding({ [`${DATASET}.events_20250101`]: table })).toMatch(
    /error no-rows-in-the-period: .+ it holds events_20250101 to events_20250101\.\nfix: /,
  )
  expect(await holding({ [`${DATASET}.events_20260301`]: { schema: { fields: [] } } })).toMatch(
    /error not-an-export: .+ no column event_date, event_timestamp, event_name, event_params\./,
  )
})
