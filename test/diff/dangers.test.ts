/** A diff against what is live warns in the same words as a review of two revisions. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compile } from '../../src/compile/compile.ts'
import type { Resource } from '../../src/resources/resource.ts'
import { dangersIn } from '../../src/words/dangers.ts'
import { World } from '../apply/harness.ts'
import { ourTemplates, planFrom } from '../compile/compile-file.ts'
import { edited, onlyPlan, reviewOf, SHOP } from '../review/sides.ts'

let world: World
beforeAll(async () => {
  world = await World.start()
  await world.apply(await resourcesOf(SHOP))
})
afterAll(() => world.sandbox.close())

async function resourcesOf(text: string): Promise<readonly Resource[]> {
  return compile(planFrom(text, 'staging'), await ourTemplates()).resources
}

async function dangersOf(text: string): Promise<readonly string[]> {
  const { changeSet } = await world.diff(await resourcesOf(text))
  return dangersIn(changeSet.changes)
}

const WITHOUT_SIZE_GUIDE = [/ {6}size_guide_read:[\s\S]*?(?=\n {6}product_film)/, ''] as const

test.each<readonly [string, readonly (readonly [from: string | RegExp, to: string])[]]>([
  ['the consent mode', [['mode: advanced', 'mode: basic']]],
  ['a measurement id', [['measurementId: G-STAGE00001', 'measurementId: G-STAGE00009']]],
  [
    'a transport URL',
    [['googleTag: managed', 'googleTag: managed\ntransportUrl: https://sgtm.harbour.example']],
  ],
  ['a key event that is none any more', [['keyEvent: true\n        effort: 2', 'effort: 2']]],
  [
    'a key event that is new',
    [['feeds: [purchase]\n        metric: click rate', 'keyEvent: true\n        $&']],
  ],
  ['what a key event is worth', [['weight: 0.03', 'weight: 0.05']]],
  ['a deleted conversion', [WITHOUT_SIZE_GUIDE]],
  ['nothing dangerous', [['rate: 8%,', 'rate: 10%,']]],
])('%s', async (what, edits) => {
  const text = edited(SHOP, ...edits)
  const { effects } = onlyPlan(await reviewOf(SHOP, text))
  const told = effects
    .filter(({ environments }) => environments.includes('staging'))
    .flatMap(({ consequences }) => consequences.filter(({ dangerous }) => dangerous))
    // Whether the plan still has it, the container cannot say.
    .map((one) => one.text.replace('The micro conversion', 'The conversion').replace('is deleted:', 'goes:'))
  expect(told.length).toBe(what === 'nothing dangerous' ? 0 : 1)
  expect(await dangersOf(text)).toEqual(told)
})

test('where the Google tag is somebody else’s the tags say it, and one conversion that waits is no mode', async () => {
  const existing = ['googleTag: managed', 'googleTag: existing'] as const
  const [mode] = await dangersOf(edited(SHOP, existing, ['mode: advanced', 'mode: basic']))
  expect(mode).toMatch(
    /^The consent of the tags GA4 Event - .*, GA4 Event - .* and \d+ more goes from advanced \(.*\) to basic \(.*\)\.$/,
  )
  expect(
    await dangersOf(edited(SHOP, ['keyEvent: true', 'requires: [ad_storage]\n        keyEvent: true'])),
  ).toEqual([])
})

test('two properties of one container are told apart by host', async () => {
  const both = ['container: GTM-SHOP001', 'container: GTM-STAGE01'] as const
  const own = await World.start()
  try {
    await own.apply(await resourcesOf(edited(SHOP, both)))
    const { changeSet } = await own.diff(
      await resourcesOf(edited(SHOP, both, ['measurementId: G-SHOP000001', 'measurementId: G-SHOP000009'])),
    )
    expect(dangersIn(changeSet.changes)).toEqual([
      'Hits go to G-SHOP000009 instead of G-SHOP000001: reports of G-SHOP000001 stop growing.',
    ])
  } finally {
    await own.sandbox.close()
  }
})
