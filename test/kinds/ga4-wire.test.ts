/** What is written reads as it was meant, for every kind of GA4 and everything that a plan can state of it. */
import { expect, test } from 'vitest'
import { GA4, GA4_KINDS } from '../../src/kinds/kinds.ts'
import type { Ga4Module } from '../../src/kinds/kind.ts'
import type { Ga4Kind } from '../../src/resources/resource.ts'
import { planFrom } from '../compile/compile-file.ts'

const plan = planFrom(`
version: 1
plan: shop
title: Shop
currency: EUR
attributionWindow: 60d
environments: { live: { gtm: { account: "1", container: GTM-A }, ga4: { property: "1", measurementId: G-A } } }
enhancedMeasurement: { enabled: true, scrolls: false, siteSearch: true, searchParameters: [s, q] }
parameters:
  results: { type: integer, register: metric, unit: standard, description: Hits }
  price: { type: number, register: metric, unit: currency, restrict: [revenue] }
  place: { type: string, register: event }
audiences: { buyers: { title: Buyers, did: [purchase], keep: 30d } }
property:
  currency: EUR
  timezone: Europe/Berlin
  industry: food and drink
  retention: { events: 14 months, users: 2 months, resetOnActivity: false }
  attribution: { model: googlePaidLastClick, acquisition: 30d }
  signals: true
  identity: device
  redact: { email: false, query: [token, mail] }
  googleAds: { 123-456-7890: {}, "1234567891": { personalization: true } }
  bigquery: { "1": { location: EU, daily: true, streaming: false, advertisingIds: false, exclude: [b, a] } }
  calculated: { rate: { title: Rate, formula: "( customEvent:results+ 1 )/-sessions", unit: seconds } }
  channels: { own: { title: Own, rules: { Chat: { source: { equals: [b, a], matches: x }, channel: { equals: Direct } } } } }
  derived: { big: { from: purchase, when: [{ parameter: value, greaterThan: 100, not: true }, { parameter: place, contains: A, ignoreCase: true }], copy: false, set: { b: 1, a: "[[place]]" } } }
  secrets: [server]
goals: { purchase: { title: Bought, event: purchase, trigger: { dataLayer: purchase }, value: 5 } }
stages: {}
`)

test.each(GA4_KINDS)('%s', (kind) => {
  const { compile, toWire, fromWire, nameOf, isAsked } = GA4[kind] as Ga4Module<Ga4Kind>
  const resources = compile(plan)
  expect(resources).not.toEqual([])
  expect(isAsked === 'always' || isAsked(plan)).toBe(true)
  for (const { spec, name } of resources) {
    const read = fromWire(toWire(spec))
    // Of what is nobody's the answer says more than the plan states.
    const stated = Object.fromEntries(Object.entries(read).filter(([field]) => field in spec))
    expect(stated).toEqual(spec)
    expect(nameOf(read)).toBe(name)
  }
})

test('the attribution window of the plan counts where the property states no other, and nothing else is guessed', () => {
  const [resource] = GA4['ga4/attribution'].compile(plan)
  expect(resource?.spec).toMatchObject({
    otherConversionEventLookbackWindow: 'OTHER_CONVERSION_EVENT_LOOKBACK_WINDOW_60_DAYS',
  })
  const without = { ...plan, attributionDays: 45 }
  expect(Object.keys(GA4['ga4/attribution'].compile(without)[0]?.spec ?? {})).toEqual([
    'reportingAttributionModel',
    'acquisitionConversionEventLookbackWindow',
  ])
  expect(GA4['ga4/attribution'].compile({ ...plan, property: {} })).toEqual([])
})
