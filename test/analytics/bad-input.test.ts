import { mkdtemp, rm, writeFile, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DuckDBInstance } from '@duckdb/node-api'
import { plan } from './measure-command.ts'
import { exportRows } from './export-rows.ts'
import { STORE } from './measure-sample.ts'
import type { Power } from '../../src/analytics/power.ts'
import type { Scorecard } from '../../src/analytics/scorecard-types.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plan-bad-data-'))
})
afterAll(() => rm(folder, { recursive: true }))

const scorecard = (from: string, ...more: string[]) =>
  plan('scorecard', STORE, '--from', from, '--as-of', '2026-03-10', ...more)

async function written(name: string, text: string): Promise<string> {
  const file = join(folder, name)
  await writeFile(file, text)
  return file
}

test.each([
  ['a path that leads nowhere', () => Promise.resolve('nowhere/*.parquet'), 'no-such-data'],
  ['an empty file', () => written('empty.json', ''), 'not-an-export'],
  ['a table that is no export', () => written('sales.csv', 'a,b\n1,2\n'), 'not-an-export'],
  ['JSON of something else', () => written('other.json', '[{"a": 1}]'), 'not-an-export'],
  [
    'a Parquet file that is cut off',
    () => written('cut.parquet', 'PAR1 and then nothing'),
    'data-cannot-be-read',
  ],
])('%s is refused with its code and a way out', async (_, file, code) => {
  const { code: exit, err, out } = await scorecard(await file())
  expect(out).toBe('')
  expect(err).toMatch(new RegExp(`error ${code}: .+\nfix: .+`))
  expect(exit).toBe(1)
})

test('a JSON line that is broken names its file', async () => {
  const file = await written('broken.ndjson', `${exportRows('2026-03-02', 1, 3)}{"event_date": "2026\n`)
  expect((await scorecard(file)).err).toContain('error data-cannot-be-read')
})

test.each([
  [['--week', '2026-W99'], 'bad-period'],
  [['--month', '2026-13'], 'bad-period'],
  [['--since', '2026-03-01'], 'bad-period'],
  [['--since', '2026-03-05', '--until', '2026-03-01'], 'bad-period'],
  [['--week', '2026-W11'], 'period-is-not-over'],
  [['--as-of', '2027-01-01'], 'bad-period'],
])('%j is refused as %s', async (more, code) => {
  const file = await written('week.ndjson', exportRows('2026-03-02', 7, 40))
  expect((await scorecard(file, ...more)).err).toContain(`error ${code}: `)
})

test('a period without rows is no verdict, and the days that there are are said', async () => {
  const file = await written('other-week.ndjson', exportRows('2026-02-02', 7, 40))
  const { err, out } = await scorecard(file)
  expect(out).toBe('')
  expect(err).toContain('error no-rows-in-the-period')
  expect(err).toContain('The data hold 2026-02-02 to 2026-02-08.')
  expect(err).toContain('--since 2026-02-02 --until 2026-02-08')
  // Days that are not read for the period are among those that there are, and what is said to help does.
  const verify = (...more: string[]) => plan('verify', STORE, '--from', file, ...more)
  expect((await verify()).err).toContain(
    'The data hold 2026-02-02 to 2026-02-08.\nfix: name days among those',
  )
  expect((await verify('--as-of', '2026-02-09')).out).toContain('✓ purchase (purchase): 28')
})

test('rows of today’s export are read by name: new columns count, unknown ones are ignored, absent ones are null', async () => {
  const file = await written('new.ndjson', exportRows('2026-03-02', 7, 40))
  const { out, err, code } = await scorecard(file, '--format', 'json')
  expect(err).not.toContain('error')
  const card = JSON.parse(out) as {
    totals: object
    breakdowns: { slice: string; buckets: { bucket: string }[] }[]
    conversions: { id: string; count: object }[]
  }
  expect(card.totals).toEqual({ sessions: 280, users: 280, events: 280 * 2 + 140 + 28 })
  expect(
    card.breakdowns.find(({ slice }) => slice === 'channel')?.buckets.map(({ bucket }) => bucket),
  ).toEqual(['Email'])
  expect(card.conversions.find(({ id }) => id === 'purchase')?.count).toEqual({
    occurrences: 28,
    events: 28,
    sessions: 28,
    withoutId: 0,
  })
  expect(code).toBe(0)
})

