/** What Google leaves open about bulk_update, each answer played by the sandbox; the same scenarios on every rung. */
import { isMade } from '../../src/resources/change-set.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { estimateSeconds } from '../../src/google/quota.ts'
import { containerExport } from './foreign.ts'
import { CONTAINER, PROPERTY, World } from './harness.ts'
import { LinkedClock } from './linked-clock.ts'
import { resourcesOf, SHOP, type SmallPlan } from './make-resources.ts'

let world: World
beforeAll(async () => void (world = await World.start()))
afterAll(() => world.sandbox.close())
beforeEach(async () => {
  await world.control('POST', 'reset')
  await world.control('POST', 'seed', containerExport({ tags: 5 }))
  await world.control('POST', 'ensure', { property: '345000001' })
})

const BEHAVIOURS: readonly (readonly [string, object])[] = [
  ['everything in one call', {}],
  ['bulk_update unknown', { bulkUpdate: 'unsupported' }],
  ['bulk_update not implemented', { bulkUpdate: 'unimplemented' }],
  ['no new ids in firing triggers', { bulkNewIdsInFiringTriggers: false }],
  ['no new ids, and what went through stays', { bulkNewIdsInFiringTriggers: false, bulkAtomic: false }],
  ['at most four changes a call', { bulkMaxChanges: 4 }],
  ['at most one change a call', { bulkMaxChanges: 1 }],
  ['no built-in variables in bulk', { bulkBuiltIns: false }],
  ['no built-in variables in bulk, not atomic', { bulkBuiltIns: false, bulkAtomic: false }],
  ['fingerprints checked', { bulkChecksFingerprints: true }],
  ['renames rewritten by the server', { renameRewritesReferences: true }],
  ['defaults filled in', { fillDefaults: true }],
  ['variables in use cannot be deleted', { deleteVariableInUse: 'refuse' }],
  ['empty answers with a body', { emptyAnswer: '200 {}', bulkUpdate: 'unsupported' }],
]

/** Renames, a swap of two names, an update, a create and deletes, all at once. */
const EDITED: SmallPlan = {
  conversions: [
    {
      id: 'signup',
      title: 'Sign-up',
      sends: ['method', 'place'],
      target: '9% of sessions',
      keyEvent: { value: 6 },
    },
    { id: 'lead', keyEvent: {} },
    { id: 'quote', was: 'search', sends: ['place'], stage: 'consideration' },
    { id: 'call', group: true, stage: 'decision', keyEvent: {} },
  ],
  variables: { method: 'DLV - place', place: 'DLV - method' },
  dimensions: { place: 'Where it stood', method: 'Method' },
}

describe.each(BEHAVIOURS)('%s', (_name, behaviour) => {
  test('a plan is applied, edited and emptied, and is in place every time', async () => {
    await world.control('POST', 'behaviour', behaviour)
    const theirs = (lines: readonly string[]): readonly string[] =>
      lines.filter((line) => !line.includes('measurement-plan outfitters/') && !line.includes('"clickUrl"'))
    const before = theirs(await world.contents())
    for (const plan of [SHOP, EDITED, { conversions: [{ id: 'signup' }] }]) {
      const resources = resourcesOf(plan)
      const report = await world.apply(resources)
      expect(report.stopped).toBeUndefined()
      const { changeSet, diagnostics } = await world.diff(resources)
      expect(diagnostics).toEqual([])
      // What is to be archived waits until the version without it is live.
      expect(changeSet.changes.filter(isMade)).toEqual([])
      expect(theirs(await world.contents())).toEqual(before)
      expect(await world.workspaceNames()).toEqual(['Default Workspace'])
    }
  })
})

test('the change set is the same on every rung', async () => {
  const sets: unknown[] = []
  for (const [, behaviour] of BEHAVIOURS.slice(0, 6)) {
    await world.control('POST', 'reset')
    await world.control('POST', 'ensure', { account: '6001', container: 'GTM-TEST01', property: '345000001' })
    await world.control('POST', 'behaviour', behaviour)
    await world.apply(resourcesOf(SHOP))
    sets.push((await world.apply(resourcesOf(EDITED))).diff.changeSet.changes)
  }
  expect(new Set(sets.map((set) => JSON.stringify(set))).size).toBe(1)
})

