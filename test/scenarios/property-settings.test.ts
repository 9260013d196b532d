/** Settings of the property: what is stated is compared and written, what is not is left alone. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { GA4_KINDS } from '../../src/kinds/kinds.ts'
import { ownSandbox } from './own-sandbox.ts'
import { inNewFolder, planAnswering, type Outcome } from './run-plan.ts'

const sandbox = ownSandbox()
inNewFolder()

const FILE = 'plans/advisory.yaml'
const MANY_PLANS = join(import.meta.dirname, '../../docs/many-plans.md')
const plan = (...argv: readonly string[]): Promise<Outcome> =>
  planAnswering(undefined, ...argv, FILE, '--sandbox', sandbox.url)
const states = (lines: string): void =>
  writeFileSync(FILE, `${readFileSync(FILE, 'utf8')}\nproperty:\n${lines}\n`)
const settings = async (): Promise<object> =>
  (
    await fetch(`${sandbox.url}/v1beta/properties/345000011/dataRetentionSettings`, AS)
  ).json() as Promise<object>
const seen = async (): Promise<readonly Seen[]> =>
  ((await (await fetch(`${sandbox.url}/_sandbox/requests`)).json()) as { requests: Seen[] }).requests
interface Seen {
  readonly method: string
  readonly path: string
  readonly api?: string
}
const control = (name: string, body: object): Promise<Response> =>
  fetch(`${sandbox.url}/_sandbox/${name}`, { method: 'POST', body: JSON.stringify(body) })
/** What a diff says of the property, without the rest. */
const propertyPart = (out: string): string => /~ the GA4 property\n(?:.+\n)+/.exec(out)?.[0] ?? out
const AS = { headers: { authorization: 'Bearer sandbox:analytics.edit' } }

test('data retention that the plan states is set, once; what somebody changes since is told as theirs, and left', async () => {
  await plan('apply', '--auto-approve')
  const before = await settings()
  states('  retention: { events: 14 months, users: 14 months }')

  const diff = await plan('diff')
  expect(diff.out).toMatch(/events are kept/i)
  expect(diff.out).toContain('fourteen months')
  expect(diff.out).not.toMatch(/a new visit/i)
  expect((await plan('apply', '--auto-approve')).exitCode).toBe(0)
  expect(await settings()).toEqual({ ...before, eventDataRetention: 'FOURTEEN_MONTHS' })
  expect((await plan('diff', '--detailed-exitcode')).exitCode).toBe(0)

  await fetch(
    `${sandbox.url}/v1beta/properties/345000011/dataRetentionSettings?updateMask=eventDataRetention`,
    {
      method: 'PATCH',
      headers: { ...AS.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ eventDataRetention: 'TWO_MONTHS' }),
    },
  )
  // Who it was is in GA4's change history, which is told to those alone who may write.
  const drifted = await plan('diff', '--detailed-exitcode')
  expect([drifted.exitCode, drifted.out]).toEqual([2, expect.stringContaining('changed by hand')])
  expect(drifted.out).toContain('who changed it in GA4: plan diff --who (asks for analytics.edit)')
  const named = await plan('diff', '--who')
  expect(named.out).toMatch(
    / {4}data retention settings\n.*\n {6}by \S+@\S+ on \d{4}-\d\d-\d\d at \d\d:\d\d UTC\n/,
  )
  const before1 = (await seen()).length
  const status = await plan('status', '--who')
  expect(status.out).toMatch(/changed by hand: data retention settings, by \S+@\S+ on \d{4}-/)
  const asked = (await seen()).slice(before1).map(({ path }) => path)
  expect(asked.filter((path) => path.includes('searchChangeHistoryEvents'))).toHaveLength(1)
  expect((await plan('apply', '--auto-approve')).exitCode).toBe(0)
  expect(await settings()).toEqual({ ...before, eventDataRetention: 'TWO_MONTHS' })
  expect((await plan('apply', '--auto-approve', '--restore-drift')).exitCode).toBe(0)
  expect(await settings()).toEqual({ ...before, eventDataRetention: 'FOURTEEN_MONTHS' })
  expect((await plan('diff', '--detailed-exitcode')).exitCode).toBe(0)
})

