import { describe, expect, test } from 'vitest'
import { buildPlan } from '../../src/plan/build.ts'
import type { PlanDocument } from '../../src/plan/plan-types.ts'
import { followedSchema, planSchema, schemaAt, type Schema } from '../../src/plan/schema.ts'

const ONE_KIND = { dataLayer: 'sample' }

/** A value for every field of the schema, so that a field that the Plan forgets is missed. */
function sampleOf(schema: Schema): unknown {
  const {
    const: constant,
    enum: words,
    type,
    properties,
    items,
    additionalProperties,
    pattern,
    title,
  } = followedSchema(schema)
  if (title === 'Trigger') return ONE_KIND
  if (constant !== undefined) return constant
  if (words !== undefined) return words[0]
  const one = typeof type === 'string' ? type : type?.[0]
  if (one === 'boolean') return true
  if (one === 'integer' || one === 'number') return 1
  if (one === 'array') return [sampleOf(items ?? {})]
  if (one === 'object') {
    const fields = Object.entries(properties ?? {}).map(([name, each]) => [name, sampleOf(each)])
    const named = typeof additionalProperties === 'object' ? [['sample', sampleOf(additionalProperties)]] : []
    return Object.fromEntries([...fields, ...named]) as unknown
  }
  return pattern?.endsWith('d$') === true ? '30d' : 'sample'
}

const conversion = (pointer: string): object => ({
  ...(sampleOf(schemaAt(pointer) ?? {}) as object),
  trigger: ONE_KIND,
  parameters: { sample: 'x' },
  feeds: ['sample'],
})
const document = {
  ...(sampleOf({ ...planSchema, type: 'object' }) as PlanDocument),
  sharedParameters: { sample: 'x' },
  userProperties: { sample: 'x' },
  goals: { sample: conversion('/goals/sample') },
  stages: {
    sample: {
      ...(sampleOf(schemaAt('/stages/sample') ?? {}) as object),
      micro: { sample: conversion('/stages/sample/micro/sample') },
    },
  },
} as unknown as PlanDocument
const plan = buildPlan(document, 'sample', 'plan.yaml')

/** Fields that have another name in the Plan, and those that are used up in building it. */
const ELSEWHERE: { readonly [place: string]: readonly string[] } = {
  plan: ['version', 'extends', 'plan', 'attributionWindow', 'env', 'environments', 'vars', 'transportUrl'],
  goal: ['counting'],
  stage: ['micro'],
  'micro conversion': ['counting'],
}

describe.each([
  ['plan', '', plan],
  ['environment', '/environments/sample', plan.environment],
  ['goal', '/goals/sample', plan.goals[0]],
  ['stage', '/stages/sample', plan.stages[0]],
  ['micro conversion', '/stages/sample/micro/sample', plan.stages[0]?.micros[0]],
] as const)('a %s', (place, pointer, built) => {
  test('has every field of the file', () => {
    const fields = Object.keys(schemaAt(pointer)?.properties ?? {})
    expect(fields.length).toBeGreaterThan(4)
    const missing = fields.filter((field) => !(field in (built ?? {})))
    expect(missing.sort()).toEqual([...(ELSEWHERE[place] ?? [])].sort())
  })
})

test('what is left out has its default', () => {
  const small = buildPlan(
    {
      version: 1,
      plan: 'small',
      title: 'Small',
      owner: 'team@shop.example',
      environments: {
        staging: { gtm: { account: '1', container: 'GTM-A' }, ga4: { property: '2', measurementId: 'G-A' } },
      },
      goals: { lead: { title: 'Lead', event: 'generate_lead', trigger: ONE_KIND } },
      stages: {
        first: { title: 'First', micro: { call: { title: 'Call', feeds: ['lead'], source: 'crm' } } },
      },
    },
    'staging',
    'plan.yaml',
  )
  expect(small).toMatchObject({
    review: {},
    site: { hosts: [], singlePageApp: false, languages: [] },
    ignore: [],
    goals: [{ owner: 'team@shop.example', benchmarks: [], primary: false, fires: 'once_per_event' }],
    stages: [{ micros: [{ owner: 'team@shop.example', onsite: false, source: 'crm', parameters: [] }] }],
  })
})
