/** Tags of other vendors: destinations where a plan would do the same, named with the reason where it would not. */
import { expect, test } from 'vitest'
import { compile } from '../../src/compile/compile.ts'
import { containerVersion } from '../../src/compile/export.ts'
import { liftContainer, type Lifted } from '../../src/import/lift-container.ts'
import { renderPlan } from '../../src/import/render-plan.ts'
import { roundTrip } from '../../src/import/round-trip.ts'
import { parseExport, type ContainerVersion } from '../../src/lift/parse-export.ts'
import { buildPlan } from '../../src/plan/build.ts'
import { parsePlan } from '../../src/plan/parse.ts'
import type { PlanDocument } from '../../src/plan/plan-types.ts'
import { readPlan } from '../../src/plan/read.ts'
import { toValue } from '../../src/plan/tree.ts'
import { resolveVariables } from '../../src/plan/variables.ts'
import { parseYaml } from '../../src/plan/yaml.ts'
import { ourTemplates } from '../compile/compile-file.ts'
import { customEvent, dataLayerVariable, eventTag, exportOf, text } from './exports.ts'

const templates = await ourTemplates()
const options = { templates, today: '2026-11-22' }
const ALL_PAGES = '2147479553'
const INITIALIZATION = '2147479573'

interface Entity {
  readonly [field: string]: unknown
}

const flag = (key: string, value: boolean): Entity => ({ type: 'BOOLEAN', key, value: String(value) })
const rows = (
  key: string,
  [name, value]: readonly [string, string],
  said: { readonly [name: string]: string },
): Entity => ({
  type: 'LIST',
  key,
  list: Object.entries(said).map((row) => ({ type: 'MAP', map: [text(name, row[0]), text(value, row[1])] })),
})

/** A tag of a vendor, with the fields that every one has. */
function tag(
  name: string,
  type: string,
  firing: readonly string[],
  parameter: readonly Entity[],
  more: Entity = {},
): Entity {
  return { name, type, parameter, firingTriggerId: firing, tagFiringOption: 'ONCE_PER_EVENT', ...more }
}

const ads = (label: string, ...more: readonly Entity[]): readonly Entity[] => [
  text('conversionId', '{{Ads id}}'),
  text('conversionLabel', label),
  flag('enableProductReporting', false),
  ...more,
]

const constant = (variableId: string, name: string, value: string): Entity => ({
  variableId,
  name,
  type: 'c',
  parameter: [text('value', value)],
})

const CONTAINER = {
  trigger: [customEvent('11', 'purchase'), customEvent('12', 'lead'), customEvent('13', 'chat_opened')],
  variable: [
    constant('21', 'Ads id', '123456789'),
    dataLayerVariable('22', 'order value', 'ecommerce.value'),
    dataLayerVariable('23', 'order currency', 'ecommerce.currency'),
    dataLayerVariable('24', 'order id', 'ecommerce.transaction_id'),
    dataLayerVariable('25', 'client mail', 'user.email'),
    dataLayerVariable('27', 'plan', 'plan.type'),
    {
      variableId: '26',
      name: 'Client',
      type: 'awec',
      parameter: [text('mode', 'MANUAL'), text('email', '{{client mail}}')],
    },
  ],
}

/** @param ofGa4 what each GA4 event has beside */
function lift(tags: readonly Entity[], ofGa4: Entity = {}): Lifted & { readonly version: ContainerVersion } {
  const numbered = [
    eventTag('1', 'purchase', ['11'], {
      parameter: [flag('sendEcommerceData', true), text('getEcommerceDataFrom', 'dataLayer')],
      ...ofGa4,
    }),
    eventTag('2', 'generate_lead', ['12'], ofGa4),
    ...tags.map((each, index) => ({ tagId: String(index + 3), ...each })),
  ]
  const { version = {} } = parseExport(exportOf({ ...CONTAINER, tag: numbered }), 'export.json')
  return { ...liftContainer(version, options), version }
}

function comesBack(lifted: Lifted, version: ContainerVersion): void {
  const { tree, diagnostics } = parseYaml('plan.yaml', renderPlan(lifted, 'export.json'))
  expect(diagnostics).toEqual([])
  expect(roundTrip(version, tree && toValue(tree), lifted, options)).toEqual({
    errors: [],
    unfaithful: [],
    faithful: lifted.lifted,
    faithfulVendors: lifted.vendorsLifted,
  })
}