// What GA4 collects of itself in the new stream nobody has set yet: it is the plan's to set, or scrolls count twice.
test('what was written to one stream is not held against another', async () => {
  await plan('apply', '--auto-approve')
  const text = readFileSync(FILE, 'utf8')
  const [, id = ''] = /measurementId: (G-\w+)/.exec(text) ?? []
  writeFileSync(FILE, text.replaceAll(id, 'G-OTHER00001'))
  const diff = await plan('diff')
  expect(diff.out).toContain('enhanced measurement')
  expect(diff.out).not.toContain('by hand')
  expect((await plan('apply', '--auto-approve')).exitCode).toBe(0)
  expect((await plan('diff', '--detailed-exitcode')).exitCode).toBe(0)
})

// One container, one property: the list of the one environment has lines of the other's stream too.
test('environments that share a container and a property keep each other’s lines of their own stream', async () => {
  const text = readFileSync(FILE, 'utf8')
  writeFileSync(FILE, text.replace('GTM-ADVPRD1', 'GTM-ADVSTG1').replace('345000012', '345000011'))
  const in2 = ['staging', 'production', 'staging', 'production']
  for (const environment of in2.slice(0, 2)) {
    const applied = await plan('apply', '-e', environment, '--auto-approve')
    expect([applied.exitCode, applied.err.includes('setting-is-left')]).toEqual([0, false])
  }
  for (const environment of in2) {
    const diff = await plan('diff', '-e', environment, '--detailed-exitcode')
    expect([environment, diff.exitCode, diff.out]).toEqual([environment, 0, expect.any(String)])
  }
})

const EVERYTHING = `  currency: AED
  timezone: Asia/Dubai
  industry: finance
  retention: { events: 14 months, users: 14 months }
  attribution: { model: lastClick, acquisition: 7d, other: 60d }
  signals: false
  identity: observed
  redact: { email: true, query: [token, email] }`

test('every setting that the plan states is shown beside that of today, written with that alone, and then as planned', async () => {
  await plan('apply', '--auto-approve')
  states(EVERYTHING)
  const diff = await plan('diff')
  expect(propertyPart(diff.out)).toMatchInlineSnapshot(`
    "~ the GA4 property
          E-mail addresses are cut out  no -> yes
          Query parameters are cut out  no -> yes
          Cut out of addresses        email, token
          Reporting identity          blended -> observed
          Attribution model           data-driven -> last click, paid and organic
          Attribution, first visits   30 days -> 7 days
          Attribution, all else       90 days -> 60 days
          Events are kept             two months -> fourteen months
          Currency of the reports     USD -> AED
          Time zone of the reports    America/Los_Angeles -> Asia/Dubai
          Industry                    finance
          update  data redaction settings, reporting identity settings,
                  attribution settings, data retention settings, property settings
          ! another identity changes the reports of the past as well
          ! another attribution window counts from now on; another attribution model
            changes the reports of the past as well
          ! GA4 then shows the past in the new currency as well; a new time zone
            counts from now on, with a gap or an overlap on that day; the past keeps
            the old one
    "
  `)

  const before = (await seen()).length
  expect((await plan('apply', '--auto-approve')).exitCode).toBe(0)
  // What the diff said that it takes is what it took.
  const asked = (await seen()).slice(before).filter(({ api }) => api?.startsWith('analyticsadmin'))
  expect(diff.out).toContain(` and ${asked.length} to Analytics`)
  const masks = (await seen()).flatMap(({ method, path }) =>
    method === 'PATCH' ? [decodeURIComponent(path.replace(/^.*345000011\/?/, ''))] : [],
  )
  expect(masks).toMatchInlineSnapshot(`
    [
      "dataStreams/2/enhancedMeasurementSettings?updateMask=page_changes_enabled,scrolls_enabled,site_search_enabled,search_query_parameter",
      "?updateMask=currency_code,industry_category,time_zone",
      "dataRetentionSettings?updateMask=event_data_retention,user_data_retention",
      "attributionSettings?updateMask=acquisition_conversion_event_lookback_window,other_conversion_event_lookback_window,reporting_attribution_model",
      "reportingIdentitySettings?updateMask=reporting_identity",
      "dataStreams/2/dataRedactionSettings?updateMask=email_redaction_enabled,query_parameter_keys,query_parameter_redaction_enabled",
    ]
  `)
  // Looking takes what it says, too, and never more than one request for each kind and one to find the stream.
  const looking = (await seen()).length
  const { exitCode, out } = await plan('diff', '--detailed-exitcode')
  const apis = (await seen()).slice(looking).flatMap(({ api }) => api ?? [])
  const looks = (of: string): number => apis.filter((api) => api.startsWith(of)).length
  expect([exitCode, out]).toEqual([
    0,
    expect.stringContaining(
      `Looking took ${looks('tagmanager')} requests to Tag Manager and ${looks('analyticsadmin')} to Analytics.`,
    ),
  ])
  expect(readFileSync(MANY_PLANS, 'utf8')).toContain(`at most\n${GA4_KINDS.length + 1}, however many things`)
})

