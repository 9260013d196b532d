import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DuckDBInstance } from '@duckdb/node-api'
import { relationsFor, type Answers } from '../../src/analytics/ask.ts'
import { findDataFiles } from '../../src/analytics/data-files.ts'
import { openDuckdb, sourceSelect } from '../../src/analytics/duckdb.ts'
import { EXPORT_SHAPE, type Shape } from '../../src/analytics/export-columns.ts'
import { readStatements } from '../../src/analytics/statements.ts'
import { isKnown } from '../../src/analytics/statistics/estimate.ts'
import { oddsRatio } from '../../src/analytics/statistics/odds-ratio.ts'
import { ridgeLogistic } from '../../src/analytics/statistics/ridge-logistic.ts'
import { phi } from '../../src/analytics/statistics/phi.ts'
import { stagesOf } from '../../src/analytics/stage.ts'
import { tallyOf } from '../../src/analytics/tally.ts'
import { wilson } from '../../src/analytics/statistics/wilson.ts'
import { twoByTwo } from '../../src/analytics/weights.ts'
import type { MeasuredPlan } from '../../src/analytics/measured-plan.ts'
import {
  answersFrom,
  CONSOLE,
  day,
  hasSample,
  JANUARY,
  NDJSON,
  SAMPLE,
  SQL,
  storePlan,
} from './measure-sample.ts'

// The figures are those that were found by hand for 30 % of the users of January 2021 of Google's public sample.
// Without the rows beside this repository these tests are skipped.

const sum = <T>(rows: readonly T[] | undefined, value: (row: T) => number | null): number =>
  (rows ?? []).reduce((total, row) => total + (value(row) ?? 0), 0)

/** https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#data_type_sizes */
function bytesOf(shape: Shape, path: string): string {
  if (shape === 'STRING') return `COALESCE(2 + strlen(${path}), 0)`
  if (typeof shape === 'string') return `IF(${path} IS NULL, 0, 8)`
  if (Array.isArray(shape)) {
    const one = bytesOf((shape as readonly [Shape])[0], 'one')
    return `COALESCE(list_sum(list_transform(${path}, lambda one: ${one})), 0)`
  }
  const fields = Object.entries(shape as { readonly [field: string]: Shape })
  return fields.map(([name, field]) => bytesOf(field, path === '' ? name : `${path}.${name}`)).join(' + ')
}

