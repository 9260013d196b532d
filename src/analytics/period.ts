/** Periods of the review cadence: the one that is looked at, and the four before it. Days are numbers since 1970; the end is out. */
import { dayOf, dayText, monthStart, weekdayOf } from './days.ts'
import { AnalyticsError } from './failure.ts'

export type Cadence = 'weekly' | 'monthly' | 'quarterly' | 'yearly'
export type WeekStart = 'monday' | 'sunday' | 'saturday'

export interface Period {
  readonly kind: 'week' | 'month' | 'quarter' | 'year' | 'days'
  /** 2021-W02, 2021-01, 2021-Q1, 2021, or 2021-01-04..2021-01-10. */
  readonly label: string
  readonly first: number
  readonly end: number
}

export interface PeriodOptions {
  readonly week?: string
  readonly month?: string
  readonly since?: string
  readonly until?: string
  /** The day that counts as today. */
  readonly asOf: number
}

/** How many days a week that starts on this day lies before or behind the ISO week of the same number. */
const SHIFT: Readonly<Record<WeekStart, number>> = { monday: 0, sunday: -1, saturday: -2 }

/**
 * The period that the options name, else the last full one of the cadence before the day. Throws AnalyticsError for a name that
 * means no days, and for a period that is not over.
 */
export function periodOf(options: PeriodOptions, cadence: Cadence, weekStart: WeekStart): Period {
  const period = named(options, weekStart) ?? lastFull(options.asOf, cadence, weekStart)
  if (period.end > options.asOf)
    throw new AnalyticsError(
      'period-is-not-over',
      `${period.label} ends on ${dayText(period.end - 1)}, and today is ${dayText(options.asOf)}.`,
      'name an earlier period; a day counts once it is over.',
    )
  return period
}

function named(options: PeriodOptions, weekStart: WeekStart): Period | undefined {
  const { week, month, since, until } = options
  const given = [week, month, since ?? until].filter((one) => one !== undefined)
  if (given.length > 1)
    throw bad('--week, --month and --since with --until name one period; give one of them.')
  if (week !== undefined) return weekNamed(week, weekStart)
  if (month !== undefined) {
    const first = dayOf(`${month}-01`)
    if (first === undefined) throw bad(`"${month}" is no month.`)
    return monthFrom(first)
  }
  if (since === undefined && until === undefined) return undefined
  if (since === undefined || until === undefined) throw bad('--since and --until go together.')
  const first = dayOf(since)
  const last = dayOf(until)
  if (first === undefined || last === undefined)
    throw bad(`"${first === undefined ? since : until}" is no day.`)
  if (last < first) throw bad(`${until} is before ${since}.`)
  return { kind: 'days', label: `${since}..${until}`, first, end: last + 1 }
}

function bad(message: string): AnalyticsError {
  return new AnalyticsError(
    'bad-period',
    message,
    'for example --week 2021-W02, --month 2021-01, or --since 2021-01-04 --until 2021-01-10.',
  )
}

function weekNamed(text: string, weekStart: WeekStart): Period {
  const [, year = '', number = ''] = /^(\d{4})-W(\d{2})$/.exec(text) ?? []
  const fourth = dayOf(`${year}-01-04`)
  // The ISO week 1 is the one with 4 January.
  const first = fourth === undefined ? NaN : fourth - ((weekdayOf(fourth) + 6) % 7) + (Number(number) - 1) * 7
  const period =
    Number.isNaN(first) || number === '00' ? undefined : weekFrom(first + SHIFT[weekStart], weekStart)
  if (period?.label !== text) throw bad(`"${text}" is no week.`)
  return period
}

function weekFrom(first: number, weekStart: WeekStart): Period {
  const thursday = first - SHIFT[weekStart] + 3
  const year = dayText(thursday).slice(0, 4)
  const number = Math.floor((thursday - (dayOf(`${year}-01-01`) ?? 0)) / 7) + 1
  return { kind: 'week', label: `${year}-W${String(number).padStart(2, '0')}`, first, end: first + 7 }
}

function monthFrom(first: number): Period {
  return { kind: 'month', label: dayText(first).slice(0, 7), first, end: monthStart(first, 1) }
}

function monthsFrom(first: number, months: 3 | 12): Period {
  const [year = '', month = ''] = dayText(first).split('-')
  const label = months === 12 ? year : `${year}-Q${(Number(month) + 2) / 3}`
  return { kind: months === 12 ? 'year' : 'quarter', label, first, end: monthStart(first, months) }
}

function lastFull(asOf: number, cadence: Cadence, weekStart: WeekStart): Period {
  if (cadence === 'weekly') {
    const startDay = { monday: 1, sunday: 0, saturday: 6 }[weekStart]
    return weekFrom(asOf - ((weekdayOf(asOf) - startDay + 7) % 7) - 7, weekStart)
  }
  const thisMonth = monthStart(asOf)
  if (cadence === 'monthly') return monthFrom(monthStart(asOf, -1))
  const months = cadence === 'quarterly' ? 3 : 12
  const into = (Number(dayText(thisMonth).slice(5, 7)) - 1) % months
  return monthsFrom(monthStart(thisMonth, -into - months), months)
}

/** The period of the same length before; months, quarters and years follow the calendar. */
export function periodBefore(period: Period, weekStart: WeekStart): Period {
  switch (period.kind) {
    case 'week':
      return weekFrom(period.first - 7, weekStart)
    case 'month':
      return monthFrom(monthStart(period.first, -1))
    case 'quarter':
      return monthsFrom(monthStart(period.first, -3), 3)
    case 'year':
      return monthsFrom(monthStart(period.first, -12), 12)
    case 'days': {
      const first = period.first - (period.end - period.first)
      return {
        kind: 'days',
        label: `${dayText(first)}..${dayText(period.first - 1)}`,
        first,
        end: period.first,
      }
    }
  }
}
