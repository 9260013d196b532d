/** The plan in a container of others: whose tags of the same event count it twice. */
import { expect, test } from 'vitest'
import { around } from '../../src/proof/around.ts'
import { trialOf } from '../../src/proof/prove.ts'
import type { ContainerVersion } from '../../src/runtime/core/container.ts'
import { proving, trialFor } from './trial.ts'

const NOW = new Date('2026-11-29T12:00:00Z')
const YEAR = 365 * 24 * 3_600_000

/** What comes of a conversion beside a stranger's GA4 event tag on the same push. */
async function beside(tag: object) {
  const made = trialFor({ lead: 'event: generate_lead, trigger: { dataLayer: lead }' })
  const trigger = {
    triggerId: '801',
    name: 'Theirs',
    type: 'customEvent',
    customEventFilter: [
      {
        type: 'equals',
        parameter: [
          { type: 'template', key: 'arg0', value: '{{_event}}' },
          { type: 'template', key: 'arg1', value: 'lead' },
        ],
      },
    ],
  }
  const theirs = { tagId: '901', name: 'Old', type: 'gaawe', firingTriggerId: ['801'], ...tag }
  const foreign = { tag: [theirs], trigger: [trigger] } as unknown as ContainerVersion
  const trial = trialOf(made.plan, made.resources, around(foreign, made.version, made.plan.id, NOW))
  const [fires] = await proving({ trial, scenarios: made.scenarios })
  return [fires?.outcome, ...(fires?.because ?? [])]
}

const parameter = (id: string) => [
  { type: 'template', key: 'eventName', value: 'generate_lead' },
  { type: 'template', key: 'measurementIdOverride', value: id },
]
const same = { parameter: parameter('G-LIVE000001') }

test('the same event to the same stream is counted twice, to another one that is not known', async () => {
  expect(await beside(same)).toEqual([
    'refuted',
    'generate_lead is counted twice: the tag “Old” of the container sends it too, to G-LIVE000001',
  ])
  expect(await beside({ parameter: parameter('G-OTHER00001') })).toEqual([
    'not-proven',
    'generate_lead is counted twice where that is a stream of the same property: the tag “Old” of the container sends it too, to G-OTHER00001',
  ])
})

test('a tag outside of its schedule does not run', async () => {
  const at = (years: number) => String(NOW.getTime() + years * YEAR)
  expect(await beside({ ...same, scheduleEndMs: at(-1) })).toEqual(['proven'])
  expect(await beside({ ...same, scheduleStartMs: at(1) })).toEqual(['proven'])
  expect((await beside({ ...same, scheduleStartMs: at(-1), scheduleEndMs: at(1) }))[0]).toBe('refuted')
})