describe.skipIf(!hasSample)('the sample of January 2021', () => {
  let measured: MeasuredPlan
  let answers: Answers
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plan-sample-'))
    measured = await storePlan()
    answers = await answersFrom([SAMPLE], measured)
  }, 120_000)
  afterAll(() => rm(folder, { recursive: true }))

  const event = (id: string): string => measured.conversions.find((one) => one.event === id)?.id ?? ''
  const slice = (base: string, name: string, bucket: string) =>
    answers.units?.find((row) => row.base === base && row.slice === name && row.bucket === bucket)
  const reached = (id: string, name = 'all', bucket = '') =>
    answers.reached?.find(
      (row) => row.conversion === event(id) && row.slice === name && row.bucket === bucket,
    )

  test('has its events, sessions, users and buyers', () => {
    expect(sum(answers.days, ({ events }) => events)).toBe(338_395)
    expect(answers.users).toEqual([{ period: 0, sessions: 33_561, users: 27_067 }])
    expect(reached('purchase')).toMatchObject({ sessions: 301, users: 286 })
    const rate = wilson(301, 33_561)
    expect(isKnown(rate) && [rate.value, rate.low, rate.high].map((one) => one.toFixed(6))).toEqual([
      '0.008969',
      '0.008015',
      '0.010035',
    ])
  })

  // The figures of a hand-written query over the same rows.
  test('has its sessions with any micro conversion of a stage', () => {
    const card = stagesOf(measured, JANUARY, tallyOf(answers))
    expect(card.map(({ id, rate }) => [id, isKnown(rate) && [rate.k, rate.n, rate.of]])).toEqual([
      ['awareness', [19_696, 33_561, 'sessions']],
      ['consideration', [6_766, 33_561, 'sessions']],
      ['decision', [1_427, 6_391, 'item_viewed']],
    ])
    expect(card.map(({ target }) => target.status)).toEqual(['on-pace', 'behind', 'behind'])
  })

  test('has its sessions without a start, and its missing day', () => {
    expect(sum(answers.visits, ({ without_start }) => without_start)).toBe(544)
    expect(answers.days?.map((row) => row.day)).not.toContain(day('2021-01-20'))
    expect(answers.days).toHaveLength(30)
  })

  // No figure of the scorecard is one of these; they are asked of the relations that all of them stand on.
  test('has its sessions over midnight, and its buyers who had been there before', async () => {
    const statements = await readStatements(SQL, 'duckdb')
    const engine = await openDuckdb(await findDataFiles([SAMPLE]), statements.prelude)
    try {
      const asked = { periods: [JANUARY], span: JANUARY }
      const relations = relationsFor(statements, measured, asked, [], 'duckdb')
      await engine.prepare(JANUARY.first, JANUARY.end, relations)
      const overMidnight = await engine.ask(`
        SELECT COUNT(*) AS n FROM se
        WHERE EXISTS (SELECT 1 FROM ev WHERE ev.session_key = se.session_key AND ev.day > se.day)`)
      expect(overMidnight).toEqual([{ n: 67 }])
      const buyers = await engine.ask(`
        WITH bought AS (
          SELECT se.user_key AS user_key, MIN(se.ts) AS ts
          FROM did JOIN se ON se.session_key = did.session_key
          WHERE did.conversion = 'purchase' GROUP BY se.user_key
        )
        SELECT COUNT(DISTINCT bought.user_key) AS n, COUNT(DISTINCT earlier.user_key) AS again
        FROM bought
        LEFT JOIN se AS earlier ON earlier.user_key = bought.user_key AND earlier.ts < bought.ts`)
      expect(buyers).toEqual([{ n: 286, again: 128 }])
    } finally {
      await engine.close()
    }
  })

  test('has its purchases: rows, those without id, repeated ones, and their revenue', () => {
    const rows = answers.daily?.filter(({ conversion }) => conversion === 'purchase')
    expect(sum(rows, ({ events }) => events)).toBe(336)
    expect(sum(rows, ({ without_id }) => without_id)).toBe(91)
    expect(sum(rows, ({ occurrences }) => occurrences)).toBe(334)
    expect(sum(rows, ({ as_sent }) => as_sent)).toBe(14_765)
    // Two transactions, of 70 and 24 dollars, were sent twice.
    expect(sum(rows, ({ amount }) => amount)).toBe(14_765 - 94)
  })

  test.each([
    ['view_item', 6391, 291, '.1904', '.04553', '.000368', '123.7', '123.6 (66.7–228.9)', '.1881'],
    ['add_to_cart', 1278, 222, '.0381', '.17371', '.002447', '71.0', '85.3 (65.6–111.0)', '.3477'],
    ['select_item', 1611, 132, '.0480', '.08194', '.005290', '15.5', '16.8 (13.3–21.2)', '.1738'],
    ['view_promotion', 10_877, 273, '.3241', '.02510', '.001234', '20.3', '20.5 (13.9–30.2)', '.1185'],
    ['view_search_results', 1441, 41, '.0429', '.02845', '.008095', '3.5', '3.6 (2.6–5.1)', '.0438'],
    ['select_promotion', 733, 22, '.0218', '.03001', '.008499', '3.5', '3.7 (2.4–5.7)', '.0334'],
    ['scroll', 15_208, 301, '.4531', '.01979', '.000000', '', '', '.1045'],
    ['begin_checkout', 592, 301, '.0176', '.50845', '.000000', '', '', '.7099'],
    ['add_payment_info', 416, 301, '.0124', '.72356', '.000000', '', '', '.8492'],
  ])(
    'has %s in %d sessions before a purchase, %d of them with one',
    (name, sessions, macro, rate, withIt, without, lift, ratio, correlation) => {
      const table = twoByTwo(answers.patterns ?? [], 'purchase', event(name))
      expect([table.a + table.b, table.a]).toEqual([sessions, macro])
      expect(table.a + table.c).toBe(301)
      const cut = (value: number, places: number): string => value.toFixed(places).replace(/^0/, '')
      const [p1, p0] = [table.a / (table.a + table.b), table.c / (table.c + table.d)]
      expect([cut(sessions / 33_561, 4), cut(p1, 5), cut(p0, 6)]).toEqual([rate, withIt, without])
      const r = phi(table)
      expect(isKnown(r) && cut(r.value, 4)).toBe(correlation)
      // Where nobody reached the goal without it there is no lift, and the odds ratio is a required step’s.
      if (lift === '') return expect(p0).toBe(0)
      const odds = oddsRatio(table)
      const [value = '', low = '', high = ''] = isKnown(odds)
        ? [odds.value, odds.low, odds.high].map((one) => one.toFixed(1))
        : []
      expect([(p1 / p0).toFixed(1), `${value} (${low}–${high})`]).toEqual([lift, ratio])
    },
  )

  test('has the ridge regression of a purchase on six micros', () => {
    const six = [
      'view_item',
      'add_to_cart',
      'view_search_results',
      'scroll',
      'select_promotion',
      'select_item',
    ].map(event)
    const groups = (answers.patterns ?? [])
      .filter(({ goal }) => goal === 'purchase')
      .map(({ micros, sessions, done }) => ({
        x: six.map((micro) => (micros.split(',').includes(micro) ? 1 : 0)),
        n: sessions,
        k: done * sessions,
      }))
    const { intercept, coefficients } = ridgeLogistic(groups, 1)
    expect([intercept, ...coefficients].map((one) => one.toFixed(4))).toEqual([
      '-9.8014',
      '2.6444',
      '2.4257',
      '-0.0381',
      '2.9985',
      '-0.3244',
      '0.7168',
    ])
  })

  test.each([
    ['view_item', '31.0'],
    ['add_to_cart', '111.8'],
    ['select_item', '96.2'],
    ['view_promotion', '5.0'],
    ['view_search_results', '40.8'],
    ['select_promotion', '19.7'],
    ['scroll', '12.0'],
    ['begin_checkout', '451.5'],
    ['add_payment_info', '609.4'],
  ])('has a median of %s after %s seconds', (name, seconds) => {
    expect(answers.timing?.find(({ conversion }) => conversion === event(name))?.half.toFixed(1)).toBe(
      seconds,
    )
  })

  test.each([
    ['desktop', 19_393, '0.0382', 157],
    ['mobile', 13_379, '0.0380', 135],
    ['tablet', 789, '0.0368', 9],
  ])('has %s in %d sessions', (device, sessions, cart, macro) => {
    expect(slice('', 'device', device)?.sessions).toBe(sessions)
    const table = twoByTwo(
      answers.patterns?.filter((row) => row.device === device) ?? [],
      'purchase',
      'cart_add',
    )
    expect(((table.a + table.b) / sessions).toFixed(4)).toBe(cart)
    expect(reached('purchase', 'device', device)?.sessions).toBe(macro)
  })

  test('has the media of the users’ first visits', () => {
    const media = new Map<string, number[]>()
    const add = (bucket: string, place: number, sessions: number): void => {
      const medium = bucket.replace(/^.* \/ /, '')
      const both = media.get(medium) ?? [0, 0]
      both[place] = (both[place] ?? 0) + sessions
      media.set(medium, both)
    }
    for (const row of answers.units ?? [])
      if (row.slice === 'traffic' && row.base === '') add(row.bucket, 0, row.sessions)
    for (const row of answers.reached ?? [])
      if (row.slice === 'traffic' && row.conversion === 'purchase') add(row.bucket, 1, row.sessions)
    expect(Object.fromEntries(media)).toEqual({
      organic: [11_735, 88],
      '(none)': [7738, 72],
      referral: [5709, 60],
      '<Other>': [5086, 26],
      '(data deleted)': [1814, 41],
      cpc: [1479, 14],
    })
  })

  test('has its weeks, a week being that of a session’s first event', async () => {
    const weeks = ['2020-12-28', '2021-01-04', '2021-01-11', '2021-01-18', '2021-01-25'].map(
      (first, index) => ({
        kind: 'week' as const,
        label: String(index),
        first: day(first),
        end: day(first) + 7,
      }),
    )
    // Without the targets of which a rate is another conversion's share.
    const plain = {
      ...measured,
      conversions: measured.conversions.map(({ target, ...conversion }) => conversion),
    }
    const rows = await answersFrom([SAMPLE], plain, weeks.toReversed(), ['units', 'reached'])
    const counts = weeks.map((_, index) => {
      const id = weeks.length - 1 - index
      const of = (name: string) =>
        rows.reached?.find(
          (row) => row.conversion === event(name) && row.period === id && row.slice === 'all',
        )?.sessions
      const all = rows.units?.find(
        (row) => row.base === '' && row.period === id && row.slice === 'all',
      )?.sessions
      return [all, of('view_item'), of('add_to_cart'), of('begin_checkout'), of('purchase')]
    })
    expect(counts).toEqual([
      [2310, 350, 66, 27, 11],
      [8523, 1242, 269, 108, 48],
      [8166, 1381, 349, 116, 60],
      [6739, 1615, 293, 161, 79],
      [7823, 1803, 302, 180, 103],
    ])
  })

  test('has its closed funnel', async () => {
    const narrow = {
      ...measured,
      stages: [
        { id: 'view', title: 'View', micros: ['item_viewed'] },
        { id: 'cart', title: 'Cart', micros: ['cart_add'] },
        { id: 'checkout', title: 'Checkout', micros: ['checkout_started'] },
      ],
    }
    const { funnel } = await answersFrom([SAMPLE], narrow, [JANUARY], ['funnel'])
    expect(funnel?.filter(({ unit }) => unit === 'sessions').map(({ units }) => units)).toEqual([
      6391, 1276, 418, 218,
    ])
  })

  test('gives the same bytes in any order of its rows', async () => {
    const shuffled = join(folder, 'shuffled.parquet')
    await copied(
      `SELECT * FROM read_parquet('${SAMPLE}') ORDER BY hash(user_pseudo_id, event_timestamp, event_name)`,
      shuffled,
      'PARQUET',
    )
    const strip = (all: Answers): string => JSON.stringify(all)
    expect(strip(await answersFrom([shuffled], measured))).toBe(strip(answers))
  })

  test('has 0.4 KB an event in the columns that are read, by BigQuery’s rules for the size of data', async () => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect()
    const source = sourceSelect(await findDataFiles([SAMPLE]), JANUARY.first, JANUARY.end)
    const reader = await connection.runAndReadAll(
      `SELECT avg(${bytesOf(EXPORT_SHAPE, '')}), avg(len(event_params)) FROM (${source})`,
    )
    connection.closeSync()
    // docs/scorecard.md says them.
    expect(reader.getRows()[0]?.map((mean) => Math.round(Number(mean)))).toEqual([403, 10])
  })

  test('reads the same from JSON as from Parquet, both as the extract and as the console write it', async () => {
    const rows = `SELECT * FROM read_parquet('${SAMPLE}') WHERE event_date = '20210131'`
    const [parquet, ndjson, array] = ['one.parquet', 'one.ndjson', 'one.json'].map((name) =>
      join(folder, name),
    )
    await copied(rows, parquet ?? '', 'PARQUET')
    await copied(rows, ndjson ?? '', 'JSON')
    await copied(rows, array ?? '', 'JSON, ARRAY true')
    const wanted = await answersFrom([parquet ?? ''], measured)
    expect(await answersFrom([ndjson ?? ''], measured)).toEqual(wanted)
    expect(await answersFrom([array ?? ''], measured)).toEqual(wanted)
  })

  test('reads an extract with numbers as text, and console rows', async () => {
    const extract = await answersFrom([NDJSON], measured)
    expect(sum(extract.days, ({ events }) => events)).toBe(271)
    expect(
      sum(
        extract.daily?.filter(({ conversion }) => conversion === 'purchase'),
        ({ events }) => events,
      ),
    ).toBe(4)
    const all = { ...JANUARY, first: day('2020-11-01') }
    expect(sum((await answersFrom([CONSOLE], measured, [all])).days, ({ events }) => events)).toBe(20)
  })
})

async function copied(select: string, file: string, format: string): Promise<void> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  await connection.run(`COPY (${select}) TO '${file}' (FORMAT ${format})`)
  connection.closeSync()
}
