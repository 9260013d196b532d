/** GA4's Data API as source, over real HTTP through Google's client, against the sandbox's reports of the same export rows. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { seenByApi } from '../../src/analytics/data-api-filter.ts'
import { askApi, type ReportRequest } from '../../src/analytics/data-api.ts'
import type { Period } from '../../src/analytics/period.ts'
import type { Scorecard } from '../../src/analytics/scorecard-types.ts'
import { QUESTIONS, type Question } from '../../src/analytics/statements.ts'
import type { Verified } from '../../src/analytics/verify.ts'
import { plan } from './measure-command.ts'
import { day, STORE, planFrom } from './measure-sample.ts'
import { sandboxBesideRows } from './sandbox-beside-rows.ts'

const { running, folder, file, close } = await sandboxBesideRows()
afterAll(close)
const AS_OF = ['--as-of', '2026-03-10']
const PROPERTY = '345000009'

beforeEach(async () => {
  await running.control('POST', 'reset')
  const rows = (await readFile(file, 'utf8'))
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
  await running.control('POST', 'ga4-export', { property: PROPERTY, rows })
})

const fromApi = (command: string, ...more: string[]) =>
  plan(command, STORE, '--from', 'api', ...AS_OF, '--sandbox', running.url, ...more)
const cardOf = (out: string) => JSON.parse(out) as Scorecard

test('counts, rates, benchmarks and breakdowns are those of the same rows read as files', async () => {
  const api = cardOf((await fromApi('scorecard', '--format', 'json')).out)
  const files = cardOf((await plan('scorecard', STORE, '--from', file, ...AS_OF, '--format', 'json')).out)
  const told = ({ conversions }: Scorecard) =>
    conversions
      .filter(({ id }) => id !== 'cart_add' && id !== 'checkout_started')
      .map(({ id, count, rate, benchmarks, history, target }) => ({
        id,
        count,
        rate,
        benchmarks,
        history,
        target,
      }))
  expect(told(api)).toEqual(told(files))
  expect(api.totals).toEqual({ ...files.totals, events: null })
  const [awareness, consideration] = files.stages
  expect(awareness?.rate).toMatchObject({ k: 280, n: 280 })
  expect(consideration?.rate).toMatchObject({ k: 140, n: 280 })
  // The third is a share of another conversion's sessions.
  expect(api.stages).toMatchObject([
    awareness,
    consideration,
    { rate: { unknown: 'not-available-from-this-source' }, target: { status: 'not-enough-data' } },
  ])
  expect(
    api.breakdowns.map(({ slice, buckets }) => [
      slice,
      buckets.map(({ bucket, sessions }) => [bucket, sessions]),
    ]),
  ).toEqual(
    files.breakdowns.map(({ slice, buckets }) => [
      slice,
      buckets.map(({ bucket, sessions }) => [bucket, sessions]),
    ]),
  )
  expect(api.conversions.find(({ id }) => id === 'purchase')?.value).toMatchObject({
    measured: 28 * 20,
    assumed: 0,
  })
})

test('what sums cannot say is marked so, and nothing is drawn as zero', async () => {
  const { out, err, code } = await fromApi('scorecard', '--format', 'json')
  expect(err).not.toContain('error')
  expect(code).toBe(0)
  const card = cardOf(out)
  const unknown = { unknown: 'not-available-from-this-source' }
  const purchase = card.conversions.find(({ id }) => id === 'purchase')
  expect([purchase?.timeToAction, purchase?.lag]).toEqual([unknown, unknown])
  expect(card.conversions.find(({ id }) => id === 'cart_add')?.rate).toEqual(unknown)
  expect(card.quality).toContainEqual({
    code: 'not-in-this-source',
    severity: 'info',
    conversion: 'cart_add',
    text: 'Added to the cart has no rate: a share of item_viewed’s sessions is in no sum of the Data API.',
  })
  expect(card.funnels).toEqual([])
  expect(card.guardrails).toMatchObject([
    { verdict: 'cannot-tell', reason: 'No verdict: this source knows no users, so there is no interval.' },
  ])
  expect(card.source.notes[0]).toContain('not available from this source')
})

test('Google’s three flags about its honesty, and the tokens that are left, stand above the numbers', async () => {
  await running.control('POST', 'behaviour', {
    reportThresholded: true,
    reportOtherRow: true,
    reportSampled: true,
  })
  const { out } = await fromApi('scorecard')
  const data = out.slice(0, out.indexOf('Goals')).replaceAll(/\s+/g, ' ')
  expect(data).toContain('GA4 sampled: in the worst of')
  expect(data).toContain('it read 1,000,000 of 4,000,000 events and scaled up')
  expect(data).toContain('GA4 left out small numbers, so that nobody is recognised (thresholding)')
  expect(data).toContain('GA4 lumped rare values into "(other)"')
  expect(data).toMatch(
    /\d+ reports were asked for; 199,\d{3} tokens are left of the day, 13,\d{3} of the hour\./,
  )
  const verified = await fromApi('verify')
  expect(verified.out.replaceAll(/\s+/g, ' ')).toContain(
    '(thresholding): counts may be too low. GA4 lumped rare values',
  )
  expect(verified.out.split('\n').filter((line) => line.length > 80)).toEqual([])
})

test('used up tokens end it at once, with the way out', async () => {
  await running.control('POST', 'quota', { dataTokens: 8 })
  const { out, err, code } = await fromApi('scorecard')
  expect(out).toBe('')
  expect(err).toMatch(
    /error quota-exhausted: The property has no tokens left for reports: Exhausted property tokens.+\nfix: Run the same command again in an hour/,
  )
  expect(code).toBe(3)
})

test('power starts from a rate, and says where sums have none', async () => {
  expect(
    (await plan('power', 'purchase', '--plan', STORE, '--from', 'api', ...AS_OF, '--sandbox', running.url))
      .out,
  ).toMatch(/^purchase: 10 % of sessions/)
  const { err } = await plan(
    'power',
    'cart_add',
    '--plan',
    STORE,
    '--from',
    'api',
    ...AS_OF,
    '--sandbox',
    running.url,
  )
  expect(err).toContain(
    'error not-available-from-this-source: Added to the cart has no rate here: a share of item_viewed’s',
  )
})

test('weights are not made of sums', async () => {
  expect((await fromApi('weights')).err).toContain('error not-available-from-this-source: ')
})

test('verify tells events that arrived, and registered parameters; others it cannot see', async () => {
  const named = join(folder, 'verify.yaml')
  const store = await readFile(STORE, 'utf8')
  await writeFile(
    named,
    store
      .replace(
        'goals:\n',
        'parameters:\n  tier: { type: string, register: event, description: Which one }\n  shade: { type: string, description: Which colour }\ngoals:\n',
      )
      .replace(
        '        event: view_item\n',
        '        event: view_item\n        parameters: { tier: { dataLayer: tier }, shade: { dataLayer: shade } }\n',
      )
      .replace('        event: scroll\n', '        event: scroll\n        parameters: { shade: dark }\n'),
  )
  const { out, code } = await plan(
    'verify',
    named,
    '--from',
    'api',
    ...AS_OF,
    '--sandbox',
    running.url,
    '--format',
    'json',
  )
  const { conversions } = JSON.parse(out) as Verified
  const of = (id: string) => conversions.find((one) => one.id === id)
  expect(of('purchase')).toMatchObject({ state: 'arrived', events: 24, since: '2026-03-03' })
  expect(of('cart_add')).toMatchObject({ state: 'missing' })
  expect(of('item_viewed')?.parameters).toEqual([
    { name: 'tier', state: 'missing', events: 0 },
    { name: 'shade', state: 'not-available-from-this-source', events: 0 },
  ])
  expect(of('page_scrolled')).toMatchObject({ event: 'scroll', state: 'not-available-from-this-source' })
  expect(code).toBe(1)
})

describe('what is asked for', () => {
  const text = (source: string) => `
version: 1
plan: p
title: P
currency: EUR
stages: {}
environments: { e: { gtm: { account: '1', container: GTM-A }, ga4: { property: '1', measurementId: G-A } } }
parameters: { tier: { type: string, register: event, description: Which one } }
goals:
  lead: { title: Lead, event: generate_lead, trigger: { page: viewed, when: [${source}] }, parameters: { tier: gold } }
`
  const period = { kind: 'days', label: 'd', first: day('2026-03-01'), end: day('2026-03-08') } as const

  async function requests(
    source: string,
    periods: readonly Period[],
    questions: readonly Question[],
  ): Promise<readonly ReportRequest[]> {
    const sent: ReportRequest[] = []
    const run = (_: string, request: ReportRequest) => {
      sent.push(request)
      return Promise.resolve({ rows: [], thresholded: false, otherRow: false, sampled: [], tokensLeft: {} })
    }
    await askApi(run, seenByApi(await planFrom(source)), { periods, span: period }, questions)
    return sent
  }

  test('a scorecard takes seventeen reports, one for each stage with a target, and nine for a conversion that a parameter tells apart', async () => {
    const store = await readFile(STORE, 'utf8')
    const scroll = '        event: scroll\n'
    const periods = Array.from({ length: 5 }, () => period)
    expect(await requests(store, periods, QUESTIONS)).toHaveLength(17 + 2)
    const told = store.replace(scroll, `${scroll}        parameters: { method: wheel }\n`)
    expect(await requests(told, periods, QUESTIONS)).toHaveLength(17 + 2 + 9)
  })

  test.each([
    [
      '{ path: { startsWith: /a } }',
      { fieldName: 'pagePath', stringFilter: { matchType: 'BEGINS_WITH', value: '/a', caseSensitive: true } },
    ],
    [
      '{ host: { equals: x.example } }',
      {
        fieldName: 'hostName',
        stringFilter: { matchType: 'EXACT', value: 'x.example', caseSensitive: true },
      },
    ],
    [
      '{ url: { matches: "^https" , ignoreCase: true } }',
      {
        fieldName: 'pageLocation',
        stringFilter: { matchType: 'PARTIAL_REGEXP', value: '^https', caseSensitive: false },
      },
    ],
  ])('a conversion is its event with what it carries: %s', async (condition, filter) => {
    const sent = await requests(text(condition), [period], ['daily'])
    expect(sent[1]?.currencyCode).toBe('EUR')
    expect(sent[1]?.dateRanges).toEqual([{ startDate: '2026-03-01', endDate: '2026-03-07' }])
    expect(sent[1]?.dimensionFilter?.andGroup?.expressions).toEqual([
      {
        filter: { fieldName: 'eventName', inListFilter: { values: ['generate_lead'], caseSensitive: true } },
      },
      {
        filter: {
          fieldName: 'customEvent:tier',
          stringFilter: { matchType: 'EXACT', value: 'gold', caseSensitive: true },
        },
      },
      { filter },
    ])
  })
})
