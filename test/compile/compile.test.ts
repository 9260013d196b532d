import { describe, expect, test } from 'vitest'
import { compile, type Compiled } from '../../src/compile/compile.ts'
import { isDone, manualSteps, type ManualStep } from '../../src/compile/manual-steps.ts'
import { checkSize, estimateSize, renderSize } from '../../src/compile/size.ts'
import type { Plan } from '../../src/plan/plan.ts'
import type { Resource } from '../../src/resources/resource.ts'
import { ourTemplates, planFrom } from './compile-file.ts'

const templates = await ourTemplates()

function plan(lines: string, goals = ''): Plan {
  return planFrom(`
version: 1
plan: p
title: P
${lines}
environments:
  live:
    gtm: { account: "1", container: GTM-P }
    ga4: { property: "10", measurementId: G-P }
goals:
  lead: { title: Lead, primary: true, event: generate_lead, value: 100, trigger: { dataLayer: lead } }
${goals}
stages:
  one: { title: One, micro: {} }
`)
}

function keysOf({ resources }: Compiled, kind: Resource['kind']): string[] {
  return resources.filter((resource) => resource.kind === kind).map(({ key }) => key)
}

describe('values of key events', () => {
  const valueOf = (conversion: string): unknown => {
    const { resources } = compile(plan('currency: EUR', `  x: ${conversion}`), templates)
    const found = resources.find(({ key }) => key === 'p/x_done#key-event')
    return found?.kind === 'ga4/key-event' ? found.spec : undefined
  }

  test('a goal has its value', () => {
    expect(valueOf('{ title: X, event: x_done, value: 7.5, trigger: { dataLayer: x } }')).toEqual({
      eventName: 'x_done',
      countingMethod: 'ONCE_PER_SESSION',
      defaultValue: { numericValue: 7.5, currencyCode: 'EUR' },
    })
  })

  test('a goal without a value has none', () => {
    expect(valueOf('{ title: X, event: x_done, collectedBy: site }')).toEqual({
      eventName: 'x_done',
      countingMethod: 'ONCE_PER_SESSION',
    })
  })

  test('a goal outside GA4 is no key event', () => {
    expect(valueOf('{ title: X, event: x_done, source: crm }')).toBeUndefined()
  })

  test.each([
    ['its share of the primary goal', 'weight: 0.03, feeds: [other, lead]', 3],
    ['its share of the first goal it feeds', 'weight: 0.5, feeds: [other]', 4.5],
    ['no dust of binary fractions', 'weight: 0.07, feeds: [lead]', 7],
    ['its own value before all', 'weight: 0.03, value: 2, feeds: [lead]', 2],
    ['none without a weight', 'feeds: [lead]', undefined],
  ])('a micro conversion has %s', (_, fields, value) => {
    const written = planFrom(`
version: 1
plan: p
title: P
currency: EUR
environments: { live: { gtm: { account: "1", container: GTM-P }, ga4: { property: "10", measurementId: G-P } } }
goals:
  other: { title: Other, value: 9, event: other }
  lead: { title: Lead, primary: true, value: 100, event: generate_lead }
stages:
  one:
    title: One
    micro: { m: { title: M, event: m_done, keyEvent: true, ${fields} } }
`)
    expect(written.stages[0]?.micros[0]?.keyEvent?.value).toBe(value)
  })
})

test('an environment that is not there is a bug of the caller', () => {
  expect(() =>
    planFrom('{ version: 1, plan: p, title: P, environments: {}, goals: {}, stages: {} }', 'x'),
  ).toThrow()
})

test('a choice inside a group is refused', () => {
  const trigger = '{ all: [{ timer: { every: 5s } }, { any: [{ dataLayer: a }, { dataLayer: b }] }] }'
  const { diagnostics } = compile(plan('', `  x: { title: X, event: x, trigger: ${trigger} }`), templates)
  expect(diagnostics.map(({ code, at }) => [code, at])).toEqual([
    ['groups-hold-single-triggers', '/goals/x/trigger/all/1'],
  ])
})

test('groups inside groups, and choices inside choices, become one', () => {
  const all =
    '{ all: [{ timer: { every: 5s } }, { all: [{ scroll: { percent: [50] } }, { dataLayer: a }] }] }'
  const any = '{ any: [{ dataLayer: a }, { any: [{ dataLayer: b }, { page: viewed }] }] }'
  const compiled = compile(
    plan('', `  x: { title: X, event: x, trigger: ${all} }\n  y: { title: Y, event: y, trigger: ${any} }`),
    templates,
  )
  expect(compiled.diagnostics).toEqual([])
  expect(keysOf(compiled, 'gtm/trigger').filter((key) => !key.startsWith('p/lead'))).toEqual([
    'p/x#trigger',
    'p/x.dataLayer#trigger',
    'p/x.scroll#trigger',
    'p/x.timer#trigger',
    'p/y.dataLayer#trigger',
    'p/y.dataLayer~2#trigger',
    'p/y.page#trigger',
  ])
})

