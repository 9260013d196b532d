/** What stands in the container under the names that the plan would give. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { create } from '../../src/google/ga4.ts'
import { Colleague, theirTag } from '../apply/colleague.ts'
import { PROPERTY, World } from '../apply/harness.ts'
import { resourcesOf, SHOP, type SmallPlan } from '../apply/make-resources.ts'

let world: World
let dana: Colleague
beforeAll(async () => {
  world = await World.start()
  dana = new Colleague(world)
})
afterAll(() => world.sandbox.close())
beforeEach(() => world.reset())

const dataLayer = (name: string, key: string): Record<string, unknown> => ({
  name,
  type: 'v',
  parameter: [
    { type: 'integer', key: 'dataLayerVersion', value: '2' },
    { type: 'template', key: 'name', value: key },
  ],
})

test('a variable of the same name and meaning is used and not touched', async () => {
  await dana.edit((desk) => desk.create('variables', dataLayer('DLV - method', 'method')))
  const line = (lines: readonly string[]): string | undefined =>
    lines.find((each) => each.includes('"DLV - method"'))
  const before = line(await world.contents())
  const report = await world.apply(resourcesOf(SHOP))
  expect(report.uses.map(({ name }) => name)).toEqual(['DLV - method'])
  expect(line(await world.contents())).toBe(before)
  const tag = await (await dana.desk('Default Workspace')).find('tags', 'GA4 Event - signup')
  expect(JSON.stringify(tag)).toContain('{{DLV - method}}')
  const { changeSet } = await world.diff(resourcesOf(SHOP))
  expect(changeSet.changes).toEqual([])
  expect(changeSet.summary.unmanaged).toBe(1)
})

test('the same name with another meaning is a conflict that names the ways out', async () => {
  await dana.edit((desk) => desk.create('variables', dataLayer('DLV - method', 'how')))
  const { diagnostics } = await world.diff(resourcesOf(SHOP))
  expect(diagnostics).toEqual([
    {
      severity: 'error',
      code: 'name-is-taken',
      message:
        'The container has a variable "DLV - method" that is not this plan\'s and means something else.',
      fix: 'take it over with plan adopt, or name yours otherwise, for example with naming: { variable: "{plan} {kind} - {source}" }',
      at: '/parameters',
    },
  ])
})

test('a tag that stands there as the plan would make it is said to be the same', async () => {
  await world.apply(resourcesOf(SHOP))
  await dana.edit((desk) => desk.change('tags', 'GA4 Event - signup', (tag) => ({ ...tag, notes: '' })))
  const { diagnostics } = await world.diff(resourcesOf(SHOP))
  const taken = diagnostics.filter(({ code }) => code === 'name-is-taken').map(({ message }) => message)
  expect(taken).toEqual([expect.stringContaining('has this tag "GA4 Event - signup" already')])
  await dana.edit((desk) => desk.change('tags', 'GA4 Event - signup', (tag) => ({ ...tag, paused: true })))
  const other = (await world.diff(resourcesOf(SHOP))).diagnostics.find(({ code }) => code === 'name-is-taken')
  expect(other?.message).toContain('means something else')
})

test('what is adopted becomes the plan’s, with the words people wrote', async () => {
  await dana.edit((desk) =>
    desk.create('variables', { ...dataLayer('DLV - method', 'how'), notes: 'From 2019.' }),
  )
  const adopts = ({ name }: { name: string }): boolean => name === 'DLV - method'
  const report = await world.apply(resourcesOf(SHOP), { adopts })
  expect(report.stopped).toBeUndefined()
  expect(report.summary.adopt).toBe(1)
  const variable = await (await dana.desk('Default Workspace')).find('variables', 'DLV - method')
  expect(variable.notes).toMatch(/^From 2019\.\n\n\[measurement-plan\]/)
  expect((await world.diff(resourcesOf(SHOP))).changeSet.changes).toEqual([])
})

test('a key event that is as planned already is adopted without writing it', async () => {
  await world.apply(resourcesOf({ ...SHOP, conversions: [] }))
  const { google } = await world.connect()
  await create(google, 'keyEvents', `properties/${PROPERTY}`, {
    eventName: 'lead',
    countingMethod: 'ONCE_PER_SESSION',
  })
  const adopts = ({ kind }: { kind: string }): boolean => kind === 'ga4/key-event'
  const report = await world.apply(resourcesOf(SHOP), { adopts })
  expect(report.stopped).toBeUndefined()
  expect(report.summary.adopt).toBe(1)
  expect((await world.diff(resourcesOf(SHOP))).changeSet.changes).toEqual([])
})

test('an event tag of the same name is never used in silence', async () => {
  await dana.edit((desk) => desk.create('tags', theirTag('GA4 Event - signup', 'Page URL')))
  const { diagnostics } = await world.diff(resourcesOf(SHOP))
  expect(diagnostics.map(({ code }) => code)).toEqual(['name-is-taken'])
})

test('a variable that the plan takes from the container has to be there', async () => {
  const plan: SmallPlan = { conversions: [{ id: 'signup', sends: [] }] }
  const resources = resourcesOf(plan).map((resource) =>
    resource.kind === 'gtm/tag'
      ? {
          ...resource,
          spec: { ...resource.spec, parameters: { ...resource.spec.parameters, eventName: '{{Nowhere}}' } },
        }
      : resource,
  )
  const { diagnostics } = await world.diff(resources)
  expect(diagnostics.map(({ code, message }) => `${code}: ${message}`)).toEqual([
    'reference-exists: "GA4 Event - signup" refers to the variable "Nowhere", which the container does not have.',
  ])
})

test('a Google tag with the same measurement id under another name is mentioned', async () => {
  await dana.edit((desk) =>
    desk.create('tags', {
      name: 'GA4 base',
      type: 'googtag',
      parameter: [{ type: 'template', key: 'tagId', value: 'G-STAGE00001' }],
      firingTriggerId: ['2147479573'],
    }),
  )
  const googleTag = resourcesOf({ conversions: [{ id: 'x' }] }).map((resource) =>
    resource.kind === 'gtm/tag'
      ? {
          ...resource,
          key: 'outfitters/google-tag#tag',
          name: 'Google Tag',
          spec: { ...resource.spec, type: 'googtag', parameters: { tagId: 'G-STAGE00001' } },
        }
      : resource,
  )
  const { diagnostics } = await world.diff(googleTag)
  expect(diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
    'warning google-tag-is-there',
  ])
})

const theirEventTag = (name: string, parameters: Record<string, string>, trigger: string) => ({
  name,
  type: 'gaawe',
  parameter: Object.entries({ measurementIdOverride: 'G-STAGE00001', ...parameters }).map(([key, value]) => ({
    type: 'template',
    key,
    value,
  })),
  firingTriggerId: [trigger],
})

const customEvent = (name: string, event: string) => ({
  name,
  type: 'customEvent',
  customEventFilter: [
    {
      type: 'equals',
      parameter: [
        { type: 'template', key: 'arg0', value: '{{_event}}' },
        { type: 'template', key: 'arg1', value: event },
      ],
    },
  ],
})

test('somebody else’s tag that sends an event of the plan is named, and whether its trigger is alike', async () => {
  await dana.edit(async (desk) => {
    await desk.create('triggers', customEvent('Like', 'signup'))
    await desk.create('triggers', customEvent('Other', 'joined'))
    const like = String((await desk.find('triggers', 'Like')).triggerId)
    const other = String((await desk.find('triggers', 'Other')).triggerId)
    await desk.create('tags', theirEventTag('Alike', { eventName: 'signup' }, like))
    await desk.create('tags', theirEventTag('Otherwise', { eventName: 'signup' }, other))
    await desk.create('tags', { ...theirEventTag('Paused', { eventName: 'signup' }, like), paused: true })
    await desk.create('tags', theirEventTag('Not the plan’s event', { eventName: 'login' }, like))
    const elsewhere = { eventName: 'signup', measurementIdOverride: 'G-ELSEWHERE1' }
    await desk.create('tags', theirEventTag('To another property', elsewhere, like))
  })
  const { diagnostics } = await world.diff(resourcesOf({ conversions: [{ id: 'signup' }] }))
  expect(diagnostics.map(({ severity, code, message }) => `${severity} ${code}: ${message}`)).toEqual([
    'warning event-is-sent-by-others: The tag "Alike" in the container sends "signup", too, on a trigger like the plan\'s: everything is counted twice once the plan is live.',
    'warning event-is-sent-by-others: The tag "Otherwise" in the container sends "signup", too, on a trigger that is written otherwise: what fires both is counted twice once the plan is live.',
  ])
})

/** Fires on whatever the data layer reports. */
const everyEvent = (name: string, pattern = '.*') => {
  const { customEventFilter, ...trigger } = customEvent(name, pattern)
  return { ...trigger, customEventFilter: customEventFilter.map((each) => ({ ...each, type: 'matchRegex' })) }
}

