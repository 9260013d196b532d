import { mkdirSync, mkdtempSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { quotaProject } from '../../src/google/credentials.ts'
import { Limiter, type Waiting } from '../../src/google/limiter.ts'
import { quotaMemory, type QuotaMemory } from '../../src/google/quota-memory.ts'
import { QUOTA, type Api } from '../../src/google/quota.ts'
import { FastClock } from './connect-to.ts'

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'plan-quota-'))
const memoryIn = (folder: string, project = 'shop'): QuotaMemory => quotaMemory(folder, project)

/** One process: its requests to GTM one after the other, as many as asked, and the times at which they started. */
async function run(
  clock: FastClock,
  memory: QuotaMemory,
  requests: number,
  waits: Waiting[],
): Promise<number[]> {
  const limiter = new Limiter(clock, (waiting) => waits.push(waiting), QUOTA, memory)
  const starts: number[] = []
  for (let made = 0; made < requests; made++) {
    const place = await limiter.place('gtm', 'read', false)
    starts.push(clock.now())
    await place.answered()
  }
  return starts
}

function mostIn(times: readonly number[], ms: number): number {
  return Math.max(...times.map((start) => times.filter((at) => at >= start && at < start + ms).length))
}

test('four applies in a row stay within the quota together, and none waits longer than the window', async () => {
  const folder = newFolder()
  // The files' own times are the machine's.
  const clock = new FastClock()
  const start = Date.now()
  const offset = start - clock.now()
  const machine = { now: () => clock.now() + offset, sleep: (ms: number) => clock.sleep(ms) } as FastClock
  const waits: Waiting[] = []
  const starts: number[] = []
  for (let apply = 0; apply < 4; apply++) starts.push(...(await run(machine, memoryIn(folder), 9, waits)))
  expect(starts).toHaveLength(36)
  expect(mostIn(starts, 60_000)).toBe(15)
  expect(mostIn(starts, 100_000)).toBeLessThanOrEqual(25)
  // 15 at once, 10 a minute later, the other 11 when 100 seconds have passed since the first.
  expect(Math.max(...starts) - start).toBeLessThan(2 * 100_000)
  expect(waits.map(({ why }) => why).filter((why) => why !== 'quota')).toEqual([])
})

test('processes side by side see each other, another project’s do not', async () => {
  const folder = newFolder()
  const now = Date.now()
  const [one, two, other] = [memoryIn(folder), memoryIn(folder), memoryIn(folder, 'other')]
  await Promise.all(
    Array.from({ length: 20 }, async (_, id) => {
      await one.note('gtm', id, { at: now - 2000 + id, write: id % 2 === 0 })
      await one.note('gtm', id, { at: now - 1000 + id, write: id % 2 === 0 })
    }),
  )
  const seen = await two.others('gtm', now)
  expect(seen).toHaveLength(20)
  expect(seen[0]).toEqual({ at: now - 1000, write: true })
  expect(await one.others('gtm', now)).toEqual([])
  expect(await two.others('ga4', now)).toEqual([])
  expect(await other.others('gtm', now)).toEqual([])
})

test('a damaged file, times to come and old files do no harm', async () => {
  const folder = newFolder()
  const now = Date.now()
  await memoryIn(folder).note('gtm', 1, { at: now - 10, write: false })
  const quota = join(folder, 'quota')
  const project = join(quota, readdirSync(quota)[0] ?? '')
  writeFileSync(
    join(project, 'damaged.log'),
    `\u0000\ngtm x w 1\ngtm 1 w\ngtm 2 w ${now + 60_000}\ngtm 3 r ${now - 5}\ngtm 4`,
  )
  writeFileSync(join(project, 'old.log'), `gtm 1 w ${now - 1000}\n`)
  utimesSync(join(project, 'old.log'), 1, 1)
  mkdirSync(join(project, 'folder.log'))
  expect(await memoryIn(folder).others('gtm', now)).toEqual([
    { at: now - 10, write: false },
    { at: now - 5, write: false },
  ])
  expect(readdirSync(project)).not.toContain('old.log')
})

test('with a folder that cannot be written there is no memory and no error', async () => {
  const blocked = memoryIn('/dev/null')
  await blocked.note('gtm', 1, { at: 0, write: false })
  expect(await blocked.others('gtm' satisfies Api, 0)).toEqual([])
})

test('what is remembered names no project and holds no credentials', async () => {
  const folder = newFolder()
  await memoryIn(folder, 'ya29.secret').note('gtm', 1, { at: 1, write: true })
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile())
  const [file] = files
  expect(`${file?.parentPath} ${file?.name}`).not.toContain('ya29')
  expect(readFileSync(join(file?.parentPath ?? '', file?.name ?? ''), 'utf8')).toBe('gtm 1 w 1\n')
})

test('requests are counted for the project of the credentials', async () => {
  const folder = newFolder()
  const of = (json: object): Promise<string> => {
    const path = join(folder, 'key.json')
    writeFileSync(path, JSON.stringify(json))
    return quotaProject({ kind: 'key-file', path }, {})
  }
  const account = 'plan@shop.iam.gserviceaccount.com'
  expect(await of({ client_email: account })).toBe('shop')
  expect(await of({ client_email: account, project_id: 'named' })).toBe('named')
  expect(await of({ service_account_impersonation_url: `https://x/${account}:generateAccessToken` })).toBe(
    'shop',
  )
  expect(await of({ client_id: '1-a', quota_project_id: 'q', refresh_token: 'secret' })).toBe('q')
  expect(await of({ audience: '//iam/projects/1' })).toBe('//iam/projects/1')
  expect(await quotaProject({ kind: 'default', impersonate: account }, {})).toBe('shop')
  expect(await quotaProject({ kind: 'access-token', token: 'ya29.x' }, {})).toBe('access token')
  expect(await quotaProject({ kind: 'default' }, { GOOGLE_CLOUD_QUOTA_PROJECT: 'p' })).toBe('p')
})
