/** A scenario by hand about several conversions says of each what is so of it, and not what is so of the others. */
import { expect, test } from 'vitest'
import { reportOf, prove } from '../../src/proof/prove.ts'
import { renderProofJunit } from '../../src/proof/report-junit.ts'
import { proofPage } from '../../src/proof/report-page.ts'
import { renderProofText } from '../../src/proof/report-text.ts'
import { logicRunner } from '../../src/proof/logic.ts'
import { ASKED_FOR } from '../../src/runtime/core/step.ts'
import type { Scenario } from '../../src/proof/scenario.ts'
import { trialFor } from './trial.ts'

const shop = trialFor({
  lead: 'event: lead, trigger: { dataLayer: lead_sent }, parameters: { kind: { dataLayer: kind } }',
  call: 'event: call, trigger: { dataLayer: called }',
  chat: 'event: chat, trigger: { dataLayer: chatted }',
  film: 'event: film, trigger: { dataLayer: watched }',
})

async function reported(told: Partial<Scenario>, of = shop, others: readonly Scenario[] = []) {
  const own = of.scenarios.find(({ id }) => id.endsWith('/fires')) as Scenario
  const scenario: Scenario = { ...own, id: 'site/both', origin: 'written', ...told }
  const observe = logicRunner(of.trial.container).run
  const scenarios = [scenario, ...others]
  const results = await prove({
    trial: of.trial,
    scenarios,
    explain: new Set(),
    observe,
    progress: () => undefined,
  })
  const plan = {
    id: 'shop',
    title: 'Shop',
    file: 'shop.yaml',
    environment: 'live',
    container: 'GTM-LIVE001',
    measurementId: 'G-LIVE000001',
    hash: '0',
  }
  const head = { level: 'logic', runtime: 'ours', pages: 'generated', plan, notes: [], mistakes: [] } as const
  return reportOf(head, of.trial, scenarios, results)
}

const push = (event: string) => ({ do: 'push', pushed: { message: { event, kind: 'b' } } }) as const

test('only what failed is refuted, each with its own reason', async () => {
  const report = await reported({
    conversions: ['lead', 'call', 'chat'],
    steps: [push('lead_sent'), push('called')],
    expect: [
      { conversion: 'lead', event: 'lead', parameters: { kind: 'a' } },
      { conversion: 'call', event: 'call', parameters: {} },
    ],
    expectNone: ['chat'],
  })
  const said = report.conversions.flatMap(({ id, results }) =>
    results.map(({ outcome, because, why }) => [id, outcome, because, why.map(({ trigger }) => trigger)]),
  )
  expect(said).toEqual([
    ['lead', 'refuted', ['the parameter kind is "b", not "a"'], ['CE - lead']],
    ['call', 'proven', [], []],
    ['chat', 'proven', [], []],
  ])
  expect(report.outcome).toBe('refuted')
  expect(JSON.stringify(report)).not.toContain('parts')
})

test('another conversion that fired is said to each that the scenario names, with the trigger that fired it', async () => {
  const report = await reported({
    conversions: ['lead', 'call'],
    steps: [push('watched')],
    expect: [],
    expectNone: ['lead', 'call'],
    expectNoOther: true,
  })
  for (const id of ['lead', 'call']) {
    const [result] = report.conversions.find((each) => each.id === id)?.results ?? []
    expect(result?.because).toEqual(['film was sent, and must not be'])
    expect(result?.why).toContainEqual(expect.objectContaining({ trigger: 'CE - film', verdict: 'yes' }))
  }
})

test('the Google tag is counted by its name, not among the conversions', async () => {
  const report = await reported({})
  const [first, ...others] = report.conversions
  if (first === undefined) throw new Error('There are conversions.')
  const text = (conversions: typeof report.conversions): string =>
    renderProofText({ ...report, conversions }, { explain: new Set(), paint: (_, words) => words })
  const tag = { ...first, id: 'google-tag' }
  expect(text([first, ...others, tag])).toContain('4 conversions and the Google tag, 1 scenario: ')
  expect(text([tag])).toContain('\nThe Google tag, 1 scenario: ')
})

