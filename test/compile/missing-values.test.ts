/** What is not there: compiled, and run, because only the hit shows it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { compile } from '../../src/compile/compile.ts'
import { renderContainerFile } from '../../src/compile/export.ts'
import { parseExport } from '../../src/lift/parse-export.ts'
import type { Goal, PlanDocument, Source } from '../../src/plan/plan-types.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { arrange, type ContainerVersion } from '../../src/runtime/core/container.ts'
import type { Facts } from '../../src/runtime/node/page.ts'
import { PAGE, pushing, readHits } from '../runtime/session.ts'
import { ourTemplates, planFrom } from './compile-file.ts'

const SMALLEST = parse(
  readFileSync(join(import.meta.dirname, '../fixtures/the-smallest-plan/plan.yaml'), 'utf8'),
) as PlanDocument
const templates = await ourTemplates()

function planWith(changes: Partial<Goal>): Plan {
  const { purchase } = SMALLEST.goals
  const goal = { ...purchase, title: 'Purchase', event: 'done', ecommerce: false, ...changes }
  return planFrom(stringify({ ...SMALLEST, goals: { purchase: goal } }))
}

/** The hits of the goal when these messages were pushed, by their parameters. */
function hits(changes: Partial<Goal>, message: object = {}, facts: Facts = PAGE) {
  const plan = planWith(changes)
  const { resources, diagnostics } = compile(plan, templates)
  expect(diagnostics).toEqual([])
  const { version } = parseExport(renderContainerFile(plan, resources, new Date(0)), 'test')
  const container = arrange(version as unknown as ContainerVersion)
  return readHits(pushing(container, [{ event: 'go', ...message }], facts))
    .filter(({ event }) => event === 'done')
    .map(({ parameters }) => parameters)
}

function fires(test: object, message: object): boolean {
  const trigger = { dataLayer: 'go', when: [{ dataLayer: { 'plan.type': test } }] }
  return hits({ trigger }, message).length === 1
}

function sent(source: Source, message: object = {}, facts?: Facts): unknown {
  const [parameters] = hits({ trigger: { dataLayer: 'go' }, parameters: { p: source } }, message, facts)
  return parameters?.['p']
}

test.each([
  [{ matches: '.+' }, {}, false],
  [{ matches: '.+' }, { plan: { type: null } }, false],
  [{ matches: '.+' }, { plan: { type: 'pro' } }, true],
  [{ contains: 'defined' }, {}, false],
  [{ equals: '' }, {}, true],
  [{ equals: '', negate: true }, {}, false],
  [{ exists: true }, {}, false],
  [{ exists: false }, { plan: { type: null } }, true],
  [{ startsWith: ['x', 'pr'] }, { plan: { type: 'pro' } }, true],
  [{ equals: ['a.b', 'pro'] }, { plan: { type: 'aXb' } }, false],
  [{ equals: ['a', 'b'], negate: true }, { plan: { type: 'ab' } }, true],
  [{ endsWith: ['x', 'y'] }, {}, false],
  // An empty text would be 0 to these.
  [{ lessThan: 5 }, {}, false],
  [{ lessThan: 5 }, { plan: { type: 4 } }, true],
])('a condition %j on %j holds: %s', (condition, message, expected) => {
  expect(fires(condition, message)).toBe(expected)
})

const TIER = { from: { dataLayer: 'plan.type' }, patterns: { '.+': 'paid' } }

test("a table's default holds for a missing value", () => {
  expect(sent({ match: TIER, default: 'none' })).toBe('none')
  expect(sent({ match: TIER, default: 'none' }, { plan: { type: null } })).toBe('none')
  expect(sent({ match: TIER, default: 'none' }, { plan: { type: 'x' } })).toBe('paid')
  const nested = { lookup: { from: { match: TIER }, map: { undefined: 'wrong' } }, default: 'none' }
  expect(sent(nested)).toBe('none')
})

test('a missing element or attribute is left out of the hit, and a missing key as well', () => {
  const page = { ...PAGE, elements: [{ tag: 'b', attributes: { id: 'price' }, text: '12' }] } as Facts
  expect(sent({ element: { id: 'price' } }, {}, page)).toBe('12')
  expect(sent({ element: { id: 'none' } }, {}, page)).toBeUndefined()
  expect(sent({ element: { id: 'price', attribute: 'data-x' } }, {}, page)).toBeUndefined()
  expect(sent({ element: { id: 'none' }, format: { null: 'no price' } }, {}, page)).toBe('no price')
  expect(sent({ dataLayer: 'plan.type' })).toBeUndefined()
})

test('a parameter keeps its variable, and a condition takes over the one it had before', () => {
  const trigger = { dataLayer: 'go', when: [{ dataLayer: { tier: { equals: 'pro' } } }] }
  const variables = (changes: Partial<Goal>) =>
    compile(planWith(changes), templates).resources.filter(({ key }) => key.includes('tier'))
  expect(variables({ trigger }).map(({ key, was, name }) => ({ key, was, name }))).toEqual([
    {
      key: 'smallest/dataLayer-or-empty.tier#variable',
      was: ['smallest/dataLayer.tier#variable'],
      name: 'DLV - tier or empty',
    },
  ])
  const both = variables({ trigger, parameters: { p: { dataLayer: 'tier' } } })
  expect(both.map(({ key }) => key)).toEqual([
    'smallest/dataLayer-or-empty.tier#variable',
    'smallest/dataLayer.tier#variable',
  ])
})

test('what is formatted arrives so', () => {
  const format = { case: 'lower', undefined: 'none', true: 'yes' } as const
  const read = (type: unknown) => sent({ dataLayer: 'plan.type', format }, { plan: { type } })
  expect([read('PRO'), read(undefined), read(true), read(3)]).toEqual(['pro', 'none', 'yes', 3])
})

test('texts, globals, the event and data layer version 1 arrive as they are read', () => {
  const text = {
    text: '{a}/{b}!',
    with: { a: { dataLayer: 'plan.type' }, b: { dataLayer: 'none' } },
  } as const
  expect(sent(text, { plan: { type: 'pro' } })).toBe('pro/!')
  expect(sent({ event: true })).toBe('go')
  expect(sent({ dataLayer: 'plan.type', version: 1 }, { plan: { type: 'pro' } })).toBeUndefined()
  expect(sent({ dataLayer: 'plan.type', version: 1 }, { 'plan.type': 'flat' })).toBe('flat')
  const globals = { ...PAGE, globals: { app: { version: '7' } } } as Facts
  expect(sent({ global: 'app.version' }, {}, globals)).toBe('7')
})