const reasons = ({ others }: Lifted): readonly string[] =>
  others.flatMap(({ kind, name, code }) => (kind === 'tag' ? [`${name}: ${code}`] : []))

test("Google's tags: conversions by their label, user data, remarketing and the linker", () => {
  const { version, ...lifted } = lift([
    tag('Linker', 'gclidw', [INITIALIZATION], [flag('enableCrossDomain', false)]),
    tag(
      'Remarketing',
      'sp',
      [ALL_PAGES],
      [text('conversionId', '{{Ads id}}'), text('customParamsFormat', 'NONE')],
    ),
    tag(
      'Ads - sale',
      'awct',
      ['11'],
      ads(
        'AbC-D_efG-h12_34-567',
        text('conversionValue', '{{order value}}'),
        text('currencyCode', '{{order currency}}'),
        text('orderId', '{{order id}}'),
      ),
    ),
    tag(
      'Ads - lead',
      'awct',
      ['12'],
      ads('XyC-D_efG-h12_34-567', text('conversionValue', '500'), text('currencyCode', 'EUR')),
    ),
    tag(
      'Ads - client',
      'awud',
      ['12'],
      [text('conversionId', '123456789'), text('userDataVariable', '{{Client}}')],
    ),
  ])
  expect(lifted.document.destinations).toEqual({
    google_ads: { kind: 'googleAds', id: 'AW-123456789', remarketing: true },
    // One destination is told one thing of a conversion.
    google_ads_2: { kind: 'googleAds', id: 'AW-123456789', loader: 'existing' },
  })
  expect(lifted.document.userData).toEqual({ client: { email: { dataLayer: 'user.email' } } })
  expect(lifted.document.goals.purchase?.send).toEqual({
    google_ads: { as: 'AbC-D_efG-h12_34-567', items: false },
  })
  expect(lifted.document.goals.generate_lead?.send).toEqual({
    google_ads: { as: 'XyC-D_efG-h12_34-567', value: '500', currency: 'EUR' },
    google_ads_2: { userData: 'client' },
  })
  expect(lifted.vendorsLifted).toEqual(['Linker', 'Remarketing', 'Ads - sale', 'Ads - lead', 'Ads - client'])
  comesBack(lifted, version)
})

test('LinkedIn, Hotjar, Microsoft Ads and Pinterest: what loads them, and their events', () => {
  const base = { tagFiringOption: 'ONCE_PER_LOAD' }
  const uet = ['c_storeConvTrackCookies', 'c_consentUpdates'].map((key) => flag(key, true))
  const { version, ...lifted } = lift([
    tag('Insight', 'bzi', [ALL_PAGES], [text('id', '123456')], base),
    tag('Hotjar', 'hjtc', [ALL_PAGES], [text('hotjar_site_id', '1234567')]),
    tag(
      'UET',
      'baut',
      [ALL_PAGES],
      [text('tagId', '97000000'), text('eventType', 'PAGE_LOAD'), text('uetqName', 'uetq'), ...uet],
      base,
    ),
    tag(
      'UET - lead',
      'baut',
      ['12'],
      [
        text('eventType', 'CUSTOM'),
        text('uetqName', 'uetq'),
        text('customEventAction', 'lead'),
        rows('customParamTable', ['customParamName', 'customParamValue'], { plan: '{{plan}}' }),
      ],
    ),
    tag('Pin', 'pntr', [ALL_PAGES], [text('tagId', '2612000000000'), text('eventName', '')]),
    tag('Pin - lead', 'pntr', ['12'], [text('tagId', '2612000000000'), text('eventName', 'lead')]),
  ])
  expect(lifted.document.destinations).toEqual({
    linkedin: { kind: 'linkedin', id: '123456' },
    hotjar: { kind: 'hotjar', id: '1234567' },
    microsoft: { kind: 'microsoft', id: '97000000' },
    pinterest: { kind: 'pinterest', id: '2612000000000' },
  })
  expect(lifted.document.goals.generate_lead?.send).toEqual({
    microsoft: { as: 'lead', parameters: { plan: { dataLayer: 'plan.type' } } },
    pinterest: true,
  })
  expect(reasons(lifted)).toEqual([])
  comesBack(lifted, version)
})

