import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stateFromJson, stateToJson } from '../../src/sandbox/state-json.ts'
import { runSandbox, type Running } from './clients.ts'
import { ModelRun } from './model-run.ts'
import { anyStep } from './model.ts'
import { randomRequest, sendRandom } from './random-requests.ts'

let running: Running
beforeAll(async () => {
  running = await runSandbox()
})
afterAll(() => running.sandbox.close())

test('whatever is done to a container, it is what a simple model of it says', async () => {
  let container = 0
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 5, maxLength: 30 }), async (steps) => {
      const run = new ModelRun(running.url)
      await run.start(`GTM-MODEL${container++}`)
      for (const step of steps) await run.step(step)
      await run.compare()
    }),
    { numRuns: 30 },
  )
})

test('random requests leave it up, and its state whole', async () => {
  await running.control('POST', 'reset')
  await running.control('POST', 'ensure', { account: '1', container: 'GTM-RANDOM1', property: '345' })
  await fc.assert(
    fc.asyncProperty(randomRequest, async (request) => {
      expect(await sendRandom(running.url, request)).toBeUndefined()
    }),
    { numRuns: 600 },
  )
  const state: unknown = JSON.parse(await running.state())
  expect(JSON.stringify(stateToJson(stateFromJson(state)))).toBe(JSON.stringify(state))
})
