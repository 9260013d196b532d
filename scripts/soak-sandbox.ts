/**
 * Keeps a sandbox busy with random requests and compares it with a simple model, for as long as asked.
 *
 *   npx tsx scripts/soak-sandbox.ts [MINUTES] [SEED]
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { startSandbox } from '../src/sandbox/server.ts'
import { readState } from '../src/sandbox/state-file.ts'
import { ModelRun } from '../test/sandbox/model-run.ts'
import { anyStep } from '../test/sandbox/model.ts'
import { randomRequest, sendRandom } from '../test/sandbox/random-requests.ts'

const minutes = Number(process.argv[2] ?? 10)
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000)
const folder = mkdtempSync(join(tmpdir(), 'sandbox-soak-'))
const stateFile = join(folder, 'state.json')
const end = Date.now() + minutes * 60_000
const counts = { sequences: 0, steps: 0, requests: 0 }

console.log(`soak: ${minutes} minutes, seed ${seed}`)
for (let round = 0; Date.now() < end; round++) {
  // A new one each round, so that the state stays of a size that can be written after every request.
  rmSync(stateFile, { force: true })
  const sandbox = await startSandbox({ stateFile })
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 20, maxLength: 120 }), async (steps) => {
      const run = new ModelRun(sandbox.url)
      await run.start(`GTM-SOAK${counts.sequences++}`)
      for (const step of steps) await run.step(step)
      await run.compare()
      counts.steps += steps.length
    }),
    { numRuns: 10, seed: seed + round },
  )
  await fc.assert(
    fc.asyncProperty(randomRequest, async (request) => {
      counts.requests++
      const wrong = await sendRandom(sandbox.url, request)
      if (wrong !== undefined) throw new Error(wrong)
    }),
    { numRuns: 2000, seed: seed + round },
  )
  await sandbox.close()
  if (readState(stateFile) === undefined) throw new Error('There is no state.')
}
rmSync(folder, { recursive: true })
console.log(
  `soak: ${counts.sequences} sequences of ${counts.steps} steps, ${counts.requests} random requests, no difference`,
)