test('what never arrived is an error among the data and unknown in no number', async () => {
  const file = await written('few.ndjson', exportRows('2026-03-02', 7, 40))
  const { out } = await scorecard(file)
  expect(out).toContain('error: Added to the cart: add_to_cart never arrived in this period.')
})

test('copies of rows count once, and a purchase that is sent again counts once', async () => {
  const rows = exportRows('2026-03-02', 7, 40)
  const again = rows.split('\n').find((line) => line.includes('"purchase"')) ?? ''
  const later = again.replace(
    /"event_timestamp":"(\d+)"/,
    (_, time: string) => `"event_timestamp":"${Number(time) + 60_000_000}"`,
  )
  const file = await written('twice.ndjson', `${rows}${rows}${later}\n`)
  const { out } = await scorecard(file, '--format', 'json')
  const card = JSON.parse(out) as {
    quality: { code: string }[]
    conversions: { id: string; count: object; value: object }[]
  }
  const purchase = card.conversions.find(({ id }) => id === 'purchase')
  expect(purchase?.count).toEqual({ occurrences: 28, events: 29, sessions: 28, withoutId: 0 })
  expect(purchase?.value).toMatchObject({ measured: 28 * 20, asSent: 29 * 20 })
  expect(card.quality.map(({ code }) => code)).toEqual(
    expect.arrayContaining(['copied-events', 'repeated-transactions']),
  )
})

test('too few goals make no weights', async () => {
  const file = await written('nine.ndjson', exportRows('2026-03-02', 1, 40))
  const { err, out } = await plan('weights', STORE, '--from', file, '--as-of', '2026-03-10')
  expect(out).toBe('')
  expect(err).toContain('error too-few-goals-for-weights')
})

