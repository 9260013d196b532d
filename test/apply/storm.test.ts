import fc from 'fast-check'
import { afterAll, beforeAll, test } from 'vitest'
import { World } from './harness.ts'
import { rideOut, storm } from './storm.ts'

let world: World
beforeAll(async () => void (world = await World.start()))
afterAll(() => world.sandbox.close())

test('whatever happens on the way, repeated apply ends where the plan says, and breaks no promise', async () => {
  await fc.assert(
    fc.asyncProperty(storm, (one) => rideOut(world, one)),
    { numRuns: 300, endOnFailure: false },
  )
}, 600_000)
