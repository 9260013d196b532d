/** What GA4 cannot see (orders in the CRM, clicks in mails), from files, added to the days of the answers. */
import type { Answers, AnswerRows } from './ask.ts'
import { dayOf } from './days.ts'
import type { Row } from './engine.ts'
import { AnalyticsError } from './failure.ts'
import type { Subject } from './subject.ts'

/** Adds the rows day by day. Throws AnalyticsError for a row that says no day, no whole count, or no conversion of the plan. */
export function withOutside(answers: Answers, rows: readonly Row[], subject: Subject): Answers {
  const known = new Map(subject.conversions.map((conversion) => [conversion.id, conversion]))
  const days = new Map<string, AnswerRows['daily']>()
  for (const row of rows) {
    const { conversion, day, count, value } = read(row)
    if (known.get(conversion)?.event !== undefined)
      throw bad(
        row,
        `"${conversion}" is counted by GA4 (event ${known.get(conversion)?.event ?? ''}), so a file would count it twice`,
      )
    if (!known.has(conversion)) throw bad(row, `"${conversion}" is no conversion of the plan`)
    const key = `${conversion} ${day}`
    const sum = days.get(key)
    days.set(key, {
      conversion,
      day,
      occurrences: (sum?.occurrences ?? 0) + count,
      events: (sum?.events ?? 0) + count,
      copies: (sum?.copies ?? 0) + count,
      sessions: 0,
      without_id: 0,
      amount: value === undefined ? (sum?.amount ?? null) : (sum?.amount ?? 0) + value,
      as_sent: value === undefined ? (sum?.as_sent ?? null) : (sum?.as_sent ?? 0) + value,
      own: (sum?.own ?? 0) + (value === undefined ? 0 : count),
      foreign_currency: 0,
    })
  }
  return { ...answers, daily: [...(answers.daily ?? []), ...days.values()] }
}

function read(row: Row): {
  readonly conversion: string
  readonly day: number
  readonly count: number
  readonly value?: number
} {
  const text = (name: string): string => String(row[name] ?? '').trim()
  const day = dayOf(text('day').slice(0, 10))
  if (day === undefined) throw bad(row, `"${text('day')}" is no day such as 2026-03-31`)
  const count = Number(text('count'))
  if (text('count') === '' || !Number.isInteger(count) || count < 0)
    throw bad(row, `"${text('count')}" is no whole count`)
  const value = Number(text('value'))
  if (Number.isNaN(value)) throw bad(row, `"${text('value')}" is no amount`)
  return { conversion: text('conversion'), day, count, ...(text('value') === '' ? {} : { value }) }
}

function bad({ file, place }: Row, why: string): AnalyticsError {
  return new AnalyticsError(
    'bad-outside-row',
    `${String(file)}, row ${String(place)}: ${why}.`,
    'put the row right, or take it out.',
  )
}
