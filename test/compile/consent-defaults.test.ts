import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compile } from '../../src/compile/compile.ts'
import { KINDS } from '../../src/kinds/kinds.ts'
import { consentDefaults, consentDefaultsCode } from '../../src/compile/consent-defaults.ts'
import { EEA, isRegion } from '../../src/facts/regions.ts'
import type { PlanDocument } from '../../src/plan/plan-types.ts'
import type { TagSpec, TemplateSpec } from '../../src/resources/resource.ts'
import { ourTemplates, planFrom } from './compile-file.ts'

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

test('what `other` leaves unsaid stays as the plan has it for everybody', () => {
  const defaults = { ...FOUR('denied'), functionality_storage: 'denied' } as never
  const consent = { mode: 'advanced', defaults } as const
  expect(consentDefaults(plan({ consent, consentRegions: { other: { ad_storage: 'granted' } } }))).toEqual([
    { regions: [], states: { ...FOUR('denied'), ad_storage: 'granted', functionality_storage: 'denied' } },
  ])
  expect(consentDefaults(plan({ consent, consentRegions: { other: 'granted' } }))).toEqual([
    { regions: [], states: { ...FOUR('granted'), functionality_storage: 'denied' } },
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

const REGIONS = { EEA: 'denied', other: { ad_storage: 'granted', security_storage: 'granted' } } as const

test('the tag, where the plan asks for it, runs before all others and says the same', async () => {
  const templates = await ourTemplates()
  const said = { consent: { mode: 'advanced', defaultsTag: true }, consentRegions: REGIONS } as const
  const { resources, diagnostics } = compile(plan(said), templates)
  expect(diagnostics).toEqual([])
  const find = (kind: string) =>
    resources.find((each) => each.kind === kind && each.key.includes('consent-defaults'))
  const [template, tag] = [find('gtm/template')?.spec as TemplateSpec, find('gtm/tag')?.spec as TagSpec]
  expect(tag).toMatchObject({
    type: '@smallest/consent-defaults#template',
    firingTriggers: ['Consent Initialization - All Pages'],
    consent: { status: 'notNeeded', types: [] },
  })

  const resource = { kind: 'gtm/tag', key: '', name: '', notes: '', spec: tag } as const
  const words = new Map(KINDS['gtm/tag'].words(resource, new Map()))
  expect(words.get('Before consent')).toBe(
    `elsewhere: granted ad_storage, security_storage; ${EEA.join(', ')}: denied ad_personalization, ad_storage, ad_user_data, analytics_storage`,
  )
  expect(words.has('defaults')).toBe(false)

  // What GTM's sandbox gives a template: `require`, `data`, and nothing of the page.
  const code = /___SANDBOXED_JS_FOR_WEB_TEMPLATE___\n\n(.*)\n\n___WEB_PERMISSIONS___/s.exec(
    template.templateData,
  )?.[1]
  const calls: unknown[] = []
  let ended = 0
  runInNewContext(code ?? '', {
    data: { ...tag.parameters, gtmOnSuccess: () => void ended++ },
    require: (name: string) =>
      name === 'makeNumber'
        ? Number
        : (state: unknown) => void calls.push([name, JSON.parse(JSON.stringify(state))]),
  })
  expect(ended).toBe(1)
  expect(calls).toEqual([
    ['setDefaultConsentState', REGIONS.other],
    ['setDefaultConsentState', { ...FOUR('denied'), region: EEA, wait_for_update: 500 }],
  ])
  // It may set each of these, and read none.
  const permissions = template.templateData.split('___WEB_PERMISSIONS___')[1] ?? ''
  for (const type of Object.keys(FOUR(''))) expect(permissions).toContain(`"${type}"`)
})

test('a plan that asks for it and says nothing of consent by default gets no tag', async () => {
  const { resources } = compile(
    plan({ consent: { mode: 'advanced', defaultsTag: true } }),
    await ourTemplates(),
  )
  expect(resources.filter(({ key }) => key.includes('consent-defaults'))).toEqual([])
})
