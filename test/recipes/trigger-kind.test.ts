/**
 * The recipe of CONTRIBUTING, "A trigger kind": a kind made up in memory, its line in the table, its piece of the schema
 * and its template are all that check, compile, words and the way back need.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { parse, stringify } from 'yaml'
import { checkPlan } from '../../src/check/check.ts'
import { compile } from '../../src/compile/compile.ts'
import { parsePlan } from '../../src/plan/parse.ts'
import { readPlanWith } from '../../src/plan/read.ts'
import type { PlanDocument, Trigger } from '../../src/plan/plan-types.ts'
import { schemaAt } from '../../src/plan/schema.ts'
import { buildTrigger } from '../../src/triggers/build.ts'
import { triggerFromGtm } from '../../src/triggers/gtm.ts'
import { TRIGGERS } from '../../src/triggers/kinds.ts'
import { triggerWords } from '../../src/triggers/trigger-words.ts'
import { ourTemplates, planFrom } from '../compile/compile-file.ts'

vi.mock('../../src/check/schema/plan-validator.ts', () => import('./validator-in-memory.ts'))

interface ShakeTrigger {
  readonly kind: 'shake'
  readonly times: number
  readonly device: string
}

/** The one file. Its kind is in no type, so that the types are told nothing here. */
const shake = {
  build: (said: { times?: number; device: string }) => ({ kind: 'shake', times: 1, ...said }),
  toGtm: ({ times, device }: ShakeTrigger) => ({
    template: 'shake',
    prefix: 'Shake',
    values: { times: String(times), device },
    conditions: [],
  }),
  listener: 'gtm.shake',
  fromGtm: ({
    type,
    parameters,
    filter,
  }: {
    type: string
    parameters: Record<string, string>
    filter: []
  }) =>
    type === 'shake'
      ? { said: { times: Number(parameters.times), device: parameters.device }, when: filter }
      : undefined,
  words: ({ times, device }: ShakeTrigger) => `${device} shaken ${times} times`,
  plain: ({ times, device }: ShakeTrigger) => `the ${device} is shaken ${times} times`,
  texts: ({ device }: { device: string }, at: string) => [
    { at: `${at}/shake/device`, text: device, sort: 'literal' },
  ],
  fills: ['click'],
  examples: [{ said: { times: 3, device: 'phone' }, words: 'phone shaken 3 times' }],
}
// The one line.
Object.assign(TRIGGERS, { shake })
// The piece of the schema.
Object.assign(schemaAt('/goals/any/trigger')?.properties ?? {}, {
  shake: {
    title: 'Shake',
    description: 'The device is shaken.',
    type: 'object',
    additionalProperties: false,
    required: ['device'],
    properties: { times: { title: 'Times', type: 'integer' }, device: { title: 'Device', type: 'string' } },
  },
})
// The template.
const templates = new Map([
  ...(await ourTemplates()),
  [
    'triggers/shake',
    {
      file: 'shake.hbs',
      text: `{ "type": "shake", "parameter": [
        { "type": "template", "key": "times", "value": {{text times}} },
        { "type": "template", "key": "device", "value": {{text device}} }
      ], {{> trigger-fields}} }`,
    },
  ] as const,
])

const SMALLEST = readFileSync(join(import.meta.dirname, '../fixtures/the-smallest-plan/plan.yaml'), 'utf8')

const PURCHASE = { ecommerce: false, event: 'order_sent' }

function planWith(trigger: object): string {
  const document = parse(SMALLEST) as PlanDocument
  const { purchase } = document.goals
  return stringify({ ...document, goals: { purchase: { ...purchase, trigger, ...PURCHASE } } })
}

const SHAKE = { shake: { times: 3, device: 'phone' }, unless: [{ path: { equals: '/' } }] }

async function findings(trigger: object): Promise<(readonly [string, string | undefined])[]> {
  const text = planWith(trigger)
  const { diagnostics } = checkPlan(
    parsePlan(await readPlanWith('plan.yaml', () => Promise.resolve({ text }))),
    {
      today: '2026-11-24',
      profile: 'minimal',
    },
  )
  return diagnostics.filter(({ at }) => at?.startsWith('/goals')).map(({ code, at }) => [code, at] as const)
}

test('the check knows the kind, its fields and its texts, and what is filled on it', async () => {
  expect(await findings(SHAKE)).toEqual([])
  expect(await findings({ shake: { tims: 3, device: 'x' } })).toEqual([
    ['unknown-field', '/goals/purchase/trigger/shake/tims'],
  ])
  expect(await findings({ shake: { device: 'x' }, click: { id: 'a' } })).toEqual([
    ['triggers-have-one-kind', '/goals/purchase/trigger/shake'],
  ])
  expect(await findings({ shake: { device: '{{x}}' } })).toEqual([
    ['texts-hold-no-references', '/goals/purchase/trigger/shake/device'],
  ])
  const tested = [{ click: { id: { equals: 'a' } } }]
  expect(await findings({ shake: { device: 'x' }, when: tested })).toEqual([])
  expect(await findings({ timer: { every: '5s' }, when: tested })).toEqual([
    ['sources-fit-their-triggers', '/goals/purchase/trigger/when/0/click'],
  ])
})

test('it is compiled, with what blocks it on the event of its listener', () => {
  const { resources, diagnostics } = compile(planFrom(planWith(SHAKE)), templates)
  expect(diagnostics).toEqual([])
  const specs = resources.flatMap((each) =>
    each.kind === 'gtm/trigger' && each.key.includes('purchase') ? [[each.name, each.spec] as const] : [],
  )
  expect(specs).toMatchObject([
    ['Shake - purchase', { type: 'shake', parameters: { times: '3', device: 'phone' } }],
    ['Exception - purchase', { type: 'customEvent', customEventFilter: [{ arg1: 'gtm.shake' }] }],
  ])
})

test('it has words, and comes back from GTM', () => {
  const trigger = buildTrigger(SHAKE as unknown as Trigger, '')
  expect(triggerWords(trigger)).toBe('phone shaken 3 times but not on /')
  const { resources } = compile(planFrom(planWith(SHAKE)), templates)
  const spec = resources.find((each) => each.kind === 'gtm/trigger' && each.name === 'Shake - purchase')?.spec
  expect(triggerFromGtm(spec as never, new Map())).toEqual({ shake: { times: 3, device: 'phone' } })
})
