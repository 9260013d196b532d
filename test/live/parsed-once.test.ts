/** Google's answers are parsed when they are read, and nowhere after. The marker's functions are watched, not replaced. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { parseNotes } from '../../src/resources/marker.ts'
import { World } from '../apply/harness.ts'
import { resourcesOf, SHOP } from '../apply/make-resources.ts'

vi.mock('../../src/resources/marker.ts', { spy: true })

let world: World
beforeAll(async () => {
  world = await World.start()
})
afterAll(async () => world.sandbox.close())

test('one apply parses each note once in every answer of Google', async () => {
  await world.apply(resourcesOf(SHOP))
  const before = (await world.live()).content.entities.length
  vi.mocked(parseNotes).mockClear()
  const plan = { ...SHOP, conversions: SHOP.conversions.map((each) => ({ ...each, target: '900 per week' })) }
  const report = await world.apply(resourcesOf(plan), { words: true })
  expect(report.stopped).toBeUndefined()
  expect(report.changes.length).toBeGreaterThan(0)
  // What is live, the draft that is read back, and the version that was made of it.
  expect(before).toBeGreaterThan(10)
  expect(parseNotes).toHaveBeenCalledTimes(3 * before)
})
