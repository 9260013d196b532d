import { describe, expect, test } from 'vitest'
import { liftContainer } from '../../src/import/lift-container.ts'
import { renderPlan } from '../../src/import/render-plan.ts'
import { roundTrip } from '../../src/import/round-trip.ts'
import { parseExport } from '../../src/lift/parse-export.ts'
import { formatPlan } from '../../src/plan/format.ts'
import { toValue } from '../../src/plan/tree.ts'
import { parseYaml } from '../../src/plan/yaml.ts'
import { ourTemplates } from '../compile/compile-file.ts'
import {
  customEvent,
  dataLayerVariable,
  eventTag,
  exportOf,
  REAL_EXPORTS,
  realExport,
  text,
} from './exports.ts'

const templates = await ourTemplates()
const options = { templates, today: '2026-11-22' }

describe.skipIf(REAL_EXPORTS.length === 0)('a real container (they lie in ../shared)', () => {
  test.each(REAL_EXPORTS)('%s comes back as it was, but for what is named', (name) => {
    const { version = {} } = parseExport(realExport(name), name)
    const lifted = liftContainer(version, options)
    expect(lifted.lifted.length + lifted.leftOut.length).toBe(lifted.ga4EventTags)
    const yaml = renderPlan(lifted, name)
    expect(formatPlan(yaml).changed).toBe(false)
    const { tree } = parseYaml('plan.yaml', yaml)
    if (tree === undefined) throw new Error('The plan cannot be read.')
    const result = roundTrip(version, toValue(tree), lifted, options)
    expect(result).toEqual({
      errors: [],
      unfaithful: [],
      faithful: lifted.lifted,
      faithfulVendors: lifted.vendorsLifted,
    })
  })
})

test('a trigger for which the plan has no word stays where it is, and the plan names it', () => {
  const later = {
    triggerId: '10',
    name: 'Timer',
    type: 'TIMER',
    eventName: { type: 'TEMPLATE', value: 'tick' },
    interval: { type: 'TEMPLATE', value: '1000' },
    limit: { type: 'TEMPLATE', value: '1' },
  }
  const source = exportOf({
    tag: [eventTag('1', 'share', ['10']), eventTag('2', 'purchase', ['11'])],
    trigger: [later, customEvent('11', 'purchase')],
  })
  const { version = {} } = parseExport(source, 'export.json')
  const lifted = liftContainer(version, options)
  expect(lifted.lifted).toEqual(['GA4 - share', 'GA4 - purchase'])
  const said = conversionsIn(source).said.get('share')
  expect(said?.trigger).toEqual({ existing: 'Timer' })
  expect(lifted.comments.map(({ text: comment }) => comment)).toContain(
    'the trigger "Timer" says what a plan has no word for, so it stays in the container',
  )
  // A name of two leads to neither.
  const twice = exportOf({
    tag: [eventTag('1', 'share', ['10'])],
    trigger: [later, { ...customEvent('11', 'x'), name: 'Timer' }],
  })
  expect([...conversionsIn(twice).leftOut]).toEqual([
    ['GA4 - share', 'the plan would say otherwise how its trigger works'],
  ])
  // What blocks at that moment is a trigger of the plan's own.
  const block = {
    ...customEvent('13', '.*', 'MATCH_REGEX'),
    filter: [{ type: 'CONTAINS', parameter: [text('arg0', '{{Page Path}}'), text('arg1', '/team')] }],
  }
  const blocked = exportOf({
    tag: [eventTag('1', 'share', ['10'], { blockingTriggerId: ['13'] })],
    trigger: [later, block],
    builtInVariable: [{ type: 'PAGE_PATH', name: 'Page Path' }],
  })
  expect(conversionsIn(blocked).said.get('share')?.trigger).toEqual({
    existing: 'Timer',
    unless: [{ path: { contains: '/team' } }],
  })
})