const eventTable = (name: string, rows: Record<string, string>, fallback: string) => ({
  name,
  type: 'smm',
  parameter: [
    { type: 'template', key: 'input', value: '{{Event}}' },
    { type: 'boolean', key: 'setDefaultValue', value: 'true' },
    { type: 'template', key: 'defaultValue', value: fallback },
    {
      type: 'list',
      key: 'map',
      list: Object.entries(rows).map(([key, value]) => ({
        type: 'map',
        map: [
          { type: 'template', key: 'key', value: key },
          { type: 'template', key: 'value', value },
        ],
      })),
    },
  ],
})

test('one that sends whatever event the data layer reports, but for those of the plan, is not', async () => {
  const about = (type: string, event: string, name = '{{_event}}', negate = false) => ({
    type,
    parameter: [
      { type: 'template', key: 'arg0', value: name },
      { type: 'template', key: 'arg1', value: event },
      ...(negate ? [{ type: 'boolean', key: 'negate', value: 'true' }] : []),
    ],
  })
  const narrowed: [string, ReturnType<typeof about>[], string?][] = [
    ['Only', [about('equals', 'login')]],
    ['Except', [about('equals', 'signup', '{{Event}}', true)]],
    ['Named otherwise', [about('matchRegex', '^sign', '{{Name of it}}', true)]],
    ['Blocked', [], 'Exactly ours'],
    // These do.
    ['Except another', [about('contains', 'log', '{{_event}}', true)]],
    ['On some pages', [about('equals', '/a', '{{Page Path}}')]],
    ['Blocked on some pages', [], 'Ours on some pages'],
  ]
  await dana.edit(async (desk) => {
    await desk.create('variables', { name: 'Name of it', type: 'e' })
    await desk.create('triggers', customEvent('Exactly ours', 'signup'))
    const somePages = { filter: [about('equals', '/a', '{{Page Path}}')] }
    await desk.create('triggers', { ...customEvent('Ours on some pages', 'signup'), ...somePages })
    for (const [name, filter, blocking] of narrowed) {
      await desk.create('triggers', { ...everyEvent(`Every - ${name}`), filter })
      const every = String((await desk.find('triggers', `Every - ${name}`)).triggerId)
      const block = blocking === undefined ? [] : [String((await desk.find('triggers', blocking)).triggerId)]
      const tag = theirEventTag(name, { eventName: '{{Event}}' }, every)
      await desk.create('tags', { ...tag, blockingTriggerId: block })
    }
  })
  const { diagnostics } = await world.diff(resourcesOf({ conversions: [{ id: 'signup' }] }))
  const named = diagnostics.map(({ message }) => /^The tag "([^"]+)"/.exec(message)?.[1])
  expect(named).toEqual(['Except another', 'On some pages', 'Blocked on some pages'])
})

