/**
 * The recipe of CONTRIBUTING, "A destination": a vendor made up in memory, its line in the table, its word in the schema and its
 * template are all that check, compile, words, the way back and review need.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { parse, stringify } from 'yaml'
import { checkPlan } from '../../src/check/check.ts'
import { compile } from '../../src/compile/compile.ts'
import { DESTINATIONS, destinationOf, tagType } from '../../src/destinations/kinds.ts'
import type { GivenEvent } from '../../src/destinations/module.ts'
import { parsePlan } from '../../src/plan/parse.ts'
import type { PlanDocument } from '../../src/plan/plan-types.ts'
import { readPlanWith } from '../../src/plan/read.ts'
import { schemaAt } from '../../src/plan/schema.ts'
import type { Resource, TagSpec } from '../../src/resources/resource.ts'
import { conversionChanges, conversionPairs } from '../../src/review/conversions.ts'
import { buildSource } from '../../src/sources/build.ts'
import { resourceWords } from '../../src/words/resource-words.ts'
import { ourTemplates, planFrom } from '../compile/compile-file.ts'

vi.mock('../../src/check/schema/plan-validator.ts', () => import('./validator-in-memory.ts'))

const VALUE = buildSource({ dataLayer: 'order.worth' })

/** The one file. Its kind is in no type, so that the types are told nothing here. */
const pigeon = {
  title: 'Pigeon Post',
  id: { pattern: /^P-\d+$/, example: 'P-1' },
  says: 'a name',
  consent: ['ad_storage'],
  adapts: false,
  names: { purchase: 'Order' },
  options: [],
  carries: [],
  userData: 'none',
  reads: () => [VALUE],
  base: ({ id }: { id: string }) => [{ template: 'pigeon', values: { id, event: '', worth: '' } }],
  event: ({ name, id, textOf }: GivenEvent) => ({
    template: 'pigeon',
    values: { id, event: name, worth: textOf(VALUE) },
  }),
  fromGtm: ({ type, parameters }: TagSpec) =>
    type !== 'pigeon'
      ? undefined
      : parameters.event === ''
        ? { id: parameters.loft }
        : { id: parameters.loft, event: parameters.event },
  types: { pigeon: { title: 'Pigeon', words: 'a pigeon' } },
  labels: { worth: 'Worth' },
  rows: {},
  examples: [],
}
// The one line.
Object.assign(DESTINATIONS, { pigeon })
// The word of the schema.
const kinds = schemaAt('/destinations/any/kind') as { enum: string[] }
kinds.enum = [...kinds.enum, 'pigeon']
// The template.
const templates = new Map([
  ...(await ourTemplates()),
  [
    'tags/pigeon',
    {
      file: 'pigeon.hbs',
      text: `{ "type": "pigeon", "parameter": [
        { "type": "template", "key": "loft", "value": {{text id}} },
        { "type": "template", "key": "event", "value": {{text event}} },
        { "type": "template", "key": "worth", "value": {{text worth}} }
      ], {{> tag-fields}} }`,
    },
  ] as const,
])

const SMALLEST = readFileSync(join(import.meta.dirname, '../fixtures/the-smallest-plan/plan.yaml'), 'utf8')

function planWith(id: string, send: object | undefined): string {
  const document = parse(SMALLEST) as PlanDocument
  const { purchase } = document.goals
  return stringify({
    ...document,
    consent: { mode: 'advanced' },
    destinations: { post: { kind: 'pigeon', id } },
    goals: { purchase: send === undefined ? purchase : { ...purchase, send } },
  })
}

const parsed = async (text: string) =>
  parsePlan(await readPlanWith('plan.yaml', () => Promise.resolve({ text })))

async function findings(text: string): Promise<(readonly [string, string | undefined])[]> {
  const { diagnostics } = checkPlan(await parsed(text), { today: '2026-11-24', profile: 'minimal' })
  return diagnostics
    .filter(({ at }) => at?.match(/destinations|send/))
    .map(({ code, at }) => [code, at] as const)
}

test('the check knows the vendor and its ids', async () => {
  expect(await findings(planWith('P-7', { post: true }))).toEqual([])
  expect(await findings(planWith('7', { post: true }))).toEqual([
    ['destinations-have-the-vendors-id', '/destinations/post/id'],
  ])
})

const compiled = (text: string): readonly Resource[] => {
  const { resources, diagnostics } = compile(planFrom(text), templates)
  expect(diagnostics).toEqual([])
  return resources
}
const tags = (text: string): readonly Resource<'gtm/tag'>[] =>
  compiled(text).filter(
    (each): each is Resource<'gtm/tag'> => each.kind === 'gtm/tag' && each.spec.type === 'pigeon',
  )

test('it is compiled to a base and a tag for each conversion, under its own name for the event, with what it reads', () => {
  expect(
    tags(planWith('P-7', { post: true })).map(({ key, name, spec }) => [key, name, spec.parameters]),
  ).toEqual([
    ['smallest/destination-post#tag', 'Pigeon Post - base', { loft: 'P-7', event: '', worth: '' }],
    [
      'smallest/purchase.post#tag',
      'Pigeon Post - purchase',
      { loft: 'P-7', event: 'Order', worth: '{{@smallest/dataLayer.order.worth#variable}}' },
    ],
  ])
})

test('it comes back from GTM, and has words', () => {
  const [base, order] = tags(planWith('P-7', { post: true }))
  expect(base && destinationOf(base.spec)).toEqual({ kind: 'pigeon', id: 'P-7' })
  expect(order && destinationOf(order.spec)).toEqual({ kind: 'pigeon', id: 'P-7', event: 'Order' })
  const words = order && resourceWords(order, new Map())
  expect(words?.get('Sent to Pigeon Post')).toBe('as Order')
  expect(words?.has('Worth')).toBe(true)
  expect(tagType('pigeon')).toEqual({ title: 'Pigeon', words: 'a pigeon' })
})

test('a review says that a conversion goes there', () => {
  const [before, after] = [undefined, { post: 'Parcel' }].map(
    (send) => parse(planWith('P-7', send)) as PlanDocument,
  )
  if (before === undefined || after === undefined) throw new Error('Two plans were made.')
  const changes = conversionChanges(conversionPairs(before, after), before, after)
  expect(changes.flatMap(({ fields }) => fields)).toEqual([{ label: 'Send: post', after: 'Parcel' }])
})