test('a condition on a constant is refused', () => {
  const trigger = '{ page: viewed, when: [{ value: always, test: { equals: always } }] }'
  const { diagnostics } = compile(plan('', `  x: { title: X, event: x, trigger: ${trigger} }`), templates)
  expect(diagnostics.map(({ code }) => code)).toContain('subjects-are-variable')
})

test('a table stays itself when its parameter or its conversion is renamed', () => {
  const table = (result: string): string =>
    `{ lookup: { from: { url: path }, map: { /a: ${result} } }, default: none }`
  const goals = (id: string, was: string): string => `
  a_first: { title: A, event: a, trigger: { dataLayer: a }, parameters: { kind: ${table('one')} } }
  ${id}: { title: B, event: b, ${was}trigger: { dataLayer: b, when: [{ value: ${table('x')}, test: { equals: x } }] }, parameters: { kind: ${table('two')} } }`
  const tables = (compiled: Compiled): (readonly [string, readonly string[] | undefined])[] =>
    compiled.resources
      .filter(({ kind, key }) => kind === 'gtm/variable' && key.includes('lookup'))
      .map(({ key, was }) => [key, was] as const)
  expect(tables(compile(plan('', goals('before', '')), templates))).toEqual([
    ['p/lookup-when.before#variable', undefined],
    ['p/lookup.kind#variable', undefined],
    ['p/lookup.kind~before#variable', undefined],
  ])
  expect(tables(compile(plan('', goals('later', 'was: before, ')), templates))).toEqual([
    ['p/lookup-when.later#variable', ['p/lookup-when.before#variable']],
    ['p/lookup.kind#variable', undefined],
    ['p/lookup.kind~later#variable', ['p/lookup.kind~before#variable']],
  ])
  const renamed = plan('parameters: { kind: { was: sort } }', goals('later', 'was: before, '))
  expect(tables(compile(renamed, templates))).toEqual([
    ['p/lookup-when.later#variable', ['p/lookup-when.before#variable']],
    ['p/lookup.kind#variable', ['p/lookup.sort#variable']],
    ['p/lookup.kind~later#variable', ['p/lookup.sort~before#variable']],
  ])
})

test('a plan without tags still has its mark, the Google tag and what GA4 knows', () => {
  const compiled = compile(
    planFrom(`
version: 1
plan: p
title: P
environments: { live: { gtm: { account: "1", container: GTM-P }, ga4: { property: "10", measurementId: G-P } } }
goals: { lead: { title: Lead, event: generate_lead, collectedBy: site } }
stages: { one: { title: One, micro: {} } }
`),
    templates,
  )
  expect(compiled.resources.map(({ key }) => key)).toEqual([
    'p/shared-things#folder',
    'p/measurement-id#variable',
    'p/version#variable',
    'p/google-tag#tag',
    'p/generate_lead#key-event',
  ])
})

describe('the estimate of the size', () => {
  const sizeOf = (count: number): ReturnType<typeof estimateSize> => {
    const goals = Array.from(
      { length: count },
      (_, index) => `  g${index}: { title: G, event: e${index}, trigger: { dataLayer: e${index} } }`,
    )
    return estimateSize(compile(plan('', goals.join('\n')), templates).resources)
  }

  test('grows with the plan and warns above 70 %', () => {
    const [small, large] = [sizeOf(10), sizeOf(600)]
    expect(small.bytes).toBeGreaterThan(1000)
    expect(large.bytes).toBeGreaterThan(small.bytes * 20)
    expect(checkSize(small)).toEqual([])
    expect(checkSize(large).map(({ code, severity }) => [code, severity])).toEqual([
      ['container-has-room', 'warning'],
    ])
    expect(renderSize({ bytes: 102_400, share: 0.5 })).toBe(
      'about 100.0 KB, 50 % of the 200 KB that GTM allows (an estimate)',
    )
  })

  test('is a warning of compile itself', () => {
    const goals = Array.from(
      { length: 600 },
      (_, index) => `  g${index}: { title: G, event: e${index}, trigger: { dataLayer: e${index} } }`,
    )
    const { diagnostics } = compile(plan('', goals.join('\n')), templates)
    expect(diagnostics.map(({ code }) => code)).toEqual(['container-has-room'])
  })
})

