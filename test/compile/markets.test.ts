/** Markets: compiled, and run on pages, because only the hit shows which one it was. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { compile } from '../../src/compile/compile.ts'
import { renderContainerFile } from '../../src/compile/export.ts'
import { parseExport } from '../../src/lift/parse-export.ts'
import type { PlanDocument } from '../../src/plan/plan-types.ts'
import { arrange, type Container, type ContainerVersion } from '../../src/runtime/core/container.ts'
import { pushing, readHits } from '../runtime/session.ts'
import { ourTemplates, planFrom } from './compile-file.ts'

const YAML = readFileSync(join(import.meta.dirname, '../fixtures/markets-in-one-container/plan.yaml'), 'utf8')
const GULF = parse(YAML) as PlanDocument
const templates = await ourTemplates()

function containerOf(document: PlanDocument, environment: string): Container {
  const plan = planFrom(stringify(document), environment)
  const { resources, diagnostics } = compile(plan, templates)
  expect(diagnostics).toEqual([])
  const { version } = parseExport(renderContainerFile(plan, resources, new Date(0)), 'test')
  return arrange(version as unknown as ContainerVersion)
}

const gulf = containerOf(GULF, 'production')

/** The market that each event of a page carries. */
function marketsOn(container: Container, url: string): readonly unknown[] {
  const hits = readHits(pushing(container, [{ event: 'purchase', ecommerce: {} }], { url }))
  return hits.map(({ event, parameters }) => [event, parameters['market']])
}

test.each([
  ['https://www.shop.example/ae/cart', 'ae'],
  ['https://www.shop.example/AE/', 'ae'],
  ['https://www.shop.example/dxb.v2/', 'ae'],
  ['https://www.shop.example/bh', 'bh'],
  ['https://www.shop.example/bhutan/', 'ae'],
  ['https://www.shop.example/sa', 'sa'],
  ['https://old.shop.example/bh', 'ae'],
  ['https://om.shop.example/ae/', 'om'],
  ['https://old.shop.example/sa', 'sa'],
  ['https://old.shop.example/sa/', 'ae'],
])('%s is of %s, on its page view and on every event', (url, market) => {
  expect(marketsOn(gulf, url)).toEqual([
    ['page_view', market],
    ['purchase', market],
  ])
})

test('without a default, a page that nobody claims is of no market', () => {
  const { markets = {} } = GULF
  const ae = { ...markets['ae'], title: 'UAE', default: false }
  const container = containerOf({ ...GULF, markets: { ...markets, ae } }, 'production')
  expect(marketsOn(container, 'https://old.shop.example/')).toEqual([
    ['page_view', undefined],
    ['purchase', undefined],
  ])
})

test('a market whose path is no ASCII is told, however its path is said', () => {
  const { markets = {} } = GULF
  const told = (path: object): Container => {
    const eg = { title: 'Egypt', hosts: ['www.shop.example'], when: [{ path }] }
    return containerOf({ ...GULF, markets: { ...markets, eg } }, 'production')
  }
  const container = told({ startsWith: ['/مصر/', '/مرحبا بكم'] })
  // A pattern is taken as it is, and warned about.
  expect(JSON.stringify([...told({ matches: '^/مصر+/' }).variables])).toContain('^/مصر+/')
  for (const path of ['/مصر/', '/%D9%85%D8%B5%D8%B1/a', '/مرحبا بكم/'])
    expect(marketsOn(container, `https://www.shop.example${path}`)).toEqual([
      ['page_view', 'eg'],
      ['purchase', 'eg'],
    ])
})

test('in an environment of its own a market is the only one, with its values', () => {
  const kuwait = planFrom(YAML, 'kuwait')
  expect(kuwait.markets.map(({ id }) => id)).toEqual(['kw'])
  expect(kuwait.marketFrom).toEqual({ kind: 'literal', value: 'kw' })
  expect(kuwait.goals[0]?.target).toEqual({ count: 90, per: 'month' })
  expect(planFrom(YAML).goals[0]?.target).toEqual({ count: 1200, per: 'month' })
  expect(kuwait.destinations.map(({ vendorIdFrom }) => vendorIdFrom)).toEqual([
    { kind: 'literal', value: '3333333' },
  ])
  expect(marketsOn(containerOf(GULF, 'kuwait'), 'https://www.shop.example/ae/')).toEqual([
    ['page_view', 'kw'],
    ['purchase', 'kw'],
  ])
})

test('of a single-page app the page view carries no market that may change under it', () => {
  const site = { singlePageApp: true }
  expect(marketsOn(containerOf({ ...GULF, site }, 'production'), 'https://www.shop.example/ae/')).toEqual([
    ['page_view', undefined],
    ['purchase', 'ae'],
  ])
})

test('the order of the markets in the file means nothing', () => {
  const markets = Object.fromEntries(Object.entries(GULF.markets ?? {}).reverse())
  const [one, other] = [GULF, { ...GULF, markets }].map((document) =>
    compile(planFrom(stringify(document)), templates),
  )
  expect(one).toEqual(other)
})

test('the market is registered, once, and the dictionary may say it in its own words', () => {
  const dimensions = (document: PlanDocument) =>
    compile(planFrom(stringify(document)), templates)
      .resources.filter(({ kind }) => kind === 'ga4/custom-dimension')
      .map(({ key, name }) => [key, name])
  expect(dimensions(GULF)).toEqual([['gulf/market#custom-dimension', 'Market']])
  const parameters = { market: { register: 'event', displayName: 'Country shop' } } as const
  expect(dimensions({ ...GULF, parameters })).toEqual([['gulf/market#custom-dimension', 'Country shop']])
})

test('a market with a Google Ads account of its own has its own labels, and each conversion its own table of them', () => {
  const document = {
    ...GULF,
    destinations: { ads: { kind: 'googleAds', id: 'AW-123456789' } },
    markets: {
      ...GULF.markets,
      sa: {
        ...GULF.markets?.['sa'],
        destinations: { ads: 'AW-987654321' },
        send: Object.fromEntries(Object.keys(GULF.goals).map((id, at) => [id, { ads: `Own-Label-${at}` }])),
      },
    },
    goals: Object.fromEntries(
      Object.entries(GULF.goals).map(([id, goal], at) => [id, { ...goal, send: { ads: `All-Label-${at}` } }]),
    ),
  } as PlanDocument
  const { resources } = compile(planFrom(stringify(document), 'production'), templates)
  const [goal] = Object.keys(GULF.goals)
  const tag = resources.find(({ key }) => key === `gulf/${String(goal)}.ads#tag`)
  expect(tag?.spec).toMatchObject({
    parameters: {
      conversionId: '{{@gulf/lookup.ads_id#variable}}',
      conversionLabel: '{{@gulf/lookup.ads_label#variable}}',
    },
  })
  const table = resources.find(({ key }) => key === 'gulf/lookup.ads_label#variable')
  expect(table?.spec).toMatchObject({
    parameters: { defaultValue: 'All-Label-0', map: [{ key: 'sa', value: 'Own-Label-0' }] },
  })
})
