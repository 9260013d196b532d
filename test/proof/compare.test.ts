import { expect, test } from 'vitest'
import { compareRuns } from '../../src/proof/compare.ts'
import type { Judged } from '../../src/proof/judge.ts'
import type { SeenHit } from '../../src/proof/report.ts'

const hit = (event: string, method: string): SeenHit => ({
  event,
  target: 'G-SHOP000001',
  to: 'https://analytics.google.com/g/collect',
  parameters: { method },
  userProperties: {},
  items: [],
  keyEvent: false,
  open: {},
})
const run = (scenario: string, saw: readonly SeenHit[], more: Partial<Judged> = {}): Judged => ({
  scenario,
  title: scenario,
  origin: 'derived',
  expected: [],
  saw,
  outcome: 'proven',
  because: [],
  notModelled: [],
  why: [],
  timeline: [],
  ...more,
})

test('what one runtime sent and the other did not is a difference, and so is a value', () => {
  const ours = [run('joins', [hit('sign_up', 'email')]), run('calls', [hit('call', 'phone')])]
  const theirs = [run('joins', [hit('sign_up', 'phone')]), run('calls', [])]
  expect(compareRuns(ours, theirs, 'Google’s')).toEqual({
    differences: [
      { scenario: 'joins', text: 'sign_up, method: "email" from our runtime, "phone" from Google’s' },
      { scenario: 'calls', text: 'call: 1 from our runtime, 0 from Google’s' },
    ],
    notes: [],
  })
})

test('of a page that failed nothing is compared, and where none is left that is no agreement', () => {
  const ours = [run('joins', [hit('sign_up', 'email')]), run('calls', [])]
  const failed = run('joins', [], { outcome: 'not-proven', failed: true })
  expect(compareRuns(ours, [failed, run('calls', [])], 'Google’s')).toEqual({
    differences: [],
    notes: ['Not compared, for the page failed: 1 scenario: joins.'],
  })
  const left = run('calls', [], { outcome: 'not-tried' })
  expect(compareRuns(ours, [failed, left], 'Google’s')).toEqual({
    notes: ['Not compared, for the page failed: 1 scenario: joins.', 'No scenario was left to compare.'],
  })
})
