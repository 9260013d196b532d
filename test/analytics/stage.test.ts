/** A stage is held against what its micro conversions did together, and no verdict comes from what cannot be seen. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { AnswerRows, Answers } from '../../src/analytics/ask.ts'
import type { MeasuredPlan } from '../../src/analytics/measured-plan.ts'
import { stageTargetWords } from '../../src/analytics/scorecard-words.ts'
import { stagesOf } from '../../src/analytics/stage.ts'
import { tallyOf } from '../../src/analytics/tally.ts'
import { day, JANUARY, planFrom, STORE } from './measure-sample.ts'

const store = readFileSync(STORE, 'utf8')
const AWARENESS = ['promotion_seen', 'page_scrolled', 'search']

const daily = (conversion: string): AnswerRows['daily'] => ({
  ...{ conversion, day: day('2021-01-05'), occurrences: 900, events: 900, copies: 900, sessions: 900 },
  ...{ without_id: 0, amount: null, as_sent: null, own: 0, foreign_currency: 0, no_amount: 0 },
})
const ofAll = { period: 0, slice: 'all', bucket: '', users: 0 }

/** 4,000 of 10,000 sessions did any micro conversion of the stage. */
function answers(conversions: readonly string[]): Answers {
  return {
    days: [{ day: day('2021-01-05'), events: 9000, without_user: 0, denied: 0 }],
    daily: conversions.map(daily),
    units: [{ ...ofAll, base: '', sessions: 10_000 }],
    reached: [{ ...ofAll, conversion: 'stage:awareness', sessions: 4000 }],
  }
}

const awareness = (plan: MeasuredPlan, conversions: readonly string[] = AWARENESS) =>
  stagesOf(plan, JANUARY, tallyOf(answers(conversions)))[0]

test('a target of a stage is judged by the sessions with any of its micro conversions', async () => {
  expect(awareness(await planFrom(store))).toMatchObject({
    rate: { k: 4000, n: 10_000 },
    target: { status: 'behind', text: '45% of sessions' },
    missing: [],
  })
  const reached = store.replace('{ rate: 45%, of: sessions }', '{ rate: 40%, of: sessions }')
  expect(awareness(await planFrom(reached))?.target.status).toBe('on-pace')
  const none = store.replace('    target: { rate: 45%, of: sessions }\n', '')
  expect(awareness(await planFrom(none))?.id).toBe('consideration')
})

test('a count of a stage is one of sessions, and an amount has no verdict', async () => {
  const wants = (target: string) => planFrom(store.replace('{ rate: 45%, of: sessions }', target))
  expect(awareness(await wants('{ count: 3000, per: day }'))?.target).toMatchObject({
    kind: 'count',
    wanted: 3000,
    status: 'on-pace',
  })
  expect(awareness(await wants('{ amount: 3000, per: month }'))?.target).toMatchObject({
    progress: { unknown: 'not-available-from-this-source' },
    status: 'not-enough-data',
  })
})

test('what was not seen is named, and may be what is missing', async () => {
  const open = awareness(await planFrom(store), ['promotion_seen', 'search'])
  expect(open && stageTargetWords(open)).toMatch(
    /^Awareness, at least one of .*: cannot tell, .*; no session is known of Page scrolled$/,
  )
  expect(awareness(await planFrom(store), ['promotion_seen', 'search'])).toMatchObject({
    target: { status: 'cannot-tell' },
    missing: ['Page scrolled'],
  })
  expect(awareness(await planFrom(store), [])).toMatchObject({
    rate: { unknown: 'no-data' },
    target: { status: 'not-enough-data' },
    missing: ['Promotion seen', 'Page scrolled', 'Site search'],
  })
})

test('a conversion of another stage that looks the same leaves it open; one of its own does not', async () => {
  const alike = (id: string, event: string) => planFrom(store.replace(`event: ${id}\n`, `event: ${event}\n`))
  expect(awareness(await alike('select_item', 'scroll'))?.rate).toEqual({ unknown: 'cannot-be-told-apart' })
  expect(awareness(await alike('view_promotion', 'scroll'))?.rate).toMatchObject({ k: 4000 })
})
