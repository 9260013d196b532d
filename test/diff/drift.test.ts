/** Who moved: the plan, somebody at Google's side, or both. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Change } from '../../src/resources/change-set.ts'
import { Colleague, theirTag } from '../apply/colleague.ts'
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

const brief = ({ action, kind, name, cause, held }: Change): string =>
  `${held === true ? 'held ' : ''}${action} ${kind} ${name} (${cause})`

const withTarget = (target: string): SmallPlan => ({
  ...SHOP,
  conversions: SHOP.conversions.map((each) => (each.id === 'signup' ? { ...each, target } : each)),
})

test('a change by hand is shown with its fields, and left as it is', async () => {
  await dana.edit((desk) => desk.change('tags', 'GA4 Event - signup', (tag) => ({ ...tag, paused: true })))
  const { changeSet } = await world.diff(resourcesOf(SHOP))
  expect(changeSet.changes.map(brief)).toEqual(['held update gtm/tag GA4 Event - signup (drift)'])
  expect(changeSet.changes[0]?.fields).toEqual([{ path: 'paused', before: true, after: false }])
  expect(changeSet.summary).toMatchObject({ update: 0, held: 1 })
  await world.counted()
  const report = await world.apply(resourcesOf(SHOP))
  expect(report.stopped).toBeUndefined()
  expect(report.version).toBeUndefined()
  expect((await world.diff(resourcesOf(SHOP))).changeSet.changes.map(brief)).toEqual([
    'held update gtm/tag GA4 Event - signup (drift)',
  ])
})

test('what somebody deleted is made again where something new refers to it, and only that', async () => {
  await dana.edit(async (desk) => {
    await desk.delete('tags', 'GA4 Event - search')
    await desk.delete('folders', 'Stage consideration')
  })
  const more = { ...SHOP, conversions: [...SHOP.conversions, { id: 'call', stage: 'consideration' }] }
  const report = await world.apply(resourcesOf(more))
  expect(report.stopped).toBeUndefined()
  expect(report.changes.map(brief)).toEqual([
    'create gtm/folder Stage consideration (both)',
    'create gtm/trigger CE - call (plan)',
    'held update gtm/trigger CE - search (drift)',
    'create gtm/tag GA4 Event - call (plan)',
    'held create gtm/tag GA4 Event - search (drift)',
  ])
})

test('a change by hand is undone when that is asked for', async () => {
  await dana.edit((desk) => desk.change('tags', 'GA4 Event - signup', (tag) => ({ ...tag, paused: true })))
  const report = await world.apply(resourcesOf(SHOP), { restoreDrift: true })
  expect(report.stopped).toBeUndefined()
  expect(report.changes.map(brief)).toEqual(['update gtm/tag GA4 Event - signup (drift)'])
  expect((await world.diff(resourcesOf(SHOP))).changeSet.changes).toEqual([])
})

test('a change by hand is undone when the plan changed the same thing', async () => {
  await dana.edit((desk) => desk.change('tags', 'GA4 Event - signup', (tag) => ({ ...tag, paused: true })))
  const report = await world.apply(resourcesOf(withTarget('10% of sessions')))
  expect(report.changes.map(brief)).toEqual([
    'update gtm/trigger CE - signup (plan)',
    'update gtm/tag GA4 Event - signup (both)',
  ])
  expect((await world.diff(resourcesOf(withTarget('10% of sessions')))).changeSet.changes).toEqual([])
})

test('what the plan changed is the plan’s doing', async () => {
  const { changeSet } = await world.diff(resourcesOf(withTarget('10% of sessions')), { words: true })
  expect(changeSet.changes.map(brief)).toEqual([
    'update gtm/trigger CE - signup (plan)',
    'update gtm/tag GA4 Event - signup (plan)',
  ])
})

test('words that people wrote into the notes are no change, and survive', async () => {
  await dana.edit((desk) =>
    desk.change('tags', 'GA4 Event - signup', (tag) => ({
      ...tag,
      notes: `Checked with legal in May.\n\n${String(tag.notes)}\nAsk Dana.`,
    })),
  )
  expect((await world.diff(resourcesOf(SHOP))).changeSet.changes).toEqual([])
  await world.apply(resourcesOf(withTarget('10% of sessions')), { words: true })
  const tag = await (await dana.desk('Default Workspace')).find('tags', 'GA4 Event - signup')
  expect(tag.notes).toContain(
    'Checked with legal in May.\nAsk Dana.\n\n[measurement-plan]\nsignup\nTarget: 10% of sessions',
  )
})

test('changes by hand in GA4 are told from the plan’s, too', async () => {
  const [event] = (await dana.keyEvents()).filter((each) => each.eventName === 'signup')
  await dana.call('PATCH', `v1beta/${String(event?.name)}?updateMask=counting_method`, {
    countingMethod: 'ONCE_PER_SESSION',
  })
  const [dimension] = await dana.dimensions()
  await dana.call('PATCH', `v1beta/${String(dimension?.name)}?updateMask=display_name`, {
    displayName: 'Renamed',
  })
  const { changeSet } = await world.diff(resourcesOf(SHOP))
  expect(changeSet.changes.map(brief).sort()).toEqual([
    'held rename ga4/custom-dimension Place (drift)',
    'held update ga4/key-event signup (drift)',
  ])
  await world.apply(resourcesOf(SHOP), { restoreDrift: true })
  expect((await world.diff(resourcesOf(SHOP))).changeSet.changes).toEqual([])
})

test('words alone make no version, and travel with the next change', async () => {
  const words = resourcesOf(withTarget('10% of sessions'))
  const { changeSet } = await world.diff(words)
  expect(changeSet.changes.map(({ waits, words: told }) => ({ waits, told }))).toEqual(
    Array.from({ length: 2 }, () => ({
      waits: true,
      told: [{ word: 'Notes', before: 'Target: 8% of sessions', after: 'Target: 10% of sessions' }],
    })),
  )
  expect(changeSet.summary).toMatchObject({ update: 0, waiting: 2 })
  expect((await world.apply(words)).version).toBeUndefined()

  const more = resourcesOf({
    ...withTarget('10% of sessions'),
    variables: { method: 'Method of sign-up', place: '' },
  })
  const report = await world.apply(more)
  expect(report.changes.filter(({ status }) => status === 'done').map(brief)).toContain(
    'update gtm/tag GA4 Event - signup (plan)',
  )
  expect((await world.diff(more)).changeSet.changes).toEqual([])
})

test('what was deleted by hand is drift: it stays away until it is asked for', async () => {
  await dana.edit((desk) => desk.delete('tags', 'GA4 Event - signup'))
  const { changeSet } = await world.diff(resourcesOf(SHOP))
  expect(changeSet.changes.map(brief)).toEqual(['held create gtm/tag GA4 Event - signup (drift)'])
  const report = await world.apply(resourcesOf(SHOP), { restoreDrift: true })
  expect(report.changes.map(brief)).toEqual(['create gtm/tag GA4 Event - signup (drift)'])
  expect((await world.diff(resourcesOf(SHOP))).changeSet.changes).toEqual([])
})

test('a copy of one of the plan’s tags is left alone, and mentioned', async () => {
  await dana.edit(async (desk) => {
    const { tagId, ...tag } = await desk.find('tags', 'GA4 Event - signup')
    expect(tagId).toBeDefined()
    await desk.create('tags', { ...tag, name: 'Copy of signup' })
  })
  const before = await world.contents()
  const { changeSet, diagnostics } = await world.diff(resourcesOf(SHOP))
  expect(changeSet.changes).toEqual([])
  // It fires like the original.
  expect(diagnostics.map(({ code, severity, message }) => `${severity} ${code}: ${message}`)).toEqual([
    'warning marker-was-copied: The tag "Copy of signup" in GTM is a copy of one that the plan "outfitters" made; it is left alone, and sends "signup", too, on a trigger like the plan\'s: everything is counted twice.',
  ])
  await world.apply(resourcesOf(withTarget('11% of sessions')), { words: true })
  const copy = (lines: readonly string[]): readonly string[] =>
    lines.filter((line) => line.includes('Copy of signup'))
  expect(copy(await world.contents())).toEqual(copy(before))
  await dana.edit((desk) => desk.change('tags', 'Copy of signup', (tag) => ({ ...tag, paused: true })))
  const paused = await world.diff(resourcesOf(withTarget('11% of sessions')))
  expect(paused.diagnostics.map(({ message }) => message)).toEqual([
    'The tag "Copy of signup" in GTM is a copy of one that the plan "outfitters" made; it is left alone.',
  ])
})

test('a renamed variable takes every reference of the plan’s along', async () => {
  const renamed: SmallPlan = { ...SHOP, variables: { method: 'Method of sign-up', place: '' } }
  const { changeSet } = await world.diff(resourcesOf(renamed))
  expect(changeSet.changes.map(brief)).toEqual(['rename gtm/variable Method of sign-up (plan)'])
  expect(changeSet.changes[0]?.rewrites?.map(({ name }) => name)).toEqual(['GA4 Event - signup'])
  await world.apply(resourcesOf(renamed))
  const tag = await (await dana.desk('Default Workspace')).find('tags', 'GA4 Event - signup')
  expect(JSON.stringify(tag.parameter)).toContain('{{Method of sign-up}}')
  expect(JSON.stringify(tag.parameter)).not.toContain('{{DLV - method}}')
  expect((await world.diff(resourcesOf(renamed))).changeSet.changes).toEqual([])
})

test('a reference is rewritten in a tag that was changed by hand, and the change by hand stays', async () => {
  await dana.edit((desk) => desk.change('tags', 'GA4 Event - signup', (tag) => ({ ...tag, paused: true })))
  const renamed: SmallPlan = { ...SHOP, variables: { method: 'Method of sign-up', place: '' } }
  const report = await world.apply(resourcesOf(renamed))
  expect(report.stopped).toBeUndefined()
  const tag = await (await dana.desk('Default Workspace')).find('tags', 'GA4 Event - signup')
  expect(tag.paused).toBe(true)
  expect(JSON.stringify(tag.parameter)).toContain('{{Method of sign-up}}')
})

test('a variable that somebody else’s tag reads is neither renamed nor deleted', async () => {
  await dana.edit((desk) => desk.create('tags', theirTag('Theirs', 'DLV - method')))
  const codes = async (plan: SmallPlan): Promise<readonly (string | undefined)[]> =>
    (await world.diff(resourcesOf(plan))).diagnostics.map(({ code, message }) => `${code}: ${message}`)
  expect(await codes({ ...SHOP, variables: { method: 'Other', place: '' } })).toEqual([
    'in-use-by-others: The plan would rename to "Other" the variable "DLV - method", which is used by the tag "Theirs".',
  ])
  const without = SHOP.conversions.map((each) => (each.id === 'signup' ? { ...each, sends: [] } : each))
  expect(await codes({ ...SHOP, conversions: without, variables: { place: '' } })).toEqual([
    'in-use-by-others: The plan would delete the variable "DLV - method", which is used by the tag "Theirs".',
  ])
})

test('a trigger that somebody else’s tag fires on is not deleted, but may be renamed', async () => {
  await dana.edit(async (desk) => {
    const { triggerId } = await desk.find('triggers', 'CE - search')
    await desk.create('tags', theirTag('Theirs', 'Page URL', String(triggerId)))
  })
  const without = SHOP.conversions.filter(({ id }) => id !== 'search')
  const { diagnostics } = await world.diff(resourcesOf({ ...SHOP, conversions: without }))
  expect(diagnostics.map(({ code }) => code)).toEqual(['in-use-by-others'])
  const renamed = SHOP.conversions.map((each) => (each.id === 'search' ? { ...each, title: 'Search' } : each))
  const plan = { ...SHOP, conversions: renamed }
  expect((await world.diff(resourcesOf(plan))).diagnostics).toEqual([])
  expect((await world.apply(resourcesOf(plan))).stopped).toBeUndefined()
})

test('an id that was renamed with "was" is an update in place', async () => {
  const desk = await dana.desk('Default Workspace')
  const before = await desk.find('tags', 'GA4 Event - search')
  const renamed = SHOP.conversions.map((each) =>
    each.id === 'search' ? { ...each, id: 'site_search', event: 'search', was: 'search' } : each,
  )
  const plan = { ...SHOP, conversions: renamed }
  const report = await world.apply(resourcesOf(plan))
  expect(report.changes.map(brief)).toEqual([
    'update gtm/trigger CE - search (plan)',
    'update gtm/tag GA4 Event - search (plan)',
  ])
  const after = await (await dana.desk('Default Workspace')).find('tags', 'GA4 Event - search')
  expect(after.tagId).toBe(before.tagId)
  expect(after.notes).toContain('outfitters/site_search#tag')
  expect((await world.diff(resourcesOf(plan))).changeSet.changes).toEqual([])
})

test('a tag whose trigger is renamed along with "was" does not count as changed by hand', async () => {
  const renamed = SHOP.conversions.map((each) =>
    each.id === 'search' ? { ...each, id: 'site_search', event: 'site_search', was: 'search' } : each,
  )
  const { changeSet } = await world.diff(resourcesOf({ ...SHOP, conversions: renamed }))
  expect(changeSet.changes.map(brief)).toEqual([
    'rename gtm/trigger CE - site_search (plan)',
    'rename gtm/tag GA4 Event - site_search (plan)',
  ])
})

test('an id that was renamed without "was" keeps the things that have its name', async () => {
  const renamed = SHOP.conversions.map((each) =>
    each.id === 'search' ? { ...each, id: 'site_search', event: 'search' } : each,
  )
  const { changeSet } = await world.diff(resourcesOf({ ...SHOP, conversions: renamed }))
  expect(changeSet.summary).toMatchObject({ create: 0, delete: 0, update: 2 })
})
