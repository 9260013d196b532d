/** A target of the plan, cut down to a period, and how far the period has come. */
import { dayText, monthStart, weekdayOf } from './days.ts'
import { shareOf } from './amounts.ts'
import { clusters } from './bootstrap-clusters.ts'
import { filled, foreignOf, unvaluedOf } from './money.ts'
import { isSilent } from './outside.ts'
import type { Period } from './period.ts'
import type { Estimate, PartTarget, Rate, Target, Unknown } from './scorecard-types.ts'
import { clusterBootstrap } from './statistics/cluster-bootstrap.ts'
import { isKnown } from './statistics/estimate.ts'
import { poissonCount } from './statistics/poisson.ts'
import type { Slice } from './asked.ts'
import type { MeasuredConversion, MeasuredPlan } from './measured-plan.ts'
import { partWords } from '../words/plan-words.ts'
import { counted, sumOf, within, type Day, type Tally } from './tally.ts'
import { THRESHOLDS } from './thresholds.ts'
import { amountWords } from './words.ts'

type Wanted = NonNullable<MeasuredConversion['target']>
type Per = NonNullable<Wanted['per']>
type Part = MeasuredConversion['targets'][number]

/** What came day by day. */
interface Daily {
  readonly rows: readonly Day[]
  readonly count: (row: Day) => number
  /** A day without data says nothing of it. */
  readonly isSeenDaily: boolean
}

function countedBy(conversion: MeasuredConversion, tally: Tally): Daily {
  return {
    rows: tally.days(conversion.id),
    count: counted(conversion),
    isSeenDaily: conversion.event !== undefined,
  }
}

/** undefined where the plan wants nothing. */
export function targetOf(
  conversion: MeasuredConversion,
  period: Period,
  tally: Tally,
  rate: Rate | Unknown,
  currency: string,
): Target | undefined {
  const { target } = conversion
  if (target === undefined) return undefined
  const seen = sumOf(within(tally.days(conversion.id), period), counted(conversion))
  const held = heldAgainst(target, rate, {
    currency,
    seen,
    share: (per) => shareOfPeriod(countedBy(conversion, tally), period, per, tally),
    progress: (wanted) =>
      unseen(conversion, period, tally) ??
      (target.amount === undefined
        ? countProgress(seen, wanted)
        : amountProgress(conversion, period, tally, wanted)),
  })
  return isShortOfAmounts(conversion, period, tally, held) ? { ...held, status: 'cannot-tell' } : held
}

/** Whether a sum may be behind for nothing but amounts that are in none, not sent or in another currency: worth the average of the others, they would fill it. */
function isShortOfAmounts(
  conversion: MeasuredConversion,
  period: Period,
  tally: Tally,
  { kind, progress, status }: Target,
): boolean {
  if (kind !== 'amount' || !isKnown(progress) || status === 'on-pace' || status === 'not-enough-data')
    return false
  const missing = [unvaluedOf(conversion, period, tally), foreignOf(conversion, period, tally)]
  return missing.reduce((reached, some) => reached * filled(some), progress.value) >= 1
}