test('where a trigger is enabled becomes armedWhen, and stays in the container where the plan cannot say it', () => {
  const enabledWhen = (type: string, arg0: string, arg1: string) => ({
    autoEventFilter: [{ type, parameter: [text('arg0', arg0), text('arg1', arg1)] }],
  })
  const timer = (triggerId: string, more: object) => ({
    triggerId,
    name: `Timer ${triggerId}`,
    type: 'TIMER',
    eventName: { type: 'TEMPLATE', value: 'gtm.timer' },
    interval: { type: 'TEMPLATE', value: '30000' },
    limit: { type: 'TEMPLATE', value: '1' },
    ...more,
  })
  const link = {
    triggerId: '13',
    name: 'Link',
    type: 'LINK_CLICK',
    ...enabledWhen('CONTAINS', '{{Page URL}}', '/guide'),
    waitForTags: { type: 'BOOLEAN', value: 'true' },
    checkValidation: { type: 'BOOLEAN', value: 'false' },
    waitForTagsTimeout: { type: 'TEMPLATE', value: '2000' },
    uniqueTriggerId: { type: 'TEMPLATE' },
  }
  const { said } = conversionsIn(
    exportOf({
      tag: [
        eventTag('1', 'stayed', ['10']),
        eventTag('2', 'anywhere', ['11']),
        eventTag('3', 'clicked', ['12']),
        eventTag('4', 'left', ['13']),
        eventTag('5', 'purchase', ['14']),
      ],
      trigger: [
        timer('10', enabledWhen('STARTS_WITH', '{{Page Path}}', '/guide')),
        timer('11', enabledWhen('MATCH_REGEX', '{{Page URL}}', '.*')),
        timer('12', enabledWhen('CONTAINS', '{{Click URL}}', '/guide')),
        link,
        customEvent('14', 'purchase'),
      ],
      builtInVariable: [
        { type: 'PAGE_PATH', name: 'Page Path' },
        { type: 'PAGE_URL', name: 'Page URL' },
        { type: 'CLICK_URL', name: 'Click URL' },
      ],
    }),
  )
  expect([...said].map(([event, { trigger }]) => [event, trigger])).toEqual([
    ['purchase', { dataLayer: 'purchase' }],
    ['stayed', { timer: { every: '30s' }, armedWhen: [{ path: { startsWith: '/guide' } }] }],
    ['anywhere', { timer: { every: '30s' } }],
    ['clicked', { existing: 'Timer 12' }],
    ['left', { link: { waitForTags: true }, armedWhen: [{ url: { contains: '/guide' } }] }],
  ])
})

test('a container without GA4 events becomes a plan to begin with, with its Google tag', () => {
  const google = {
    tagId: '1',
    name: 'Google tag',
    type: 'googtag',
    parameter: [{ type: 'TEMPLATE', key: 'tagId', value: 'G-SHOP000001' }],
    firingTriggerId: ['2147479573'],
  }
  const chat = { tagId: '2', name: 'Chat', type: 'html', firingTriggerId: ['2147479553'] }
  const { version = {} } = parseExport(exportOf({ tag: [google, chat] }), 'export.json')
  const lifted = liftContainer(version, options)
  expect(lifted.document).toMatchObject({
    googleTag: 'managed',
    environments: { production: { ga4: { property: 'TODO', measurementId: 'G-SHOP000001' } } },
    goals: { goal: { title: 'TODO', primary: true } },
  })
  expect(lifted.others.map(({ name }) => name)).toContain('Chat')
  const { tree } = parseYaml('plan.yaml', renderPlan(lifted, 'export.json'))
  if (tree === undefined) throw new Error('The plan cannot be read.')
  expect(roundTrip(version, toValue(tree), lifted, options).errors).toEqual([])
  // Two Google tags: nobody knows which.
  const other = {
    ...google,
    tagId: '3',
    name: 'Other',
    parameter: [{ ...google.parameter[0], value: 'G-OTHER00001' }],
  }
  const both = parseExport(exportOf({ tag: [google, other] }), 'export.json').version ?? {}
  expect(liftContainer(both, options).document).toMatchObject({
    googleTag: 'existing',
    environments: { production: { ga4: { measurementId: 'TODO' } } },
  })
})

test.each([
  [
    'no value for other hosts becomes environments',
    undefined,
    ['www_harbour_example', 'staging_harbour_example'],
  ],
  ['a value for all other hosts is asked on the page', 'G-OTHER00001', ['production']],
  ['an empty value for all other hosts is asked on the page', '', ['production']],
])('a table of measurement ids by host with %s', (_, otherwise, environments) => {
  const row = (host: string, id: string) => ({
    type: 'MAP',
    map: [text('key', host), text('value', id)],
  })
  const table = {
    variableId: '20',
    name: 'Measurement id',
    type: 'smm',
    parameter: [
      text('input', '{{Page Hostname}}'),
      { type: 'BOOLEAN', key: 'setDefaultValue', value: String(otherwise !== undefined) },
      ...(otherwise === undefined ? [] : [text('defaultValue', otherwise)]),
      {
        type: 'LIST',
        key: 'map',
        list: [row('www.harbour.example', 'G-SHOP000001'), row('staging.harbour.example', 'G-TEST000001')],
      },
    ],
  }
  const sent = eventTag('1', 'purchase', ['11'])
  const tag = {
    ...sent,
    parameter: [text('eventName', 'purchase'), text('measurementIdOverride', '{{Measurement id}}')],
  }
  const source = exportOf({
    tag: [tag],
    trigger: [customEvent('11', 'purchase')],
    variable: [table],
    builtInVariable: [{ type: 'PAGE_HOSTNAME', name: 'Page Hostname' }],
  })
  const { version = {} } = parseExport(source, 'export.json')
  const lifted = liftContainer(version, options)
  expect(lifted.lifted).toEqual(['GA4 - purchase'])
  expect(Object.keys(lifted.document.environments)).toEqual(environments)
  expect(conversionsIn(source).said.get('purchase')).toMatchObject({ trigger: { dataLayer: 'purchase' } })
})

