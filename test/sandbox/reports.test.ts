/** The Data API's double, asked by Google's own client. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { refusal, runSandbox, type Running } from './clients.ts'

let running: Running
const property = 'properties/345'
beforeAll(async () => {
  running = await runSandbox()
})
afterAll(() => running.sandbox.close())

interface Event {
  readonly day?: string
  readonly name: string
  readonly user?: string
  readonly session?: number
  readonly parameters?: Readonly<Record<string, string | number>>
  readonly rest?: object
}

/** As the export's own JSON: integers as text, one of four value columns. */
function row({ day = '20260105', name, user = 'u1', session = 1, parameters = {}, rest = {} }: Event) {
  const all = { ga_session_id: session, ...parameters }
  return {
    event_date: day,
    event_timestamp: '1767600000000000',
    event_name: name,
    user_pseudo_id: user,
    event_params: Object.entries(all).map(([key, value]) => ({
      key,
      value: typeof value === 'number' ? { int_value: String(value) } : { string_value: value },
    })),
    ...rest,
  }
}

const mobile = { device: { category: 'mobile' } }
const desktop = { device: { category: 'desktop' } }
const ROWS = [
  { name: 'page_view', parameters: { medium: 'organic', source: 'google' }, rest: mobile },
  { name: 'sign_up', parameters: { plan: 'free' }, rest: mobile },
  { name: 'sign_up', parameters: { plan: 'paid' }, rest: mobile },
  { name: 'page_view', user: 'u2', session: 1, rest: desktop },
  { name: 'page_view', user: 'u2', session: 2, day: '20260112', rest: desktop },
  {
    name: 'purchase',
    user: 'u2',
    session: 2,
    day: '20260112',
    parameters: { value: 20 },
    rest: { ...desktop, ecommerce: { purchase_revenue: 20.5 } },
  },
].map(row)

beforeEach(async () => {
  await running.control('POST', 'reset')
  await running.control('POST', 'ga4-export', { property: '345', rows: ROWS })
  await running.beta.properties.keyEvents.create({
    parent: property,
    requestBody: { eventName: 'sign_up', countingMethod: 'ONCE_PER_EVENT' },
  })
})

const january = [{ startDate: '2026-01-01', endDate: '2026-01-31' }]
const ask = async (requestBody: object) =>
  (
    await running.data.properties.runReport({
      property,
      requestBody: { dateRanges: january, ...requestBody },
    })
  ).data
const named = (...names: string[]) => names.map((name) => ({ name }))

async function table(dimensions: string[], metrics: string[], rest: object = {}): Promise<string[][]> {
  const { rows } = await ask({ dimensions: named(...dimensions), metrics: named(...metrics), ...rest })
  return (rows ?? []).map(({ dimensionValues, metricValues }) =>
    [...(dimensionValues ?? []), ...(metricValues ?? [])].map(({ value }) => value ?? ''),
  )
}

