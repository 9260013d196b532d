/** An export says nothing about GA4, so nothing that is known of it is put in question. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { diff } from '../../src/diff/diff.ts'
import { diffOptions, World } from '../apply/harness.ts'
import { resourcesOf, SHOP } from '../apply/make-resources.ts'

let world: World
beforeAll(async () => void (world = await World.start()))
afterAll(() => world.sandbox.close())

test('the list of key events stays as it is', async () => {
  await world.apply(resourcesOf(SHOP))
  const live = await world.live()
  expect(live.listed.keyEvents).not.toEqual([])
  const ofGtm = resourcesOf(SHOP).filter(({ kind }) => kind.startsWith('gtm/'))
  const { changeSet } = diff(ofGtm, { ...live, ga4: [], ga4Reads: 0 }, diffOptions({ words: true }))
  expect(changeSet.changes).toEqual([])
})
