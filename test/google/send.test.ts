import { expect, test, vi } from 'vitest'
import type { GoogleConnection } from '../../src/google/connection.ts'
import { list, remove } from '../../src/google/ga4.ts'
import {
  bulkUpdate,
  createEntity,
  createWorkspace,
  deleteEntity,
  listWorkspaces,
  liveVersion,
  publishVersion,
  quickPreview,
  updateEntity,
} from '../../src/google/gtm.ts'
import { TIME_LIMITS, waitBeforeRetry } from '../../src/google/send.ts'
import { connectTo, errorOf } from './connect-to.ts'
import { cutOff, drop, ga4Error, gtmError, json, serve, silence, text } from './fake-server.ts'

const CONTAINER = 'accounts/1/containers/2'
const WORKSPACE = `${CONTAINER}/workspaces/3`
const TAG = { name: 'A', type: 'html' } as const
const STORED = { ...TAG, tagId: '7' }
const VERSION = { containerVersionId: '3', tag: [STORED] }

const tooFast = gtmError(
  429,
  'RESOURCE_EXHAUSTED',
  "Quota exceeded for quota metric 'Queries'",
  'rateLimitExceeded',
)
const tooFast403 = gtmError(403, 'PERMISSION_DENIED', 'Quota exceeded', 'userRateLimitExceeded')
const today = gtmError(403, 'PERMISSION_DENIED', 'Daily Limit Exceeded', 'dailyLimitExceeded')
const forbidden = gtmError(403, 'PERMISSION_DENIED', 'Forbidden', 'forbidden')
const broken = gtmError(500, 'INTERNAL', 'Experienced an internal error.', 'backendError')

test('a wait before another try, by code and attempt', () => {
  const waits = (code: Parameters<typeof waitBeforeRetry>[0]['code'], retryAfterMs?: number) =>
    [1, 2, 3, 4, 5, 6, 7, 8, 9].map((attempt) =>
      waitBeforeRetry({ code, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }, attempt, 0),
    )
  const never = Array<undefined>(9).fill(undefined)
  expect(waits('server')).toEqual([1000, 2000, 4000, 8000, 16_000, ...never.slice(5)])
  expect(waits('quota')).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 64_000, 64_000, undefined])
  expect(waits('quota', 10_000).slice(0, 5)).toEqual([10_000, 10_000, 10_000, 10_000, 16_000])
  expect(waits('server', 30_000)[0]).toBe(30_000)
  expect(waits('quota', 3_600_000)).toEqual(never)
  for (const code of ['permission-denied', 'quota-exhausted', 'unreachable', 'invalid', 'not-found'] as const)
    expect(waits(code)).toEqual(never)
  expect(waitBeforeRetry({ code: 'server' }, 1, 0.5)).toBe(1500)
})

test.each([
  ['a fault of the server', broken],
  ['an overloaded server', text('Service Unavailable', 503)],
  ['a lost connection', drop],
  ['half an answer', cutOff],
  ['too many requests', tooFast],
  ['too many requests, said with 403', tooFast403],
  ['a page of some proxy', text('<html>hello</html>')],
])('a read is repeated after %s', async (_name, reply) => {
  await using server = await serve(reply, reply, json(VERSION))
  const { google, clock, waits } = await connectTo(server.url)
  const start = clock.now()
  expect((await liveVersion(google, CONTAINER)).containerVersionId).toBe('3')
  expect(server.seen).toHaveLength(3)
  expect(google.requests()).toMatchObject({ gtm: 3, ga4: 0 })
  expect(clock.now() - start).toBeGreaterThanOrEqual(3000)
  expect(waits.map(({ what }) => what)).toEqual(['read the published version', 'read the published version'])
})

test('a POST that only reads is repeated too', async () => {
  await using server = await serve(drop, broken, json({ containerVersion: VERSION }))
  const { google } = await connectTo(server.url)
  expect((await quickPreview(google, WORKSPACE)).version.tag).toEqual([STORED])
  expect(server.seen.map(({ method }) => method)).toEqual(['POST', 'POST', 'POST'])
})

const LOST = [
  ['a lost connection', drop, 'connection-lost'],
  ['half an answer', cutOff, 'connection-lost'],
  ['a fault of the server', broken, 'server'],
  ['an answer that makes no sense', text('<html>'), 'bad-answer'],
] as const

