/**
 * A scorecard beside a hand-written query for one of its rates, in one run: seconds, rows a second, peak memory.
 * `npx tsx scripts/bench-scorecard.ts [FILE...]`; without files the month of the sample beside this repository.
 */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { DuckDBInstance } from '@duckdb/node-api'
import { plan } from '../test/analytics/measure-command.ts'

const root = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url))
const sample = root('../shared/ga4-export/derived/ga4_202101_users30pct.parquet')
const files = process.argv.length > 2 ? process.argv.slice(2) : [sample]
async function timed<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly seconds: number }> {
  const begin = performance.now()
  const value = await work()
  return { value, seconds: (performance.now() - begin) / 1000 }
}

/** What somebody would write by hand for the rate of purchases: sessions with one, of all. */
async function byHand(): Promise<readonly unknown[][]> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  const list = files.map((file) => `'${file.replaceAll("'", "''")}'`).join(', ')
  const reader = await connection.runAndReadAll(`
    WITH events AS (
      SELECT event_name, user_pseudo_id || '.' || list_filter(event_params, lambda p: p.key = 'ga_session_id')[1].value.int_value AS session
      FROM read_parquet([${list}])
    )
    SELECT count(DISTINCT session) FILTER (event_name = 'purchase'), count(DISTINCT session), count(*) FROM events`)
  connection.closeSync()
  return reader.getRowsJson()
}

async function scorecard(): Promise<string> {
  const argv = ['scorecard', root('test/analytics/store.yaml'), ...files.flatMap((file) => ['--from', file])]
  return (await plan(...argv, '--month', '2021-01', '--format', 'json')).out
}

async function compare(): Promise<void> {
  const hand = await timed(byHand)
  const card = await timed(scorecard)
  const [[k, n, rows] = []] = hand.value
  const { conversions } = JSON.parse(card.value) as {
    readonly conversions: readonly {
      readonly id: string
      readonly rate: { readonly k: number; readonly n: number }
    }[]
  }
  const rate = conversions.find(({ id }) => id === 'purchase')?.rate
  console.log(`${Number(rows).toLocaleString('en-US')} rows
${hand.seconds.toFixed(2)} s  one rate by hand: ${String(k)} of ${String(n)}
${card.seconds.toFixed(2)} s  the scorecard: ${rate?.k ?? '?'} of ${rate?.n ?? '?'}, and the rest (${Math.round(Number(rows) / card.seconds).toLocaleString('en-US')} rows a second)
${Math.round(process.resourceUsage().maxRSS / 1024)} MB  peak of both`)
}

if (files.includes(sample) && !existsSync(sample))
  console.log('The scorecard was not measured: the sample is not beside this repository.')
else await compare()
