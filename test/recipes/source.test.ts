/**
 * The recipe of CONTRIBUTING, "A source": a source made up in memory, its line in the table, its pieces of the schema and
 * its template are all that check, compile, words and the way back need.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { parse, stringify } from 'yaml'
import { checkPlan } from '../../src/check/check.ts'
import { compile } from '../../src/compile/compile.ts'
import { parsePlan } from '../../src/plan/parse.ts'
import { readPlanWith } from '../../src/plan/read.ts'
import type { PlanDocument } from '../../src/plan/plan-types.ts'
import { schemaAt } from '../../src/plan/schema.ts'
import type { VariableSpec } from '../../src/resources/resource.ts'
import { buildSource } from '../../src/sources/build.ts'
import { SOURCES } from '../../src/sources/kinds.ts'
import { sourceFromGtm } from '../../src/sources/read-gtm.ts'
import { sourceWords } from '../../src/sources/source-words.ts'
import { ourTemplates, planFrom } from '../compile/compile-file.ts'

vi.mock('../../src/check/schema/plan-validator.ts', () => import('./validator-in-memory.ts'))

interface WeatherSource {
  readonly kind: 'weather'
  readonly place: string
}

/** The one file. Its kind is in no type, so that the types are told nothing here. */
const weather = {
  build: (place: string) => ({ kind: 'weather', place }),
  variable: ({ place }: WeatherSource) => ({
    template: 'weather',
    id: `weather.${place}`,
    label: ['Weather', place],
    values: { place },
  }),
  fromGtm: ({ type, parameters }: VariableSpec) =>
    type === 'weather' ? { weather: parameters.place } : undefined,
  words: ({ place }: WeatherSource) => `weather in ${place}`,
  texts: (said: string, at: string) => [{ at: `${at}/weather`, text: said, sort: 'name' }],
  subjects: { weather: { test: 'below a name', source: (place: string) => ({ kind: 'weather', place }) } },
  type: () => 'text',
  hasDefault: false,
  examples: [{ source: { weather: 'Oslo' }, words: 'weather in Oslo' }],
}
// The one line.
Object.assign(SOURCES, { weather })
// The pieces of the schema: the source, and the subject of conditions.
const name = { title: 'Weather', description: 'The weather at a place.', type: 'string' }
Object.assign(schemaAt('/goals/any/parameters/any')?.properties ?? {}, { weather: name })
Object.assign(schemaAt('/goals/any/trigger/when/0')?.properties ?? {}, {
  weather: { ...name, type: 'object', additionalProperties: { $ref: '#/$defs/Test' } },
})
// The template.
const templates = new Map([
  ...(await ourTemplates()),
  [
    'variables/weather',
    {
      file: 'weather.hbs',
      text: `{ "type": "weather", "parameter": [
        { "type": "template", "key": "place", "value": {{text place}} }
      ], "formatValue": {}, {{> variable-fields}} }`,
    },
  ] as const,
])

const SMALLEST = readFileSync(join(import.meta.dirname, '../fixtures/the-smallest-plan/plan.yaml'), 'utf8')

const PURCHASE = { ecommerce: false, event: 'order_sent' }

function planWith(source: object, when: object): string {
  const document = parse(SMALLEST) as PlanDocument
  const { purchase } = document.goals
  const goal = {
    ...purchase,
    ...PURCHASE,
    parameters: { sky: source },
    trigger: { dataLayer: 'purchase', when: [when] },
  }
  return stringify({ ...document, goals: { purchase: goal } })
}

async function findings(source: object, when: object): Promise<(readonly [string, string | undefined])[]> {
  const text = planWith(source, when)
  const { diagnostics } = checkPlan(
    parsePlan(await readPlanWith('plan.yaml', () => Promise.resolve({ text }))),
    {
      today: '2026-11-24',
      profile: 'minimal',
    },
  )
  return diagnostics
    .filter(({ at }) => at?.startsWith('/goals'))
    .map(({ code, at }) => [code, at?.replace('/goals/purchase/', '')] as const)
}

const OSLO = { weather: 'Oslo' }
const RAIN = { weather: { Bergen: { equals: 'rain' } } }

test('the check knows the source, its texts and what a condition may ask of it', async () => {
  expect(await findings(OSLO, RAIN)).toEqual([])
  expect(await findings({ ...OSLO, cookie: 'a' }, RAIN)).toEqual([
    ['sources-have-one-origin', 'parameters/sky/weather'],
  ])
  expect(await findings({ ...OSLO, default: 'sun' }, RAIN)).toEqual([
    ['defaults-go-with-sources-that-have-one', 'parameters/sky/default'],
  ])
  expect(await findings({ weather: '{{x}}' }, RAIN)).toEqual([
    ['texts-hold-no-references', 'parameters/sky/weather'],
  ])
  expect(await findings(OSLO, { weather: { Bergen: { lessThan: 3 } } })).toEqual([
    ['operators-fit-their-values', 'trigger/when/0/weather/Bergen/lessThan'],
  ])
})

test('it is compiled to a variable for each thing that is read', () => {
  const { resources, diagnostics } = compile(planFrom(planWith(OSLO, RAIN)), templates)
  expect(diagnostics).toEqual([])
  const names = resources.filter(({ key }) => key.includes('weather')).map(({ name }) => name)
  expect(names).toEqual(['Weather - Bergen or empty', 'Weather - Oslo'])
})

test('it has words, and comes back from GTM', () => {
  expect(sourceWords(buildSource(OSLO as never))).toBe('weather in Oslo')
  const { resources } = compile(planFrom(planWith(OSLO, RAIN)), templates)
  const spec = resources.find((each) => each.name === 'Weather - Oslo')?.spec
  expect(sourceFromGtm('{{w}}', new Map([['w', spec as never]]))).toEqual(OSLO)
})
