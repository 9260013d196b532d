/** What is neither proven nor refuted wrongly: strangers, the page itself, other properties, twins, what never arrived. */
import { expect, test } from 'vitest'
import { around } from '../../src/proof/around.ts'
import { hitsIn } from '../../src/proof/browser/collected.ts'
import { foreignSenders } from '../../src/proof/foreign.ts'
import { judge, type Observation } from '../../src/proof/judge.ts'
import { logicRunner } from '../../src/proof/logic.ts'
import { trialOf } from '../../src/proof/prove.ts'
import type { Pushed, Scenario } from '../../src/proof/scenario.ts'
import type { ContainerVersion, TagEntity } from '../../src/runtime/core/container.ts'
import { proving, trialFor } from './trial.ts'

const PER_MONTH = 'target: { count: 1, per: month }'
const joined = trialFor({ joined: `event: sign_up, ${PER_MONTH}, trigger: { dataLayer: joined }` })

type Tried = ReturnType<typeof trialFor>

const EVENTS: { readonly [id: string]: string } = { joined: 'sign_up', lead: 'generate_lead' }

/** A scenario by hand in which these messages are pushed. */
function pushing(id: string, pushes: readonly Pushed[], expected?: 'silent'): Scenario {
  return {
    id: 'site/one',
    title: 'one',
    conversions: [id],
    origin: 'written',
    page: { url: 'https://www.shop.example/', cookies: {}, before: [] },
    steps: pushes.map((pushed) => ({ do: 'push', pushed })),
    expect: expected === 'silent' ? [] : [{ conversion: id, event: EVENTS[id] ?? '', parameters: {} }],
    expectNone: expected === 'silent' ? [id] : [],
    expectNoOther: false,
  }
}

async function resultOf(tried: Pick<Tried, 'trial'>, scenario: Scenario): Promise<readonly string[]> {
  const [result] = await proving({ trial: tried.trial, scenarios: [scenario] })
  return [result?.outcome ?? '', ...(result?.because ?? [])]
}

const event = (name: string): Pushed => ({ message: { event: name } })

/** The plan around which one tag of a stranger fires on the event "other" and on "joined". */
function beside(tried: Tried, tag: Partial<TagEntity>, more: object = {}): Pick<Tried, 'trial'> {
  const arg = (key: string, value: string) => ({ type: 'template', key, value })
  const trigger = (triggerId: string, name: string) => ({
    triggerId,
    name: `CE ${name}`,
    type: 'customEvent',
    customEventFilter: [{ type: 'equals', parameter: [arg('arg0', '{{_event}}'), arg('arg1', name)] }],
    ...more,
  })
  const foreign = {
    ...tried.version,
    tag: [{ tagId: '900', name: 'Old', firingTriggerId: ['800', '801'], ...tag }],
    trigger: [trigger('800', 'other'), trigger('801', 'joined')],
    variable: [
      {
        variableId: '1',
        name: 'Title',
        type: 'jsm',
        parameter: [arg('javascript', 'function() { return 1 }')],
      },
    ],
  } as unknown as ContainerVersion
  const version = around(foreign, tried.version, 'shop', new Date(0))
  const isOurs = ({ name }: TagEntity): boolean => name !== 'Old'
  const { senders } = foreignSenders(version, isOurs, 'logic')
  return { trial: { ...trialOf(tried.plan, tried.resources, version), foreign: senders } }
}

const eventTag = (name: string, id: string): Partial<TagEntity> => ({
  type: 'gaawe',
  parameter: [
    { type: 'template', key: 'eventName', value: name },
    { type: 'template', key: 'measurementIdOverride', value: id },
  ],
})

test('an event that a stranger’s tag sends where it must be silent is no silence', async () => {
  const tried = beside(joined, eventTag('sign_up', 'G-LIVE000001'))
  expect(await resultOf(tried, pushing('joined', [event('other')], 'silent'))).toEqual([
    'refuted',
    'sign_up was sent by the tag “Old” of the container, to G-LIVE000001, and must not be',
  ])
})

test('what a stranger’s tag sends to another measurement id is no silence where that is of the same property', async () => {
  const elsewhere = beside(joined, eventTag('sign_up', 'G-OTHER00001'))
  expect(await resultOf(elsewhere, pushing('joined', [event('other')], 'silent'))).toEqual([
    'not-proven',
    'sign_up was sent by the tag “Old” of the container, to G-OTHER00001, and must not be where that is a stream of the same property',
  ])
})

test('whether a stranger’s Google tag runs leaves page views open', async () => {
  const undecided = {
    filter: [
      {
        type: 'equals',
        parameter: [
          { type: 'template', key: 'arg0', value: '{{Title}}' },
          { type: 'template', key: 'arg1', value: '1' },
        ],
      },
    ],
  }
  const googleTag = {
    type: 'googtag',
    parameter: [{ type: 'template', key: 'tagId', value: 'G-LIVE000001' }],
  }
  const view = trialFor(
    { view: `event: page_view, ${PER_MONTH}, trigger: { dataLayer: seen }` },
    'googleTag: existing',
  )
  expect(
    await resultOf(beside(view, googleTag, undecided), pushing('view', [event('other')], 'silent')),
  ).toEqual(['not-proven', expect.stringContaining('may send page_view too: it is a Google tag')])
})