/** The conversions of an import by their event, once the plan has come back as it was. */
function conversionsIn(source: string) {
  const { version = {} } = parseExport(source, 'export.json')
  const lifted = liftContainer(version, options)
  const { tree } = parseYaml('plan.yaml', renderPlan(lifted, 'export.json'))
  if (tree === undefined) throw new Error('The plan cannot be read.')
  const { errors, unfaithful, faithful } = roundTrip(version, toValue(tree), lifted, options)
  expect({ errors, unfaithful, faithful }).toEqual({ errors: [], unfaithful: [], faithful: lifted.lifted })
  const all = [lifted.document.goals, ...Object.values(lifted.document.stages).map(({ micro }) => micro)]
  return {
    said: new Map(all.flatMap((each) => Object.values(each)).map((each) => [each.event, each])),
    leftOut: new Map(lifted.leftOut.map(({ name, reason }) => [name, reason])),
  }
}

test('a name of letters that a plan does not take is said to be one, and another to be none', () => {
  const { leftOut } = conversionsIn(
    exportOf({
      tag: [
        eventTag('1', 'تسجيل', ['11']),
        eventTag('2', 'lead sent', ['11']),
        eventTag('3', 'purchase', ['11']),
      ],
      trigger: [customEvent('11', 'purchase')],
    }),
  )
  expect([...leftOut.values()]).toEqual([
    '"تسجيل" is the name of an event to GA4, but a plan takes letters from a to z alone, as the Measurement Protocol does',
    '"lead sent" cannot be the name of an event in GA4',
  ])
})

test('a pattern that lets through more names than it lists is for those, too', () => {
  const source = exportOf({
    tag: [
      eventTag('1', '{{Event}}', ['11'], { name: 'All ecommerce', blockingTriggerId: ['12'] }),
      eventTag('2', 'share', ['13']),
    ],
    trigger: [
      customEvent('11', 'view_item|add_to_cart|refund', 'MATCH_REGEX'),
      customEvent('12', 'refund'),
      customEvent('13', 'share', 'MATCH_REGEX'),
    ],
    builtInVariable: [{ type: 'EVENT', name: 'Event' }],
  })
  const { said, leftOut } = conversionsIn(source)
  expect([...leftOut]).toEqual([])
  expect(said.get('view_item')).toMatchObject({ trigger: { dataLayer: 'view_item' } })
  // What its exception takes away is none of them, and is not among the others either.
  expect(said.has('refund')).toBe(false)
  const others = [...said.values()].find(({ eventFrom }) => eventFrom !== undefined)
  expect(others).toMatchObject({
    title: 'All ecommerce',
    event: 'TODO',
    eventFrom: { event: true },
    trigger: {
      dataLayer: { matches: 'view_item|add_to_cart|refund' },
      when: [{ event: { matches: '^(add_to_cart|refund|view_item)$', negate: true } }],
    },
  })
  // Where all of them are called alike there is one.
  expect(said.get('share')).toMatchObject({ trigger: { dataLayer: { matches: 'share' } } })
  // A plan of the listed names alone is not the same.
  const { version = {} } = parseExport(source, 'export.json')
  const anchored = liftContainer(
    parseExport(
      source.replaceAll('view_item|add_to_cart|refund', '^(view_item|add_to_cart|refund)$'),
      'export.json',
    ).version ?? {},
    options,
  )
  const found = roundTrip(version, anchored.document, anchored, options)
  expect([found.errors, found.unfaithful.map(({ tag }) => tag)]).toEqual([[], ['All ecommerce']])
})

test('a tag that two triggers fire at once is not made two', () => {
  const { said } = conversionsIn(
    exportOf({
      tag: [eventTag('1', '{{Event}}_x', ['11', '12'], { name: 'All leads' })],
      trigger: [customEvent('11', '^(lead|buy)$', 'MATCH_REGEX'), customEvent('12', 'lead', 'CONTAINS')],
      builtInVariable: [{ type: 'EVENT', name: 'Event' }],
    }),
  )
  expect([...said.values()].map(({ trigger }) => trigger)).toContainEqual({
    any: [{ dataLayer: { matches: '^(lead|buy)$' } }, { existing: 'CE - lead' }],
  })
})

