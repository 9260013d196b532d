import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSandbox } from '../../src/sandbox/server.ts'
import { newWorkspace, runSandbox, type Running } from './clients.ts'

let running: Running
let tags: string
beforeAll(async () => {
  running = await runSandbox()
  tags = `/tagmanager/v2/${await newWorkspace(running)}/tags`
})
afterAll(() => running.sandbox.close())

interface GoogleError {
  readonly error: {
    readonly code: number
    readonly message: string
    readonly status: string
    readonly errors?: unknown[]
  }
}

async function post(path: string, body: string): Promise<{ status: number; body: GoogleError }> {
  const response = await fetch(running.url + path, {
    method: 'POST',
    body,
    headers: { authorization: 'Bearer x' },
  })
  return { status: response.status, body: (await response.json()) as GoogleError }
}

function get(headers: Record<string, string>, path = '/tagmanager/v2/accounts'): Promise<number> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(running.url)
    const sent = httpRequest(
      { port, host: '127.0.0.1', path, headers: { authorization: 'Bearer x', ...headers } },
      (response) => {
        response.resume()
        resolve(response.statusCode ?? 0)
      },
    )
    sent.on('error', reject)
    sent.end()
  })
}

test('other names for this machine are not answered, nor requests from web pages', async () => {
  expect(await get({ host: 'evil.example' })).toBe(403)
  expect(await get({ host: '127.0.0.1.evil.example:80' })).toBe(403)
  expect(await get({ host: 'localhost:1' })).toBe(200)
  expect(await get({ origin: 'https://evil.example' })).toBe(403)
  expect(await get({ origin: 'null' })).toBe(403)
  expect(await get({ origin: running.url })).toBe(200)
})

test('an image, frame or link on another site does nothing', async () => {
  const before = await running.state()
  const path = '/tagmanager/v2/accounts/containers:lookup?tagId=GTM-IMAGE01&access_token=x'
  for (const site of ['cross-site', 'same-site', 'nonsense'])
    for (const where of [path, '/', '/_sandbox/state', '/$discovery/rest?version=v2'])
      expect([site, where, await get({ 'sec-fetch-site': site }, where)]).toEqual([site, where, 403])
  expect(await running.state()).toBe(before)
  expect(await get({ 'sec-fetch-site': 'none' }, '/')).toBe(200)
  expect(await get({ 'sec-fetch-site': 'same-origin' }, '/')).toBe(200)
})

test('a clock that jumps, ahead or back, breaks nothing', async () => {
  const own = await runSandbox()
  const clock = (change: object) => own.control('POST', 'clock', change)
  for (const change of [
    { freezeAt: 1e300 },
    { freezeAt: -1 },
    { freezeAt: 1.5 },
    { advanceMs: 1e20 },
    { advanceMs: -1e20 },
  ])
    await expect(clock(change), JSON.stringify(change)).rejects.toThrow('The clock goes from 1970 to 9999')
  const parent = await newWorkspace(own)
  let folder = 0
  const write = async () =>
    (await own.gtm.accounts.containers.workspaces.folders.create({
      parent,
      requestBody: { name: `F${folder++}` },
    }))!.data.fingerprint!
  await clock({ freezeAt: Date.parse('9999-12-31T23:59:59.999Z') })
  const late = [await write(), await write()]
  await own.beta.properties.get({ name: 'properties/5' })
  await clock({ freezeAt: 0 })
  const early = await write()
  expect(Number(early)).toBeGreaterThan(Number(late[1]))
  await own.control('PUT', 'state', JSON.parse(await own.state()))
  await clock({ freeze: false })
  await write()
  await own.sandbox.close()
})

test('a quota that was used up before the clock went back is free again', async () => {
  const own = await runSandbox()
  const list = () => own.gtm.accounts.list()
  await own.control('POST', 'clock', { freezeAt: 2_000_000_000_000 })
  await own.control('POST', 'quota', { mode: 'published' })
  for (let n = 0; n < 25; n++) await list()
  await own.control('POST', 'clock', { freezeAt: 1_000_000_000_000 })
  expect((await list()).status).toBe(200)
  await own.sandbox.close()
})

