import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { consentDefaults, consentDefaultsCode } from '../../src/compile/consent-defaults.ts'
import { EEA, isRegion } from '../../src/facts/regions.ts'
import type { PlanDocument } from '../../src/plan/plan-types.ts'
import { planFrom } from './compile-file.ts'

const SMALLEST = readFileSync(join(import.meta.dirname, '../fixtures/the-smallest-plan/plan.yaml'), 'utf8')
const plan = (said: Partial<PlanDocument>) =>
  planFrom(stringify({ ...(parse(SMALLEST) as PlanDocument), consent: { mode: 'advanced' }, ...said }))

const FOUR = (state: string) => ({
  ad_personalization: state,
  ad_storage: state,
  ad_user_data: state,
  analytics_storage: state,
})

test('the economic area is its thirty countries, each of them one', () => {
  expect([EEA.length, new Set(EEA).size, EEA.every(isRegion)]).toEqual([30, 30, true])
  expect(['UK', 'EU', 'eea', 'DEU', 'XX', 'US-CALIFORNIA'].filter(isRegion)).toEqual([])
  expect(['GB', 'SA', 'US-CA', 'AE'].every(isRegion)).toBe(true)
})

test('regions that hold the same are one default, and a country that is named itself leaves the area', () => {
  const defaults = consentDefaults(
    plan({ consentRegions: { EEA: 'denied', GB: 'denied', NO: { ad_storage: 'denied' }, other: 'granted' } }),
  )
  expect(defaults).toEqual([
    { regions: [], states: FOUR('granted') },
    { regions: [...EEA.filter((code) => code !== 'NO'), 'GB'].sort(), states: FOUR('denied') },
    { regions: ['NO'], states: { ad_storage: 'denied' } },
  ])
})

test('elsewhere holds what the plan says of everybody', () => {
  const states = { ad_storage: 'denied', analytics_storage: 'granted' } as const
  expect(
    consentDefaults(
      plan({ consent: { mode: 'advanced', defaults: states }, consentRegions: { SA: 'denied' } }),
    ),
  ).toEqual([
    { regions: [], states },
    { regions: ['SA'], states: FOUR('denied') },
  ])
})

test('the code calls gtag as Google has it, and runs', () => {
  const code = consentDefaultsCode(plan({ consentRegions: { SA: 'denied', other: 'granted' } })) ?? ''
  const script = /<script>(.*)<\/script>/s.exec(code)?.[1] ?? ''
  const window: { dataLayer?: ArrayLike<unknown>[] } = {}
  runInNewContext(
    script,
    new Proxy(window, { get: (of, name) => (name === 'window' ? window : of[name as 'dataLayer']) }),
  )
  expect(JSON.parse(JSON.stringify((window.dataLayer ?? []).map((each) => Array.from(each))))).toEqual([
    ['consent', 'default', FOUR('granted')],
    ['consent', 'default', { ...FOUR('denied'), region: ['SA'], wait_for_update: 500 }],
  ])
  expect(consentDefaultsCode(plan({}))).toBeUndefined()
})
