import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { publish, readVersions, rollback } from '../../src/apply/versions.ts'
import { Colleague, theirTag } from './colleague.ts'
import { World } from './harness.ts'
import { resourcesOf, SHOP, type SmallPlan } from './make-resources.ts'

let world: World
let dana: Colleague
beforeAll(async () => {
  world = await World.start()
  dana = new Colleague(world)
})
afterAll(() => world.sandbox.close())
beforeEach(() => world.reset())

const MORE: SmallPlan = { ...SHOP, conversions: [...SHOP.conversions, { id: 'call' }] }

test('versions are listed newest first, with what is live and what is latest', async () => {
  await world.apply(resourcesOf(SHOP), { publish: true, commit: 'aaaa1111' })
  await world.apply(resourcesOf(MORE), { commit: 'bbbb2222' })
  const { google } = await world.connect()
  expect(await readVersions(google, (await world.live()).container.path)).toEqual([
    { id: '3', name: 'outfitters bbbb2222', isLive: false, isLatest: true },
    { id: '2', name: 'outfitters aaaa1111', isLive: true, isLatest: false },
    { id: '1', name: 'Empty Container', isLive: false, isLatest: false },
  ])
})

test('after a rollback the plan differs by what was rolled back, and can be applied again', async () => {
  await world.apply(resourcesOf(SHOP), { publish: true })
  await world.apply(resourcesOf(MORE), { publish: true })
  const { google } = await world.connect()
  await rollback(google, (await world.live()).container.path, { id: '2', over: ['3'] })
  expect(await world.liveVersionId()).toBe('2')
  const { changeSet } = await world.diff(resourcesOf(MORE))
  expect(changeSet.changes.map(({ action, name }) => `${action} ${name}`)).toEqual([
    'create CE - call',
    'create GA4 Event - call',
  ])
  await world.apply(resourcesOf(MORE), { publish: true })
  expect(await world.liveVersionId()).toBe('4')
})

test('a publish whose answer was lost is looked up', async () => {
  await world.apply(resourcesOf(SHOP))
  await world.control('POST', 'faults', {
    api: 'accounts.containers.versions.publish',
    drop: true,
    when: 'after',
  })
  const { google } = await world.connect()
  await publish(google, (await world.live()).container.path, { id: '2', over: ['1'] })
  expect(await world.liveVersionId()).toBe('2')
  expect((await world.requests()).filter(({ path }) => path.includes(':publish'))).toHaveLength(1)
})

test('a publish that is lost again is tried three times, and never over what was not looked at', async () => {
  await world.apply(resourcesOf(SHOP))
  const lose = (times: number): Promise<unknown> =>
    world.control('POST', 'faults', {
      api: 'accounts.containers.versions.publish',
      drop: true,
      when: 'before',
      times,
    })
  const { google } = await world.connect()
  const { path } = (await world.live()).container
  await expect(publish(google, path, { id: '2', over: ['9'] })).rejects.toMatchObject({
    code: 'live-has-moved',
  })
  expect(await world.liveVersionId()).toBe('1')
  await lose(2)
  await publish(google, path, { id: '2', over: ['1'] })
  expect(await world.liveVersionId()).toBe('2')
  await lose(3)
  await expect(publish(google, path, { id: '1', over: ['2'] })).rejects.toMatchObject({ maybeApplied: true })
  expect(await world.liveVersionId()).toBe('2')
})

test('a version whose answer was lost is found, not made twice', async () => {
  await world.control('POST', 'faults', {
    api: 'accounts.containers.workspaces.create_version',
    drop: true,
    when: 'after',
  })
  const report = await world.apply(resourcesOf(SHOP))
  expect(report.stopped).toBeUndefined()
  expect(report.version).toEqual({ id: '2', name: 'outfitters' })
})

test('a version that somebody else makes while the answer is lost is not taken for ours', async () => {
  await world.apply(resourcesOf(SHOP))
  let isFirst = true
  const report = await world.apply(resourcesOf(MORE), {
    meddle: async (what) => {
      if (!what.startsWith('make the version') || !isFirst) return
      isFirst = false
      await dana.edit((desk) => desk.create('tags', theirTag('Theirs', 'Page URL')))
      // After theirs, so that it is ours that never arrives.
      await world.control('POST', 'faults', {
        api: 'accounts.containers.workspaces.create_version',
        drop: true,
        when: 'before',
      })
    },
  })
  expect(report.stopped?.code).toBe('another-apply-was-faster')
  expect(report.version).toBeUndefined()
  expect(report.changes.some(({ status }) => status === 'done')).toBe(false)
})

test('what nobody has published yet is not published in passing', async () => {
  await world.apply(resourcesOf(SHOP), { publish: true })
  await dana.edit((desk) => desk.create('tags', theirTag('Not ready', 'Page URL')))
  const report = await world.apply(resourcesOf(SHOP), { publish: true })
  expect(report.stopped?.code).toBe('latest-version-is-others')
  expect(await world.liveVersionId()).toBe('2')
  const { diagnostics } = await world.diff(resourcesOf(MORE), { publish: true })
  expect(diagnostics.map(({ code }) => code)).toEqual(['publishes-earlier-versions'])
})

test('a version is not published when somebody else’s version came in between', async () => {
  await world.apply(resourcesOf(SHOP), { publish: true })
  const report = await world.apply(resourcesOf(MORE), {
    publish: true,
    meddle: async (what) => {
      if (what.startsWith('make the version'))
        await dana.edit((desk) => desk.create('tags', theirTag('Theirs', 'Page URL')))
    },
  })
  expect(report.stopped?.code).toBe('container-has-moved')
  expect(report.stopped?.message).toContain('was not published')
  expect(await world.liveVersionId()).toBe('2')
})

test('a key event that loses its value in the plan loses it in GA4', async () => {
  const valued = (value?: number): SmallPlan => ({
    conversions: [{ id: 'lead', keyEvent: value === undefined ? {} : { value } }],
  })
  const lead = async (): Promise<unknown> =>
    (await dana.keyEvents()).find(({ eventName }) => eventName === 'lead')?.defaultValue
  await world.apply(resourcesOf(valued(5)))
  expect(await lead()).toMatchObject({ numericValue: 5 })
  await world.apply(resourcesOf(valued()))
  expect(await lead()).toBeUndefined()
})

test.each(['read the published version', 'find the latest version'])(
  'what somebody publishes right before "%s" is part of what is compared, and stays live',
  async (moment) => {
    await world.apply(resourcesOf(SHOP))
    let reads = 0
    const again = await world.apply(resourcesOf(SHOP), {
      publish: true,
      includeOthers: true,
      meddle: async (what) => {
        if (what === moment && reads++ === 0)
          await dana.edit((desk) => desk.create('tags', theirTag('Theirs', 'Page URL')), { publish: true })
      },
    })
    expect(reads).toBeGreaterThan(0)
    expect(again).toMatchObject({ published: true })
    expect(again.stopped).toBeUndefined()
    expect(await world.liveVersionId()).toBe('3')
  },
)
