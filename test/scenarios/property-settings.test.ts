/** Settings of the property: what is stated is compared and written, what is not is left alone. */
import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../../src/sandbox/server.ts'
import { inNewFolder, planAnswering, type Outcome } from './run-plan.ts'

let sandbox: Sandbox
beforeAll(async () => void (sandbox = await startSandbox()))
afterAll(() => sandbox.close())
beforeEach(async () => void (await fetch(`${sandbox.url}/_sandbox/reset`, { method: 'POST' })))
inNewFolder()

const FILE = 'plans/advisory.yaml'
const plan = (...argv: readonly string[]): Promise<Outcome> =>
  planAnswering(undefined, ...argv, FILE, '--sandbox', sandbox.url)
const states = (lines: string): void =>
  writeFileSync(FILE, `${readFileSync(FILE, 'utf8')}\nproperty:\n${lines}\n`)
const settings = async (): Promise<object> =>
  (
    await fetch(`${sandbox.url}/v1beta/properties/345000011/dataRetentionSettings`, AS)
  ).json() as Promise<object>
const AS = { headers: { authorization: 'Bearer sandbox:analytics.edit' } }

test('data retention that the plan states is set, once, and set again when somebody changes it', async () => {
  await plan('apply', '--auto-approve')
  const before = await settings()
  states('  retention: { events: 14 months, users: 14 months }')

  const diff = await plan('diff')
  expect(diff.out).toMatch(/events are kept/i)
  expect(diff.out).toContain('fourteen months')
  expect(diff.out).not.toMatch(/a new visit/i)
  expect((await plan('apply', '--auto-approve')).exitCode).toBe(0)
  expect(await settings()).toEqual({ ...before, eventDataRetention: 'FOURTEEN_MONTHS' })
  expect((await plan('diff', '--detailed-exitcode')).exitCode).toBe(0)

  await fetch(
    `${sandbox.url}/v1beta/properties/345000011/dataRetentionSettings?updateMask=eventDataRetention`,
    {
      method: 'PATCH',
      headers: { ...AS.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ eventDataRetention: 'TWO_MONTHS' }),
    },
  )
  expect((await plan('diff', '--detailed-exitcode')).exitCode).toBe(2)
})

test('a plan that says nothing of the property neither reads nor writes its settings', async () => {
  await plan('apply', '--auto-approve')
  const { requests } = (await (await fetch(`${sandbox.url}/_sandbox/requests`)).json()) as {
    requests: readonly { readonly path: string }[]
  }
  expect(requests.filter(({ path }) => path.includes('dataRetentionSettings'))).toEqual([])
})

test('what the plan stops stating stays as it is', async () => {
  const without = readFileSync(FILE, 'utf8')
  states('  retention: { events: 14 months, users: 2 months, resetOnActivity: false }')
  await plan('apply', '--auto-approve')
  const before = await settings()
  writeFileSync(FILE, without)
  expect((await plan('diff', '--detailed-exitcode')).exitCode).toBe(0)
  expect(await settings()).toEqual(before)
})
