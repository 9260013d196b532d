/** What a property has several of: links, metrics, channels, events made of others, secrets. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ownSandbox } from './own-sandbox.ts'
import { inNewFolder, planAnswering, type Outcome } from './run-plan.ts'

const sandbox = ownSandbox()
inNewFolder()

const FILE = 'plans/advisory.yaml'
const plan = (...argv: readonly string[]): Promise<Outcome> =>
  planAnswering(undefined, ...argv, FILE, '--sandbox', sandbox.url)
const original = (): string => readFileSync(FILE, 'utf8')
const AS = { headers: { authorization: 'Bearer sandbox:analytics.edit', 'content-type': 'application/json' } }
const PROPERTY = 'properties/345000011'
const get = async <T>(path: string): Promise<T> =>
  (await (await fetch(`${sandbox.url}/${path}`, AS)).json()) as T
const streamOf = async (): Promise<string> =>
  (await get<{ dataStreams: { name: string }[] }>(`v1beta/${PROPERTY}/dataStreams`)).dataStreams[0]?.name ??
  ''

const LISTS = `
property:
  googleAds: { 123-456-7890: { personalization: false } }
  bigquery: { "123456789012": { location: EU, daily: true, exclude: [scroll] } }
  calculated:
    guides_per_visit: { title: Guides per visit, formula: "keyEvents/sessions" }
  channels:
    messages:
      title: Messages
      rules:
        WhatsApp: { source: { matches: "wa|whatsapp" }, medium: { equals: [chat, message] } }
        Mail: { medium: { startsWith: mail } }
  derived:
    prices_seen: { from: page_view, when: [{ parameter: page_location, contains: /pricing }], set: { place: pricing } }
`

test('links, metrics, channels and events made of others are made once, and are then as planned', async () => {
  const file = original()
  writeFileSync(FILE, file + LISTS)
  const diff = await plan('diff')
  expect(/[+~] the GA4 property\n(?:.+\n)+/.exec(diff.out)?.[0] ?? diff.out).toMatchInlineSnapshot(`
    "~ the GA4 property
          Event                 prices_seen
          Page changes          on -> off
          Scrolls               on -> off
          Site search           on -> off
          BigQuery              projects/123456789012, EU
          Daily export          on
          Not exported          scroll
          Google Ads account    123-456-7890
          Personalised ads      not allowed
          Made when             event_name equals page_view and page_location
                                contains /pricing
          Keeps the parameters  yes
          Sets                  place = pricing
          Channel group         Messages
          Channel WhatsApp      source matches wa|whatsapp, and medium is chat or
                                medium is message
          Channel Mail          medium starts with mail
          Calculated metric     Guides per visit (standard)
          Formula               keyEvents / sessions
          create  BigQuery link projects/123456789012, Google Ads link 1234567890,
                  event create rule prices_seen, channel group Messages,
                  calculated metric Guides per visit
          update  enhanced measurement settings
    "
  `)
  const applied = await plan('apply', '--auto-approve')
  expect([applied.exitCode, applied.out.slice(-1500)]).toEqual([0, expect.any(String)])
  expect((await plan('diff', '--detailed-exitcode')).exitCode).toBe(0)
  expect(await get(`v1alpha/${PROPERTY}/bigQueryLinks`)).toMatchObject({
    bigqueryLinks: [{ project: 'projects/123456789012', exportStreams: [await streamOf()] }],
  })

  // What is fixed for good is refused before anything is written; what carries no mark stays when the plan drops it.
  writeFileSync(FILE, file + LISTS.replace('location: EU', 'location: US'))
  const fixed = await plan('apply', '--auto-approve')
  expect([fixed.exitCode, fixed.err]).toEqual([1, expect.stringMatching(/yaml:\d+:\d+ error fixed-in-ga4/)])
  writeFileSync(
    FILE,
    `${file}\nproperty: { googleAds: {}, bigquery: {}, derived: {}, calculated: {}, channels: {} }\n`,
  )
  const fewer = await plan('apply', '--auto-approve', '--allow-delete')
  expect(fewer.out).toContain('delete  channel group Messages, calculated metric Guides per visit')
  const left = await Promise.all(
    ['googleAdsLinks', 'bigQueryLinks', 'calculatedMetrics', 'channelGroups'].map((list) =>
      get(`v1alpha/${PROPERTY}/${list}`),
    ),
  )
  expect(left).toMatchObject([{ googleAdsLinks: [{}] }, { bigqueryLinks: [{}] }, {}, {}])
  expect(Object.keys(left[2] as object).concat(Object.keys(left[3] as object))).toEqual([])
})

test('a secret is made by its name, and what it is stands nowhere', async () => {
  writeFileSync(FILE, `${original()}\nproperty: { secrets: [billing server] }\n`)
  const refused = await plan('apply', '--auto-approve')
  expect([refused.exitCode, refused.out + refused.err]).toEqual([
    1,
    expect.stringContaining('The user data collection terms must be acknowledged first.'),
  ])
  // Nothing else waits for the person who has to agree.
  const left = JSON.parse((await plan('diff', '--format', 'json')).out) as { changes: { kind: string }[] }
  expect(left.changes.map(({ kind }) => kind)).toEqual(['ga4/measurement-protocol-secret'])
  const sentence =
    'I acknowledge that I have the necessary privacy disclosures and rights from my end users for the collection and processing of their data, including the association of such data with the visitation information Google Analytics collects from my site and/or app property.'
  await fetch(`${sandbox.url}/v1beta/${PROPERTY}:acknowledgeUserDataCollection`, {
    ...AS,
    method: 'POST',
    body: JSON.stringify({ acknowledgement: sentence }),
  })
  const made = await plan('apply', '--auto-approve', '--format', 'json')
  expect(made.exitCode).toBe(0)
  const diff = await plan('diff', '--format', 'json', '--detailed-exitcode')
  expect(diff.exitCode).toBe(0)
  const { measurementProtocolSecrets: secrets } = await get<{
    measurementProtocolSecrets: { displayName: string; secretValue: string }[]
  }>(`v1beta/${await streamOf()}/measurementProtocolSecrets`)
  expect(secrets).toMatchObject([{ displayName: 'billing server' }])
  const secret = secrets[0]?.secretValue ?? 'none'
  expect(made.out + made.err + diff.out + diff.err).not.toContain(secret)
})

test('a version that goes live is noted in the reports of that day, once, with what changed; without being asked for, nothing is', async () => {
  const file = original()
  execFileSync('git', ['init', '--quiet'])
  const author = ['-c', 'user.name=Ana', '-c', 'user.email=ana@harbour.example']
  execFileSync('git', [...author, 'commit', '--quiet', '--allow-empty', '--message', 'the plan'])
  const titles = async (): Promise<readonly unknown[]> =>
    (await get<{ reportingDataAnnotations?: object[] }>(`v1alpha/${PROPERTY}/reportingDataAnnotations`))
      .reportingDataAnnotations ?? []
  await plan('apply', '--auto-approve', '--publish')
  expect(await titles()).toEqual([])
  writeFileSync(FILE, `${file.replace('form: quote', 'form: offer')}\nproperty: { annotate: releases }\n`)
  const edited = readFileSync(FILE, 'utf8')
  writeFileSync(FILE, edited.replace('event: book_appointment', 'event: appointment_booked'))
  const applied = await plan('apply', '--auto-approve', '--publish', '--allow-delete')
  expect(applied.exitCode).toBe(0)
  expect(await titles()).toMatchObject([
    {
      title: 'advisory: version 3 live',
      color: 'BLUE',
      description: expect.stringContaining('changed: ') as string,
    },
  ])
  const said = /Apply takes .* and (\d+) to Analytics/.exec(applied.out)?.[1]
  expect(applied.out).toContain(`, ${said} to Analytics, `)
  await plan('apply', '--auto-approve', '--publish')
  expect(await titles()).toHaveLength(1)
  const back = await planAnswering(
    undefined,
    'rollback',
    '2',
    '--plan',
    FILE,
    '--auto-approve',
    '--sandbox',
    sandbox.url,
  )
  expect(back.exitCode).toBe(0)
  const notes = (await titles()) as readonly { title: string; description: string }[]
  expect(notes[1]).toMatchObject({ title: 'advisory: back to version 2 live' })
  for (const { description } of notes) expect(description).toMatch(/^commit [0-9a-f]{12}; /)
})

test('a note that GA4 refuses is said with all that it takes to add it by hand', async () => {
  writeFileSync(FILE, `${original()}\nproperty: { annotate: releases }\n`)
  const fault = { method: 'POST', path: 'reportingDataAnnotations', status: 403, times: 9 }
  await fetch(`${sandbox.url}/_sandbox/faults`, {
    method: 'POST',
    body: JSON.stringify({ faults: [fault] }),
  })
  const { exitCode, out, err } = await plan('apply', '--auto-approve', '--publish')
  expect(exitCode).toBe(0)
  expect(out + err).toMatch(
    /GA4 has no note of it: [^]*add the annotation in GA4 yourself: \d{4}-\d\d-\d\d, "advisory: version \d+ live", "new: /,
  )
})
