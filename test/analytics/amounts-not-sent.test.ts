/** Amounts that were not sent are no fall of what was sold. */
import { expect, test } from 'vitest'
import type { Answers } from '../../src/analytics/ask.ts'
import { dayText } from '../../src/analytics/days.ts'
import { periodBefore, type Period } from '../../src/analytics/period.ts'
import { scorecardOf } from '../../src/analytics/scorecard.ts'
import { day, planFrom, STORE } from './measure-sample.ts'
import { readFileSync } from 'node:fs'

const WEEK: Period = { kind: 'week', label: '2026-W10', first: day('2026-03-02'), end: day('2026-03-09') }
const WEEKS = [WEEK]
while (WEEKS.length < 5) WEEKS.push(periodBefore(WEEKS.at(-1) ?? WEEK, 'monday'))

/** Forty orders of 20 a day; in the week itself as many as are said, of which some carry no amount. */
function answers(orders: number, without: number): Answers {
  const first = WEEKS.at(-1)?.first ?? 0
  const days = Array.from({ length: WEEK.end - first }, (_, index) => first + index)
  const made = days.map((one) =>
    one < WEEK.first ? { day: one, orders: 40, without: 0 } : { day: one, orders, without },
  )
  return {
    days: days.map((one) => ({ day: one, events: 1000, without_user: 0, denied: 0 })),
    users: [{ period: 0, sessions: 7000, users: 7000 }],
    daily: made.map((one) => ({
      conversion: 'purchase',
      day: one.day,
      occurrences: one.orders,
      events: one.orders,
      copies: one.orders,
      sessions: one.orders,
      without_id: 0,
      amount: 20 * (one.orders - one.without),
      as_sent: 20 * (one.orders - one.without),
      own: one.orders - one.without,
      foreign_currency: 0,
      no_amount: one.without,
    })),
    buyers: made.flatMap((one) =>
      Array.from({ length: one.orders }, (_, person) => ({
        conversion: 'purchase',
        person: one.day * 1000 + person,
        day: one.day,
        occurrences: 1,
        amount: person < one.without ? null : 20,
        foreign_currency: 0,
      })),
    ),
  }
}

async function judged(given: Answers, by = '') {
  const yaml = readFileSync(STORE, 'utf8').replace('target: { count: 400,', `target: { amount: 22000,${by}`)
  const card = scorecardOf({
    plan: await planFrom(yaml),
    periods: WEEKS,
    asOf: day('2026-03-20'),
    source: { kind: 'files', names: [], notes: [] },
    answers: given,
  })
  const row = card.conversions.find(({ id }) => id === 'purchase')
  return {
    guardrail: card.guardrails[0]?.verdict,
    reason: card.guardrails[0]?.reason,
    target: row?.target?.status,
    found: card.quality.filter(({ code }) => code === 'occurrences-without-amount'),
    alerts: card.alerts.filter(({ kind }) => kind === 'target').length,
  }
}

test('half as many orders are a breach and behind', async () => {
  expect(await judged(answers(20, 0))).toMatchObject({
    guardrail: 'breach',
    target: 'behind',
    found: [],
    alerts: 1,
  })
})

test('behind before the day of the target is no alarm yet; on its day it is', async () => {
  const last = dayText(WEEK.end - 1)
  expect(await judged(answers(20, 0), ' by: 2027-03-31,')).toMatchObject({ target: 'behind', alerts: 0 })
  expect(await judged(answers(20, 0), ` by: ${last},`)).toMatchObject({ target: 'behind', alerts: 1 })
})

test('as many orders, half of them without an amount, are neither: the data section says so', async () => {
  expect(await judged(answers(40, 20))).toEqual({
    guardrail: 'cannot-tell',
    reason: '140 of 280 carry no amount, none before: that may be the whole fall.',
    target: 'cannot-tell',
    found: [
      {
        code: 'occurrences-without-amount',
        severity: 'error',
        text: 'Completed purchase: 140 of 280 carry no amount, or 0. Sums of its amounts are too low by what those were worth.',
        conversion: 'purchase',
      },
    ],
    alerts: 0,
  })
})

test('a fall that amounts not sent do not fill stays one', async () => {
  expect(await judged(answers(20, 2))).toMatchObject({ guardrail: 'breach', target: 'behind' })
})
