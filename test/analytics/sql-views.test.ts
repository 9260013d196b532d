/** The views for other tools: what DuckDB is printed runs and gives the scorecard's figures; BigQuery's are parsed and written. */
import { afterAll, beforeEach, expect, test } from 'vitest'
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import type { Answers } from '../../src/analytics/ask.ts'
import type { Rate, Scorecard } from '../../src/analytics/scorecard-types.ts'
import { scorecardOf } from '../../src/analytics/scorecard.ts'
import { periodsFrom } from '../../src/analytics/measure.ts'
import { periodOf } from '../../src/analytics/period.ts'
import { QUESTIONS } from '../../src/analytics/statements.ts'
import { COLUMNS } from './bigquery-twin.ts'
import { plan } from './measure-command.ts'
import { day, STORE, storePlan } from './measure-sample.ts'
import { sandboxBesideRows } from './sandbox-beside-rows.ts'

const { running, file, close } = await sandboxBesideRows()
afterAll(close)
const AS_OF = ['--as-of', '2026-03-10']
const DATASET = 'shop.analytics_345'

beforeEach(async () => {
  await running.control('POST', 'reset')
  await running.control('POST', 'bigquery', {
    answers: [{ name: 'ev', bytes: 5e9 }, ...QUESTIONS.map((name) => ({ name })), { name: 'rates' }],
    tables: { [`${DATASET}.events_20260308`]: { schema: { fields: COLUMNS } } },
  })
})

async function rowsOf(connection: DuckDBConnection, view: string): Promise<Record<string, unknown>[]> {
  const reader = await connection.runAndReadAll(`SELECT * FROM ${view}`)
  const plain = (value: unknown) => (typeof value === 'bigint' ? Number(value) : value)
  return reader
    .getRowObjects()
    .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])))
}

test('the printed DuckDB views, run by DuckDB alone, twice, give the figures of the scorecard', async () => {
  const files = [STORE, '--from', file, ...AS_OF]
  const { out } = await plan('scorecard', ...files, '--sql', 'duckdb')
  const card = JSON.parse((await plan('scorecard', ...files, '--format', 'json')).out) as Scorecard
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  await connection.run(out)
  await connection.run(out)
  const measured = await storePlan()
  const asOf = day('2026-03-10')
  const periods = periodsFrom(periodOf({ asOf }, measured.cadence, measured.weekStart), measured)
  const answers: Record<string, unknown> = {}
  for (const name of QUESTIONS.filter((one) => one !== 'variants'))
    answers[name] = await rowsOf(connection, `store_${name}`)
  const again = scorecardOf({
    plan: measured,
    periods,
    asOf,
    source: card.source,
    answers: answers as Answers,
  })
  expect({ ...again, file: card.file }).toEqual(card)

  const rates = await rowsOf(connection, 'store_rates')
  const purchase = card.conversions.find(({ id }) => id === 'purchase')
  const { of, ...rate } = purchase?.rate as Rate
  expect(of).toBe('sessions')
  const own = rates.find(
    (row) =>
      row['conversion'] === 'purchase' &&
      row['slice'] === 'all' &&
      row['period'] === 0 &&
      row['unit'] === 'sessions',
  )
  expect(own).toMatchObject({ k: rate.k, n: rate.n })
  for (const [name, value] of [
    ['rate', rate.value],
    ['low', rate.low],
    ['high', rate.high],
  ] as const)
    expect(own?.[name]).toBeCloseTo(value, 12)
  const [first] = await rowsOf(connection, 'store_daily ORDER BY day')
  expect(String(first?.['date'])).toBe('2026-02-16')
  expect((await rowsOf(connection, 'store_periods'))[0]).toEqual({
    period: 0,
    label: '2026-W10',
    first: '2026-03-02',
    last: '2026-03-08',
  })
})

const atBigQuery = (...more: string[]) =>
  plan(
    'scorecard',
    STORE,
    '--from',
    `bigquery:${DATASET}`,
    ...AS_OF,
    '--sql',
    'bigquery',
    '--sandbox',
    running.url,
    ...more,
  )

test('each printed BigQuery view is BigQuery’s SQL, and holds all that it stands on', async () => {
  const { out } = await atBigQuery()
  const views = out.split(/^CREATE OR REPLACE VIEW /m).slice(1)
  expect(views.map((view) => /^`?([\w.]+)`? AS/.exec(view)?.[1])).toEqual([
    ...QUESTIONS.filter((name) => name !== 'variants').map((name) => `store_${name}`),
    'store_rates',
    'store_conversions',
    'store_periods',
  ])
  const sdk = await import('@polyglot-sql/sdk')
  await sdk.init?.()
  for (const view of views) {
    const result = sdk.validate(`CREATE OR REPLACE VIEW ${view}`, 'bigquery' as never)
    expect(result.errors).toEqual([])
  }
  expect(out).toContain('FROM `shop.analytics_345.events_2*`')
})

test('written to a dataset, the views are there, labelled, and written over the next time', async () => {
  const { out, code } = await atBigQuery('--write-to', 'shop.measured')
  expect(code).toBe(0)
  expect(out).toMatch(
    /^shop\.measured\.store_days: what does the export hold for each day\? Reading it reads 5 GB, about \$0\.03\.\n/,
  )
  const where = { projectId: 'shop', datasetId: 'measured', tableId: 'store_rates' }
  const { data } = await running.bigquery.tables.get(where)
  expect(data).toMatchObject({
    type: 'VIEW',
    labels: { tool: 'measurement-plan', plan: 'store' },
    view: { useLegacySql: false },
  })
  expect(data.view?.query).toContain('WITH source AS (')
  expect((await atBigQuery('--write-to', 'shop.measured')).code).toBe(0)
})

test('a view of somebody else’s is not written over, and then none is written', async () => {
  await running.control('POST', 'bigquery', { tables: { 'shop.measured.store_rates': {} } })
  const { err, code } = await atBigQuery('--write-to', 'shop.measured')
  expect(err).toContain(
    'error view-is-not-ours: shop.measured.store_rates exists and was not written from this plan.',
  )
  expect(code).toBe(1)
  const { data } = await running.bigquery.tables.list({ projectId: 'shop', datasetId: 'measured' })
  expect(data.tables?.length).toBe(1)
})

test.each([
  [
    ['--sql', 'bigquery'],
    1,
    'error no-analytics-source: The views for bigquery stand on the data where they are',
  ],
  [['--sql', 'duckdb', '--write-to', 'a.b'], 64, '--write-to writes views to a dataset of BigQuery'],
  [['--write-to', 'a.b'], 64, '--write-to writes views: give --sql bigquery with it.'],
])('%j is told what fits', async (more, exit, said) => {
  const { err, code } = await plan('scorecard', STORE, '--from', file, ...AS_OF, ...more)
  expect(err).toContain(said)
  expect(code).toBe(exit)
})
