/** The real process, killed with SIGKILL while a request is on its way; then run again. */
import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../../src/sandbox/server.ts'

const ROOT = join(import.meta.dirname, '../..')
const PLAN = join(ROOT, 'plans/outfitters.yaml')

let sandbox: Sandbox
beforeAll(async () => void (sandbox = await startSandbox()))
afterAll(() => sandbox.close())

function plan(...args: readonly string[]): ChildProcess {
  const cli = [
    '--import',
    'tsx',
    join(ROOT, 'src/cli.ts'),
    ...args,
    '-e',
    'staging',
    '--sandbox',
    sandbox.url,
  ]
  return spawn(process.execPath, cli, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
}

async function run(...args: readonly string[]): Promise<{ code: number | null; out: string }> {
  const child = plan(...args)
  let out = ''
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (out += chunk.toString()))
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, out }
}

async function control(method: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${sandbox.url}/_sandbox/${path}`, {
    method,
    ...(body && { body: JSON.stringify(body) }),
  })
  return answer.json()
}

interface Stored {
  readonly gtm: readonly { readonly containers: readonly { readonly liveVersionId: string }[] }[]
}
const liveVersions = async (): Promise<readonly string[]> =>
  ((await control('GET', 'state')) as Stored).gtm.flatMap(({ containers }) =>
    containers.map((each) => each.liveVersionId),
  )

/** Ends the process while its request of that number is stalled. */
async function killedAt(skip: number, when: 'before' | 'after'): Promise<boolean> {
  await control('DELETE', 'faults')
  // Slow enough that the process is still waiting when it is killed, and dropped so that no answer ever comes.
  await control('POST', 'faults', { path: '^/(tagmanager|v1beta)', skip, when, delayMs: 1500, drop: true })
  const child = plan('apply', PLAN, '--auto-approve', '--publish')
  const ended = new Promise<boolean>((resolve) => child.on('close', () => resolve(false)))
  const stalled = (async (): Promise<boolean> => {
    for (;;) {
      const { faults } = (await control('GET', 'faults')) as { faults: { happened: number }[] }
      if (faults.some(({ happened }) => happened > 0)) return true
      if (child.exitCode !== null) return false
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  })()
  const wasStalled = await Promise.race([stalled, ended])
  child.kill('SIGKILL')
  await ended
  await control('DELETE', 'faults')
  return wasStalled
}

test('a process killed at any request leaves the live site as it was, and the next run finishes the work', async () => {
  let kills = 0
  for (const [skip, when] of [
    [3, 'before'],
    [6, 'after'],
    [7, 'after'],
    [6, 'before'],
    [9, 'after'],
    [9, 'before'],
    [11, 'after'],
    [12, 'before'],
  ] as const) {
    const before = await liveVersions()
    if (await killedAt(skip, when)) kills++
    // Only a publish that had come through may have changed what is live.
    const seen = (await control('GET', 'requests')) as { requests: { path: string }[] }
    if (!seen.requests.some(({ path }) => path.includes(':publish')) && before.length > 0) {
      expect(await liveVersions()).toEqual(before)
    }
  }
  expect(kills).toBeGreaterThan(4)
  const last = await run('apply', PLAN, '--auto-approve', '--publish')
  expect(last).toMatchObject({ code: 0 })
  const { code, out } = await run('diff', PLAN, '--detailed-exitcode')
  expect({ code, out }).toMatchObject({
    code: 0,
    out: expect.stringContaining('Nothing to change') as string,
  })
}, 120_000)

test('Ctrl-C ends an apply at once', async () => {
  await control('POST', 'reset')
  await control('POST', 'faults', { path: '^/tagmanager', delayMs: 5000, drop: true })
  const child = plan('apply', PLAN, '--auto-approve')
  const ended = new Promise((resolve) => child.on('close', (code, signal) => resolve(signal ?? code)))
  for (let happened = 0; happened === 0; await new Promise((resolve) => setTimeout(resolve, 10))) {
    const { faults } = (await control('GET', 'faults')) as { faults: { happened: number }[] }
    happened = faults[0]?.happened ?? 0
  }
  child.kill('SIGINT')
  expect(await ended).toBe('SIGINT')
  await control('DELETE', 'faults')
}, 30_000)
