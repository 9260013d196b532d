/** Rows as real exports have them: over midnight, without ids, of several years at once. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DuckDBInstance } from '@duckdb/node-api'
import { answersFrom, day, planFrom, STORE, storePlan } from './measure-sample.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plan-odd-rows-'))
})
afterAll(() => rm(folder, { recursive: true }))

const WEEK = { kind: 'week', label: 'w', first: day('2026-03-02'), end: day('2026-03-09') } as const

interface Given {
  readonly date: string
  readonly at: string
  readonly name: string
  readonly user?: string | null
  readonly session?: number
  readonly rest?: object
}

const row = ({ date, at, name, user = 'u', session, rest = {} }: Given): string =>
  JSON.stringify({
    event_date: date,
    event_timestamp: String(Date.parse(at) * 1000),
    event_name: name,
    ...(user === null ? {} : { user_pseudo_id: user }),
    event_params:
      session === undefined ? [] : [{ key: 'ga_session_id', value: { int_value: String(session) } }],
    ...rest,
  })

async function answers(name: string, ...rows: readonly string[]) {
  const file = join(folder, name)
  await writeFile(file, `${rows.join('\n')}\n`)
  return answersFrom(
    [file],
    await storePlan(),
    [WEEK],
    ['days', 'visits', 'users', 'daily', 'units', 'reached'],
  )
}

test('a session over midnight belongs to the day and the week of its first event, in the property’s time zone', async () => {
  // Los Angeles: Sunday 8 March 23:50 is Monday in Greenwich; the export dates by the property's time zone.
  const { units, reached, daily } = await answers(
    'midnight.ndjson',
    row({ date: '20260308', at: '2026-03-09T06:50:00Z', name: 'session_start', session: 1 }),
    row({ date: '20260309', at: '2026-03-09T07:10:00Z', name: 'purchase', session: 1 }),
    row({ date: '20260309', at: '2026-03-09T07:20:00Z', name: 'purchase', user: 'v', session: 1 }),
  )
  expect(units?.filter(({ slice, base }) => slice === 'all' && base === '')).toMatchObject([{ sessions: 1 }])
  expect(reached?.filter(({ slice }) => slice === 'all')).toMatchObject([
    { conversion: 'purchase', sessions: 1 },
  ])
  expect(daily?.map((one) => [one.day - WEEK.first, one.occurrences])).toEqual([
    [6, 1],
    [7, 1],
  ])
})

test('events without a user or a session are counted, and in no rate', async () => {
  const { days, visits, units, daily } = await answers(
    'no-ids.ndjson',
    row({ date: '20260303', at: '2026-03-03T10:00:00Z', name: 'scroll', session: 1 }),
    row({ date: '20260303', at: '2026-03-03T10:01:00Z', name: 'scroll', user: null, session: 1 }),
    row({
      date: '20260303',
      at: '2026-03-03T10:02:00Z',
      name: 'scroll',
      rest: { privacy_info: { analytics_storage: 'No' } },
    }),
  )
  expect(days).toEqual([{ day: day('2026-03-03'), events: 3, without_user: 1, denied: 1 }])
  expect(visits).toMatchObject([{ sessions: 1, events: 1 }])
  expect(units?.filter(({ slice, base }) => slice === 'all' && base === '')).toMatchObject([{ sessions: 1 }])
  expect(daily).toMatchObject([{ conversion: 'page_scrolled', events: 3, sessions: 1 }])
})

test('a session that did several micro conversions of a stage is one, and counts for a share only where it did the other', async () => {
  const did = (name: string, session: number): string =>
    row({ date: '20260303', at: `2026-03-03T1${session}:00:00Z`, name, session })
  const { reached } = await answers(
    'stages.ndjson',
    ...['scroll', 'view_promotion', 'view_item', 'add_to_cart'].map((name) => did(name, 1)),
    ...['scroll', 'scroll', 'begin_checkout'].map((name) => did(name, 2)),
    did('session_start', 3),
  )
  const stages = reached?.filter(
    ({ conversion, slice }) => slice === 'all' && conversion.startsWith('stage:'),
  )
  expect(stages?.map(({ conversion, sessions, users }) => [conversion, sessions, users])).toEqual([
    ['stage:awareness', 2, 1],
    ['stage:consideration', 1, 1],
    ['stage:decision', 1, 1],
  ])
})

test('where the plan counts once a session, all events of a session are one occurrence', async () => {
  const file = join(folder, 'once.ndjson')
  const viewed = (at: string, session?: number): string =>
    row({ date: '20260303', at, name: 'view_item', ...(session === undefined ? {} : { session }) })
  await writeFile(
    file,
    [
      viewed('2026-03-03T10:00:00Z', 1),
      viewed('2026-03-03T10:01:00Z', 1),
      viewed('2026-03-03T12:00:00Z', 2),
      // Of which session it is nobody knows: one of its own.
      viewed('2026-03-03T13:00:00Z'),
    ].join('\n'),
  )
  const counted = async (yaml: string): Promise<unknown> =>
    (await answersFrom([file], await planFrom(yaml), [WEEK], ['days', 'daily'])).daily
  const yaml = await readFile(STORE, 'utf8')
  expect(await counted(yaml)).toMatchObject([{ occurrences: 4, events: 4, sessions: 2 }])
  expect(
    await counted(yaml.replace('event: view_item\n', 'event: view_item\n        keyEvent: true\n')),
  ).toMatchObject([{ occurrences: 3, events: 4, sessions: 2 }])
})

test('an event on any of the pages that a condition names is the conversion', async () => {
  const file = join(folder, 'pages.ndjson')
  const on = (path: string): string =>
    row({
      date: '20260303',
      at: '2026-03-03T10:00:00Z',
      name: 'view_item',
      rest: {
        event_params: [{ key: 'page_location', value: { string_value: `https://a.example${path}?b=1` } }],
      },
    })
  await writeFile(file, ['/sale', '/new.html', '/new-html', '/sale/old'].map(on).join('\n'))
  const trigger = 'trigger: { dataLayer: view_item, when: [{ path: { equals: [/sale, /new.html] } }] }'
  const yaml = (await readFile(STORE, 'utf8')).replace(
    'event: view_item\n        collectedBy: site',
    `event: view_item\n        ${trigger}`,
  )
  const { daily } = await answersFrom([file], await planFrom(yaml), [WEEK], ['days', 'daily'])
  expect(daily).toMatchObject([{ conversion: 'item_viewed', events: 2 }])
})

test('one session id of two users is two sessions', async () => {
  const { users } = await answers(
    'one-id.ndjson',
    row({ date: '20260303', at: '2026-03-03T10:00:00Z', name: 'scroll', session: 7 }),
    row({ date: '20260303', at: '2026-03-03T10:00:00Z', name: 'scroll', user: 'v', session: 7 }),
  )
  expect(users).toEqual([{ period: 0, sessions: 2, users: 2 }])
})

test('files of several years and kinds are one export: absent columns are null, other scalars are cast', async () => {
  const [old, now, file] = ['old.parquet', 'now.parquet', 'more.ndjson'].map((name) => join(folder, name))
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  const params = `[{'key': 'ga_session_id', 'value': {'string_value': NULL::VARCHAR, 'int_value': 5::BIGINT, 'float_value': NULL::DOUBLE, 'double_value': NULL::DOUBLE}}]`
  // 2020: nothing but nulls came out of the extract as integers.
  await connection.run(
    `COPY (SELECT '20260302' AS event_date, ${Date.parse('2026-03-02T10:00:00Z') * 1000}::BIGINT AS event_timestamp, 'scroll' AS event_name, 'old' AS user_pseudo_id, ${params} AS event_params, {'analytics_storage': NULL::INTEGER} AS privacy_info) TO '${old}' (FORMAT PARQUET)`,
  )
  await connection.run(
    `COPY (SELECT '20260303' AS event_date, ${Date.parse('2026-03-03T10:00:00Z') * 1000}::BIGINT AS event_timestamp, 'scroll' AS event_name, 'now' AS user_pseudo_id, ${params} AS event_params, {'analytics_storage': 'Yes'} AS privacy_info, {'cross_channel_campaign': {'source': 'news', 'medium': 'email', 'default_channel_group': 'Email'}} AS session_traffic_source_last_click, 1 AS batch_page_id) TO '${now}' (FORMAT PARQUET)`,
  )
  connection.closeSync()
  await writeFile(
    file ?? '',
    row({ date: '20260304', at: '2026-03-04T10:00:00Z', name: 'scroll', user: 'json', session: 5 }),
  )
  const { units } = await answersFrom(
    [old ?? '', now ?? '', file ?? ''],
    await storePlan(),
    [WEEK],
    ['units'],
  )
  expect(
    units
      ?.filter(({ slice, base }) => slice === 'channel' && base === '')
      .map(({ bucket, sessions }) => [bucket, sessions]),
  ).toEqual([
    ['Email', 1],
    ['Unassigned', 2],
  ])
})
