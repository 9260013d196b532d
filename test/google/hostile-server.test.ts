import { once } from 'node:events'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { gzipSync } from 'node:zlib'
import { expect, test, vi } from 'vitest'
import { systemClockUntil } from '../../src/google/clock.ts'
import { authorizer } from '../../src/google/credentials.ts'
import { list } from '../../src/google/ga4.ts'
import {
  bulkUpdate,
  createVersion,
  deleteEntity,
  getVersion,
  listWorkspaces,
  liveVersion,
  lookupContainer,
  publishVersion,
  quickPreview,
} from '../../src/google/gtm.ts'
import type { GoogleConnection } from '../../src/google/connection.ts'
import { harmless } from '../../src/google/harmless.ts'
import { send, TIME_LIMITS } from '../../src/google/send.ts'
import { Limiter } from '../../src/google/limiter.ts'
import { runPlan } from '../scenarios/run-plan.ts'
import { connectTo, errorOf, FastClock } from './connect-to.ts'
import { gtmError, json, serve, silence, text, type Reply } from './fake-server.ts'

const CONTAINER = 'accounts/1/containers/2'
const WORKSPACE = `${CONTAINER}/workspaces/3`
const TAG = { changeStatus: 'added', tag: { name: 'A', type: 'html', tagId: 'new_1' } } as const
const VERSION = { containerVersionId: '3', tag: [{ name: 'A', type: 'html', tagId: '7' }] }

/** The head at once, then a byte now and then, without end. */
const drip =
  (everyMs: number): Reply =>
  (response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    const timer = setInterval(() => response.write(' '), everyMs)
    response.on('close', () => clearInterval(timer))
  }

/** As much as the reader takes. */
const flood: Reply = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' })
  const chunk = Buffer.alloc(1 << 20, ' ')
  const pour = (): void => {
    while (!response.destroyed && response.write(chunk));
  }
  response.on('drain', pour)
  pour()
}

/** 65 MiB that travel as 64 KiB. */
const bomb: Reply = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
  response.end(gzipSync(Buffer.alloc(65 << 20, ' ')))
}

test.each([
  ['never answers', silence],
  ['answers a byte at a time', drip(20)],
])('a server that %s is given up, try by try and in all', async (_name, reply) => {
  await using server = await serve(reply)
  const { google } = await connectTo(server.url, { limits: { tryMs: 300, allMs: 240_000 } })
  const error = await errorOf(liveVersion(google, CONTAINER))
  expect(error.code).toBe('timeout')
  expect(error.message).toMatch(/took too long to read the published version/)
  expect(google.requests().gtm).toBe(6)
})

test('it is given up, too, where garbage is collected meanwhile and the command could be ended', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  await using server = await serve(silence)
  const { google } = await connectTo(server.url, {
    limits: { tryMs: 400, allMs: 300 },
    ended: new AbortController().signal,
  })
  const collecting = setInterval(collect, 50)
  const error = await errorOf(liveVersion(google, CONTAINER)).finally(() => clearInterval(collecting))
  expect(error.code).toBe('timeout')
}, 5000)

test('tries that come to nothing take no longer together than the limit for all of them', async () => {
  const clock = new FastClock()
  const asked: number[] = []
  const start = clock.now()
  const line = {
    limiter: new Limiter(clock),
    clock,
    random: () => 0,
    onWait: () => {},
    authorize: () => Promise.resolve({}),
    onRequest: () => {},
    limits: TIME_LIMITS,
    isEnded: () => false,
  }
  const call = async (_headers: unknown, timeoutMs: number): Promise<never> => {
    asked.push(timeoutMs)
    await clock.sleep(timeoutMs)
    throw Object.assign(new Error('late'), { name: 'TimeoutError', config: { url: 'http://slow/x' } })
  }
  const request = { api: 'gtm', what: 'wait', effect: 'read', scope: 'tagmanager.readonly' } as const
  const error = await errorOf(send({ ...request, call, read: () => undefined }, line))
  expect(error.code).toBe('timeout')
  expect(asked).toEqual([90_000, 90_000, 57_000])
  expect(clock.now() - start).toBeLessThanOrEqual(TIME_LIMITS.allMs)
})

// The client refuses a time limit that is no whole number of milliseconds; the machine's clock counts parts of one.
test('what is left of the time for all tries is a whole number of milliseconds', async () => {
  await using server = await serve(silence)
  const { google } = await connectTo(server.url, { limits: { tryMs: 50, allMs: 1_000.25 } })
  const error = await errorOf(liveVersion(google, CONTAINER))
  expect(error.code).toBe('timeout')
})

