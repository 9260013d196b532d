/** What somebody else does in the middle of a run, and answers that never come to an end. */
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newWorkspace, refusal, runSandbox, type Running } from './clients.ts'

let running: Running
let ws: string
let container: string
beforeAll(async () => {
  running = await runSandbox()
})
afterAll(() => running.sandbox.close())
beforeEach(async () => {
  await running.control('POST', 'reset')
  ws = await newWorkspace(running)
  container = ws.replace('/workspaces/2', '')
})

const api = () => running.gtm.accounts.containers.workspaces
const versions = () => running.gtm.accounts.containers.versions
const fault = (body: object) => running.control('POST', 'faults', body)
const live = async () => (await versions().live({ parent: container })).data
const latest = async () =>
  (await running.gtm.accounts.containers.version_headers.latest({ parent: container })).data

describe('somebody else', () => {
  test('makes or publishes a version with one more tag, when told to', async () => {
    const made = await running.control('POST', 'act', { do: 'make-version', container: 'GTM-TEST001' })
    expect(made).toEqual({ done: [{ containerVersionId: '2' }] })
    expect([(await latest()).containerVersionId, (await live()).containerVersionId]).toEqual(['2', '1'])
    const acts = [{ do: 'publish-version', container: 'GTM-TEST001', tag: 'Theirs' }]
    await running.control('POST', 'act', { acts })
    const now = await live()
    expect([now.containerVersionId, now.name]).toEqual(['3', 'Made by somebody else'])
    expect(now.tag?.map(({ name }) => name)).toEqual(['Tag of version 2', 'Theirs'])
    // The workspace that is open meanwhile is behind, as at Google.
    const { data } = await api().create_version({ path: ws, requestBody: {} })
    expect(data.containerVersion?.tag?.length).toBe(2)
  })

  test('publishes N+1 between the making of version N and its publication', async () => {
    await fault({
      api: 'accounts.containers.workspaces.create_version',
      when: 'after',
      then: { do: 'publish-version' },
    })
    const made = (await api().create_version({ path: ws, requestBody: { name: 'ours' } })).data
    expect(made.containerVersion?.containerVersionId).toBe('2')
    expect((await live()).containerVersionId).toBe('3')
    // Google publishes an older one without a word.
    await versions().publish({ path: made.containerVersion?.path ?? '' })
    expect((await live()).containerVersionId).toBe('2')
  })

  test('acts at the nth request, before or after it has its effect, whatever is answered', async () => {
    const path = `/tagmanager/v2/${ws}/folders`
    const theirs = { method: 'POST', path, body: { name: 'Theirs' } }
    const api2 = 'accounts.containers.workspaces.folders.create'
    await fault({ api: api2, skip: 1, then: [theirs] })
    const create = (name: string) => api().folders.create({ parent: ws, requestBody: { name } })
    await create('First')
    expect((await refusal(create('Theirs'))).message).toBe('Found entity with duplicate name.')
    await fault({
      api: api2,
      status: 503,
      when: 'after',
      then: { method: 'DELETE', path: `${path}/3` },
    })
    expect((await refusal(create('Second'))).status).toBe(503)
    const { data } = await api().folders.list({ parent: ws })
    expect(data.folder?.map(({ name }) => name)).toEqual(['Theirs', 'Second'])
  })

  test('changes GA4, needs no right, and uses up no quota', async () => {
    await running.control('POST', 'clock', { freeze: true })
    await running.control('POST', 'quota', { mode: 'published' })
    const body = { eventName: 'theirs', countingMethod: 'ONCE_PER_EVENT' }
    const act = { method: 'POST', path: '/v1beta/properties/5/keyEvents', body }
    const done = (await running.control('POST', 'act', act))['done'] as { eventName: string }[]
    expect(done[0]?.eventName).toBe('theirs')
    for (let n = 0; n < 30; n++)
      await running.control('POST', 'act', { method: 'GET', path: `/tagmanager/v2/${container}` })
    expect((await running.gtm.accounts.list()).status).toBe(200)
  })

  test.each([
    [{ do: 'dance' }, 'An act is'],
    [{ do: 'publish-version' }, 'needs the public id of a container'],
    [{ do: 'publish-version', container: 'GTM-NOBODY' }, 'needs the public id of a container'],
    [{ method: 'POST', path: '/nowhere' }, 'There is no method at POST /nowhere'],
  ])('refuses what it cannot do: %j', async (act, words) => {
    await expect(running.control('POST', 'act', act)).rejects.toThrow(words)
  })
})

