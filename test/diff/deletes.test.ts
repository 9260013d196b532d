import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { checkChangeSet } from '../../src/diff/check-change-set.ts'
import { Colleague } from '../apply/colleague.ts'
import { World } from '../apply/harness.ts'
import { resourcesOf, SHOP, type SmallPlan } from '../apply/make-resources.ts'

let world: World
let dana: Colleague
beforeAll(async () => {
  world = await World.start()
  dana = new Colleague(world)
})
afterAll(() => world.sandbox.close())
beforeEach(async () => {
  await world.reset()
  await world.apply(resourcesOf(SHOP))
})

const EMPTY: SmallPlan = { conversions: [] }
const codes = (findings: readonly { code: string }[]): readonly string[] => findings.map(({ code }) => code)

test('deleting needs leave, and deleting a large part needs more', async () => {
  const { changeSet } = await world.diff(resourcesOf(EMPTY))
  expect(changeSet.summary.delete).toBeGreaterThan(changeSet.summary.owned * 0.3)
  expect(codes(checkChangeSet(changeSet, { allowDelete: false, force: false }))).toEqual([
    'deletes-need-permission',
    'deletes-a-large-part',
  ])
  expect(codes(checkChangeSet(changeSet, { allowDelete: true, force: false }))).toEqual([
    'deletes-a-large-part',
  ])
  expect(codes(checkChangeSet(changeSet, { allowDelete: true, force: true }))).toEqual([])
})

test('a single delete needs leave only', async () => {
  const plan = { ...SHOP, dimensions: {} }
  const { changeSet } = await world.diff(resourcesOf(plan), { publish: true })
  expect(changeSet.summary.delete).toBe(1)
  expect(codes(checkChangeSet(changeSet, { allowDelete: false, force: false }))).toEqual([
    'deletes-need-permission',
  ])
  expect(codes(checkChangeSet(changeSet, { allowDelete: true, force: false }))).toEqual([])
})

test('only what the plan created goes; built-in variables and found key events stay', async () => {
  await dana.call('POST', 'v1beta/properties/345000001/keyEvents', {
    eventName: 'found',
    countingMethod: 'ONCE_PER_EVENT',
  })
  const withFound = { ...SHOP, conversions: [...SHOP.conversions, { id: 'found', keyEvent: { value: 3 } }] }
  const report = await world.apply(resourcesOf(withFound))
  expect(report.changes.find(({ kind, name }) => kind === 'ga4/key-event' && name === 'found')).toMatchObject(
    {
      action: 'update',
      found: true,
    },
  )
  await world.apply(resourcesOf(EMPTY), { publish: true })
  expect((await world.diff(resourcesOf(EMPTY))).changeSet.changes).toEqual([])
  const events = (await dana.keyEvents()).map(({ eventName }) => eventName)
  expect(events).toContain('found')
  expect(events).not.toContain('signup')
  expect(await dana.dimensions()).toEqual([])
  expect((await world.contents()).join()).toContain('"clickUrl"')
})

test('a key event that another plan in the container keeps a line about is not deleted', async () => {
  const other = resourcesOf({
    conversions: [{ id: 'signup', title: 'Other', event: 'signup', keyEvent: { value: 5 } }],
  }).map(
    (resource) =>
      JSON.parse(
        JSON.stringify(resource)
          .replaceAll('outfitters/', 'second/')
          .replaceAll('CONST - measurement plan', 'CONST - second')
          .replaceAll('Stage awareness', 'Second'),
      ) as typeof resource,
  )
  await world.apply(other, { plan: 'second' })
  await world.apply(resourcesOf(EMPTY), { publish: true })
  expect((await dana.keyEvents()).map(({ eventName }) => eventName)).toContain('signup')
  expect((await world.diff(other, { plan: 'second' })).changeSet.changes).toEqual([])
  expect((await world.diff(resourcesOf(EMPTY))).changeSet.changes).toEqual([])
})

test('two plans in one container keep out of each other’s way', async () => {
  const other = resourcesOf({ ...SHOP, conversions: [{ id: 'wish', title: 'Wish', sends: ['place'] }] }).map(
    (resource) =>
      JSON.parse(
        JSON.stringify(resource)
          .replaceAll('outfitters/', 'second/')
          .replaceAll('CONST - measurement plan', 'CONST - second'),
      ) as typeof resource,
  )
  const report = await world.apply(other, { plan: 'second' })
  expect(report.uses.map(({ name }) => name).sort()).toEqual([
    'DLV - method',
    'DLV - place',
    'Place',
    'Stage awareness',
  ])
  expect((await world.diff(other, { plan: 'second' })).changeSet.changes).toEqual([])
  expect((await world.diff(resourcesOf(SHOP))).changeSet.changes).toEqual([])
})