test('a command that has failed leaves no request behind that would keep it', async () => {
  const inTheAir: Promise<unknown>[] = []
  let refuse = (): void => {}
  const forbidden = gtmError(403, 'PERMISSION_DENIED', 'Forbidden', 'forbidden')
  await using server = await serve((response, request) => {
    if (request.url?.startsWith('/_sandbox/') === true) json({})(response, request)
    else if (request.url?.includes(':lookup') === true) refuse = () => forbidden(response, request)
    else inTheAir.push(once(response, 'close'))
    if (inTheAir.length === 4) refuse()
  })
  const files = ['plans/outfitters.yaml', '-e', 'staging', '--sandbox', server.url]
  const { exitCode, err } = await runPlan({}, undefined, ['diff', ...files], { clock: new FastClock() })
  expect(exitCode).toBe(1)
  expect(err).toContain('permission-denied')
  const asked = server.seen.length
  await Promise.all(inTheAir)
  expect(server.seen).toHaveLength(asked)
})

test('who sleeps when a command ends never wakes, and keeps no process alive', async () => {
  vi.useFakeTimers()
  try {
    const ended = new AbortController()
    const clock = systemClockUntil(ended.signal)
    const woken: string[] = []
    void clock.sleep(10).then(() => woken.push('before'))
    void clock.sleep(1000).then(() => woken.push('asleep'))
    await vi.advanceTimersByTimeAsync(20)
    ended.abort()
    void clock.sleep(10).then(() => woken.push('after'))
    expect(vi.getTimerCount()).toBe(0)
    await vi.advanceTimersByTimeAsync(5000)
    expect(woken).toEqual(['before'])
  } finally {
    vi.useRealTimers()
  }
})

test.each([
  ['goes on for ever', flood],
  ['is a compressed bomb', bomb],
])('an answer that %s is read up to 64 MB, once', async (_name, reply) => {
  await using server = await serve(reply)
  const { google } = await connectTo(server.url)
  const error = await errorOf(liveVersion(google, CONTAINER))
  expect(error.code).toBe('answer-too-large')
  expect(error.message).toMatch(/went on answering past 64 MB/)
  expect(server.seen).toHaveLength(1)
})

test('an answer of 60 MB is read', async () => {
  const filler = 'x'.repeat(60 << 20)
  await using server = await serve(json({ ...VERSION, filler }))
  const { google } = await connectTo(server.url)
  expect((await liveVersion(google, CONTAINER)).tag).toHaveLength(1)
})

test('a list without a last page comes to an end', async () => {
  await using server = await serve(json({ nextPageToken: 'more' }))
  const { google } = await connectTo(server.url)
  const error = await errorOf(list(google, 'keyEvents', 'properties/1'))
  expect(error.code).toBe('bad-answer')
  expect(error.message).toMatch(/still announces another page/)
})

const KEY_EVENT = { name: 'properties/1/keyEvents/1', countingMethod: 'ONCE_PER_EVENT' }
const page = (eventName: string, more: object = {}): ReturnType<typeof json> =>
  json({ keyEvents: [{ ...KEY_EVENT, eventName }], ...more })
const PAGES: readonly (readonly [string, readonly Reply[]])[] = [
  ['a b', [page('a', { nextPageToken: '2' }), page('b')]],
  ['a b', [page('a', { nextPageToken: '2' }), json({}), page('b')]],
  ['a', [page('a', { nextPageToken: '2' }), json({})]],
]
test.each(PAGES)('a page that was announced and is lost is asked for once more: %s', async (names, pages) => {
  await using server = await serve(...pages)
  const { google } = await connectTo(server.url)
  const all = await list(google, 'keyEvents', 'properties/1')
  expect(all.map(({ eventName }) => eventName).join(' ')).toBe(names)
  expect(server.seen.slice(1).every(({ query }) => query.get('pageToken') === '2')).toBe(true)
})

const EMPTY = text('', 200, 'application/json')
const READS: Readonly<Record<string, (google: GoogleConnection) => Promise<unknown>>> = {
  lookup: (google) => lookupContainer(google, 'GTM-A'),
  'the workspaces': (google) => listWorkspaces(google, CONTAINER),
  'a version': (google) => getVersion(google, `${CONTAINER}/versions/3`),
  'the live version': (google) => liveVersion(google, CONTAINER),
  'the draft': (google) => quickPreview(google, WORKSPACE),
  'the key events': (google) => list(google, 'keyEvents', 'properties/1'),
}
const WRITES: typeof READS = {
  bulk_update: (google) => bulkUpdate(google, WORKSPACE, [TAG]),
  create_version: (google) => createVersion(google, WORKSPACE, { name: 'v', notes: '' }),
  publish: (google) => publishVersion(google, `${CONTAINER}/versions/3`),
}