test('weights are written with what they rest on, and comments stay', async () => {
  const data = await written(
    'many.ndjson',
    exportRows('2026-01-05', 50, 60, (u) => u % 10 === 0 || u === 5),
  )
  const file = join(folder, 'store.yaml')
  await writeFile(
    file,
    (await readFile(STORE, 'utf8')).replaceAll('weight: 0.05', 'weight: 0.05 # as the team guessed'),
  )
  const write = () => plan('weights', file, '--from', data, '--as-of', '2026-03-10', '--write')
  const { err } = await write()
  const after = await readFile(file, 'utf8')
  expect(err).toContain('the weight of item_viewed written')
  expect(after).toMatch(/weight: 0\.\d+ # as the team guessed\n\s+evidence: \{.*asOf: "2026-03-10".*n: 1500/)
  // The rows begin on 5 January; the thirteen weeks that were asked for, in December.
  expect(after).toContain('window: "2026-01-05..2026-02-23"')
  expect((await plan('validate', file)).code).toBe(0)
  expect((await write()).err).toContain('The plan says the same already: item_viewed.')
  expect(await readFile(file, 'utf8')).toBe(after)
})

test('a plan from standard input has no file to write weights to', async () => {
  const { code, err } = await plan('weights', '-', '--from', 'nowhere.ndjson', '--write')
  expect(err).toContain('name the file instead of -')
  expect(code).toBe(64)
})

test('weights that say no more than the overall rate are not offered', async () => {
  const data = await written(
    'no-better.ndjson',
    exportRows('2026-01-05', 50, 60, (u) => u % 10 === 0 || u % 20 === 5),
  )
  const file = join(folder, 'unchanged.yaml')
  await writeFile(file, await readFile(STORE, 'utf8'))
  const { out, err } = await plan('weights', file, '--from', data, '--as-of', '2026-03-10', '--write')
  expect(out).toContain('item_viewed: predictive')
  expect(out).toContain('so they are not')
  expect(err).toContain('No weight holds')
  expect(await readFile(file, 'utf8')).toBe(await readFile(STORE, 'utf8'))
})

test('verify says what arrived and ends with 1 when something never did', async () => {
  const file = await written('verify.ndjson', exportRows('2026-03-03', 7, 40))
  const { out, code } = await plan('verify', STORE, '--from', file, '--as-of', '2026-03-10')
  expect(out).toContain('✓ purchase (purchase): 28 since 2026-03-03')
  expect(out).toContain('✗ cart_add (add_to_cart): never arrived')
  expect(code).toBe(1)
  const later = await plan('verify', STORE, '--from', file, '--as-of', '2026-03-11')
  expect(later.out).toContain('2026-03-04 to 2026-03-10\n  1 of 7 days has no data: 2026-03-10.\n')
})

test('power says units and weeks', async () => {
  const file = await written('power.ndjson', exportRows('2026-03-02', 7, 40))
  const { out, code } = await plan(
    'power',
    'purchase',
    '--plan',
    STORE,
    '--from',
    file,
    '--as-of',
    '2026-03-10',
  )
  expect(out).toContain('target 400 per month')
  expect(code).toBe(0)
  expect(
    (await plan('power', 'nothing', '--plan', STORE, '--from', file, '--as-of', '2026-03-10')).err,
  ).toContain('error no-such-conversion')
})

test('power says how long a target of a count takes, and of a rate how many units on its side alone', async () => {
  const file = await written('power-target.ndjson', exportRows('2026-03-02', 7, 40))
  const { questions } = JSON.parse(
    (
      await plan(
        ...['power', 'purchase', '--plan', STORE, '--from', file, '--as-of', '2026-03-10'],
        ...['--format', 'json'],
      )
    ).out,
  ) as Power
  // 28 a week against 400 a month, 91.99 a week: ((1.96 √91.99 + .842 √28) / 63.99)² = .132 weeks.
  expect(questions[0]).toMatchObject({
    question: 'target 400 per month',
    from: 28,
    sides: 1,
    counted: 'occurrences',
    units: 4,
    weeks: 0.2,
  })
})

test('power says how long a target of an amount takes, by what each user was worth', async () => {
  const file = await written('power-amount.ndjson', exportRows('2026-03-02', 7, 40))
  const money = await written(
    'money.yaml',
    (await readFile(STORE, 'utf8')).replace('target: { count: 400,', 'target: { amount: 8000,'),
  )
  const power = (id: string, ...more: string[]) =>
    plan('power', id, '--plan', money, '--from', file, '--as-of', '2026-03-10', ...more)
  const { questions } = JSON.parse((await power('purchase', '--format', 'json')).out) as Power
  // 28 orders of 20 a week against 8,000 a month: 0.132 weeks as 28 a week against 400, but no verdict is on fewer than 10 orders.
  expect(questions[0]).toMatchObject({
    question: 'target 8,000 USD per month',
    from: 560,
    currency: 'USD',
    counted: 'occurrences',
    units: 10,
    weeks: 0.4,
  })
  expect((await power('purchase')).out.replaceAll(/\s+/g, ' ')).toContain(
    'target 8,000 USD per month (1,840 USD a week, now 560 USD): 10 of them,',
  )
})

test('power of a guardrail is about what the guardrail watches, or says why there is none', async () => {
  const file = await written('power-guardrail.ndjson', exportRows('2026-03-02', 7, 40))
  const yaml = await readFile(STORE, 'utf8')
  const asked = async (metric: string, maxDrop = '5%'): Promise<string> => {
    const guarded = await written(
      `guarded-${metric}.yaml`,
      yaml.replace('metric: revenue, maxDrop: 5%', `metric: ${metric}, maxDrop: ${maxDrop}`),
    )
    const { out } = await plan(
      ...['power', 'purchase', '--plan', guarded, '--from', file, '--as-of', '2026-03-10'],
    )
    return out.replaceAll(/\s+/g, ' ')
  }
  // 28 orders of 20 a week, all alike: ((1.96 + .842) √(28 + 26.6))² / 1.4² = 218.6 weeks.
  expect(await asked('revenue')).toContain(
    'guardrail: 5% less revenue (532 USD a week, now 560 USD): 6,123 of them on each side, 218.7 weeks',
  )
  expect(await asked('Revenue')).toContain('guardrail: 5% less Revenue (532 USD a week')
  // A micro's own: 140 a week, so a fifth of that.
  expect(await asked('item_viewed')).toContain(
    'guardrail: 5% less item_viewed (133 a week, now 140): 6,123 of them on each side, 43.8 weeks',
  )
  expect(await asked('refunds')).toContain('guardrail: 5% less refunds: not to be said, "refunds" is not in')
  expect(await asked('search')).toContain(
    '5% less search: not to be said, nothing of it was seen in the period',
  )
  expect(await asked('revenue', '0%')).toContain('0% less revenue: not to be said, no number of users tells')
})

test('power asks for no fewer than a verdict stands on', async () => {
  const file = await written('power-least.ndjson', exportRows('2026-03-02', 7, 40))
  const viewed = await plan(
    ...['power', 'item_viewed', '--plan', STORE, '--from', file, '--as-of', '2026-03-10'],
    ...['--format', 'json'],
  )
  // Half of the sessions against 10 %: a handful would tell, but a verdict needs 100.
  expect((JSON.parse(viewed.out) as Power).questions[0]).toMatchObject({ question: 'target 10%', units: 100 })
})

test('a guardrail or an alarm about a micro is judged by what the micro did', async () => {
  const until = exportRows('2026-02-02', 28, 40)
  const week = exportRows('2026-03-02', 7, 40)
    .split('\n')
    .filter((line, index) => !line.includes('"view_item"') || index % 5 === 0)
  const file = await written('fallen-micro.ndjson', until + week.join('\n'))
  const yaml = (await readFile(STORE, 'utf8'))
    .replace('metric: revenue', 'metric: item_viewed')
    .replace('event: view_item\n', 'event: view_item\n        alerts: { drop: 10% }\n')
  const guarded = await written('guards-a-micro.yaml', yaml)
  const { out } = await plan(
    ...['scorecard', guarded, '--from', file, '--as-of', '2026-03-10', '--format', 'json'],
  )
  const { guardrails, alerts } = JSON.parse(out) as Scorecard
  expect(guardrails).toMatchObject([{ goal: 'purchase', metric: 'item_viewed', verdict: 'breach' }])
  expect(alerts).toContainEqual(expect.objectContaining({ conversion: 'item_viewed', kind: 'drop' }))
})

test('amounts in another currency are in no sum, neither the goal’s nor its micros’, and no verdict is on what is left', async () => {
  // One order in four carries no amount at all.
  const rows = exportRows('2026-02-02', 35, 40)
    .split('\n')
    .map((line) =>
      line.includes('"purchase"') && line.includes('-30"')
        ? line.replace(/,\{"key":"value".*?"USD"\}\}/, '').replace(',"purchase_revenue":20', '')
        : line,
    )
  const file = await written('foreign.ndjson', rows.join('\n'))
  const yaml = (await readFile(STORE, 'utf8')).replace('currency: USD', 'currency: AED')
  const dirhams = await written('dirhams.yaml', yaml)
  const { out } = await plan(
    ...['scorecard', dirhams, '--from', file, '--as-of', '2026-03-10', '--format', 'json'],
  )
  const { conversions, assisted, guardrails } = JSON.parse(out) as Scorecard
  // Seven of 28 at the plan's 45.
  expect(conversions.find(({ id }) => id === 'purchase')?.value).toMatchObject({ amount: 315, assumed: 315 })
  expect(assisted).toMatchObject([{ goal: 'purchase', occurrences: 28, total: 315, valued: 'plan' }])
  expect(guardrails).toMatchObject([
    {
      verdict: 'cannot-tell',
      reason: '21 of 28 amounts are in another currency than the plan’s, and in no sum.',
    },
  ])
})

