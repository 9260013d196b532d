/** What the plan's own things refer to in the container, and other people's tags use, too. */
import { expect, test } from 'vitest'
import { withTheirs } from '../../src/diff/by-reference.ts'
import { containerOf } from '../../src/live/container.ts'
import { hashOf, renderNotes } from '../../src/resources/marker.ts'
import type { Resource } from '../../src/resources/resource.ts'
import { compiledOf } from '../../src/import/compiled.ts'
import type { PlanDocument } from '../../src/plan/plan-types.ts'
import { ourTemplates } from '../compile/compile-file.ts'

const templates = await ourTemplates()
const conversion = (title: string) => ({
  title,
  event: title,
  trigger: { dataLayer: 'order' },
  parameters: { plan: { lookup: { from: { dataLayer: 'plan.type' }, map: { a: 'A' } } } },
})
const plan = {
  version: 1,
  plan: 'shop',
  title: 'Shop',
  owner: 'a@b.example',
  googleTag: 'existing',
  environments: {
    production: {
      gtm: { account: '1', container: 'GTM-SHOP001' },
      ga4: { property: '1', measurementId: 'G-SHOP000001' },
    },
  },
  goals: { sale: { ...conversion('purchase'), primary: true }, other: conversion('sign_up') },
  stages: { first: { title: 'First', draft: true, micro: {} } },
} as unknown as PlanDocument
const { resources } = compiledOf(plan, templates)

const text = (key: string, value: string) => ({ type: 'template', key, value })
const theirs = {
  trigger: [
    {
      triggerId: '1',
      name: 'Order',
      type: 'customEvent',
      customEventFilter: [{ type: 'equals', parameter: [text('arg0', '{{_event}}'), text('arg1', 'order')] }],
    },
  ],
  variable: [
    {
      variableId: '2',
      name: 'plan',
      type: 'v',
      parameter: [
        { type: 'integer', key: 'dataLayerVersion', value: '2' },
        { type: 'boolean', key: 'setDefaultValue', value: 'false' },
        text('name', 'plan.type'),
      ],
      // As the plan has it where a table reads it.
      formatValue: {
        convertNullToValue: { type: 'template' },
        convertUndefinedToValue: { type: 'template' },
      },
    },
    {
      variableId: '3',
      name: 'letter',
      type: 'smm',
      parameter: [
        { type: 'boolean', key: 'setDefaultValue', value: 'false' },
        text('input', '{{plan}}'),
        {
          type: 'list',
          key: 'map',
          list: [{ type: 'map', map: [text('key', 'a'), text('value', 'A')] }],
        },
      ],
    },
  ],
}

/** A container in which the plan's tag of `sale` refers to theirs. */
function container(more: object = {}) {
  const sale = resources.find(({ key }) => key === 'shop/sale#tag') as Resource<'gtm/tag'>
  const tag = {
    tagId: '9',
    name: sale.name,
    type: 'gaawe',
    notes: marked(sale, '9'),
    parameter: [
      text('eventName', 'purchase'),
      {
        type: 'list',
        key: 'eventSettingsTable',
        list: [{ type: 'map', map: [text('parameter', 'plan'), text('parameterValue', '{{letter}}')] }],
      },
    ],
    firingTriggerId: ['1'],
  }
  return containerOf({ ...theirs, tag: [tag], ...more }, { plan: 'shop' })
}

const marked = (resource: Resource, id: string) =>
  renderNotes('', '', { key: resource.key, hash: hashOf(resource), id })
const made = (desired: readonly Resource[]) =>
  desired.filter(
    ({ kind, key }) => /trigger|variable$/.test(kind) && /order|sale|other|plan_type|lookup/.test(key),
  )

test('all of the plan that says what they say refers to them, whatever reads what', () => {
  const { desired, theirs: used } = withTheirs(resources, container(), new Map())
  expect([...new Set([...used.values()].map(({ name }) => name))].sort()).toEqual(['Order', 'letter', 'plan'])
  expect(made(desired)).toEqual([])
  const tags = desired.filter((each): each is Resource<'gtm/tag'> => each.kind === 'gtm/tag')
  expect(tags.map(({ spec }) => spec.firingTriggers)).toEqual([['Order'], ['Order']])
  for (const { spec } of tags) expect(JSON.stringify(spec)).toContain('{{letter}}')
})

test('nothing is referred to that differs, that the plan has itself, or that nothing of the plan reaches', () => {
  const [order, ...rest] = theirs.trigger
  const other = {
    ...order,
    filter: [{ type: 'contains', parameter: [text('arg0', '{{Page Path}}'), text('arg1', '/')] }],
  }
  const differs = withTheirs(resources, container({ trigger: [other, ...rest] }), new Map())
  expect([...differs.theirs.values()].map(({ name }) => name)).not.toContain('Order')
  const alone = containerOf({ ...theirs }, { plan: 'shop' })
  expect(withTheirs(resources, alone, new Map()).desired).toBe(resources)
  const own = resources.find(({ key }) => key === 'shop/sale#trigger') as Resource<'gtm/trigger'>
  const trigger = [...theirs.trigger, { ...order, triggerId: '7', name: own.name, notes: marked(own, '7') }]
  const { theirs: used } = withTheirs(resources, container({ trigger }), new Map())
  expect(used.has('gtm/trigger shop/sale#trigger')).toBe(false)
})