test('a parameter whose value may be missing does not hide what the settings variable gives', () => {
  const table = (key: string, value: string) => ({
    type: 'LIST',
    key: 'eventSettingsTable',
    list: [{ type: 'MAP', map: [text('parameter', key), text('parameterValue', value)] }],
  })
  const settings = (variableId: string, name: string, value: string) => ({
    variableId,
    name,
    type: 'gtes',
    parameter: [table('coupon', value)],
  })
  const source = (second: string) =>
    exportOf({
      tag: [
        eventTag('1', 'purchase', ['11'], { parameter: [text('eventSettingsVariable', '{{one}}')] }),
        eventTag('2', 'share', ['11'], {
          parameter: [text('eventSettingsVariable', `{{${second}}}`), table('coupon', '{{k}}')],
        }),
      ],
      trigger: [customEvent('11', 'purchase')],
      variable: [
        settings('21', 'one', 'none'),
        settings('22', 'two', 'other'),
        dataLayerVariable('23', 'k', 'k'),
      ],
    })
  expect(conversionsIn(source('one')).said.get('share')).toMatchObject({
    parameters: { coupon: { dataLayer: 'k' } },
  })
  expect([...conversionsIn(source('two')).leftOut]).toEqual([
    ['GA4 - share', 'the plan would say otherwise what its parameter "coupon" is'],
  ])
})

test('what looks like a variable of the plan is the text that it was', () => {
  const source = exportOf({
    container: { publicId: 'GTM-TEST01', name: 'Harbour ${x}', usageContext: ['WEB'] },
    tag: [
      eventTag('1', 'purchase', ['11'], {
        name: 'GA4 - Sale ${y}',
        notes: 'see ${HOME}',
        parameter: [
          {
            type: 'LIST',
            key: 'eventSettingsTable',
            list: [{ type: 'MAP', map: [text('parameter', 'plan'), text('parameterValue', '$${A}-${B}')] }],
          },
        ],
      }),
    ],
    trigger: [customEvent('11', 'purchase')],
  })
  const { said } = conversionsIn(source)
  expect(said.get('purchase')).toMatchObject({
    title: 'Sale $${y}',
    notes: 'see $${HOME}',
    parameters: { plan: '$$${A}-$${B}' },
  })
})

const loader = { tagId: '9', name: 'Read the basket', type: 'html', parameter: [text('html', '<b></b>')] }

test("the tags before and after it, its priority and its days become the conversion's", () => {
  const { said, leftOut } = conversionsIn(
    exportOf({
      tag: [
        eventTag('1', 'purchase', ['11'], {
          setupTag: [{ tagName: 'Read the basket' }],
          teardownTag: [{ tagName: 'GA4 - share', stopTeardownOnFailure: false }],
          priority: { type: 'INTEGER', value: '20' },
          scheduleStartMs: '1764288000000',
          scheduleEndMs: '1764547200000',
        }),
        eventTag('2', 'share', ['12'], { priority: { type: 'INTEGER', value: '0' } }),
        loader,
      ],
      trigger: [customEvent('11', 'purchase'), customEvent('12', 'share')],
    }),
  )
  expect(said.get('purchase')).toMatchObject({
    setUp: 'Read the basket',
    cleanUp: 'GA4 - share',
    priority: 20,
    schedule: { from: '2025-11-28', until: '2025-11-30' },
  })
  expect(said.get('share')).not.toHaveProperty('priority')
  expect([...leftOut]).toEqual([])
})

test('what a plan cannot say of a sequence or of days stays out, with the reason', () => {
  const after = (tagName: string, more = {}) => ({ setupTag: [{ tagName, ...more }] })
  const { leftOut } = conversionsIn(
    exportOf({
      tag: [
        eventTag('1', 'strict', ['11'], after('Read the basket', { stopOnSetupFailure: true })),
        eventTag('2', 'lost', ['11'], after('Nobody')),
        eventTag('3', 'egg', ['11'], after('GA4 - hen')),
        eventTag('4', 'hen', ['11'], after('GA4 - egg')),
        eventTag('5', 'noon', ['11'], { scheduleStartMs: '1764331200000' }),
        eventTag('6', 'follower', ['11'], after('All ecommerce')),
        eventTag('7', '{{Event}}', ['12'], { name: 'All ecommerce' }),
        eventTag('8', 'purchase', ['11']),
        loader,
      ],
      trigger: [customEvent('11', 'purchase'), customEvent('12', '^(view_item|add_to_cart)$', 'MATCH_REGEX')],
      builtInVariable: [{ type: 'EVENT', name: 'Event' }],
    }),
  )
  expect([...leftOut]).toEqual([
    ['GA4 - strict', 'it waits for the tags before or after it in a way for which a plan has no word'],
    ['GA4 - lost', 'the tag that runs before or after it is not in the container (Nobody)'],
    ['GA4 - egg', 'the tags before and after it lead back to it'],
    ['GA4 - hen', 'the tags before and after it lead back to it'],
    ['GA4 - noon', 'its schedule does not begin and end with a day (UTC)'],
    ['All ecommerce', 'another tag has it run, and its event is called otherwise then'],
  ])
})
