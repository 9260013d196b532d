/** The plan's own workspace, and other people at work beside it. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { apply } from '../../src/apply/apply.ts'
import { diff } from '../../src/diff/diff.ts'
import { Colleague, theirTag } from './colleague.ts'
import { containerExport } from './foreign.ts'
import { diffOptions, World } from './harness.ts'
import { resourcesOf, SHOP, type SmallPlan } from './make-resources.ts'

let world: World
let dana: Colleague
beforeAll(async () => {
  world = await World.start()
  dana = new Colleague(world)
})
afterAll(() => world.sandbox.close())
beforeEach(() => world.reset())

const OURS = 'measurement-plan outfitters'
const MORE: SmallPlan = { ...SHOP, conversions: [...SHOP.conversions, { id: 'call', sends: ['place'] }] }
const RENAMED: SmallPlan = { ...MORE, variables: { method: '', place: 'DLV - where' } }

async function leaveHalfDone(plan: SmallPlan): Promise<void> {
  await world.control('POST', 'faults', {
    api: 'accounts.containers.workspaces.create_version',
    status: 500,
    times: 9,
  })
  const report = await world.apply(resourcesOf(plan), { words: true })
  await world.control('DELETE', 'faults')
  expect(report.stopped?.code).toBe('server')
  expect(report.draft).toBe(OURS)
  expect(await world.workspaceNames()).toContain(OURS)
}

test('a workspace that was left half-done is gone on with', async () => {
  await leaveHalfDone(SHOP)
  await world.counted()
  const report = await world.apply(resourcesOf(SHOP))
  expect(report.stopped).toBeUndefined()
  const seen = (await world.requests()).map(({ api }) => api)
  expect(seen).not.toContain('accounts.containers.workspaces.bulk_update')
  expect(await world.workspaceNames()).toEqual(['Default Workspace'])
  expect((await world.diff(resourcesOf(SHOP))).changeSet.changes).toEqual([])
})

test('what an earlier run wanted and this one does not is thrown away', async () => {
  await leaveHalfDone(MORE)
  const report = await world.apply(resourcesOf(SHOP))
  expect(report.stopped).toBeUndefined()
  expect((await world.contents()).join()).not.toContain('outfitters/call#tag')
  expect((await world.diff(resourcesOf(SHOP))).changeSet.changes).toEqual([])
})

test('somebody else’s work in the plan’s workspace is not swept along, and not lost', async () => {
  await leaveHalfDone(SHOP)
  const desk = await dana.desk(OURS)
  await desk.create('tags', theirTag('Lost and found', 'Page URL'))
  const report = await world.apply(resourcesOf(SHOP))
  expect(report.stopped?.code).toBe('workspace-has-other-work')
  expect(report.stopped?.message).toContain('the tag "Lost and found" was added')
  expect((await desk.find('tags', 'Lost and found')).name).toBe('Lost and found')
})

test('a foreign tag on a foreign trigger in the plan’s workspace is somebody’s work, and so is a foreign tag that is gone', async () => {
  await dana.edit(async (desk) => {
    await desk.create('triggers', { name: 'Theirs', type: 'pageview' })
    await desk.create('tags', theirTag('Old', 'Page URL'))
  })
  await leaveHalfDone(SHOP)
  const desk = await dana.desk(OURS)
  const { triggerId } = await desk.find('triggers', 'Theirs')
  await desk.create('tags', { ...theirTag('New', 'Page URL'), firingTriggerId: [triggerId] })
  const added = await world.apply(resourcesOf(SHOP))
  expect(added.stopped?.message).toContain('the tag "New" was added')
  await desk.delete('tags', 'New')
  await desk.delete('tags', 'Old')
  const deleted = await world.apply(resourcesOf(SHOP))
  expect(deleted.stopped?.message).toContain('the tag "Old" was deleted')
  expect(deleted.stopped?.code).toBe('workspace-has-other-work')
})

test('what the plan itself deleted in its workspace is nobody’s work', async () => {
  await world.apply(resourcesOf(MORE))
  await leaveHalfDone(SHOP)
  const report = await world.apply(resourcesOf(SHOP))
  expect(report.stopped).toBeUndefined()
  expect(await world.workspaceNames()).toEqual(['Default Workspace'])
})

test('a version made while a workspace is begun anew stops the run, and the new workspace goes', async () => {
  await leaveHalfDone(MORE)
  let creates = 0
  const report = await world.apply(resourcesOf(SHOP), {
    meddle: async (what) => {
      if (what.startsWith('create the workspace') && ++creates === 2)
        await dana.edit((desk) => desk.create('tags', theirTag('Theirs', 'Page URL')))
    },
  })
  expect(report.stopped?.code).toBe('container-has-moved')
  expect(report.stopped?.message).toContain('the tag "Theirs" was added')
  expect(await world.workspaceNames()).toEqual(['Default Workspace'])
})

test('a version made while the workspace is prepared stops the run: a new workspace goes, one that was there stays', async () => {
  const making = (name: string): ((what: string) => Promise<void>) => {
    let looks = 0
    return async (what) => {
      // The second look is the one after the workspace was made.
      if (what === 'find the latest version' && ++looks === 2)
        await dana.edit((desk) => desk.create('tags', theirTag(name, 'Page URL')))
    }
  }
  const fresh = await world.apply(resourcesOf(SHOP), { meddle: making('Theirs') })
  expect(fresh.stopped?.code).toBe('container-has-moved')
  expect(await world.workspaceNames()).toEqual(['Default Workspace'])
  await leaveHalfDone(SHOP)
  const left = await world.apply(resourcesOf(SHOP), { meddle: making('More of theirs') })
  expect(left.stopped?.code).toBe('container-has-moved')
  expect(await world.workspaceNames()).toContain(OURS)
})

test('a workspace that another run fills again at once is left to it', async () => {
  await leaveHalfDone(MORE)
  let creates = 0
  const report = await world.apply(resourcesOf(SHOP), {
    meddle: async (what) => {
      if (what.startsWith('create the workspace') && ++creates === 2) await leaveHalfDone(MORE)
    },
  })
  expect(report.stopped?.code).toBe('another-apply-is-running')
  expect(await world.workspaceNames()).toEqual(['Default Workspace', OURS])
})

test('a workspace whose making is lost is made once more, and no third time', async () => {
  const lose = (times: number): Promise<unknown> =>
    world.loseRequests('accounts.containers.workspaces.create', times)
  await lose(1)
  expect((await world.apply(resourcesOf(SHOP))).stopped).toBeUndefined()
  await lose(9)
  let tried = 0
  const meddle = (what: string): Promise<void> => {
    if (what.startsWith('create the workspace')) tried++
    return Promise.resolve()
  }
  expect((await world.apply(resourcesOf(MORE), { meddle })).stopped?.code).toBe('connection-lost')
  expect(tried).toBe(2)
  await world.control('DELETE', 'faults')
})

test.each(['mergeConflict', 'syncError'])(
  'a draft of which Google says %s after it was written becomes no version',
  async (trouble) => {
    const live = await world.live()
    const { changeSet } = diff(resourcesOf(SHOP), live, diffOptions())
    const { google, clock } = await world.connect()
    const troubled: typeof google.gtm = async (request) => {
      const answer = await google.gtm(request)
      return request.what === 'read the draft' ? { ...answer, [trouble]: true } : answer
    }
    const report = await apply({ ...google, gtm: troubled }, changeSet, live, {
      publish: false,
      onProgress: () => {},
      now: () => clock.now(),
    })
    expect(report.stopped?.code).toBe('container-has-moved')
    expect(report.stopped?.message).toContain('while this one was written')
    expect(await world.latestVersionId()).toBe('1')
  },
)

test('a workspace that is behind is brought up to the latest version', async () => {
  await leaveHalfDone(SHOP)
  await dana.edit((desk) => desk.create('tags', theirTag('Theirs', 'Page URL')))
  const report = await world.apply(resourcesOf(SHOP))
  expect(report.stopped).toBeUndefined()
  expect((await world.contents()).join()).toContain('"Theirs"')
  expect((await world.diff(resourcesOf(SHOP))).changeSet.changes).toEqual([])
})

test.each([
  ['told by sync and by the preview', undefined],
  // Google's page does not say that sync's answer names every conflict.
  [
    'that only the preview tells',
    { api: 'accounts.containers.workspaces.sync', when: 'after', status: 200, body: {} },
  ],
])('a draft in conflict with the latest version, %s, is begun anew', async (_told, fault) => {
  await world.apply(resourcesOf(SHOP))
  const target = (percent: string): SmallPlan => ({
    ...SHOP,
    conversions: SHOP.conversions.map((each) => (each.id === 'signup' ? { ...each, target: percent } : each)),
  })
  await leaveHalfDone(target('11%'))
  await dana.edit((desk) => desk.change('tags', 'GA4 Event - signup', (tag) => ({ ...tag, paused: true })))
  if (fault !== undefined) await world.control('POST', 'faults', fault)
  const report = await world.apply(resourcesOf(target('11%')), { words: true })
  expect(report.stopped).toBeUndefined()
  expect((await world.diff(resourcesOf(target('11%')))).changeSet.changes).toEqual([])
})

test('what somebody deleted while our draft still holds it is not taken for their work in the draft', async () => {
  await world.apply(resourcesOf(MORE))
  await dana.edit((desk) => desk.change('tags', 'GA4 Event - call', (tag) => ({ ...tag, paused: true })))
  // GTM brings a new name to what refers to it, so the draft of a rename holds the tag as changed.
  await world.control('POST', 'behaviour', { bulkUpdate: 'unsupported', renameRewritesReferences: true })
  await leaveHalfDone(RENAMED)
  await dana.edit((desk) => desk.delete('tags', 'GA4 Event - call'))
  // The version that still has it is not the one before the latest any more.
  await dana.edit((desk) => desk.create('tags', theirTag('Theirs', 'Page URL')))
  const report = await world.apply(resourcesOf(SHOP), { words: true })
  expect(report.stopped).toBeUndefined()
  expect((await world.diff(resourcesOf(SHOP))).changeSet.changes).toEqual([])
})

test('an edit in our draft is reported, although the thing stands in earlier versions', async () => {
  await world.apply(resourcesOf(MORE))
  await leaveHalfDone(RENAMED)
  const desk = await dana.desk(OURS)
  await desk.change('tags', 'GA4 Event - call', (tag) => ({ ...tag, paused: true }))
  const report = await world.apply(resourcesOf(SHOP))
  expect(report.stopped?.code).toBe('workspace-has-other-work')
  expect(report.stopped?.message).toContain('the tag "GA4 Event - call" was changed')
})

test('no room for a workspace: the ones that are there are named', async () => {
  await dana.createWorkspace('Summer sale')
  await dana.createWorkspace('Consent')
  const report = await world.apply(resourcesOf(SHOP))
  expect(report.stopped?.code).toBe('workspace-limit')
  expect(report.stopped?.message).toContain('"Default Workspace", "Summer sale", "Consent"')
})

test('somebody who edits another workspace is not disturbed', async () => {
  await dana.createWorkspace('Summer sale')
  const desk = await dana.desk('Summer sale')
  await desk.create('tags', theirTag('Sale', 'Page URL'))
  await world.apply(resourcesOf(SHOP), { publish: true })
  expect(await world.workspaceNames()).toEqual(['Default Workspace', 'Summer sale'])
  expect((await desk.find('tags', 'Sale')).name).toBe('Sale')
})

test('a version made between the difference and apply stops it, and says what changed', async () => {
  await world.apply(resourcesOf(SHOP))
  const live = await world.live()
  const { changeSet } = diff(resourcesOf(MORE), live, diffOptions())
  await dana.edit((desk) => desk.change('tags', 'GA4 Event - signup', (tag) => ({ ...tag, paused: true })))
  const before = await world.contents()
  const { google, clock } = await world.connect()
  const report = await apply(google, changeSet, live, {
    publish: false,
    onProgress: () => {},
    now: () => clock.now(),
  })
  expect(report.stopped?.code).toBe('container-has-moved')
  expect(report.stopped?.message).toContain('the tag "GA4 Event - signup" was changed')
  expect(await world.contents()).toEqual(before)
  expect(report.changes.map(({ status }) => status)).not.toContain('done')
})

test('two applies at the same time: one wins, the other stops and says so', async () => {
  const reports = await Promise.all([world.apply(resourcesOf(SHOP)), world.apply(resourcesOf(SHOP))])
  const [winners, losers] = [
    reports.filter(({ stopped }) => !stopped),
    reports.filter(({ stopped }) => stopped),
  ]
  expect(winners).toHaveLength(1)
  expect([
    'another-apply-was-faster',
    'another-apply-is-running',
    'container-has-moved',
    'workspace-submitted',
    'not-found',
    'duplicate-name',
  ]).toContain(losers[0]?.stopped?.code)
  expect((await world.diff(resourcesOf(SHOP))).changeSet.changes).toEqual([])
  expect(await world.workspaceNames()).toEqual(['Default Workspace'])
})

test('a dropped field is noticed, and no version is made', async () => {
  // A colleague's keyboard stands in for a server that loses a field between writing and reading back.
  const { google, clock } = await world.connect()
  const live = await world.live()
  const { changeSet } = diff(resourcesOf(SHOP), live, diffOptions())
  let isStrayThere = false
  const meddling: typeof google.gtm = async (request) => {
    const answer = await google.gtm(request)
    if (request.what.startsWith('write ')) {
      const desk = await dana.desk(OURS)
      await desk.change('tags', 'GA4 Event - signup', ({ firingTriggerId, ...tag }) => {
        expect(firingTriggerId).toBeDefined()
        return tag
      })
      if (!isStrayThere) await desk.create('tags', theirTag('Stray', 'Page URL'))
      isStrayThere = true
    }
    return answer
  }
  const report = await apply({ ...google, gtm: meddling }, changeSet, live, {
    publish: true,
    onProgress: () => {},
    now: () => clock.now(),
  })
  expect(report.stopped?.code).toBe('draft-is-not-as-written')
  expect(report.stopped?.message).toContain(
    'the tag "GA4 Event - signup" is not as it was written (firingTriggers[0])',
  )
  expect(report.stopped?.message).toContain('the tag "Stray" was added, which nobody asked for')
  expect(report.version).toBeUndefined()
  expect(report.changes.filter(({ status }) => status === 'failed').map(({ key }) => key)).toEqual([
    'outfitters/signup#tag',
  ])
  expect(await world.liveVersionId()).toBe('1')
})

test('a mark that is lost between writing and reading back is noticed, and no version is made', async () => {
  await world.apply(resourcesOf(SHOP))
  const live = await world.live()
  const plan = {
    ...SHOP,
    conversions: SHOP.conversions.map((each) => ({ ...each, target: '900 per week' })),
  }
  const { changeSet } = diff(resourcesOf(plan), live, diffOptions({ words: true }))
  const { google, clock } = await world.connect()
  const meddling: typeof google.gtm = async (request) => {
    const answer = await google.gtm(request)
    if (request.what.startsWith('write ')) {
      const desk = await dana.desk(OURS)
      // Everything is as it was written, and only the mark says an earlier hash.
      await desk.change('tags', 'GA4 Event - signup', (tag) => ({
        ...tag,
        notes: String(tag.notes).replace(/ [0-9a-f]{12}( \d+\])/, ' 000000000000$1'),
      }))
    }
    return answer
  }
  const report = await apply({ ...google, gtm: meddling }, changeSet, live, {
    publish: true,
    onProgress: () => {},
    now: () => clock.now(),
  })
  expect(report.stopped?.code).toBe('draft-is-not-as-written')
  expect(report.stopped?.message).toMatch(/is not as it was written \(.*the mark of the plan in its notes\)/)
  expect(report.version).toBeUndefined()
})

test('a container that does not compile becomes no version, and what it lacks is named', async () => {
  await world.apply(resourcesOf(SHOP))
  await dana.edit(async (desk) => {
    await desk.create('tags', theirTag('Theirs', 'Gone'))
    await desk.create('variables', {
      name: 'Gone',
      type: 'v',
      parameter: [{ type: 'template', key: 'name', value: 'x' }],
    })
  })
  const published = await world.liveVersionId()
  const report = await world.apply(resourcesOf(MORE), {
    publish: true,
    meddle: async (what) => {
      if (what === 'read the draft')
        await (await dana.desk(OURS)).delete('variables', 'Gone').catch(() => undefined)
    },
  })
  expect(report.stopped?.code).toBe('draft-is-not-as-written')
  await world.control('POST', 'reset')
  await world.control('POST', 'seed', containerExport({ tags: 1, reads: 'Nowhere' }))
  await world.control('POST', 'ensure', { property: '345000001' })
  const second = await world.apply(resourcesOf(SHOP), { publish: true })
  expect(second.stopped?.code).toBe('compiler-error')
  expect(second.stopped?.message).toContain(
    'the tag "Reader" refers to the variable {{Nowhere}}, which is not there',
  )
  expect(second.version).toBeUndefined()
  expect(published).toBe('1')
})
