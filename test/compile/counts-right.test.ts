/** What GTM's runtime would do with the obvious way of writing things, and how the compiled container avoids it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { compile } from '../../src/compile/compile.ts'
import { manualSteps } from '../../src/compile/manual-steps.ts'
import type { Plan } from '../../src/plan/plan.ts'
import type { PlanDocument } from '../../src/plan/plan-types.ts'
import type { Resource, TagSpec } from '../../src/resources/resource.ts'
import { ourTemplates, planFrom } from './compile-file.ts'

const SMALLEST = parse(
  readFileSync(join(import.meta.dirname, '../fixtures/the-smallest-plan/plan.yaml'), 'utf8'),
) as PlanDocument
const templates = await ourTemplates()

function planWith(changes: Partial<PlanDocument>): Plan {
  return planFrom(stringify({ ...SMALLEST, ...changes }))
}

function compiled(changes: Partial<PlanDocument>): readonly Resource[] {
  const { resources, diagnostics } = compile(planWith(changes), templates)
  expect(diagnostics).toEqual([])
  return resources
}

function specOf(resources: readonly Resource[], id: string): unknown {
  return resources.find(({ key }) => key === `smallest/${id}`)?.spec
}

const SERVER = [{ parameter: 'server_container_url', parameterValue: 'https://data.shop.example' }]

test.each(['managed', 'existing'] as const)(
  'every event names the server container itself, with a Google tag that is %s',
  (googleTag) => {
    const resources = compiled({ googleTag, transportUrl: 'https://data.shop.example' })
    expect(specOf(resources, 'event-settings#variable')).toMatchObject({
      parameters: { eventSettingsTable: SERVER },
    })
    expect(specOf(resources, 'newsletter_signup#tag')).toMatchObject({
      parameters: { eventSettingsVariable: '{{@smallest/event-settings#variable}}' },
    })
  },
)

test('in basic mode the Google tag also fires when a visitor agrees, once a page', () => {
  const consent = { mode: 'basic', updateEvent: 'consent_given' } as const
  const resources = compiled({ consent })
  expect(specOf(resources, 'google-tag#tag')).toMatchObject({
    firingTriggers: ['@smallest/google-tag.consent#trigger', 'Initialization - All Pages'],
    // Tools push their event where consent was there already, too: then it has fired.
    blockingTriggers: ['@smallest/consent-given.first_analytics_storage#trigger'],
    // An occurrence that consent holds back would use `oncePerLoad` up; a group fires once a page anyway.
    firingOption: 'oncePerEvent',
  })
  expect(specOf(resources, 'google-tag.consent#trigger')).toMatchObject({
    type: 'triggerGroup',
    parameters: {
      triggerIds: [
        { $trigger: '@smallest/google-tag.page#trigger' },
        { $trigger: '@smallest/google-tag.agreed#trigger' },
      ],
    },
  })
  expect(specOf(resources, 'google-tag.agreed#trigger')).toMatchObject({
    type: 'customEvent',
    customEventFilter: [{ arg1: 'consent_given' }],
  })
  // The mark waits for what the Google tag waits for, at the same moment; a script runs once there is a body.
  expect(specOf(resources, 'google-tag.page#trigger')).toMatchObject({ type: 'domReady' })
  const [googleTag, mark] = ['google-tag#tag', 'consent-given.first_analytics_storage#tag'].map(
    (id) => specOf(resources, id) as TagSpec,
  )
  expect(mark?.consent).toEqual(googleTag?.consent)
  expect(mark?.firingTriggers).toEqual(['Initialization - All Pages'])
  expect(
    manualSteps(planWith({ consent }))
      .map(({ text }) => text)
      .join('\n'),
  ).toContain('consent_given')
})

test('without that event the printed step says what is lost, and nothing fires twice', () => {
  const consent = { mode: 'basic' } as const
  expect(specOf(compiled({ consent }), 'google-tag#tag')).toMatchObject({
    firingTriggers: ['Initialization - All Pages'],
  })
  expect(
    manualSteps(planWith({ consent }))
      .map(({ text }) => text)
      .join('\n'),
  ).toContain('counts no page view')
  const advanced = { mode: 'advanced', updateEvent: 'consent_given' } as const
  expect(specOf(compiled({ consent: advanced }), 'google-tag#tag')).toMatchObject({
    firingTriggers: ['Initialization - All Pages'],
  })
})

test('the Google tag carries constants only, events carry what may change', () => {
  const resources = compiled({
    sharedParameters: { site: 'shop', role: { dataLayer: 'role', default: 'visitor' } },
    userProperties: { plan_type: { dataLayer: 'plan.type', default: 'none' }, market: { url: 'host' } },
  })
  const tag = JSON.stringify(specOf(resources, 'google-tag#tag'))
  expect(tag).toContain('"eventSettingsTable":[{"parameter":"site","parameterValue":"shop"}]')
  expect(tag).toContain('"userProperties":[{"name":"market","value":"{{Page Hostname}}"}]')
  expect(tag).not.toContain('eventSettingsVariable')
  expect(specOf(resources, 'event-settings#variable')).toMatchObject({
    parameters: {
      eventSettingsTable: [{ parameter: 'role' }, { parameter: 'site' }],
      userProperties: [{ name: 'market' }, { name: 'plan_type' }],
    },
  })
})

test('addresses are compared as browsers write them', () => {
  const page = (test: object): PlanDocument['goals'] => {
    const { purchase } = SMALLEST.goals
    return { purchase: { ...purchase, ecommerce: false, trigger: { page: 'viewed', when: [test] } } as never }
  }
  const comparedWith = (test: object): unknown =>
    (specOf(compiled({ goals: page(test) }), 'purchase#trigger') as { filter: { arg1: string }[] }).filter[0]
      ?.arg1
  expect(comparedWith({ path: { startsWith: '/café/1' } })).toBe('/caf%C3%A9/1')
  expect(comparedWith({ url: { contains: '/ar/حذاء' } })).toBe('/ar/%D8%AD%D8%B0%D8%A7%D8%A1')
  expect(comparedWith({ path: { equals: '/100%25' } })).toBe('/100%25')
  expect(comparedWith({ path: { equals: '/مرحبا بكم' } })).toBe(new URL('/مرحبا بكم', 'https://a').pathname)
  expect(comparedWith({ path: { equals: '/a "<{`b`}>' } })).toBe(new URL('/a "<{`b`}>', 'https://a').pathname)
  expect(comparedWith({ fragment: { equals: '/سلة 1' } })).toBe(new URL('#/سلة 1', 'https://a').hash.slice(1))
  const lower = { url: 'path', format: { case: 'lower' } }
  expect(comparedWith({ value: lower, test: { startsWith: '/café' } })).toBe('/caf%c3%a9')
  // An address that is none of a page keeps its blanks.
  expect(comparedWith({ click: { url: { equals: 'tel:+971 4' } } })).toBe('tel:+971 4')
  expect(comparedWith({ click: { url: { endsWith: '/é.pdf' } } })).toBe('/%C3%A9.pdf')
  // Query values are decoded, patterns stay patterns.
  expect(comparedWith({ query: { q: { equals: 'café' } } })).toBe('café')
  expect(comparedWith({ path: { matches: '^/café' } })).toBe('^/café')
})

test('a table of addresses is looked up as browsers write them', () => {
  const { purchase } = SMALLEST.goals
  const map = { '/شكرا': 'thanks', '/a': 'a' }
  const parameters = {
    page_kind: { lookup: { from: { url: 'path' }, map } },
    term_kind: { lookup: { from: { url: { query: 'q' } }, map } },
  }
  const resources = compiled({ goals: { purchase: { ...purchase, parameters } } as never })
  const keysOf = (id: string): unknown =>
    (specOf(resources, id) as { parameters: { map: { key: string }[] } }).parameters.map.map(({ key }) => key)
  expect(keysOf('lookup.page_kind#variable')).toEqual(['/%D8%B4%D9%83%D8%B1%D8%A7', '/a'])
  expect(keysOf('lookup.term_kind#variable')).toEqual(['/a', '/شكرا'])
})

test('whether a value exists does not hang on the text that GTM makes of a missing one', () => {
  const { purchase } = SMALLEST.goals
  const when = [
    { dataLayer: { 'user.id': { exists: true } } },
    { query: { debug: { exists: false } } },
    { cookie: { seen: { exists: true, negate: true } } },
  ]
  const goals = { purchase: { ...purchase, trigger: { dataLayer: 'purchase', when } } } as never
  const { filter } = specOf(compiled({ goals }), 'purchase#trigger') as {
    filter: { type: string; arg1: string; negate: boolean }[]
  }
  expect(filter.map(({ type, negate }) => [type, negate])).toEqual([
    ['matchRegex', true],
    ['matchRegex', false],
    ['matchRegex', false],
  ])
  const holds = (value: string): boolean =>
    new RegExp(filter[0]?.arg1 ?? '').test(value) !== filter[0]?.negate
  expect(['undefined', 'null', ''].map(holds)).toEqual([false, false, false])
  expect(['0', 'u17', 'undefined-1'].map(holds)).toEqual([true, true, true])
})