test('a fingerprint may be passed over', async () => {
  const { data } = await api().folders.create({ parent: ws, requestBody: { name: 'F' } })
  const update = () =>
    api().folders.update({ path: data.path!, fingerprint: '1', requestBody: { name: 'G' } })
  expect((await refusal(update())).status).toBe(409)
  await running.control('POST', 'behaviour', { checksFingerprints: false })
  expect((await update()).data.name).toBe('G')
})

describe('an answer', () => {
  /** What arrives within the time: bytes as they come over the wire, and whether that was all. */
  function arrives(
    ms: number,
    path = `/tagmanager/v2/${container}`,
  ): Promise<{ bytes: Buffer; ended: boolean }> {
    return new Promise((resolve, reject) => {
      const { port } = new URL(running.url)
      const chunks: Buffer[] = []
      const headers = { authorization: 'Bearer x' }
      const sent = httpRequest({ port, host: '127.0.0.1', path, headers }, (response: IncomingMessage) => {
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => done(true))
      })
      const done = (ended: boolean): void => {
        clearTimeout(timer)
        sent.on('error', () => undefined)
        sent.destroy()
        resolve({ bytes: Buffer.concat(chunks), ended })
      }
      const timer = setTimeout(() => done(false), ms)
      sent.on('error', reject)
      sent.end()
    })
  }

  test('never comes', async () => {
    await fault({ path: 'containers', answer: 'never' })
    expect(await arrives(150)).toEqual({ bytes: Buffer.alloc(0), ended: false })
  })

  test('that never comes may have had its effect', async () => {
    await fault({ api: 'accounts.containers.lookup', answer: 'never', when: 'after' })
    const before = await running.state()
    await arrives(150, '/tagmanager/v2/accounts/containers:lookup?tagId=GTM-AFTER01')
    expect(await running.state()).not.toBe(before)
  })

  test('drips a byte at a time, and is the right one', async () => {
    await fault({ path: 'containers', answer: 'drip', everyMs: 20 })
    const { bytes, ended } = await arrives(300)
    expect(ended).toBe(false)
    expect(bytes.length).toBeGreaterThan(1)
    expect(bytes.length).toBeLessThan(20)
    await fault({ path: 'containers', answer: 'drip', everyMs: 1, status: 418, body: 'short' })
    expect(await arrives(5000)).toEqual({ bytes: Buffer.from('short'), ended: true })
  })

  test('does not end', async () => {
    await fault({ path: 'containers', answer: 'endless' })
    const { bytes, ended } = await arrives(300)
    expect(ended).toBe(false)
    expect(bytes.length).toBeGreaterThan(1024 * 1024)
  })

  test('is a small thing that becomes a gigabyte', async () => {
    await fault({ path: 'containers', answer: 'bomb' })
    const { bytes, ended } = await arrives(20_000)
    expect(ended).toBe(true)
    expect(bytes.length).toBeLessThan(4 * 1024 * 1024)
    await fault({ path: 'containers', answer: 'bomb' })
    const response = await fetch(`${running.url}/tagmanager/v2/${container}`, {
      headers: { authorization: 'Bearer x' },
    })
    let size = 0
    for await (const chunk of response.body!) {
      size += (chunk as Uint8Array).length
      if (size > 100 * 1024 * 1024) break
    }
    expect(size).toBeGreaterThan(100 * 1024 * 1024)
  })

  test('is 200 with nothing in it', async () => {
    await fault({ path: 'containers', status: 200, body: '' })
    expect(await arrives(5000)).toEqual({ bytes: Buffer.alloc(0), ended: true })
  })

  test.each([
    { status: 99 },
    { status: '500' },
    { answer: 'slow' },
    { answer: 'drip', everyMs: 0 },
    { status: 500, when: 'later' },
    { status: 500, times: 0 },
    { status: 500, skip: -1 },
    { delayMs: 'long' },
    { then: 'publish-version' },
    {},
  ])('that makes no sense is refused: %j', async (body) => {
    await expect(fault(body)).rejects.toThrow(/A fault|An act/)
  })
})