test('custom HTML is a destination of its own, with the values that it reads', () => {
  const code =
    "<script>\n  window.chat && window.chat(`${location.href}`, '{{plan}}', {{Page Path}});\n</script>"
  const consent = {
    consentStatus: 'NEEDED',
    consentType: { type: 'LIST', list: [{ type: 'TEMPLATE', value: 'ad_storage' }] },
  }
  const { version, ...lifted } = lift([
    tag('Chat', 'html', ['13'], [text('html', code)], { consentSettings: consent }),
    tag('Hint', 'html', [ALL_PAGES], [text('html', '<b>{{plan}}</b>')]),
  ])
  expect(lifted.document.destinations).toEqual({
    chat: {
      kind: 'html',
      trigger: { dataLayer: 'chat_opened' },
      // Lines, in which ${...} is left to JavaScript.
      html: [
        '<script>',
        "  window.chat && window.chat(`${location.href}`, '{{plan_2}}', {{Page Path}});",
        '</script>',
      ],
      with: { plan_2: { dataLayer: 'plan.type' } },
      consent: ['ad_storage'],
    },
    hint: {
      kind: 'html',
      trigger: { page: 'viewed' },
      html: '<b>{{plan_2}}</b>',
      with: { plan_2: { dataLayer: 'plan.type' } },
    },
  })
  comesBack(lifted, version)
})

const waits = (type: string): Entity => ({
  consentSettings: {
    consentStatus: 'NEEDED',
    consentType: { type: 'LIST', list: [{ type: 'TEMPLATE', value: type }] },
  },
})
const UET_BASE = [
  text('tagId', '97000000'),
  text('eventType', 'PAGE_LOAD'),
  text('uetqName', 'uetq'),
  ...Object.entries({
    c_navTimingApi: false,
    c_storeConvTrackCookies: true,
    c_disableAutoPageView: false,
    c_removeQueryFromUrls: false,
    c_enableAutoSpaTracking: false,
    c_enhancedConversion: false,
    c_consentInheritGtm: true,
    c_consentUpdates: true,
  }).map(([key, value]) => flag(key, value)),
]
const ofOrder = (value: string, currency: string): readonly Entity[] => [
  text(value, '{{order value}}'),
  text(currency, '{{order currency}}'),
]
/** What Microsoft and Pinterest are told of an order where nobody thought of counting it once. */
const WITHOUT_EVENT_IDS = [
  tag('UET', 'baut', [ALL_PAGES], UET_BASE, { tagFiringOption: 'ONCE_PER_LOAD' }),
  tag(
    'UET - order',
    'baut',
    ['11'],
    [
      text('eventType', 'CUSTOM'),
      text('uetqName', 'uetq'),
      text('customEventAction', 'purchase'),
      ...ofOrder('goalValue', 'p_currency'),
      rows('customParamTable', ['customParamName', 'customParamValue'], { transaction_id: '{{order id}}' }),
    ],
    { setupTag: [{ tagName: 'UET' }] },
  ),
  tag('Pinterest', 'pntr', [ALL_PAGES], [text('tagId', '2612000000000'), text('eventName', '')], {
    tagFiringOption: 'ONCE_PER_LOAD',
  }),
  tag(
    'Pinterest - order',
    'pntr',
    ['11'],
    [
      text('tagId', '2612000000000'),
      text('eventName', 'checkout'),
      text('order_id', '{{order id}}'),
      ...ofOrder('value', 'currency'),
    ],
    { setupTag: [{ tagName: 'Pinterest' }] },
  ),
]

test('an order that tells no occurrence is said so, and a tag of Microsoft that takes consent from GTM is the plan’s', () => {
  const { version, ...lifted } = lift(WITHOUT_EVENT_IDS)
  expect(lifted.document.consent).toEqual({ mode: 'advanced' })
  expect(lifted.document.goals.purchase?.send).toEqual({
    microsoft: {
      as: 'purchase',
      id: false,
      items: false,
      parameters: { transaction_id: { dataLayer: 'ecommerce.transaction_id' } },
    },
    pinterest: { as: 'checkout', items: false, parameters: { event_id: { nothing: true } } },
  })
  comesBack(lifted, version)
})

test('an id that tells an occurrence of what is no order is lifted, and no order gets it', () => {
  const { version, ...lifted } = lift(
    [
      { ...WITHOUT_EVENT_IDS[0], ...waits('ad_storage') },
      tag(
        'UET - lead',
        'baut',
        ['12'],
        [
          text('eventType', 'CUSTOM'),
          text('uetqName', 'uetq'),
          text('customEventAction', 'lead'),
          rows('customParamTable', ['customParamName', 'customParamValue'], { event_id: '{{plan}}' }),
        ],
        { setupTag: [{ tagName: 'UET' }], ...waits('ad_storage') },
      ),
    ],
    waits('analytics_storage'),
  )
  expect(reasons(lifted)).toEqual([])
  expect(lifted.document.goals.generate_lead?.send).toEqual({
    microsoft: {
      as: 'lead',
      id: { dataLayer: 'plan.type' },
      parameters: { event_id: { dataLayer: 'plan.type' }, transaction_id: { nothing: true } },
    },
  })
  comesBack(lifted, version)
})