describe('a report', () => {
  test('counts events, sessions and users, each once in a row', async () => {
    expect(await table(['eventName'], ['eventCount', 'sessions', 'totalUsers'])).toEqual([
      ['page_view', '3', '3', '2'],
      ['sign_up', '2', '1', '1'],
      ['purchase', '1', '1', '1'],
    ])
    expect(await table([], ['sessions', 'totalUsers', 'purchaseRevenue', 'eventValue'])).toEqual([
      ['3', '2', '20.5', '20'],
    ])
  })

  test('knows the key events of the property, and their rates', async () => {
    const metrics = ['keyEvents', 'keyEvents:sign_up', 'keyEvents:nothing', 'sessionKeyEventRate:sign_up']
    const [[all, signUps, nothing, rate]] = (await table([], metrics)) as [string[]]
    // `purchase` is a key event in every property.
    expect([all, signUps, nothing]).toEqual(['3', '2', '0'])
    expect(Number(rate)).toBeCloseTo(1 / 3)
    expect(await table([], ['userKeyEventRate:purchase'])).toEqual([['0.5']])
  })

  test('breaks down by day, week, device, channel and one’s own parameter', async () => {
    expect(await table(['isoYearIsoWeek', 'date'], ['eventCount'])).toEqual([
      ['202602', '20260105', '4'],
      ['202603', '20260112', '2'],
    ])
    expect(await table(['deviceCategory', 'sessionDefaultChannelGroup'], ['sessions'])).toEqual([
      ['desktop', 'Direct', '2'],
      ['mobile', 'Organic Search', '1'],
    ])
    expect(await table(['customEvent:plan', 'sessionSourceMedium'], ['eventCount'])).toEqual([
      ['(not set)', '(direct) / (none)', '3'],
      ['(not set)', 'google / organic', '1'],
      ['free', 'google / organic', '1'],
      ['paid', 'google / organic', '1'],
    ])
  })

  test('filters dimensions and metrics', async () => {
    const exact = (value: string, rest: object = {}) => ({
      filter: { fieldName: 'eventName', stringFilter: { value, ...rest } },
    })
    const count = async (dimensionFilter: object) =>
      (await table([], ['eventCount'], { dimensionFilter }))[0]?.[0]
    expect(await count(exact('SIGN_UP'))).toBe('2')
    expect(await count(exact('SIGN_UP', { caseSensitive: true }))).toBeUndefined()
    expect(await count(exact('sign', { matchType: 'BEGINS_WITH' }))).toBe('2')
    expect(await count(exact('p.*e', { matchType: 'FULL_REGEXP' }))).toBe('1')
    expect(await count({ notExpression: exact('page_view') })).toBe('3')
    expect(await count({ orGroup: { expressions: [exact('sign_up'), exact('purchase')] } })).toBe('3')
    expect(await count({ andGroup: { expressions: [exact('sign_up'), exact('purchase')] } })).toBeUndefined()
    const list = { fieldName: 'eventName', inListFilter: { values: ['purchase', 'page_view'] } }
    expect(await count({ filter: list })).toBe('4')
    const numericFilter = { operation: 'GREATER_THAN', value: { int64Value: '1' } }
    const metricFilter = { filter: { fieldName: 'eventCount', numericFilter } }
    expect(await table(['eventName'], ['eventCount'], { metricFilter })).toEqual([
      ['page_view', '3'],
      ['sign_up', '2'],
    ])
  })

  test('orders, cuts and adds up', async () => {
    const orderBys = [{ dimension: { dimensionName: 'eventName' }, desc: true }]
    const answer = await ask({
      dimensions: named('eventName'),
      metrics: named('totalUsers'),
      orderBys,
      limit: '1',
      offset: '1',
      metricAggregations: ['TOTAL'],
    })
    expect(answer.rowCount).toBe(3)
    expect(answer.rows).toEqual([
      { dimensionValues: [{ value: 'purchase' }], metricValues: [{ value: '1' }] },
    ])
    expect(answer.totals?.[0]?.metricValues).toEqual([{ value: '2' }])
  })

  test('compares several ranges, told apart by a dimension of their own', async () => {
    const dateRanges = [
      { startDate: '2026-01-01', endDate: '2026-01-06' },
      { startDate: '2026-01-07', endDate: '2026-01-31', name: 'later' },
    ]
    expect(await table([], ['eventCount'], { dateRanges })).toEqual([
      ['date_range_0', '4'],
      ['later', '2'],
    ])
  })

  test('reads relative days in the time zone of the property', async () => {
    await running.beta.properties.patch({
      name: property,
      updateMask: 'time_zone',
      requestBody: { timeZone: 'Asia/Tokyo' },
    })
    // Four in the afternoon of the 11th in Greenwich is the 12th in Tokyo.
    await running.control('POST', 'clock', { freezeAt: Date.parse('2026-01-11T16:00:00Z') })
    const on = (startDate: string, endDate: string) =>
      table([], ['eventCount'], { dateRanges: [{ startDate, endDate }] })
    expect(await on('today', 'today')).toEqual([['2']])
    expect(await on('7daysAgo', 'yesterday')).toEqual([['4']])
  })

  test('carries time zone and currency, and three flags about its honesty', async () => {
    const { metadata } = await ask({ metrics: named('sessions') })
    expect(metadata).toEqual({ currencyCode: 'USD', timeZone: 'America/Los_Angeles' })
    await running.control('POST', 'behaviour', {
      reportThresholded: true,
      reportOtherRow: true,
      reportSampled: true,
    })
    expect((await ask({ metrics: named('sessions') })).metadata).toMatchObject({
      subjectToThresholding: true,
      dataLossFromOtherRow: true,
      samplingMetadatas: [{ samplesReadCount: '1000000', samplingSpaceSize: '4000000' }],
    })
  })

  test('of a property without rows is empty; rows without a property are for all of those', async () => {
    const other = (name: string) =>
      running.data.properties.runReport({
        property: name,
        requestBody: { dateRanges: january, metrics: named('eventCount') },
      })
    expect((await other('properties/9')).data.rows).toBeUndefined()
    await running.control('POST', 'ga4-export', { rows: [ROWS[0]] })
    expect((await other('properties/9')).data.rows?.length).toBe(1)
    expect(await table([], ['eventCount'])).toEqual([['6']])
    await running.control('DELETE', 'ga4-export')
    expect(await table([], ['eventCount'])).toEqual([])
  })

  test.each([
    ['an unknown dimension', { dimensions: named('eventname') }],
    ['an unknown metric', { metrics: named('visits') }],
    ['nothing', {}],
    ['ten dimensions', { dimensions: named(...Array<string>(10).fill('date')) }],
    ['eleven metrics', { metrics: named(...Array<string>(11).fill('sessions')) }],
    ['no range', { dateRanges: [], metrics: named('sessions') }],
    [
      'a day that is none',
      { dateRanges: [{ startDate: '2026-02-30', endDate: 'today' }], metrics: named('sessions') },
    ],
    [
      'a range backwards',
      { dateRanges: [{ startDate: 'today', endDate: 'yesterday' }], metrics: named('sessions') },
    ],
    [
      'an order by what is not there',
      { metrics: named('sessions'), orderBys: [{ metric: { metricName: 'x' } }] },
    ],
    [
      'a broken pattern',
      {
        metrics: named('sessions'),
        dimensionFilter: {
          filter: { fieldName: 'date', stringFilter: { matchType: 'FULL_REGEXP', value: '(' } },
        },
      },
    ],
  ])('with %s is refused', async (_, request) => {
    expect(await refusal(ask(request))).toMatchObject({ status: 400, reason: undefined })
  })

  test('rows that are none of the export are refused', async () => {
    await expect(running.control('POST', 'ga4-export', { rows: [{ event_name: 'x' }] })).rejects.toThrow(
      'event_date',
    )
  })
})

describe('tokens', () => {
  const quota = async () =>
    (await ask({ metrics: named('sessions'), returnPropertyQuota: true })).propertyQuota

  test('are told when asked for, and come back within the hour', async () => {
    await running.control('POST', 'clock', { freeze: true })
    expect((await ask({ metrics: named('sessions') })).propertyQuota).toBeUndefined()
    expect(await quota()).toMatchObject({
      tokensPerDay: { consumed: 5, remaining: 199_990 },
      tokensPerProjectPerHour: { consumed: 5, remaining: 13_990 },
      concurrentRequests: { remaining: 10 },
    })
    await running.control('POST', 'quota', { dataTokens: 12 })
    await quota()
    expect((await quota())?.tokensPerProjectPerHour).toEqual({ consumed: 5, remaining: 2 })
    expect(await refusal(quota())).toMatchObject({
      status: 429,
      message: expect.stringContaining('Exhausted property tokens for a project per hour') as string,
    })
    await running.control('POST', 'clock', { advanceMs: 3_600_000 })
    expect((await quota())?.tokensPerProjectPerHour).toMatchObject({ remaining: 7 })
  })
})