test('an entity that Google refuses is named with its place in the plan, and nothing becomes a version', async () => {
  const resources = resourcesOf(SHOP).map((resource) =>
    resource.kind === 'gtm/tag' && resource.key.includes('search')
      ? {
          ...resource,
          spec: { ...resource.spec, parameters: { ...resource.spec.parameters, measurementIdOverride: '' } },
        }
      : resource,
  )
  const locate = (): { file: string; line: number; column: number; endLine: number; endColumn: number } => ({
    file: 'plan.yaml',
    line: 14,
    column: 5,
    endLine: 14,
    endColumn: 9,
  })
  const report = await world.apply(resources, { locate })
  expect(report.stopped?.code).toBe('invalid')
  expect(report.stopped?.message).toContain('measurementIdOverride')
  expect(report.stopped?.message).toContain('plan.yaml:14:5')
  expect(report.changes.filter(({ status }) => status === 'failed').map(({ key }) => key)).toEqual([
    'outfitters/search#tag',
  ])
  expect(report.version).toBeUndefined()
  // What would be refused again is of no use to the next run.
  expect(report.draft).toBeUndefined()
  expect((await world.apply(resourcesOf(SHOP))).stopped).toBeUndefined()
  expect((await world.diff(resourcesOf(SHOP))).changeSet.changes).toEqual([])
})

test.each(['published', 'observed'])(
  'one call per entity under the %s quota: nothing fails, and it says how far it is',
  async (mode) => {
    await world.control('POST', 'behaviour', { bulkUpdate: 'unsupported' })
    await world.control('POST', 'quota', { mode })
    const progress: string[] = []
    const clock = await LinkedClock.linkedTo(world.sandbox.url)
    const started = clock.now()
    const report = await world.apply(resourcesOf(SHOP), {
      clock,
      startedAt: started,
      seconds: estimateSeconds,
      onProgress: ({ text }) => progress.push(text),
    })
    expect(report.stopped).toBeUndefined()
    expect(progress).toContainEqual(expect.stringMatching(/^writing 10 of \d\d, about \d+ s left$/))
    expect((await world.requests()).filter(({ status }) => status === 429 || status === 403)).toEqual([])
    // 28 requests where 25 are free in 100 seconds.
    expect(clock.now() - started).toBeGreaterThanOrEqual(60_000)
  },
)

test('used up for today in the middle of it: the next run goes on where this one was, and makes nothing twice', async () => {
  await world.control('POST', 'behaviour', { bulkUpdate: 'unsupported' })
  const message = 'Quota exceeded for this day.'
  const body = {
    error: { code: 403, message, errors: [{ message, domain: 'usageLimits', reason: 'dailyLimitExceeded' }] },
  }
  await world.control('POST', 'faults', {
    api: 'accounts.containers.workspaces.triggers.create',
    skip: 2,
    status: 403,
    body,
  })
  const first = await world.apply(resourcesOf(SHOP))
  expect(first.stopped?.code).toBe('quota-exhausted')
  expect(first.changes.some(({ status }) => status === 'done')).toBe(false)
  const second = await world.apply(resourcesOf(SHOP))
  expect(second.stopped).toBeUndefined()
  const made = (await world.requests()).filter(
    ({ api = '', status }) =>
      /workspaces\.(folders|variables|triggers|tags)\.create$/.test(api) && status === 200,
  )
  const entities = resourcesOf(SHOP).filter(({ kind }) => /^gtm\/(folder|variable|trigger|tag)$/.test(kind))
  expect(made).toHaveLength(entities.length)
  expect((await world.diff(resourcesOf(SHOP))).changeSet.changes).toEqual([])
})

test('a call whose answer is lost twice is sent in smaller parts, one that is lost once is only looked into', async () => {
  const lose = (times: number): Promise<unknown> =>
    world.loseRequests('accounts.containers.workspaces.bulk_update', times)
  const calls = async (): Promise<number> =>
    (await world.requests()).filter(({ path }) => path.includes('bulk_update')).length
  await lose(1)
  expect((await world.apply(resourcesOf(SHOP))).stopped).toBeUndefined()
  const once = await calls()
  await world.control('POST', 'reset')
  await world.control('POST', 'ensure', { account: '6001', container: CONTAINER, property: PROPERTY })
  await lose(2)
  expect((await world.apply(resourcesOf(SHOP))).stopped).toBeUndefined()
  // All at once again, and its marks; or from the second time on a call for each level.
  expect(once).toBe(3)
  expect(await calls()).toBeGreaterThan(5)
})