test('consent that all GA4 events wait for is the plan’s, and vendors wait for their own', () => {
  const { version, ...lifted } = lift(
    [
      ...WITHOUT_EVENT_IDS.map((each) => ({ ...each, ...waits('ad_storage') })),
      tag('Ads - lead', 'awct', ['12'], ads('XyC-D_efG-h12_34-567'), waits('ad_storage')),
    ],
    waits('analytics_storage'),
  )
  expect(lifted.document.consent).toEqual({ mode: 'basic', requires: ['analytics_storage'] })
  expect(lifted.document.goals.purchase?.requires).toBeUndefined()
  expect(lifted.vendorsLifted).toHaveLength(5)
  comesBack(lifted, version)
})

test('that every page has fired a tag before is said where it is not asked for again', () => {
  const { version, ...lifted } = lift([
    tag('Pixel', 'html', [ALL_PAGES], [text('html', '<b>1</b>')], { tagFiringOption: 'ONCE_PER_LOAD' }),
    tag('Chat', 'html', ['13'], [text('html', '<b>2</b>')], { setupTag: [{ tagName: 'Pixel' }] }),
  ])
  expect(lifted.comments).toContainEqual({
    at: '/destinations/chat',
    text: 'the tag "Chat" asks for "Pixel", which every page has fired by then, once: it is not asked for again',
  })
  comesBack(lifted, version)
})

test('code of any shape comes back as it is, under any name', () => {
  const codes = [
    '\r\n<script>\r\n\t`${a}`\r\n</script>\r\n',
    '  - key: [value\n# no comment\n---\n',
    '<!-- \u00e9\u202e\u0001 -->\n\n',
    '\'{{plan}}\' "{{ no }}" {{}} }}',
  ]
  const { version, ...lifted } = lift(
    codes.map((code, index) => tag(`__proto__ \u001b[31m${index}: |`, 'html', ['13'], [text('html', code)])),
  )
  // Where compile would write braces otherwise, the code stays in GTM.
  expect(lifted.vendorsLifted).toHaveLength(3)
  expect(reasons(lifted)).toEqual([expect.stringMatching(/3: \|: means-something-else$/)])
  comesBack(lifted, version)
})

test('what a plan would do otherwise stays out, with the reason', () => {
  const { version, ...lifted } = lift([
    tag('Linker at the page view', 'gclidw', [ALL_PAGES], [flag('enableCrossDomain', false)]),
    tag(
      'Remarketing',
      'sp',
      [ALL_PAGES],
      [text('conversionId', '{{Ads id}}'), text('customParamsFormat', 'NONE')],
    ),
    tag('Without GA4', 'awct', ['13'], ads('AbC-D_efG-h12_34-567')),
    tag('With one more moment', 'awct', ['12', '13'], ads('AbC-D_efG-h12_34-567')),
    tag('Once a page', 'awct', ['12'], ads('AbC-D_efG-h12_34-567'), { tagFiringOption: 'ONCE_PER_LOAD' }),
    tag(
      'With a linker of its own mind',
      'awct',
      ['12'],
      ads('AbC-D_efG-h12_34-567', flag('enableConversionLinker', false)),
    ),
    tag(
      'Of nobody',
      'awct',
      ['12'],
      [text('conversionId', '{{order id}}'), text('conversionLabel', 'AbC-D_efG-h12_34-567')],
    ),
    tag('Paused', 'html', ['13'], [text('html', '<b></b>')], { paused: true }),
    tag('Writes', 'html', ['13'], [text('html', '<b></b>'), flag('supportDocumentWrite', true)]),
    tag('Long', 'html', ['13'], [text('html', `<b>${'x'.repeat(1500)}</b>`)]),
  ])
  expect(lifted.vendorsLifted).toEqual(['Remarketing'])
  expect(lifted.document.destinations).toEqual({
    google_ads: { kind: 'googleAds', id: 'AW-123456789', remarketing: true, loader: 'existing' },
  })
  expect(reasons(lifted)).toEqual([
    'Linker at the page view: means-something-else',
    'Without GA4: no-conversion-at-its-moments',
    'With one more moment: no-conversion-at-its-moments',
    'Once a page: means-something-else',
    'With a linker of its own mind: means-something-else',
    'Of nobody: account-is-not-known',
    'Paused: tag-is-paused',
    'Writes: means-something-else',
    'Long: code-is-long',
  ])
  comesBack(lifted, version)
})