test.each([
  ...Object.entries(READS).map(([name, ask]) => ({ name, ask, lost: false })),
  ...Object.entries(WRITES).map(([name, ask]) => ({ name, ask, lost: true })),
])('an answer to $name that is empty, no JSON or no object is a bad answer', async ({ ask, lost }) => {
  for (const reply of [EMPTY, text('<html>hotel</html>'), text('[]', 200, 'application/json')]) {
    await using server = await serve(reply)
    const error = await errorOf(ask((await connectTo(server.url)).google))
    expect(error).toMatchObject({ code: 'bad-answer', maybeApplied: lost, status: 200 })
    expect(error.message).toMatch(/\(200: (an empty answer|not a JSON object)\)/)
  }
})

test.each(['the draft', 'a version', 'the live version'])(
  'an object without anything in it is not %s',
  async (name) => {
    await using server = await serve(json({}))
    const error = await errorOf(READS[name]!((await connectTo(server.url)).google))
    expect(error.message).toMatch(/\(200: no containerVersion(Id)?\)/)
  },
)

test.each(Object.entries(WRITES))('nor does it say that %s worked', async (_name, ask) => {
  await using server = await serve(json({}))
  const error = await errorOf(ask((await connectTo(server.url)).google))
  expect(error).toMatchObject({ code: 'bad-answer', maybeApplied: true })
  expect(server.seen).toHaveLength(1)
})

test('a bulk update that only deletes, and a delete, need no content', async () => {
  await using server = await serve(json({}), EMPTY)
  const { google } = await connectTo(server.url)
  const gone = { changeStatus: 'deleted', tag: { tagId: '7' } } as never
  expect(await bulkUpdate(google, WORKSPACE, [gone])).toEqual([])
  await deleteEntity(google, `${WORKSPACE}/tags/7`, 'tag')
})

test('a version that the compiler refused is no bad answer', async () => {
  await using server = await serve(json({ compilerError: true }))
  const { google } = await connectTo(server.url)
  expect(await WRITES['publish']!(google)).toEqual({ compilerError: true })
  expect(await WRITES['create_version']!(google)).toMatchObject({ compilerError: true })
})

test('what a server says reaches people as words, whatever is in it', async () => {
  const hostile =
    'a\u001b[2J\u001b]0;title\u0007b\u202e\u2066c\n::error::d\n  ::add-mask::e\r##[error]f\u0000\u009b31mg'
  await using server = await serve(gtmError(400, 'X::Y', hostile, '::stop-commands::r'))
  const error = await errorOf(
    deleteEntity((await connectTo(server.url)).google, `${WORKSPACE}/tags/7`, 'tag'),
  )
  const all = JSON.stringify(error)
  expect(error.message).toContain('abc')
  // eslint-disable-next-line no-control-regex
  expect(error.message).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
  expect(all).not.toMatch(/::|##\[|\\u001b|\\r/)
  expect(harmless(':::error')).toBe(': : :error')
  expect(harmless('x'.repeat(5000))).toHaveLength(2002)
})

test('a network that answers oddly where the metadata server would be gives no warning of Node’s', async () => {
  const warnings: Error[] = []
  const note = (warning: Error): void => void warnings.push(warning)
  process.on('warning', note)
  for (const reply of [text('hotel', 200), text('', 500), silence]) {
    await using server = await serve(reply)
    const env = { GCE_METADATA_HOST: server.url.slice('http://'.length, -1) }
    const error = await errorOf(authorizer({ kind: 'default' }, [], env))
    expect(error.code).toBe('no-credentials')
    expect(server.seen[0]?.headers['metadata-flavor']).toBe('Google')
  }
  process.off('warning', note)
  expect(warnings).toEqual([])
})

test('a machine at Google is asked for its token', async () => {
  const google = { 'metadata-flavor': 'Google' }
  await using server = await serve(
    json({}, 200, google),
    json({ access_token: 'ya29.machine', expires_in: 3600 }, 200, google),
  )
  const host = server.url.slice('http://'.length, -1)
  vi.stubEnv('GCE_METADATA_HOST', host)
  const authorize = await authorizer({ kind: 'default' }, ['tagmanager.readonly'], {
    GCE_METADATA_HOST: host,
  })
  expect(await authorize()).toMatchObject({ authorization: 'Bearer ya29.machine' })
  vi.unstubAllEnvs()
})
