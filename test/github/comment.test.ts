import { afterEach, expect, test } from 'vitest'
import { githubApi, GithubError, waitBefore, type Github } from '../../src/github/api.ts'
import { markerOf, putComment } from '../../src/github/comment.ts'
import { pullRequestOf } from '../../src/github/event.ts'
import { outputLines } from '../../src/github/outputs.ts'
import { startGithub, type FakeGithub, type Rights } from './server.ts'

const PULL = {
  repository: 'harbour/measurement',
  number: 7,
  base: { sha: 'a'.repeat(40), ref: 'main' },
  head: { sha: 'b'.repeat(40) },
  isFork: false,
}
const MARKER = markerOf('plans')
const servers: FakeGithub[] = []
const waits: number[] = []

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
  waits.splice(0)
})

async function start(rights?: Rights): Promise<{ server: FakeGithub; api: Github }> {
  const server = await startGithub(rights)
  servers.push(server)
  const api = githubApi({
    apiUrl: `${server.url}/`,
    token: 'ghs_secret',
    userAgent: 'measurement-plan/test',
    sleep: (milliseconds) => {
      waits.push(milliseconds)
      return Promise.resolve()
    },
    now: () => 1_000_000,
  })
  return { server, api }
}

test('one comment: written once, then edited in place, and left alone when it says the same', async () => {
  const { server, api } = await start()
  expect(await putComment(api, PULL, MARKER, 'first', true)).toBe('created')
  expect(await putComment(api, PULL, MARKER, 'second', true)).toBe('updated')
  expect(await putComment(api, PULL, MARKER, 'second', true)).toBe('unchanged')
  expect(server.comments.map(({ body }) => body)).toEqual([`${MARKER}\nsecond`])
  expect(server.seen.every(({ authorization }) => authorization === 'Bearer ghs_secret')).toBe(true)
})

test('it is found behind hundreds of others', async () => {
  const { server, api } = await start()
  for (let id = 1; id <= 250; id++)
    server.comments.push({ id, body: `Comment ${id}`, user: { login: 'someone', type: 'User' } })
  await putComment(api, PULL, MARKER, 'first', true)
  expect(await putComment(api, PULL, MARKER, 'second', true)).toBe('updated')
  expect(server.comments).toHaveLength(251)
})

test('a stranger’s comment with the marker is not ours', async () => {
  const { server, api } = await start()
  server.comments.push({ id: 1, body: `${MARKER}\nI was here`, user: { login: 'mallory', type: 'User' } })
  expect(await putComment(api, PULL, MARKER, 'first', true)).toBe('created')
  expect(server.comments[0]?.body).toBe(`${MARKER}\nI was here`)
})

test('with a person’s token, only that person’s comment is ours', async () => {
  const { server, api } = await start({ person: 'ada' })
  server.comments.push({ id: 1, body: `${MARKER}\nbot`, user: { login: 'github-actions[bot]', type: 'Bot' } })
  await putComment(api, PULL, MARKER, 'first', true)
  expect(await putComment(api, PULL, MARKER, 'second', true)).toBe('updated')
  expect(server.comments.map(({ body }) => body)).toEqual([`${MARKER}\nbot`, `${MARKER}\nsecond`])
})

test('two reviews on one pull request have a comment each', async () => {
  const { server, api } = await start()
  await putComment(api, PULL, markerOf('web'), 'web', true)
  await putComment(api, PULL, markerOf('app -->'), 'app', true)
  expect(server.comments).toHaveLength(2)
  expect(markerOf('app -->')).toBe('<!-- measurement-plan review: app_--_ -->')
})

test('without a change there is no comment, unless there is one to bring up to date', async () => {
  const { server, api } = await start()
  expect(await putComment(api, PULL, MARKER, 'nothing', false)).toBe('not needed')
  expect(server.comments).toEqual([])
  await putComment(api, PULL, MARKER, 'something', true)
  expect(await putComment(api, PULL, MARKER, 'nothing', false)).toBe('updated')
})

test('a comment that somebody deletes in between is written anew', async () => {
  const { server, api } = await start()
  await putComment(api, PULL, MARKER, 'first', true)
  server.refusals.push({ method: 'PATCH', status: 404, body: { message: 'Not Found' } })
  expect(await putComment(api, PULL, MARKER, 'second', true)).toBe('created')
})