test('a field that the plan changes is written alone: what somebody changed beside it stays until drift is undone', async () => {
  const patched = async (): Promise<readonly string[]> =>
    (await seen()).flatMap(({ method, path }) => (method === 'PATCH' ? [path.replace(/^.*\?/, '')] : []))
  states('  currency: AED\n  industry: finance')
  expect((await plan('apply', '--auto-approve')).exitCode).toBe(0)
  await fetch(`${sandbox.url}/v1beta/properties/345000011?updateMask=industry_category`, {
    method: 'PATCH',
    headers: { ...AS.headers, 'content-type': 'application/json' },
    body: JSON.stringify({ industryCategory: 'TRAVEL' }),
  })
  writeFileSync(FILE, readFileSync(FILE, 'utf8').replace('\n  currency: AED', '\n  currency: EUR'))
  const before = (await patched()).length
  const diff = await plan('diff')
  expect(propertyPart(diff.out)).toContain('Currency of the reports  AED -> EUR')
  expect(propertyPart(diff.out)).not.toContain('Industry')
  expect(diff.out).toMatch(/changed by hand since the last apply\n {4}property settings\n.*finance -> travel/)
  // Google tells who it was only to those who may write there; to whom it does not, the rest is told all the same.
  await control('faults', { path: 'searchChangeHistoryEvents', status: 403 })
  const asked = await plan('diff', '--who')
  expect([asked.exitCode, asked.out]).toEqual([
    0,
    expect.stringMatching(/property settings\n.*finance -> travel/),
  ])
  expect(asked.out + asked.err).not.toMatch(/error|\bby \S+@/)
  expect((await plan('apply', '--auto-approve')).exitCode).toBe(0)
  expect((await patched()).slice(before)).toEqual(['updateMask=currency_code'])
  expect((await plan('diff')).out).toMatch(/property settings\n.*finance -> travel/)
  expect((await plan('apply', '--auto-approve', '--restore-drift')).exitCode).toBe(0)
  expect((await patched()).slice(before + 1)).toEqual(['updateMask=industry_category'])
  expect((await plan('diff', '--detailed-exitcode')).exitCode).toBe(0)
})

test('what GA4 answers with 200 and does not do is found and named', async () => {
  states('  identity: device')
  await control('behaviour', { updatesChangeNothing: true })
  const outcome = await plan('apply', '--auto-approve')
  expect(outcome.exitCode).toBe(1)
  expect(outcome.out + outcome.err).toContain(
    'GA4 answered that it took the reporting identity settings, and has another "Reporting identity" than was written.',
  )
  await control('behaviour', { updatesChangeNothing: false })
  expect((await plan('apply', '--auto-approve')).exitCode).toBe(0)
})

test('site search is switched on with its parameter, for alone it would be answered and stay as it was', async () => {
  const file = readFileSync(FILE, 'utf8')
  writeFileSync(FILE, file.replace('siteSearch: false', 'siteSearch: true'))
  expect((await plan('apply', '--auto-approve')).exitCode).toBe(0)
  expect((await plan('diff', '--detailed-exitcode')).exitCode).toBe(0)
})