const CREATES = [
  ['creating a tag', (google: GoogleConnection) => createEntity(google, WORKSPACE, 'tag', TAG)],
  ['a bulk update', (google: GoogleConnection) => bulkUpdate(google, WORKSPACE, [{ tag: STORED }])],
  [
    'creating a workspace',
    (google: GoogleConnection) => createWorkspace(google, CONTAINER, { name: 'plan' }),
  ],
  ['publishing', (google: GoogleConnection) => publishVersion(google, `${CONTAINER}/versions/3`)],
] as const

const everyLostCreate = CREATES.flatMap(([what, create]) =>
  LOST.map(([why, reply, code]) => ({ what, why, create, reply, code })),
)

test.each(everyLostCreate)('$what is not repeated after $why, and may have happened', async (each) => {
  await using server = await serve(each.reply, json({ ...STORED, ...VERSION }))
  const { google, waits } = await connectTo(server.url)
  expect(await errorOf(each.create(google))).toMatchObject({
    code: each.code,
    maybeApplied: true,
    requestMethod: 'POST',
  })
  expect(server.seen).toHaveLength(1)
  expect(waits).toEqual([])
})

test('a create that was refused for its pace did not happen, and is repeated', async () => {
  await using server = await serve(tooFast, tooFast403, json(STORED))
  const { google, waits } = await connectTo(server.url)
  expect(await createEntity(google, WORKSPACE, 'tag', TAG)).toEqual(STORED)
  expect(server.seen).toHaveLength(3)
  expect(waits.map(({ why }) => why)).toEqual(['refused', 'refused'])
})

test('a create that never left did not happen', async () => {
  await using server = await serve(json({}))
  const { url } = server
  await server[Symbol.asyncDispose]()
  const error = await errorOf(createEntity((await connectTo(url)).google, WORKSPACE, 'tag', TAG))
  expect(error).toMatchObject({ code: 'unreachable', maybeApplied: false })
})

test('a create that took too long may have happened; a read is asked again', async () => {
  await using server = await serve(silence, silence, json(VERSION))
  const { google } = await connectTo(server.url, { limits: { ...TIME_LIMITS, tryMs: 150 } })
  const error = await errorOf(createEntity(google, WORKSPACE, 'tag', TAG))
  expect(error).toMatchObject({ code: 'timeout', maybeApplied: true })
  expect((await liveVersion(google, CONTAINER)).tag).toEqual([STORED])
})

test('a delete whose answer was lost is repeated, and finding nothing then is what was wanted', async () => {
  const gone = gtmError(404, 'NOT_FOUND', 'Not found or permission denied.', 'notFound')
  await using server = await serve(drop, gone)
  await deleteEntity((await connectTo(server.url)).google, `${WORKSPACE}/tags/7`, 'tag')
  expect(server.seen.map(({ method }) => method)).toEqual(['DELETE', 'DELETE'])
  await using missing = await serve(gone)
  const error = await errorOf(
    deleteEntity((await connectTo(missing.url)).google, `${WORKSPACE}/tags/7`, 'tag'),
  )
  expect(error).toMatchObject({ code: 'not-found', maybeApplied: false })
  await using archive = await serve(broken, ga4Error(404, 'NOT_FOUND', 'gone'))
  await remove((await connectTo(archive.url)).google, 'customDimensions', 'properties/1/customDimensions/2')
})

test('an update that meets its own first try says that it may have worked', async () => {
  const stale = gtmError(409, 'ABORTED', 'The fingerprint does not match.', 'conflict')
  await using server = await serve(drop, stale)
  const { google } = await connectTo(server.url)
  const error = await errorOf(updateEntity(google, `${WORKSPACE}/tags/7`, 'tag', TAG, '17'))
  expect(error).toMatchObject({ code: 'stale-fingerprint', maybeApplied: true })
  expect(server.seen.map(({ query }) => query.get('fingerprint'))).toEqual(['17', '17'])
})

test('Retry-After is kept, in seconds and as a date', async () => {
  await using server = await serve(
    gtmError(429, 'RESOURCE_EXHAUSTED', 'Quota exceeded', 'rateLimitExceeded', { 'retry-after': '70' }),
    json({ error: { code: 503, message: '', status: 'UNAVAILABLE' } }, 503, {
      'retry-after': new Date(Date.UTC(2026, 0, 1, 0, 3)).toUTCString(),
    }),
    json(VERSION),
  )
  const { google, clock, waits } = await connectTo(server.url)
  await liveVersion(google, CONTAINER)
  const midnight = Date.UTC(2026, 0, 1)
  expect(waits.map(({ why, until }) => [why, until - midnight])).toEqual([
    ['refused', 70_000],
    ['trouble', 180_000],
  ])
  expect(clock.now() - midnight).toBe(180_000)
})

