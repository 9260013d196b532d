/** What GA4 cannot see (orders in the CRM, clicks in mails), from files, added to the days of the answers. */
import { SEGMENTS, type Answers, type AnswerRows, type OutsideRow } from './ask.ts'
import { dayOf, dayText } from './days.ts'
import type { Row } from './engine.ts'
import { AnalyticsError } from './failure.ts'
import type { Period } from './period.ts'
import type { Conversion } from './scorecard-types.ts'
import type { MeasuredPlan } from './measured-plan.ts'
import type { Tally } from './tally.ts'

/**
 * The rows as read. Throws AnalyticsError for one without a day that has been, a whole count or a conversion that only files count.
 * @param today a day to come is a mistake of writing: two digits exchanged, or a forecast among counts
 */
export function outsideRows(
  rows: readonly Row[],
  plan: Pick<MeasuredPlan, 'conversions'>,
  today: number,
): readonly OutsideRow[] {
  const known = new Map(plan.conversions.map((conversion) => [conversion.id, conversion]))
  return rows.map((row) => {
    const said = read(row)
    const conversion = known.get(said.conversion)
    if (conversion === undefined) throw bad(row, `"${said.conversion}" is no conversion of the plan`)
    if (conversion.event !== undefined)
      throw bad(
        row,
        `"${conversion.id}" is counted by GA4 (event ${conversion.event}), so a file would count it twice`,
      )
    if (said.day > today) throw bad(row, `${dayText(said.day)} lies in the future`)
    return said
  })
}

/** Adds the rows day by day. */
export function withOutside(answers: Answers, outside: readonly OutsideRow[]): Answers {
  const days = new Map<string, AnswerRows['daily']>()
  for (const { conversion, day, count, value } of outside) {
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
export function isSilent(
  { first, end }: Pick<Period, 'first' | 'end'>,
  tally: Pick<Tally, 'outsideDays'>,
): boolean {
  const held = daysOutside(tally)
  if (held === undefined || tally.outsideDays.some((day) => day >= first && day < end)) return false
  return !(held.first < first && held.last >= end)
}

/** The days that rows of the files are of; undefined where there are none. */
export function daysOutside({
  outsideDays,
}: Pick<Tally, 'outsideDays'>): { readonly first: number; readonly last: number } | undefined {
  const [first] = outsideDays
  const last = outsideDays.at(-1)
  return first === undefined || last === undefined ? undefined : { first, last }
}

type Segment = NonNullable<Conversion['segments']>[number]

/** What the files say of a conversion by channel, device and market; nothing for a column that they lack. */
export function segmentsOf(
  conversion: string,
  { first, end }: Pick<Period, 'first' | 'end'>,
  { outside }: Pick<Tally, 'outside'>,
): readonly Segment[] {
  const rows = outside(conversion).filter(({ day }) => day >= first && day < end)
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

/** GA4's own words. A channel may be one of the property's, and a market one of another environment. */
const DEVICES: readonly string[] = ['desktop', 'mobile', 'tablet', 'smart tv']

function read(row: Row): OutsideRow {
  const text = (name: string): string => String(row[name] ?? '').trim()
  const day = dayOf(text('day').slice(0, 10))
  if (day === undefined) throw bad(row, `"${text('day')}" is no day such as 2026-03-31`)
  const count = Number(text('count'))
  if (text('count') === '' || !Number.isInteger(count) || count < 0)
    throw bad(row, `"${text('count')}" is no whole count`)
  const value = Number(text('value'))
  if (Number.isNaN(value)) throw bad(row, `"${text('value')}" is no amount`)
  const device = text('device').toLowerCase()
  if (device !== '' && !DEVICES.includes(device))
    throw bad(row, `"${text('device')}" is no device of GA4 (${DEVICES.join(', ')})`)
  return {
    conversion: text('conversion'),
    day,
    count,
    ...(text('value') === '' ? {} : { value }),
    channel: text('channel'),
    device,
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