test('it listens on loopback only', async () => {
  const { networkInterfaces } = await import('node:os')
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((face) => face && !face.internal && face.family === 'IPv4')
  const sandbox = await startSandbox()
  const port = Number(new URL(sandbox.url).port)
  const reached = await new Promise((resolve) => {
    const socket = connect({ host: outside?.address ?? '127.0.0.2', port, timeout: 2000 }, () =>
      resolve(true),
    )
    socket.on('error', () => resolve(false))
    socket.on('timeout', () => resolve(false))
  })
  // 127.0.0.2 is loopback as well, and still not the address that it listens on.
  expect(reached).toBe(false)
  await sandbox.close()
})

const deep = (depth: number) => '{"list":['.repeat(depth) + ']}'.repeat(depth)

test.each([
  ['no JSON', '{"name":'],
  ['a list', '[]'],
  ['a number', '5'],
  ['__proto__', '{"__proto__":{"name":"x"},"name":"A","type":"html"}'],
  ['constructor', '{"constructor":{"prototype":{"x":1}}}'],
  ['a deep message', `{"name":"A","type":"html","parameter":[${deep(3000)}]}`],
  ['a deep list', `{"name":${'['.repeat(50_000)}${']'.repeat(50_000)}}`],
  ['a wrong type', '{"name":{"a":1},"type":"html"}'],
  ['a wrong list', '{"name":"A","type":"html","parameter":{}}'],
  ['an unknown enum', '{"name":"A","type":"html","tagFiringOption":"ONCE_PER_EVENT"}'],
  ['a number for a text', '{"name":1,"type":"html"}'],
])('%s is answered with Google’s error', async (_, body) => {
  const before = await running.state()
  const answer = await post(tags, body)
  expect(answer.status).toBe(400)
  expect(answer.body.error).toMatchObject({
    code: 400,
    status: 'INVALID_ARGUMENT',
    errors: [{ domain: 'global', reason: 'badRequest' }],
  })
  expect(await running.state()).toBe(before)
  expect(({} as Record<string, unknown>)['name']).toBeUndefined()
})

test('duplicate keys and ids that name prototypes do no harm', async () => {
  const made = await post(
    tags,
    '{"name":"first","name":"last","type":"html","parameter":[{"type":"template","key":"html","value":"x"}]}',
  )
  expect(made.status).toBe(200)
  for (const id of ['__proto__', 'constructor', 'toString', '..%2f..', '%00', '%']) {
    const response = await fetch(`${running.url}${tags}/${id}`, { headers: { authorization: 'Bearer x' } })
    expect([id, response.status]).toEqual([id, 404])
  }
})

test('a body that is too large is refused and the server goes on', async () => {
  const answer = await post(tags, `{"name":"${'x'.repeat(11 * 1024 * 1024)}"}`)
  expect(answer.status).toBe(413)
  expect(await get({})).toBe(200)
})

test('half a request does not disturb the others', async () => {
  const { port } = new URL(running.url)
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () => {
      socket.write(
        `POST ${tags} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer x\r\nContent-Length: 500\r\n\r\n{"name":`,
      )
      setTimeout(() => socket.destroy(), 20)
    })
    socket.on('close', () => resolve())
  })
  expect(await get({})).toBe(200)
})

test('page tokens and controls that make no sense are refused', async () => {
  const bad = await fetch(`${running.url}${tags}?pageToken=nonsense`, {
    headers: { authorization: 'Bearer x' },
  })
  expect(bad.status).toBe(400)
  const answer = await fetch(`${running.url}/_sandbox/behaviour`, {
    method: 'POST',
    body: '{"bulkAtomik":true}',
  })
  expect([answer.status, ((await answer.json()) as { error: string }).error]).toEqual([
    400,
    expect.stringContaining('There is no behaviour "bulkAtomik"'),
  ])
  expect((await fetch(`${running.url}/_sandbox/nothing`)).status).toBe(404)
  expect(
    (await fetch(`${running.url}/_sandbox/faults`, { method: 'POST', body: '{"path":"(","status":500}' }))
      .status,
  ).toBe(400)
})
