import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { join } from 'node:path'
import { compileFile } from '../compile/compile-file.ts'
import { containerExport } from './foreign.ts'
import { World } from './harness.ts'
import { resourcesOf, SHOP, type SmallPlan } from './make-resources.ts'

let world: World
beforeAll(async () => void (world = await World.start()))
afterAll(() => world.sandbox.close())
beforeEach(() => world.reset())

const wide = (conversions: number): SmallPlan => ({
  ...SHOP,
  conversions: Array.from({ length: conversions }, (_, index) => ({
    id: `c${index}`,
    sends: ['method', 'place'],
    stage: `s${index % 5}`,
  })),
})

test('an applied plan does not differ from what is there', async () => {
  const report = await world.apply(resourcesOf(SHOP))
  expect(report.stopped).toBeUndefined()
  expect(report.changes.map(({ status }) => status)).toEqual(report.changes.map(() => 'done'))
  const { changeSet } = await world.diff(resourcesOf(SHOP))
  expect(changeSet.changes).toEqual([])
  expect(changeSet.summary).toMatchObject({ unchanged: resourcesOf(SHOP).length, unmanaged: 1 })
})

/** Two more than writing takes: a mark carries the id of its entity, and what is live is looked at before publishing. */
const REQUESTS = 12

test.each([
  [20, 0],
  [20, 400],
  [100, 400],
  [300, 0],
  [300, 400],
])('%i conversions beside %i foreign tags take the same few requests', async (conversions, foreign) => {
  if (foreign > 0) {
    await world.control('POST', 'reset')
    await world.control('POST', 'seed', containerExport({ tags: foreign }))
    await world.control('POST', 'ensure', { property: '345000001' })
  }
  const resources = resourcesOf(wide(conversions))
  await world.counted()
  const first = await world.apply(resources, { publish: true })
  expect(first).toMatchObject({ published: true })
  const { gtm } = await world.counted()
  expect(gtm).toBe(REQUESTS)
  expect(first.diff.changeSet.requests.gtm).toBe(REQUESTS)
  expect(first.made.gtm).toBe(REQUESTS)
  await world.diff(resources)
  expect((await world.counted()).gtm).toBeLessThanOrEqual(4)
})

test('the difference says how many requests apply takes, and apply takes so many', async () => {
  const { diff, made } = await world.apply(resourcesOf(SHOP))
  expect({ gtm: made.gtm, ga4: made.ga4 }).toEqual({
    gtm: diff.changeSet.requests.gtm,
    ga4: diff.changeSet.requests.ga4,
  })
  expect(diff.changeSet.requests.seconds).toBeGreaterThan(0)
})

test.each(['outfitters', 'advisory', 'workspace'])(
  'the example plan %s is applied and then in place',
  async (name) => {
    const file = join(import.meta.dirname, `../../plans/${name}.yaml`)
    const { compiled, plan } = await compileFile(file)
    const report = await world.apply(compiled.resources, { plan: plan.id })
    expect(report.stopped).toBeUndefined()
    expect((await world.diff(compiled.resources, { plan: plan.id })).changeSet.changes).toEqual([])
  },
)

test('other people’s things stay as they are, to the byte', async () => {
  await world.control('POST', 'reset')
  await world.control('POST', 'seed', containerExport({ tags: 30, variables: ['DLV - other'] }))
  await world.control('POST', 'ensure', { property: '345000001' })
  const before = await world.contents()
  await world.apply(resourcesOf(SHOP), { publish: true })
  await world.apply(resourcesOf({ ...SHOP, conversions: SHOP.conversions.slice(0, 1) }), { publish: true })
  const after = await world.contents()
  const theirs = (entities: readonly string[]): readonly string[] =>
    entities.filter((line) => !line.includes('measurement-plan outfitters/') && !line.includes('"clickUrl"'))
  expect(theirs(after)).toEqual(before)
})

test('publishing comes last and only when asked', async () => {
  const before = await world.liveVersionId()
  await world.apply(resourcesOf(SHOP))
  expect(await world.liveVersionId()).toBe(before)
  const seen = await world.requests()
  expect(seen.some(({ path }) => path.includes(':publish'))).toBe(false)
  // Nothing is left to change, and the version waits.
  expect(await world.apply(resourcesOf(SHOP), { publish: true })).toMatchObject({ published: true })
  expect(await world.liveVersionId()).toBe('2')
})

test('a version says in plan words what changed, for which plan and commit', async () => {
  // The plus says that the working tree was not that commit, and must not get lost.
  const { version } = await world.apply(resourcesOf(SHOP), { commit: '3f9ac1204bd1+' })
  expect(version).toEqual({ id: '2', name: 'outfitters 3f9ac1204bd1+' })
  const { version: latest } = await world.live()
  expect(latest.description).toContain('micro conversion signup (awareness)\n  create key event signup')
  expect(latest.description.split('\n').at(-1)).toBe('[measurement-plan outfitters 3f9ac1204bd1+]')
})

test('what was created in GA4 although its answer was lost is found, and neither made nor written twice', async () => {
  const api = ['properties.keyEvents.create', 'properties.customDimensions.create']
  await world.control('POST', 'faults', {
    faults: api.map((name) => ({ api: name, drop: true, when: 'after' })),
  })
  await world.control('DELETE', 'requests')
  const report = await world.apply(resourcesOf(SHOP))
  expect(report.stopped).toBeUndefined()
  const writes = (await world.requests()).filter(
    ({ method, path }) => path.startsWith('/v1beta') && method !== 'GET',
  )
  expect(writes).toHaveLength(report.changes.filter(({ kind }) => kind.startsWith('ga4/')).length)
  expect((await world.diff(resourcesOf(SHOP))).changeSet.changes).toEqual([])
})
