/** The answers, put in an order in which they can be looked up. A question without an answer stays one. */
import type { AnswerRows, Answers, OutsideRow } from './ask.ts'
import { baseOf, stageKey, type Slice } from './asked.ts'
import type { Period } from './period.ts'
import type { Rate, Unknown } from './scorecard-types.ts'
import { isKnown } from './statistics/estimate.ts'
import { wilson } from './statistics/wilson.ts'
import type { MeasuredConversion, MeasuredStage } from './measured-plan.ts'

export type Day = AnswerRows['daily']

export interface Tally {
  readonly answers: Answers
  /** Days that have data at all. */
  readonly daysSeen: ReadonlySet<number>
  readonly days: (conversion: string) => readonly Day[]
  /** Days that rows of files of what GA4 cannot see are of, each once, the earliest first. */
  readonly outsideDays: readonly number[]
  /** Those rows, by conversion. */
  readonly outside: (conversion: string) => readonly OutsideRow[]
  readonly rate: (
    conversion: MeasuredConversion,
    period: number,
    slice: Slice,
    bucket: string,
  ) => Rate | Unknown
  /** The share of units that did at least one micro conversion of a stage in the period that is looked at. */
  readonly stageRate: (stage: MeasuredStage) => Rate | Unknown
  readonly buckets: (slice: Slice) => readonly { readonly bucket: string; readonly sessions: number }[]
}

export const NOT_AVAILABLE: Unknown = { unknown: 'not-available-from-this-source' }

export function tallyOf(answers: Answers): Tally {
  const daily = groupBy(answers.daily ?? [], ({ conversion }) => conversion)
  const reached = new Map(
    (answers.reached ?? []).map((row) => [cell(row.conversion, row.period, row.slice, row.bucket), row]),
  )
  const units = new Map(
    (answers.units ?? []).map((row) => [cell(row.base, row.period, row.slice, row.bucket), row]),
  )
  const outside = groupBy(answers.outside ?? [], ({ conversion }) => conversion)
  const share = (
    id: string,
    said: Pick<MeasuredConversion, 'target'>,
    ...of: readonly [number, Slice, string]
  ): Rate | Unknown => {
    const unit = said.target?.of === 'users' ? 'users' : 'sessions'
    const n = units.get(cell(baseOf(said), ...of))?.[unit] ?? 0
    const k = reached.get(cell(id, ...of))?.[unit] ?? 0
    return rateOf(k, n, said.target?.of ?? 'sessions')
  }
  const isRated = answers.units !== undefined && answers.reached !== undefined
  const seen = (answers.days ?? []).filter(({ events }) => events > 0)
  return {
    answers,
    daysSeen: new Set(seen.map(({ day }) => day)),
    days: (conversion) => daily.get(conversion) ?? [],
    outsideDays: [...new Set((answers.outside ?? []).map(({ day }) => day))].sort((a, b) => a - b),
    outside: (conversion) => outside.get(conversion) ?? [],
    rate: (conversion, period, slice, bucket) => {
      if (!isRated) return NOT_AVAILABLE
      if (conversion.event === undefined || conversion.noRate !== undefined) return NOT_AVAILABLE
      // An event that no day has may not be sent at all: 0 % of it would be a verdict from nothing.
      if (answers.daily !== undefined && !daily.has(conversion.id)) return { unknown: 'no-data' }
      if (conversion.sameAs.length > 0) return { unknown: 'cannot-be-told-apart' }
      return share(conversion.id, conversion, period, slice, bucket)
    },
    stageRate: (stage) => (isRated ? share(stageKey(stage), stage, 0, 'all', '') : NOT_AVAILABLE),
    buckets: (slice) =>
      (answers.units ?? [])
        .filter((row) => row.base === '' && row.period === 0 && row.slice === slice)
        .map(({ bucket, sessions }) => ({ bucket, sessions }))
        .sort((a, b) => b.sessions - a.sessions || (a.bucket < b.bucket ? -1 : 1)),
  }
}

function cell(...parts: readonly (string | number)[]): string {
  return parts.join('\u0000')
}

export function rateOf(k: number, n: number, of: string): Rate | Unknown {
  const estimate = wilson(k, n)
  if (!isKnown(estimate)) return { unknown: 'no-units' }
  const { value, low, high } = estimate
  return { k, n, of, value, low, high }
}

/** The rows of a period, and what they add up to. */
export function within(rows: readonly Day[], { first, end }: Pick<Period, 'first' | 'end'>): readonly Day[] {
  return rows.filter(({ day }) => day >= first && day < end)
}

export function sumOf<T>(rows: readonly T[], value: (row: T) => number | null): number {
  return rows.reduce((sum, row) => sum + (value(row) ?? 0), 0)
}

/** The number that a conversion counts by: occurrences, or sessions where each session counts once. */
export function counted(conversion: MeasuredConversion): (row: Day) => number {
  return conversion.counting === 'sessions' && conversion.event !== undefined
    ? ({ sessions, occurrences }) => sessions || occurrences
    : ({ occurrences }) => occurrences
}

export function groupBy<T>(rows: readonly T[], key: (row: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(key(row))
    if (group === undefined) groups.set(key(row), [row])
    else group.push(row)
  }
  return groups
}