test('vendors whose tags ran for a conversion are named beside the measurement id', async () => {
  const sent = trialFor(
    {
      lead: 'event: lead, trigger: { dataLayer: lead_sent }, send: { ads: AbC }',
      call: 'event: call, trigger: { dataLayer: called }',
    },
    'destinations: { ads: { kind: googleAds, id: AW-123456789 } }',
  )
  const { conversions } = await reported({}, sent)
  expect(conversions.map(({ id, vendors }) => [id, vendors])).toEqual([
    ['lead', ['ads']],
    ['call', undefined],
  ])
  const silent = await reported({ steps: [push('other')] }, sent)
  expect(silent.conversions[0]?.vendors).toBeUndefined()
})

test('a conversion of which a part was tried is told from one that nobody tried, on the page as well', async () => {
  const report = await reported({})
  const [lead, call] = report.conversions
  const [result] = lead?.results ?? []
  if (lead === undefined || call === undefined || result === undefined) throw new Error('There is one each.')
  const left = { ...result, outcome: 'not-tried', because: ['the run was stopped before it'] } as const
  const passed = { ...result, outcome: 'proven', because: [] } as const
  const conversions = [
    { ...lead, outcome: 'not-tried', results: [passed, left] },
    { ...call, outcome: 'not-tried', results: [left] },
  ] as const
  const stopped = { ...report, conversions }
  const text = renderProofText(stopped, { explain: new Set(), paint: (_, words) => words })
  expect(text).toContain('partly tried lead: lead\n            1 of 2 scenarios proven')
  expect(text).toContain('not tried   call: call')
  expect(text).toContain('1 partly tried, 1 not tried.')
  expect(proofPage(stopped)).toMatchObject({
    summary: [
      { word: 'partly tried', count: 1 },
      { word: 'not tried', count: 1 },
    ],
    conversions: [{ word: 'partly tried' }, { word: 'not tried' }],
  })
})

test('on the page a trigger says in words whether it was meant, without the ids of GTM', async () => {
  const report = await reported({})
  const trigger = { event: 'gtm.linkClick', trigger: 'Link - call', verdict: 'no', blocks: true } as const
  const asked = {
    subject: ASKED_FOR,
    operator: 'names',
    value: '0_12',
    left: '"0_9"',
    verdict: 'no',
  } as const
  const conversions = report.conversions.map((each) => ({
    ...each,
    results: each.results.map((result) => ({ ...result, why: [{ ...trigger, tests: [asked] }] })),
  }))
  const title = 'gtm.linkClick: Link - call: does not block'
  const tests = [{ plain: 'noted for this trigger: no, for others only' }]
  expect(proofPage({ ...report, conversions })).toMatchObject({
    conversions: [{ results: [{ why: [{ title, tests }] }] }, {}, {}, {}],
  })
})

test('in JUnit, too, a failure brings its reason, condition by condition', async () => {
  const report = await reported({
    conversions: ['lead'],
    steps: [push('called')],
    expect: [{ conversion: 'lead', event: 'lead', parameters: {} }],
  })
  expect(renderProofJunit(report)).toContain(`CE - lead: no
  ✗ {{_event}} equals &quot;lead_sent&quot;; was &quot;called&quot;`)
})

test('one by hand that fails leaves the others their lint', async () => {
  const buys = trialFor({ buy: 'event: buy, trigger: { click: { selector: button.buy } }' })
  const report = await reported(
    {
      conversions: ['buy'],
      steps: [],
      expect: [{ conversion: 'buy', event: 'buy', parameters: {} }],
    },
    buys,
    buys.scenarios,
  )
  const results = report.conversions.flatMap((each) => each.results)
  expect(
    results.flatMap(({ scenario, outcome, lint }) => (outcome === 'refuted' ? [[scenario, lint]] : [])),
  ).toEqual([
    ['site/both', undefined],
    ['buy/fires-on-what-is-inside', 'click-selectors-include-descendants'],
  ])
})