test('an event that has a tag of nobody here run before it stays out, and nothing is tried forever', () => {
  const before = { setupTag: [{ tagName: 'Chat' }] }
  const uet = ['c_storeConvTrackCookies', 'c_consentUpdates'].map((key) => flag(key, true))
  const { version, ...lifted } = lift([
    tag('Pin - lead', 'pntr', ['12'], [text('tagId', '2612000000000'), text('eventName', 'lead')], before),
    tag(
      'UET',
      'baut',
      [ALL_PAGES],
      [text('tagId', '97000000'), text('eventType', 'PAGE_LOAD'), text('uetqName', 'uetq'), ...uet],
      { tagFiringOption: 'ONCE_PER_LOAD' },
    ),
    // It does not say whose account it is for.
    tag(
      'UET - lead',
      'baut',
      ['12'],
      [text('eventType', 'CUSTOM'), text('customEventAction', 'lead')],
      before,
    ),
    tag('Chat', 'html', ['13'], [text('html', '<b></b>')]),
  ])
  expect(lifted.vendorsLifted).toEqual(['Chat'])
  expect(reasons(lifted)).toEqual([
    'Pin - lead: means-something-else',
    'UET: loader-stays',
    'UET - lead: means-something-else',
  ])
  comesBack(lifted, version)
})

test('a plan that would tell a vendor something else, more or less is found out', () => {
  const { version, ...lifted } = lift([
    tag('Ads - lead', 'awct', ['12'], ads('AbC-D_efG-h12_34-567')),
    tag('Hotjar', 'hjtc', [ALL_PAGES], [text('hotjar_site_id', '1234567')]),
  ])
  const { goals, destinations, ...rest } = lifted.document
  const faithful = (changed: object): readonly string[] =>
    roundTrip(version, { ...rest, goals, destinations, ...changed }, lifted, options).faithfulVendors
  expect(faithful({})).toEqual(['Ads - lead', 'Hotjar'])
  const { hotjar, ...without } = destinations ?? {}
  expect(faithful({ destinations: without })).toEqual(['Ads - lead'])
  const lead = goals.generate_lead
  const send = (said: object): object => ({ goals: { ...goals, generate_lead: { ...lead, send: said } } })
  // What the plan does beyond the tags counts against all.
  expect(faithful(send({ google_ads: 'ZZZ-D_efG-h12_34-567' }))).toEqual([])
  expect(faithful(send({ google_ads: 'AbC-D_efG-h12_34-567', hotjar: true }))).toEqual([])
  expect(faithful({ destinations: { ...without, hotjar: { ...hotjar, consent: ['ad_storage'] } } })).toEqual(
    [],
  )
})

// Scripts come back as code where they wait for a visitor to agree.
test.each([
  ['outfitters', ['googleAds', 'html', 'microsoft', 'pinterest']],
  ['advisory', ['hotjar', 'html', 'linkedin']],
  ['workspace', ['html']],
])('what plans/%s.yaml compiles to: each tag of a vendor comes back, or is named', async (name, kinds) => {
  const { document, file } = parsePlan(await readPlan(`plans/${name}.yaml`))
  const resolved = resolveVariables(document, 'production', {})
  const plan = buildPlan(resolved.document as PlanDocument, 'production', file)
  const { resources } = compile(plan, templates)
  const version = containerVersion(plan, resources, new Date(0)) as ContainerVersion
  const lifted = liftContainer(version, options)
  const named = new Set(lifted.others.map((each) => each.name))
  const vendors = resources.filter(
    ({ kind, name: called }) => kind === 'gtm/tag' && !lifted.lifted.includes(called),
  )
  expect(
    vendors
      .map((each) => each.name)
      .filter((each) => !named.has(each))
      .sort(),
  ).toEqual([...lifted.vendorsLifted].sort())
  const found = Object.values(lifted.document.destinations ?? {}).map(({ kind }) => kind)
  expect([...new Set(found)].sort()).toEqual(kinds)
  comesBack(lifted, version)
})