test('refusals are told apart', async () => {
  const forbidden = await start({ write: false })
  await expect(putComment(forbidden.api, PULL, MARKER, 'x', true)).rejects.toMatchObject({
    problem: 'forbidden',
    message: expect.stringContaining('Resource not accessible by integration') as string,
  })
  const small = await start({ longest: 100 })
  await expect(putComment(small.api, PULL, MARKER, 'x'.repeat(200), true)).rejects.toMatchObject({
    problem: 'too-long',
  })
  const { server, api } = await start()
  server.refusals.push({ method: 'GET', status: 404 })
  await expect(putComment(api, PULL, MARKER, 'x', true)).rejects.toMatchObject({ problem: 'not-found' })
})

test('a rate limit is waited for when it is short, and given up when it is long', async () => {
  const { server, api } = await start()
  server.refusals.push({ method: 'POST', status: 429, headers: { 'retry-after': '7' } })
  expect(await putComment(api, PULL, MARKER, 'x', true)).toBe('created')
  expect(waits).toEqual([7000])
  server.refusals.push({
    method: 'GET',
    status: 403,
    headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '5000' },
  })
  await expect(putComment(api, PULL, MARKER, 'y', true)).rejects.toMatchObject({ problem: 'rate-limited' })
  expect(waits).toEqual([7000])
})

test('what is safe is repeated after trouble; a comment that may have been written is not', async () => {
  const { server, api } = await start()
  server.refusals.push({ method: 'GET', status: 502 }, { method: 'GET', status: 200, drop: true })
  expect(await putComment(api, PULL, MARKER, 'x', true)).toBe('created')
  expect(waits).toEqual([2000, 4000])
  server.comments.splice(0)
  server.refusals.push({ method: 'POST', status: 200, drop: true })
  await expect(putComment(api, PULL, MARKER, 'x', true)).rejects.toMatchObject({ problem: 'unreachable' })
  expect(server.seen.filter(({ method }) => method === 'POST')).toHaveLength(2)
})

test('a page elsewhere is not followed: the token goes nowhere else', async () => {
  const { server, api } = await start()
  const elsewhere = await startGithub()
  servers.push(elsewhere)
  server.refusals.push({
    method: 'GET',
    status: 200,
    headers: { link: `<${elsewhere.url}/x>; rel="next"` },
    body: [],
  })
  expect(await api.list('/anything')).toEqual([])
  expect(elsewhere.seen).toEqual([])
})

test('the wait grows and has an end', () => {
  const trouble = new Response('', { status: 503 })
  expect([1, 2].map((attempt) => waitBefore('PATCH', trouble, attempt, 0))).toEqual([2000, 4000])
  expect(waitBefore('POST', trouble, 1, 0)).toBeUndefined()
  expect(waitBefore('POST', new GithubError('unreachable', ''), 1, 0)).toBeUndefined()
  expect(waitBefore('GET', new Response('', { status: 404 }), 1, 0)).toBeUndefined()
  expect(
    waitBefore('GET', new Response('', { status: 429, headers: { 'retry-after': '3600' } }), 1, 0),
  ).toBeUndefined()
})

test('the event says which pull request, and whether it comes from a fork', () => {
  const event = (full_name: string): unknown => ({
    repository: { full_name: 'harbour/measurement' },
    pull_request: { number: 7, base: { sha: 'a', ref: 'main' }, head: { sha: 'b', repo: { full_name } } },
  })
  expect(pullRequestOf(event('harbour/measurement'))).toMatchObject({
    number: 7,
    isFork: false,
    base: { ref: 'main' },
  })
  expect(pullRequestOf(event('mallory/measurement'))).toMatchObject({ isFork: true })
  expect(pullRequestOf({ repository: { full_name: '../../x' }, pull_request: { number: 7 } })).toBeUndefined()
  expect(pullRequestOf({ ref: 'refs/heads/main' })).toBeUndefined()
})

test('no output can begin another one', () => {
  expect(outputLines({ a: true, b: 'x\nc<<d' }, 'EOF-1')).toBe(
    'a<<EOF-1\ntrue\nEOF-1\nb<<EOF-1\nx\nc<<d\nEOF-1\n',
  )
  expect(() => outputLines({ a: 'EOF-1' }, 'EOF-1')).toThrow()
})
