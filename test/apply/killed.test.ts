/** The real process, killed with SIGKILL while a request is on its way; then run again. */
import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../../src/sandbox/server.ts'
import { plan } from '../scenarios/run-plan.ts'

const ROOT = join(import.meta.dirname, '../..')
const PLAN = join(ROOT, 'plans/outfitters.yaml')

let sandbox: Sandbox
beforeAll(async () => void (sandbox = await startSandbox()))
afterAll(() => sandbox.close())

function start(...args: readonly string[]): ChildProcess {
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

/** Ends the process while its request to that method is stalled. */
async function killedAt(api: string, when: 'before' | 'after'): Promise<boolean> {
  await control('DELETE', 'faults')
  // Slow enough that the process is still waiting when it is killed, and dropped so that no answer ever comes.
  await control('POST', 'faults', { api, when, delayMs: 1500, drop: true })
  const child = start('apply', PLAN, '--auto-approve', '--publish')
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

// Every other moment is storm.test.ts's, where a process ends only as good as: a real one costs seconds.
test('a killed process leaves the live site as it was, and the next run finishes the work', async () => {
  const draft = 'accounts.containers.workspaces'
  for (const [api, when] of [
    [`${draft}.bulk_update`, 'after'],
    [`${draft}.create_version`, 'after'],
    ['accounts.containers.versions.publish', 'before'],
  ] as const) {
    const before = await liveVersions()
    expect(await killedAt(api, when)).toBe(true)
    if (before.length > 0) expect(await liveVersions()).toEqual(before)
  }
  const there = [PLAN, '-e', 'staging', '--sandbox', sandbox.url]
  const last = await plan('apply', ...there, '--auto-approve', '--publish')
  expect(last.exitCode).toBe(0)
  const { exitCode, out } = await plan('diff', ...there, '--detailed-exitcode')
  expect({ exitCode, out }).toMatchObject({
    exitCode: 0,
    out: expect.stringContaining('Nothing to change') as string,
  })
}, 120_000)

test('Ctrl-C ends an apply at once', async () => {
  await control('POST', 'reset')
  await control('POST', 'faults', { path: '^/tagmanager', delayMs: 5000, drop: true })
  const child = start('apply', PLAN, '--auto-approve')
  const ended = new Promise((resolve) => child.on('close', (code, signal) => resolve(signal ?? code)))
  for (let happened = 0; happened === 0; await new Promise((resolve) => setTimeout(resolve, 10))) {
    const { faults } = (await control('GET', 'faults')) as { faults: { happened: number }[] }
    happened = faults[0]?.happened ?? 0
  }
  child.kill('SIGINT')
  expect(await ended).toBe('SIGINT')
  await control('DELETE', 'faults')
}, 30_000)
