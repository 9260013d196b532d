/** What GA4 cannot see (orders in the CRM, clicks in mails), from files, added to the days of the answers. */
import { SEGMENTS, type Answers, type AnswerRows, type OutsideRow } from './ask.ts'
import { dayOf } from './days.ts'
import type { Row } from './engine.ts'
import { AnalyticsError } from './failure.ts'
import type { Period } from './period.ts'
import type { Conversion } from './scorecard-types.ts'
import type { MeasuredPlan } from './measured-plan.ts'

/** Adds the rows day by day. Throws AnalyticsError for a row that says no day, no whole count, or no conversion of the plan. */
export function withOutside(answers: Answers, rows: readonly Row[], plan: MeasuredPlan): Answers {
  const known = new Map(plan.conversions.map((conversion) => [conversion.id, conversion]))
  const days = new Map<string, AnswerRows['daily']>()
  const outside: OutsideRow[] = []
  for (const row of rows) {
    const said = read(row)
    const { conversion, day, count, value } = said
    outside.push(said)
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
      no_amount: (sum?.no_amount ?? 0) + (value === undefined ? count : 0),
    })
  }
  return { ...answers, daily: [...(answers.daily ?? []), ...days.values()], outside }
}

/**
 * Whether the files say nothing of a period: no row of them is in it, and not some before and some after it. Then what only they
 * count is not known; with rows on both sides nothing happened.
 */
export function isSilent({ first, end }: Pick<Period, 'first' | 'end'>, { outside = [] }: Answers): boolean {
  const some = (test: (day: number) => boolean): boolean => outside.some(({ day }) => test(day))
  if (outside.length === 0 || some((day) => day >= first && day < end)) return false
  return !(some((day) => day < first) && some((day) => day >= end))
}

/** The days that rows of the files are of; undefined where there are none. */
export function daysOutside({
  outside = [],
}: Answers): { readonly first: number; readonly last: number } | undefined {
  const days = outside.map(({ day }) => day).sort((a, b) => a - b)
  const [first] = days
  const last = days.at(-1)
  return first === undefined || last === undefined ? undefined : { first, last }
}

type Segment = NonNullable<Conversion['segments']>[number]

/** What the files say of a conversion by channel, device and market; nothing for a column that they lack. */
export function segmentsOf(
  conversion: string,
  { first, end }: Pick<Period, 'first' | 'end'>,
  { outside = [] }: Answers,
): readonly Segment[] {
  const rows = outside.filter((row) => row.conversion === conversion && row.day >= first && row.day < end)
  return SEGMENTS.flatMap((slice) => {
    if (rows.every((row) => row[slice] === '')) return []
    const sums = new Map<string, Segment>()
    for (const row of rows) {
      const bucket = row[slice] === '' ? '(not set)' : row[slice]
      const sum = sums.get(bucket) ?? { slice, bucket, occurrences: 0, value: null }
      const value = row.value === undefined ? sum.value : (sum.value ?? 0) + row.value
      sums.set(bucket, { ...sum, occurrences: sum.occurrences + row.count, value })
    }
    return [...sums.values()].sort((a, b) => b.occurrences - a.occurrences || (a.bucket < b.bucket ? -1 : 1))
  })
}

function read(row: Row): OutsideRow {
  const text = (name: string): string => String(row[name] ?? '').trim()
  const day = dayOf(text('day').slice(0, 10))
  if (day === undefined) throw bad(row, `"${text('day')}" is no day such as 2026-03-31`)
  const count = Number(text('count'))
  if (text('count') === '' || !Number.isInteger(count) || count < 0)
    throw bad(row, `"${text('count')}" is no whole count`)
  const value = Number(text('value'))
  if (Number.isNaN(value)) throw bad(row, `"${text('value')}" is no amount`)
  return {
    conversion: text('conversion'),
    day,
    count,
    ...(text('value') === '' ? {} : { value }),
    channel: text('channel'),
    device: text('device'),
    market: text('market'),
  }
}

function bad({ file, place }: Row, why: string): AnalyticsError {
  return new AnalyticsError(
    'bad-outside-row',
    `${String(file)}, row ${String(place)}: ${why}.`,
    'put the row right, or take it out.',
  )
}
