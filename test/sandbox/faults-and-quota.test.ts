import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { clientsOf, newWorkspace, refusal, runSandbox, type Running } from './clients.ts'

let running: Running
let parent: string
beforeAll(async () => {
  running = await runSandbox()
})
afterAll(() => running.sandbox.close())
beforeEach(async () => {
  await running.control('POST', 'reset')
  parent = await newWorkspace(running)
})

const folders = () => running.gtm.accounts.containers.workspaces.folders
const create = (name: string) => folders().create({ parent, requestBody: { name } })
const names = async () => ((await folders().list({ parent })).data.folder ?? []).map(({ name }) => name)
const happened = async () =>
  ((await running.control('GET', 'faults'))['faults'] as { happened: number }[]).map(
    (fault) => fault.happened,
  )

describe('faults', () => {
  test('an answer before the effect: nothing happened', async () => {
    await running.control('POST', 'faults', {
      api: 'accounts.containers.workspaces.folders.create',
      status: 503,
      body: { error: { code: 503, message: 'Away.' } },
    })
    expect(await refusal(create('F'))).toMatchObject({ status: 503, message: 'Away.' })
    expect(await names()).toEqual([])
    await create('F')
    expect(await happened()).toEqual([1])
  })

  test('an answer after the effect: it happened, and the client cannot know', async () => {
    await running.control('POST', 'faults', { method: 'POST', path: '/folders$', status: 500, when: 'after' })
    expect((await refusal(create('F'))).status).toBe(500)
    expect(await names()).toEqual(['F'])
  })

  test('a cut connection, before and after', async () => {
    await running.control('POST', 'faults', {
      faults: [
        { method: 'POST', drop: true },
        { method: 'POST', drop: true, when: 'after' },
      ],
    })
    await expect(create('before')).rejects.toThrow()
    await expect(create('after')).rejects.toThrow()
    expect(await names()).toEqual(['after'])
  })

  test('the third time, twice, with headers', async () => {
    await running.control('POST', 'faults', {
      path: 'folders',
      status: 429,
      headers: { 'retry-after': '7' },
      skip: 2,
      times: 2,
    })
    const statuses: number[] = []
    for (let n = 0; n < 6; n++) {
      const response = await fetch(`${running.url}/tagmanager/v2/${parent}/folders`, {
        headers: { authorization: 'Bearer x' },
      })
      statuses.push(response.status)
      if (response.status === 429) expect(response.headers.get('retry-after')).toBe('7')
    }
    expect(statuses).toEqual([200, 200, 429, 429, 200, 200])
  })

  test('a delay waits for the simulated clock when that stands still', async () => {
    await running.control('POST', 'clock', { freeze: true })
    await running.control('POST', 'faults', { path: 'folders', delayMs: 3_600_000 })
    const pending = names()
    let answered = false
    void pending.then(() => (answered = true))
    await running.control('GET', 'clock')
    expect(answered).toBe(false)
    while ((await happened())[0] === 0) await running.control('GET', 'clock')
    await running.control('POST', 'clock', { advanceMs: 3_600_000 })
    expect(await pending).toEqual([])
  })

  test('every request is noted', async () => {
    await running.control('DELETE', 'requests')
    await create('F')
    await refusal(create('F'))
    const { requests } = (await running.control('GET', 'requests')) as {
      requests: { api: string; status: number; path: string }[]
    }
    expect(requests.map(({ api, status }) => [api, status])).toEqual([
      ['tagmanager.accounts.containers.workspaces.folders.create', 200],
      ['tagmanager.accounts.containers.workspaces.folders.create', 400],
    ])
  })
})

describe('quota, with a clock that a test moves', () => {
  const fill = async (count: number) => {
    for (let n = 0; n < count; n++) await folders().list({ parent })
  }

  test('published: 25 requests in 100 seconds, then 403 for a reason of its own', async () => {
    await running.control('POST', 'clock', { freeze: true })
    await running.control('POST', 'quota', { mode: 'published' })
    await fill(25)
    expect(await refusal(folders().list({ parent }))).toMatchObject({
      status: 403,
      reason: 'rateLimitExceeded',
    })
    await running.control('POST', 'clock', { advanceMs: 99_999 })
    expect((await refusal(folders().list({ parent }))).status).toBe(403)
    await running.control('POST', 'clock', { advanceMs: 2 })
    await fill(25)
  })

  test('observed: so many a minute and user, then 429', async () => {
    await running.control('POST', 'clock', { freeze: true })
    await running.control('POST', 'quota', { mode: 'observed', perMinute: 15 })
    await fill(15)
    const refused = await refusal(folders().list({ parent }))
    expect(refused).toMatchObject({ status: 429, reason: 'rateLimitExceeded' })
    expect(refused.message).toContain('Queries per minute per user')
    await running.control('POST', 'clock', { advanceMs: 60_000 })
    await fill(15)
  })

  test('the Admin API has its own: 180 writes a minute and user', async () => {
    await running.control('POST', 'clock', { freeze: true })
    await running.control('POST', 'quota', { mode: 'published' })
    const { beta } = clientsOf(running.url)
    const name = 'properties/1/dataRetentionSettings'
    const write = () =>
      beta.properties.updateDataRetentionSettings({
        name,
        updateMask: 'event_data_retention',
        requestBody: { eventDataRetention: 'TWO_MONTHS' },
      })
    for (let n = 0; n < 180; n++) await write()
    expect((await refusal(write())).status).toBe(429)
    expect((await beta.properties.getDataRetentionSettings({ name })).status).toBe(200)
  })
})
