/**
 * A fixed choice of storms, so that a change which is not to blame never fails. `npm run soak` rides out new ones all
 * the time; what it finds is mended and gets a test of its own.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, test } from 'vitest'
import { World } from './harness.ts'
import { rideOut, storm } from './storm.ts'

let world: World
beforeAll(async () => void (world = await World.start()))
afterAll(() => world.sandbox.close())

const SEEDS = [1, 2, 3]

// About a third of a second each.
test.each(SEEDS)(
  'whatever happens on the way, repeated apply ends where the plan says, and breaks no promise: storms of seed %i',
  async (seed) => {
    await fc.assert(
      fc.asyncProperty(storm, (one) => rideOut(world, one)),
      { numRuns: 25, seed, endOnFailure: false },
    )
  },
  120_000,
)
