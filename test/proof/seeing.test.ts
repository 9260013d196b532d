/** The time line is in the order of what caused what, whichever way it came. */
import { expect, test } from 'vitest'
import { came, nothingSeen, observation, told } from '../../src/proof/browser/seeing.ts'
import type { Scenario } from '../../src/proof/scenario.ts'

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