test('the end of the day’s quota ends at once, resumable', async () => {
  await using server = await serve(today)
  const { google } = await connectTo(server.url)
  const error = await errorOf(liveVersion(google, CONTAINER))
  expect(error).toMatchObject({ code: 'quota-exhausted', reason: 'dailyLimitExceeded', maybeApplied: false })
  expect(server.seen).toHaveLength(1)
})

test('a quota that stays full ends after some minutes, resumable', async () => {
  await using server = await serve(tooFast)
  const { google, clock } = await connectTo(server.url)
  const start = clock.now()
  expect(await errorOf(liveVersion(google, CONTAINER))).toMatchObject({ code: 'quota-exhausted' })
  expect(server.seen).toHaveLength(9)
  expect((clock.now() - start) / 60_000).toBeGreaterThan(3)
  expect((clock.now() - start) / 60_000).toBeLessThan(6)
})

test('being told to come back in an hour ends at once', async () => {
  const reply = gtmError(429, 'RESOURCE_EXHAUSTED', 'Quota', 'rateLimitExceeded', { 'retry-after': '3600' })
  await using server = await serve(reply)
  const error = await errorOf(liveVersion((await connectTo(server.url)).google, CONTAINER))
  expect(error).toMatchObject({ code: 'quota-exhausted', retryAfterMs: 3_600_000 })
})

test('a refusal for lack of permission is never repeated', async () => {
  await using server = await serve(forbidden)
  const { google } = await connectTo(server.url)
  expect(await errorOf(liveVersion(google, CONTAINER))).toMatchObject({ code: 'permission-denied' })
  expect(server.seen).toHaveLength(1)
})

test('lists are read to their last page', async () => {
  const workspace = (id: number) => ({
    path: `${CONTAINER}/workspaces/${id}`,
    workspaceId: `${id}`,
    name: `w${id}`,
  })
  await using server = await serve(
    json({ workspace: [workspace(1), workspace(2)], nextPageToken: 'two & more' }),
    json({ nextPageToken: 'three' }),
    json({ workspace: [workspace(3)], nextPageToken: '' }),
  )
  const { google } = await connectTo(server.url)
  expect((await listWorkspaces(google, CONTAINER)).map(({ name }) => name)).toEqual(['w1', 'w2', 'w3'])
  expect(server.seen.map(({ query }) => query.get('pageToken'))).toEqual([null, 'two & more', 'three'])
  await using empty = await serve(json({}))
  const ga4 = (await connectTo(empty.url)).google
  expect(await list(ga4, 'keyEvents', 'properties/1')).toEqual([])
  expect(empty.seen[0]?.query.get('pageSize')).toBe('200')
})

test('fields that nobody here knows stay in the data', async () => {
  const strange = {
    ...STORED,
    firingRuleId: ['9'],
    parameter: [{ type: 'template', key: 'html', novelty: 1 }],
  }
  await using server = await serve(json({ containerVersionId: '3', tag: [strange], novelty: { a: [] } }))
  const version = await liveVersion((await connectTo(server.url)).google, CONTAINER)
  expect(version).toMatchObject({ tag: [strange], novelty: { a: [] } })
})

test('an answer without content is enough for a delete, in any of its three forms', async () => {
  await using server = await serve(text('', 204), text('', 200, 'application/json'), json({}))
  const { google } = await connectTo(server.url)
  for (let form = 0; form < 3; form++) await deleteEntity(google, `${WORKSPACE}/tags/7`, 'tag')
  expect(server.seen).toHaveLength(3)
})

test('a sandbox gets a dummy token whatever credentials lie about, and no proxy is asked', async () => {
  await using server = await serve(json(VERSION))
  await using proxy = await serve(text('proxied'))
  vi.stubEnv('HTTP_PROXY', proxy.url)
  vi.stubEnv('HTTPS_PROXY', proxy.url)
  const env = {
    GOOGLE_APPLICATION_CREDENTIALS: '/there/is/no/such/file',
    GOOGLE_OAUTH_ACCESS_TOKEN: 'ya29.real',
  }
  const { google } = await connectTo(server.url, {
    env,
    credentials: { kind: 'access-token', token: 'ya29.real' },
  })
  await liveVersion(google, CONTAINER)
  vi.unstubAllEnvs()
  expect(server.seen[0]?.headers.authorization).toBe('Bearer sandbox:tagmanager.edit.containers')
  expect(proxy.seen).toEqual([])
})