/** A target of a rate against the rate; one of a count or an amount against what is seen of it. */
function heldAgainst(
  target: Wanted,
  rate: Rate | Unknown,
  {
    currency,
    seen,
    share,
    progress,
  }: {
    /** Of an amount. */
    readonly currency: string
    readonly seen: number
    /** How much of the target falls on the period. */
    readonly share: (per: Per) => number
    readonly progress: (wanted: number) => Estimate | Unknown
  },
): Target {
  const by = target.by === undefined ? {} : { by: target.by }
  if (target.rate !== undefined) {
    const wanted = shareOf(target.rate)
    const reached: Estimate | Unknown = isKnown(rate)
      ? { value: rate.value / wanted, low: rate.low / wanted, high: rate.high / wanted, n: rate.n }
      : rate
    const enough = isKnown(rate) && rate.n >= THRESHOLDS.units && isEnough(rate.k, rate.n * wanted)
    return {
      kind: 'rate',
      text: `${target.rate} of ${target.of ?? 'sessions'}`,
      wanted,
      progress: reached,
      status: status(reached, enough),
      ...by,
    }
  }
  const isAmount = target.amount !== undefined
  const whole = target.count ?? target.amount ?? 0
  const per = target.per ?? 'month'
  const wanted = whole * share(per)
  const reached = progress(wanted)
  const enough = isKnown(reached) && isEnough(seen, isAmount ? 0 : wanted)
  return {
    kind: isAmount ? 'amount' : 'count',
    text: `${amountWords(whole, isAmount ? currency : '')} per ${per}`,
    wanted,
    progress: reached,
    status: status(reached, enough),
    ...by,
  }
}

/** Targets of parts of the visitors, each with the part in words; a market by its title. */
export function partTargetsOf(
  conversion: MeasuredConversion,
  period: Period,
  tally: Tally,
  { markets, currency }: Pick<MeasuredPlan, 'markets' | 'currency'>,
): PartTarget[] {
  return conversion.targets.map((part) => {
    const titleOf = (id: string): string => markets.find((market) => market.id === id)?.title ?? id
    return { part: partWords(part, titleOf), target: partTarget(conversion, part, period, tally, currency) }
  })
}

/**
 * A part's count is the number of its sessions with the conversion: occurrences are not counted by part. What is a share of another
 * whole than the conversion's own target, or of a market and something else at once, no answer has.
 */
function partTarget(
  conversion: MeasuredConversion,
  part: Part,
  period: Period,
  tally: Tally,
  currency: string,
): Target {
  const of = part.rate === undefined ? 'sessions' : (part.of ?? 'sessions')
  const isAsked = of === (conversion.target?.of ?? 'sessions')
  const slice = sliceOf(part)
  const rate: Rate | Unknown =
    slice === undefined || !isAsked
      ? { unknown: 'not-available-from-this-source' }
      : tally.rate(conversion, 0, ...slice)
  return unitsAgainst(part, rate, countedBy(conversion, tally), period, tally, currency)
}

/** A stage's target; its count is the number of sessions with any of its micro conversions. */
export function stageTarget(
  target: Wanted,
  rate: Rate | Unknown,
  rows: readonly Day[],
  period: Period,
  tally: Tally,
  currency: string,
): Target {
  const daily = { rows, count: ({ sessions }: Day) => sessions, isSeenDaily: true }
  return unitsAgainst(target, rate, daily, period, tally, currency)
}

/** What is counted by units: a rate, or the number of those that did it. */
function unitsAgainst(
  wanted: Wanted,
  rate: Rate | Unknown,
  daily: Daily,
  period: Period,
  tally: Tally,
  currency: string,
): Target {
  return heldAgainst(wanted, rate, {
    currency,
    seen: isKnown(rate) ? rate.k : 0,
    share: (per) => shareOfPeriod(daily, period, per, tally),
    progress: (share) => {
      if (wanted.amount !== undefined) return { unknown: 'not-available-from-this-source' }
      if (isKnown(rate)) return countProgress(rate.k, share)
      // A part of whom nobody came: its count is not known to be nothing, for its events may not say whose they are.
      return rate.unknown === 'no-units' ? { unknown: 'no-data' } : rate
    },
  })
}

function sliceOf({ channel, device, market }: Part): readonly [Slice, string] | undefined {
  if (market !== undefined)
    return channel === undefined && device === undefined ? ['market', market] : undefined
  if (channel !== undefined && device !== undefined) return ['channel, device', `${channel}, ${device}`]
  return channel !== undefined ? ['channel', channel] : ['device', device ?? '']
}