test('an event that the page tells gtag of is neither silence nor counted once, unless it goes elsewhere', async () => {
  const told = (...call: unknown[]) => resultOf(joined, pushing('joined', [event('joined'), { gtag: call }]))
  const quiet = (...call: unknown[]) => resultOf(joined, pushing('joined', [{ gtag: call }], 'silent'))
  const open = [
    'not-proven',
    "the page calls gtag('event', 'sign_up') as well: whether Google’s library sends that too is not shown",
  ]
  for (const result of [told, quiet]) {
    expect(await result('event', 'sign_up')).toEqual(open)
    expect(await result('event', 'sign_up', { send_to: ['G-LIVE000001'] })).toEqual(open)
    expect(await result('event', 'sign_up', { send_to: 'G-OTHER00001' })).toEqual(['proven'])
    expect(await result('event', 'other')).toEqual(['proven'])
    expect(await result('consent', 'update', {})).toEqual(['proven'])
  }
})

test('one that was sent and may have been sent once more is not proven', async () => {
  const lead = trialFor({
    lead: `event: generate_lead, ${PER_MONTH}, trigger: { any: [{ dataLayer: lead }, { dataLayer: more, when: [{ global: { app.ready: { equals: yes } } }] }] }`,
  })
  expect(await resultOf(lead, pushing('lead', [event('lead')]))).toEqual(['proven'])
  expect(await resultOf(lead, pushing('lead', [event('lead'), event('more')]))).toEqual([
    'not-proven',
    expect.stringContaining('whether lead fires once more is not known'),
  ])
})

test('where the marker never came, what did not come either is not refuted', () => {
  const seen: Observation = { hits: [], decisions: [], timeline: () => [], marker: false, problems: [] }
  const { outcome, because } = judge(joined.trial, pushing('joined', []), seen, false)
  expect([outcome, ...because]).toEqual(['not-proven', 'the marker sent at the end never arrived'])
})

test('where the tag is not seen, conversions of one event name are not told apart, and none is refuted for another', async () => {
  const twins = trialFor({
    here: `event: generate_lead, ${PER_MONTH}, trigger: { dataLayer: lead, when: [{ path: { equals: /here } }] }`,
    all: `event: generate_lead, ${PER_MONTH}, trigger: { dataLayer: lead }`,
    joined: `event: sign_up, ${PER_MONTH}, trigger: { dataLayer: joined }`,
  })
  const observe = (scenario: Scenario): Observation => {
    const seen = logicRunner(twins.trial.container).run(scenario)
    return { ...seen, hits: seen.hits.map(({ tag, ...hit }) => (void tag, hit)), decisions: [] }
  }
  const results = await proving(twins, { observe })
  const outcomes = Object.fromEntries(results.map(({ scenario, outcome }) => [scenario, outcome]))
  expect(outcomes).toMatchObject({
    'here/fires': 'not-proven',
    'here/silent-otherwise': 'proven',
    'here/silent-unless-when-1': 'not-proven',
    'all/fires': 'not-proven',
    'joined/fires': 'proven',
  })
  const none = await proving(twins, { observe: (scenario) => ({ ...observe(scenario), hits: [] }) })
  expect(none.find(({ scenario }) => scenario === 'here/fires')?.outcome).toBe('refuted')
})

test('where the tag is not seen, what goes to another measurement id beside may count twice, and is not refuted', () => {
  const seen = logicRunner(joined.trial.container).run(pushing('joined', [event('joined')]))
  const [hit] = seen.hits.filter((each) => each.event === 'sign_up')
  const { tag, ...untagged } = hit as NonNullable<typeof hit>
  const other = { ...untagged, target: 'G-OTHER00001' }
  const outcome = (hits: Observation['hits'], scenario: Scenario) =>
    judge(joined.trial, scenario, { ...seen, decisions: [], hits }, false).outcome
  const fires = { ...pushing('joined', []), origin: 'derived' as const }
  expect(tag).toBeDefined()
  expect(outcome([untagged], fires)).toBe('proven')
  expect(outcome([untagged, other], fires)).toBe('not-proven')
  expect(outcome([other], fires)).toBe('refuted')
  expect(outcome([other], pushing('joined', [], 'silent'))).toBe('not-proven')
  expect(outcome([untagged], pushing('joined', [], 'silent'))).toBe('refuted')
})

test('a hit that no tag sent is the page’s own: it proves nothing of a conversion', () => {
  const url = new URL('https://www.google-analytics.com/g/collect?v=2&tid=G-LIVE000001&en=sign_up')
  const hits = hitsIn({ method: 'POST', url, body: Buffer.from(''), headers: {} }, true)
  const seen: Observation = { hits, decisions: [], timeline: () => [], marker: true, problems: [] }
  const because = (scenario: Scenario) => judge(joined.trial, scenario, seen, false).because
  expect(because(pushing('joined', []))).toEqual([expect.stringContaining('sign_up was not sent')])
  expect(because(pushing('joined', [], 'silent'))).toEqual([
    'sign_up was sent by the page itself, to G-LIVE000001, and must not be',
  ])
})

test('an environment that leaves its measurement id to GA4 refutes none', () => {
  const { measurementId, ...trial } = joined.trial
  expect(measurementId).toBe('G-LIVE000001')
  const { hits } = logicRunner(joined.trial.container).run(pushing('joined', [event('joined')]))
  const seen: Observation = { hits, decisions: [], timeline: () => [], marker: true, problems: [] }
  expect(judge(trial, pushing('joined', []), seen, false).outcome).toBe('proven')
})
