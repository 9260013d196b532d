/**
 * Storms of test/apply/storm.ts, of new seeds: `npx tsx scripts/soak-apply.ts --runs 1000 --seed 1`. Ends with 1 and the
 * smallest storm that is wrong, with its path; a test of its own shall hold it then.
 */
import { parseArgs } from 'node:util'
import * as fc from 'fast-check'
import { World } from '../test/apply/harness.ts'
import { rideOut, storm } from '../test/apply/storm.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    path: { type: 'string' },
  },
})
const { path } = values
const [runs, seed] = [Number(values.runs), Number(values.seed)]
const world = await World.start()
const startedAt = Date.now()
try {
  const result = await fc.check(
    fc.asyncProperty(storm, (one) => rideOut(world, one)),
    { numRuns: runs, seed, endOnFailure: false, ...(path === undefined ? {} : { path }) },
  )
  const seconds = Math.round((Date.now() - startedAt) / 1000)
  console.log(
    `${result.numRuns} storms of seed ${seed}, ${seconds} s: ${result.failed ? 'wrong' : 'none wrong'}`,
  )
  if (result.failed) {
    console.log(await fc.asyncDefaultReportMessage(result))
    process.exitCode = 1
  }
} finally {
  await world.sandbox.close()
}
