import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { renderChangeSetJson } from '../../src/render/change-set-json.ts'
import type { ChangeSet } from '../../src/resources/change-set.ts'
import { digestOf } from '../../src/diff/digest.ts'
import { movedSince, parseSavedChangeSet } from '../../src/diff/saved-change-set.ts'
import { Colleague, theirTag } from '../apply/colleague.ts'
import { World } from '../apply/harness.ts'
import { resourcesOf, SHOP } from '../apply/make-resources.ts'

let world: World
beforeAll(async () => void (world = await World.start()))
afterAll(() => world.sandbox.close())
beforeEach(() => world.reset())

function parsed(text: string): ChangeSet {
  const saved = parseSavedChangeSet(text)
  if ('diagnostics' in saved) throw new Error(saved.diagnostics.map(({ message }) => message).join())
  return saved.changeSet
}

const codes = (findings: readonly { code: string }[]): readonly string[] => findings.map(({ code }) => code)
const refusal = (text: string): readonly string[] => {
  const saved = parseSavedChangeSet(text)
  return 'diagnostics' in saved ? codes(saved.diagnostics) : []
}

test('a saved change set is the one that was printed, while nothing moves', async () => {
  const { changeSet } = await world.diff(resourcesOf(SHOP))
  const saved = parsed(renderChangeSetJson(changeSet))
  expect(saved).toEqual(JSON.parse(JSON.stringify(changeSet)))
  expect(movedSince(saved, (await world.diff(resourcesOf(SHOP))).changeSet)).toEqual([])
})

test('it is refused when the plan, the container or GA4 has moved', async () => {
  const saved = parsed(renderChangeSetJson((await world.diff(resourcesOf(SHOP))).changeSet))
  const { changeSet: otherPlan } = await world.diff(resourcesOf({ ...SHOP, dimensions: {} }))
  expect(codes(movedSince(saved, otherPlan))).toEqual(['plan-has-moved'])
  const dana = new Colleague(world)
  await dana.edit((desk) => desk.create('tags', theirTag('Theirs', 'Page URL')))
  expect(codes(movedSince(saved, (await world.diff(resourcesOf(SHOP))).changeSet))).toEqual([
    'container-has-moved',
  ])
  await world.reset()
  await dana.call('POST', 'v1beta/properties/345000001/keyEvents', {
    eventName: 'other',
    countingMethod: 'ONCE_PER_EVENT',
  })
  expect(codes(movedSince(saved, (await world.diff(resourcesOf(SHOP))).changeSet))).toEqual([
    'container-has-moved',
  ])
})

// plan diff is told only with --who, plan apply always.
test('it stands whether or not Google has told who changed something by hand', async () => {
  const { changeSet } = await world.diff(resourcesOf(SHOP))
  const saved = parsed(renderChangeSetJson(changeSet))
  const by = { by: 'ana@harbour.example', at: '2026-11-18T08:12:00Z' }
  const told = { ...changeSet, changes: changeSet.changes.map((change) => ({ ...change, who: by })) }
  expect(movedSince(saved, told)).toEqual([])
})

test('it is refused for another environment', async () => {
  const saved = parsed(renderChangeSetJson((await world.diff(resourcesOf(SHOP))).changeSet))
  const { changeSet } = await world.diff(resourcesOf(SHOP), { environment: 'production' })
  expect(codes(movedSince(saved, changeSet))).toEqual(['change-set-of-another-plan'])
})

test('one that was edited is refused, and one whose digest was mended is refused by what it is compared with', async () => {
  const { changeSet } = await world.diff(resourcesOf(SHOP))
  const text = renderChangeSetJson(changeSet)
  expect(refusal(text.replace('"GA4 Event - signup"', '"GA4 Event - other"'))).toEqual([
    'change-set-was-edited',
  ])
  expect(refusal(text.replace('"formatVersion": 1', '"formatVersion": 2'))).toEqual([
    'change-set-of-another-format',
  ])
  expect(refusal('{"changes": []}')).toEqual(['not-a-change-set'])
  expect(refusal('{')).toEqual(['not-a-change-set'])
  const mended = { ...changeSet, changes: changeSet.changes.slice(1) }
  const again = parsed(JSON.stringify({ ...mended, digest: digestOf(mended) }))
  expect(codes(movedSince(again, changeSet))).toEqual(['change-set-differs'])
})