test('the funnel goes round a stage of which nothing ever came, and says so', async () => {
  const file = await written('funnel-gap.ndjson', exportRows('2026-03-02', 7, 40))
  const { out } = await scorecard(file)
  expect(out.slice(out.indexOf('Funnel of sessions'), out.indexOf('Funnel of users'))).toMatch(
    /Awareness: 280\n {2}Consideration: 140, 50 % .*\n.*\n {2}Decision: no data, left out\n {2}Completed purchase: 28, 20 % \(14 % to 27 %\) of the step before, 112 lost/,
  )
})

test('an event that no day has is no verdict: neither a rate, nor behind a target, nor an alarm', async () => {
  const file = await written(
    'no-purchase.ndjson',
    exportRows('2026-03-02', 7, 40, () => false),
  )
  const { out } = await scorecard(file, '--format', 'json')
  const card = JSON.parse(out) as Scorecard
  const row = card.conversions.find(({ id }) => id === 'purchase')
  expect(row?.rate).toEqual({ unknown: 'no-data' })
  expect(row?.target).toMatchObject({ status: 'not-enough-data', progress: { unknown: 'no-data' } })
  expect(row?.benchmarks.map(({ verdict }) => verdict)).toEqual(Array(3).fill('not-enough-data'))
  expect(card.alerts).toEqual([])
  expect(card.quality).toContainEqual(
    expect.objectContaining({ code: 'planned-never-seen', conversion: 'purchase' }),
  )
  expect((await scorecard(file, '--check')).code).toBe(0)
})

