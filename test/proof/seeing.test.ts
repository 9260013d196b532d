/** The time line is in the order of what caused what, whichever way it came. */
import { expect, test } from 'vitest'
import { came, nothingSeen, observation, told } from '../../src/proof/browser/seeing.ts'
import { logicRunner } from '../../src/proof/logic.ts'
import type { Scenario } from '../../src/proof/scenario.ts'
import { proving, trialFor } from './trial.ts'

const hit = (event: string) => ({
  event,
  target: 'G-1',
  to: 'https://analytics.google.com/g/collect',
  parameters: {},
  userProperties: {},
  items: [],
  page: '/',
  keyEvent: false,
  tag: '1',
  open: {},
})

const scenario = { id: 'a/fires' } as Scenario
const said = (event: string, hits: number) =>
  JSON.stringify({ push: { event }, decisions: [], hits: Array.from({ length: hits }, () => ({})) })

test('a hit stands after the push that it was sent for, though it came before the page said so', () => {
  const seen = nothingSeen(scenario)
  told(seen, said('gtm.js', 0))
  came(seen, hit('called'))
  told(seen, said('gtm.linkClick', 1))
  told(seen, said('lead_sent', 1))
  came(seen, hit('lead'))
  // Nobody says that he sent this one.
  came(seen, hit('stranger'))
  expect(
    observation(seen)
      .timeline()
      .map(({ text }) => text),
  ).toEqual([
    '{"event":"gtm.js"}',
    '{"event":"gtm.linkClick"}',
    'called to G-1: {}',
    '{"event":"lead_sent"}',
    'lead to G-1: {}',
    'stranger to G-1: {}',
  ])
  expect(observation(seen).problems).toEqual([])
})

test('what the page pushes and nobody can read proves nothing', () => {
  const seen = nothingSeen(scenario)
  told(seen, JSON.stringify({ push: '', decisions: [], hits: [], problem: 'RangeError: too deep' }))
  expect(observation(seen).problems).toEqual(['the page pushed what cannot be read: RangeError: too deep'])
})

test('an event that the page tells gtag of is not proven to be counted once, unless it goes elsewhere', async () => {
  const made = trialFor({ lead: 'event: generate_lead, trigger: { dataLayer: lead }' })
  const fires = made.scenarios.filter(({ id }) => id === 'lead/fires')
  const observe = logicRunner(made.trial.container).run
  const because = async (...call: unknown[]) => {
    const page = nothingSeen(scenario)
    told(page, JSON.stringify({ push: call, decisions: [], hits: [] }))
    const { gtagEvents = [] } = observation(page)
    const [result] = await proving(
      { ...made, scenarios: fires },
      { observe: (each) => ({ ...observe(each), gtagEvents }) },
    )
    return [result?.outcome, ...(result?.because ?? [])]
  }
  expect(await because('event', 'generate_lead')).toEqual([
    'not-proven',
    "the page calls gtag('event', 'generate_lead') as well: whether Google’s library sends that too is not shown",
  ])
  expect((await because('event', 'generate_lead', { send_to: ['G-LIVE000001'] }))[0]).toBe('not-proven')
  expect(await because('event', 'generate_lead', { send_to: 'G-OTHER00001' })).toEqual(['proven'])
  expect(await because('event', 'other')).toEqual(['proven'])
  expect(await because('consent', 'update', {})).toEqual(['proven'])
})