test('signals that nobody has agreed to are told with what there is to do', async () => {
  states('  signals: true')
  const outcome = await plan('apply', '--auto-approve')
  expect(outcome.exitCode).toBe(1)
  expect(outcome.out + outcome.err).toMatch(/Google signals must be activated/)
})

test('a plan that says nothing of the property neither reads nor writes its settings', async () => {
  await plan('apply', '--auto-approve')
  const { requests } = (await (await fetch(`${sandbox.url}/_sandbox/requests`)).json()) as {
    requests: readonly { readonly path: string }[]
  }
  expect(requests.filter(({ path }) => path.includes('dataRetentionSettings'))).toEqual([])
})

test('what the plan stops stating stays as it is, and that is said once', async () => {
  const without = readFileSync(FILE, 'utf8')
  states('  retention: { events: 14 months, users: 2 months, resetOnActivity: false }')
  await plan('apply', '--auto-approve')
  const before = await settings()
  writeFileSync(FILE, without)
  const applied = await plan('apply', '--auto-approve')
  expect([applied.exitCode, applied.err]).toEqual([
    0,
    expect.stringContaining(
      'The plan no longer states "Events are kept", "A new visit starts the time again" and "Visitors are kept" of the data retention',
    ),
  ])
  const diff = await plan('diff', '--detailed-exitcode')
  expect([diff.exitCode, diff.err]).toEqual([0, expect.not.stringContaining('no longer states')])
  expect(await settings()).toEqual(before)
})

test('what it stops stating of the stream is said once, too, though nothing else of the stream is asked for', async () => {
  const without = readFileSync(join(import.meta.dirname, '../fixtures/the-smallest-plan/plan.yaml'), 'utf8')
  writeFileSync(FILE, `${without}\nenhancedMeasurement: { scrolls: false }\n`)
  expect((await plan('apply', '--auto-approve')).exitCode).toBe(0)
  writeFileSync(FILE, without)
  const applied = await plan('apply', '--auto-approve')
  expect([applied.exitCode, applied.err]).toEqual([
    0,
    expect.stringContaining('The plan no longer states "Scrolls" of the enhanced measurement'),
  ])
  const diff = await plan('diff', '--detailed-exitcode')
  expect([diff.exitCode, diff.err]).toEqual([0, expect.not.stringContaining('no longer states')])
})

test('what the plan leaves open is read from GA4 before it says that nothing counts twice', async () => {
  const file = readFileSync(FILE, 'utf8')
  writeFileSync(FILE, file.replace(/\n {2}scrolls: .*/, '').replace('event: view_pricing', 'event: scroll'))
  expect(readFileSync(FILE, 'utf8')).not.toBe(file)
  const { err } = await plan('diff')
  expect(err).toContain('Enhanced measurement (Scrolls) sends "scroll" already. The plan says nothing')
})

test('it is read, too, where the plan says nothing of any switch and something hangs on one; else it is not', async () => {
  const reads = async (): Promise<number> => {
    const { requests } = (await (await fetch(`${sandbox.url}/_sandbox/requests`)).json()) as {
      requests: readonly { readonly path: string }[]
    }
    return requests.filter(({ path }) => path.includes('enhancedMeasurementSettings')).length
  }
  const without = readFileSync(FILE, 'utf8').replace(/\nenhancedMeasurement:\n(?: .*\n)+/, '\n')
  writeFileSync(
    FILE,
    readFileSync(join(import.meta.dirname, '../fixtures/the-smallest-plan/plan.yaml'), 'utf8'),
  )
  await plan('diff')
  expect(await reads()).toBe(0)
  writeFileSync(FILE, without.replace('event: view_pricing', 'event: scroll'))
  const { err, out } = await plan('diff')
  expect(err).toContain('Enhanced measurement (Scrolls) sends "scroll" already. The plan says nothing')
  expect(out).toContain('1 other left alone') // purchase, which every property has; the switches are nobody's
  expect(await reads()).toBe(1)
})