test('so is one that sends whatever event the data layer reports, or one of a table', async () => {
  await dana.edit(async (desk) => {
    await desk.create('triggers', everyEvent('Everything'))
    await desk.create('triggers', everyEvent('Chat only', '^chat_'))
    const [every = '', chat = ''] = await Promise.all(
      ['Everything', 'Chat only'].map(async (name) => String((await desk.find('triggers', name)).triggerId)),
    )
    await desk.create('variables', eventTable('Names', { a: 'signup' }, 'lead'))
    await desk.create('variables', eventTable('Other names', { a: 'login' }, '{{Event}}'))
    await desk.create('tags', theirEventTag('Any event', { eventName: '{{Event}}' }, every))
    await desk.create('tags', theirEventTag('Any event of the chat', { eventName: '{{Event}}' }, chat))
    await desk.create('tags', theirEventTag('By table', { eventName: '{{Names}}' }, chat))
    await desk.create('tags', theirEventTag('Else as it is', { eventName: '{{Other names}}' }, every))
    await desk.create('tags', theirEventTag('On every page', { eventName: '{{Event}}' }, '2147479553'))
  })
  // What fires on another event than it sends is not sent by a tag that takes the name of the moment.
  const plan = resourcesOf({ conversions: [{ id: 'signup' }, { id: 'lead' }, { id: 'bought' }] })
  const desired = plan.map((each) =>
    each.kind === 'gtm/trigger' && each.key === 'outfitters/bought#trigger'
      ? {
          ...each,
          spec: {
            ...each.spec,
            customEventFilter: each.spec.customEventFilter.map((one) => ({ ...one, arg1: 'order_done' })),
          },
        }
      : each,
  )
  const { diagnostics } = await world.diff(desired)
  const written =
    'on a trigger that is written otherwise: what fires both is counted twice once the plan is live'
  expect(diagnostics.map(({ code, message }) => `${code}: ${message}`)).toEqual(
    ['Any event', 'By table', 'Else as it is'].map(
      (name) =>
        `event-is-sent-by-others: The tag "${name}" in the container sends "signup" and "lead", too, ${written}.`,
    ),
  )
})