function unseen(conversion: MeasuredConversion, period: Period, tally: Tally): Unknown | undefined {
  if (conversion.sameAs.length > 0) return { unknown: 'cannot-be-told-apart' }
  if (conversion.event === undefined && tally.days(conversion.id).length === 0)
    return { unknown: 'not-available-from-this-source' }
  if (conversion.event === undefined && isSilent(period, tally)) return { unknown: 'no-data' }
  // As with its rate: nothing is said of an event that no day has.
  return tally.days(conversion.id).length === 0 ? { unknown: 'no-data' } : undefined
}

/** Nothing at all, where many were to be expected, is enough to say that they did not come. */
function isEnough(seen: number, expected: number): boolean {
  return Math.max(seen, expected) >= THRESHOLDS.occurrences
}

function status(progress: Estimate | Unknown, enough: boolean): Target['status'] {
  if (!isKnown(progress) || !enough) return 'not-enough-data'
  if (progress.value >= 1) return 'on-pace'
  return progress.high < 1 ? 'behind' : 'cannot-tell'
}

function countProgress(seen: number, wanted: number): Estimate | Unknown {
  if (wanted === 0) return { unknown: 'no-data' }
  const count = poissonCount(seen)
  if (!isKnown(count)) return count
  return { value: count.value / wanted, low: count.low / wanted, high: count.high / wanted, n: count.n }
}

function amountProgress(
  conversion: MeasuredConversion,
  period: Period,
  tally: Tally,
  wanted: number,
): Estimate | Unknown {
  if (wanted === 0) return { unknown: 'no-data' }
  const drawn = clusters(conversion, tally, 'amount', (day) => [
    day >= period.first && day < period.end ? 1 : 0,
  ])
  return drawn === undefined
    ? { unknown: 'not-available-from-this-source' }
    : clusterBootstrap(drawn, ([sum = 0]) => sum / wanted)
}

/**
 * How much of a target falls on the days of a period that have data: each day weighs as its weekday did on the days before the
 * period, all alike where two weeks of them are not to be had.
 */
function shareOfPeriod(daily: Daily, period: Period, per: Per, tally: Tally): number {
  const weights = weekdayWeights(daily, period, tally)
  const weigh = (day: number): number => weights[weekdayOf(day)] ?? 1
  const sums = new Map<number, number>()
  let share = 0
  for (let day = period.first; day < period.end; day++) {
    if (daily.isSeenDaily && !tally.daysSeen.has(day)) continue
    const [first, end] = spanAround(day, per, period)
    const sum = sums.get(first) ?? daysFrom(first, end).reduce((total, one) => total + weigh(one), 0)
    sums.set(first, sum)
    share += weigh(day) / sum
  }
  return share
}

function daysFrom(first: number, end: number): number[] {
  return Array.from({ length: end - first }, (_, index) => first + index)
}

function spanAround(day: number, per: Per, period: Period): readonly [number, number] {
  if (per === 'day') return [day, day + 1]
  if (per === 'week') {
    const into = (((day - period.first) % 7) + 7) % 7
    return [day - into, day - into + 7]
  }
  const months = { month: 1, quarter: 3, year: 12 }[per]
  const month = Number(dayText(day).slice(5, 7)) - 1
  const first = monthStart(day, -(month % months))
  return [first, monthStart(first, months)]
}

function weekdayWeights({ rows: all, count }: Daily, period: Period, tally: Tally): readonly number[] {
  const before = [...tally.daysSeen].filter((day) => day < period.first && day >= period.first - 56)
  const rows = all.filter(({ day }) => day < period.first && day >= period.first - 56)
  const even = [1, 1, 1, 1, 1, 1, 1]
  if (before.length < 14 || sumOf(rows, count) < 70) return even
  return even.map((_, weekday) => {
    const days = before.filter((day) => weekdayOf(day) === weekday).length
    const sum = sumOf(
      rows.filter(({ day }) => weekdayOf(day) === weekday),
      count,
    )
    return days === 0 ? 1 : sum / days
  })
}
