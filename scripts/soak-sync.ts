/**
 * The storms of test/apply/storm.ts for as long as one likes: `npx tsx scripts/soak-sync.ts 60` (minutes).
 * Ends with 1 and the shrunk storm, its seed and path when a promise was broken.
 */
import fc from 'fast-check'
import { World } from '../test/apply/harness.ts'
import { rideOut, storm } from '../test/apply/storm.ts'

const minutes = Number(process.argv[2] ?? 60)
const until = Date.now() + minutes * 60_000
const world = await World.start()
let runs = 0
try {
  while (Date.now() < until) {
    const numRuns = 200
    await fc.assert(
      fc.asyncProperty(storm, (one) => rideOut(world, one)),
      { numRuns },
    )
    runs += numRuns
    console.log(`${runs} storms, nothing broken`)
  }
} catch (error) {
  console.error(error instanceof Error ? `${error.message}\n${String(error.cause ?? '')}` : error)
  process.exitCode = 1
} finally {
  await world.sandbox.close()
}