test('files of the plan that are not there are said, those of the command line are missed', async () => {
  const data = await written('tried.ndjson', exportRows('2026-03-02', 7, 40))
  const yaml = await readFile(STORE, 'utf8')
  const crm = await written(
    'crm.yaml',
    yaml.replace(
      /(measurementId: G-STORE00001 \}\n)/,
      `$1    analytics: { from: bigquery, dataset: p.analytics_1, outside: ['nowhere/crm_*.csv'] }\n`,
    ),
  )
  const { out, code } = await plan('scorecard', crm, '--from', data, '--as-of', '2026-03-10')
  expect(out).toContain('There is no file "nowhere/crm_*.csv"')
  expect(code).toBe(0)
  expect((await scorecard(data, '--outside', 'nowhere/crm_*.csv')).err).toContain('error no-such-data')
})

test('a folder is told from a file that is not there; no days are no span', async () => {
  expect((await scorecard(folder)).err).toMatch(/error no-such-data: ".+" is a folder\.\nfix: .+\*\.parquet/)
  const file = await written('none.ndjson', exportRows('2026-03-02', 7, 40))
  const { err } = await plan('verify', STORE, '--from', file, '--as-of', '2026-03-10', '--days', '0')
  expect(err).toContain('error bad-period: 0 days are none.')
})

test('what GA4 cannot see comes from files, and a row that cannot be read is named', async () => {
  const data = await written('with-crm.ndjson', exportRows('2026-03-02', 7, 40))
  const bad = await written('crm.csv', 'conversion,day,count\npurchase,2026-03-02,4\n')
  expect((await scorecard(data, '--outside', bad)).err).toMatch(
    /error bad-outside-row: .*crm\.csv, row 1: "purchase" is counted by GA4/,
  )
})

test('a quote in a file’s name is a name', async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  expect(connection).toBeDefined()
  const file = await written(`it's.ndjson`, exportRows('2026-03-02', 7, 40))
  expect((await scorecard(file)).code).toBe(0)
})