describe('the checklist for people', () => {
  test('is empty for a plan that asks for nothing special', () => {
    expect(manualSteps(plan(''))).toEqual([])
  })

  test('a variable that the plan takes in is nobody’s to make', () => {
    const reading = plan(
      '',
      '  call: { title: Call, event: call, trigger: { dataLayer: call }, parameters: { a: { variable: Theirs } } }',
    )
    const variable = [{ at: '/entities/0', fields: { name: 'Theirs' } }]
    const taken = { at: '/entities/0', lists: { folder: [], variable, trigger: [], tag: [] }, templates: [] }
    expect(manualSteps(reading).map(({ text }) => text)).toEqual([expect.stringContaining('"Theirs"')])
    expect(manualSteps({ ...reading, entities: [taken] })).toEqual([])
  })

  test('names what the APIs cannot set', () => {
    const steps = manualSteps(
      planFrom(`
version: 1
plan: p
title: P
currency: EUR
timezone: Europe/Berlin
attributionWindow: 30d
googleTag: existing
transportUrl: https://sgtm.example
site: { hosts: [www.shop.example, pay.example.org] }
consent: { mode: basic, defaults: { analytics_storage: denied, ad_storage: denied } }
enhancedMeasurement: { scrolls: false, siteSearch: true, searchParameters: [q, s] }
environments:
  live: { gtm: { account: "1", container: GTM-P }, ga4: { property: "10", measurementId: G-P }, protected: true }
goals:
  lead:
    title: Lead
    event: generate_lead
    ads: secondary
    value: 30
    trigger: { dataLayer: lead }
    parameters: { a: { variable: Their variable }, b: { variable: Page URL } }
  prices: { title: Prices seen, event: view_pricing, collectedBy: event_rule }
stages: { one: { title: One, micro: {} } }
`),
    )
    expect(steps.map(({ text }) => text).join('\n')).toMatchInlineSnapshot(`
      "GA4, property 10, details: currency EUR and time zone Europe/Berlin.
      GA4, property 10, attribution settings: the plan counts 30 days; choose the nearest lookback window.
      GA4, property 10: define internal traffic and switch on the data filter that excludes it.
      GA4, data stream G-P, tag settings, configure your domains: www.shop.example, pay.example.org.
      GA4, events, create event: view_pricing (Prices seen).
      Google Ads, goals, conversions, import from GA4: generate_lead (lead) as a secondary action, count one, the value of the event, else 30 EUR. An import begins as primary: set it to secondary, or bids follow it.
      GTM: the template of your consent banner sets the consent defaults ad_storage denied, analytics_storage denied on Consent Initialization - All Pages.
      GTM: with basic consent the page on which a visitor agrees counts no page view, and its tags stay silent until they are triggered again. Have the banner reload the page, or name the event that it pushes then: \`consent: { updateEvent: ... }\`.
      The Google tag G-P is loaded by somebody else: see that it is, before the first event.
      That Google tag sends to https://sgtm.example (server_container_url).
      GTM: the variable "Their variable" exists in the container."
    `)
  })

  test('leaves out what the plan states as a setting, and ticks off what the settings show to be done', () => {
    const of = (lines: string): readonly ManualStep[] =>
      manualSteps(
        planFrom(`
version: 1
plan: p
title: P
currency: EUR
attributionWindow: 30d
environments: { live: { gtm: { account: "1", container: GTM-P }, ga4: { property: "10", measurementId: G-P } } }
goals: { prices: { title: Prices seen, event: view_pricing, collectedBy: event_rule } }
stages: {}
${lines}`),
      )
    const stated =
      'property: { currency: EUR, attribution: { model: lastClick }, derived: { view_pricing: { from: page_view } } }'
    expect(of(stated)).toEqual([])
    const [details, window, rule] = of('')
    const settings = new Map([
      ['ga4/property', { currencyCode: 'EUR', timeZone: 'UTC' }],
      [
        'ga4/attribution',
        { otherConversionEventLookbackWindow: 'OTHER_CONVERSION_EVENT_LOOKBACK_WINDOW_90_DAYS' },
      ],
    ])
    expect([details, window, rule].map((step) => step && isDone(step, settings))).toEqual([
      true,
      false,
      undefined,
    ])
    expect(details?.link).toBe('https://analytics.google.com/analytics/web/#/p10/admin')
  })
})
