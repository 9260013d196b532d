/** How much must be seen before a target, a guardrail or an experiment can be judged, and how long that takes at today's traffic. */
import { shareOf } from './amounts.ts'
import { clusters } from './bootstrap-clusters.ts'
import { AnalyticsError } from './failure.ts'
import { metricOf, type Metric } from './guardrail.ts'
import type { Period } from './period.ts'
import { isKnown } from './statistics/estimate.ts'
import { timeToTellApart, timeToTellFrom, unitsToTellApart, unitsToTellFrom } from './statistics/two-rates.ts'
import type { MeasuredConversion, MeasuredPlan } from './measured-plan.ts'
import { counted, sumOf, within, type Tally } from './tally.ts'
import { THRESHOLDS } from './thresholds.ts'
import { amountWords } from './words.ts'

export interface Power {
  readonly formatVersion: 1
  readonly id: string
  readonly unit: string
  /** From the last period: the rate, and units a week. */
  readonly rate: number
  readonly unitsPerWeek: number
  readonly questions: readonly PowerQuestion[]
  /** What the plan asks and this source cannot answer, with the reason in words. */
  readonly unanswered?: readonly { readonly question: string; readonly why: string }[]
}

export interface PowerQuestion {
  readonly question: string
  /** Two rates, or two counts or amounts a week, told apart four times out of five at 5 %. */
  readonly from: number
  readonly to: number
  /** A target is a number, so only what is seen of it scatters; a change and an experiment have two sides that do. */
  readonly sides: 1 | 2
  readonly counted: 'units' | 'occurrences'
  /** Of an amount: the plan's, '' where it names none. */
  readonly currency?: string
  /** On each side; of a count or an amount, the occurrences that come meanwhile. Never fewer than the thresholds of a verdict. */
  readonly units: number
  readonly weeks: number
}

/** Throws AnalyticsError for an id that is not in the plan, and where there is no rate to start from. */
export function powerOf(id: string, plan: MeasuredPlan, period: Period, tally: Tally): Power {
  const experiment = plan.experiments.find((one) => one.id === id)
  const improved = experiment?.improves ?? id
  const conversion = plan.conversions.find((one) => one.id === improved)
  if (conversion === undefined)
    throw new AnalyticsError(
      'no-such-conversion',
      `"${id}" is no conversion and no experiment of the plan.`,
      `use one of: ${[...plan.experiments, ...plan.conversions].map((one) => one.id).join(', ')}.`,
    )
  const hidden = conversion.unavailable?.why ?? conversion.noRate
  if (hidden !== undefined)
    throw new AnalyticsError(
      'not-available-from-this-source',
      `${conversion.title} has no rate here: ${hidden}.`,
      'measure the export: --from "data/events_*.parquet" or --from bigquery:project.dataset.',
    )
  if (conversion.event === undefined)
    throw new AnalyticsError(
      'not-available-from-this-source',
      `${conversion.title} is counted in ${conversion.system ?? conversion.source}, where no sessions are: it has no rate to start from.`,
      'plan scorecard holds its count against its target, with the interval.',
    )
  const rate = tally.rate(experiment === undefined ? conversion : ofUsers(conversion), 0, 'all', '')
  if (!isKnown(rate) || rate.k === 0)
    throw new AnalyticsError(
      'no-rows-in-the-period',
      `${conversion.title} has no rate in ${period.label}, so there is nothing to start from.`,
      'name a period in which it happened.',
    )
  const unitsPerWeek = (rate.n / (period.end - period.first)) * 7
  const weeks = (units: number): number => Math.ceil((10 * units) / unitsPerWeek) / 10
  const sides = experiment === undefined ? 1 : 2
  const change = (question: string, share: number): readonly PowerQuestion[] => {
    const to = rate.value * (1 + share)
    if (share === 0 || to <= 0 || to >= 1) return []
    const units = enoughUnits(unitsToTellApart(rate.value, to), Math.min(rate.value, to))
    return [
      { question, from: rate.value, to, sides: 2, counted: 'units', units, weeks: weeks(units * sides) },
    ]
  }
  const amount = conversion.target?.amount === undefined ? undefined : conversion.target
  const sums =
    amount === undefined ? undefined : sumsOf({ conversion, what: 'amount' }, plan.currency, period, tally)
  const guarded =
    experiment === undefined && conversion.guardrail !== undefined
      ? guardrailQuestion(conversion, conversion.guardrail, plan, period, tally)
      : undefined
  const planned = ({ target, expectedLift }: MeasuredConversion): readonly PowerQuestion[] => [
    ...targetQuestions(target, rate.value, weeks, occurrencesPerWeek(conversion, period, tally)),
    ...(amount === undefined ? [] : amountQuestions(amount, sums)),
    ...(guarded !== undefined && 'from' in guarded ? [guarded] : []),
    ...(expectedLift === undefined ? [] : change(`expected lift of ${expectedLift}`, shareOf(expectedLift))),
  ]
  return {
    formatVersion: 1,
    id,
    unit: rate.of,
    rate: rate.value,
    unitsPerWeek: Math.round(unitsPerWeek),
    questions: [
      ...(experiment === undefined ? planned(conversion) : []),
      ...(experiment?.by === undefined
        ? []
        : change(`experiment ${id}: ${experiment.by} more (two variants)`, shareOf(experiment.by))),
      ...[0.05, 0.1, 0.2].flatMap((share) => change(`a change by ${Math.round(share * 100)} %`, share)),
    ],
    ...unansweredOf([
      ...(experiment === undefined && amount !== undefined && sums === undefined
        ? [{ question: amountQuestion(amount, plan.currency), why: whyNoSums(tally) }]
        : []),
      ...(guarded !== undefined && 'why' in guarded ? [guarded] : []),
    ]),
  }
}

function unansweredOf(unanswered: NonNullable<Power['unanswered']>): Pick<Power, 'unanswered'> {
  return unanswered.length === 0 ? {} : { unanswered }
}

function whyNoSums({ answers: { buyers, users } }: Tally): string {
  return buyers === undefined || users === undefined
    ? 'this source does not say what each user was worth, so how amounts scatter is not known'
    : 'nothing of it was seen in the period, so how it scatters is not known'
}

/** No verdict is on fewer than the thresholds, however far apart two rates are. @param rate what is to be expected at least */
function enoughUnits(units: number, rate: number): number {
  return Math.max(units, THRESHOLDS.units, Math.ceil(THRESHOLDS.occurrences / rate))
}

/** What the guardrail watches, not the rate of its goal: a sum, or how often something happened, as both scatter over users. */
function guardrailQuestion(
  goal: MeasuredConversion,
  { metric, maxDrop }: NonNullable<MeasuredConversion['guardrail']>,
  plan: MeasuredPlan,
  period: Period,
  tally: Tally,
): PowerQuestion | { readonly question: string; readonly why: string } {
  const question = `guardrail: ${maxDrop} less ${metric}`
  const found = metricOf(metric, goal, plan)
  if (found === undefined)
    return {
      question,
      why: `"${metric}" is not in the data; name revenue, purchases, or the id of a conversion`,
    }
  const sums = sumsOf(found, plan.currency, period, tally)
  const drop = shareOf(maxDrop)
  if (sums === undefined) return { question, why: whyNoSums(tally) }
  if (drop === 0) return { question, why: 'no number of users tells a fall by nothing from none' }
  const to = sums.pace * (1 - drop)
  const least = THRESHOLDS.occurrences / sums.occurrencesPerWeek
  const needed = Math.max(timeToTellApart(sums.pace, to, sums.each), least)
  return {
    question,
    from: sums.pace,
    to,
    sides: 2,
    counted: 'occurrences',
    ...(found.what === 'amount' ? { currency: sums.currency } : {}),
    units: Math.ceil(needed * sums.occurrencesPerWeek),
    weeks: Math.ceil(10 * needed) / 10,
  }
}

/** Experiments are judged by users, whatever the conversion's own target is a share of. */
function ofUsers(conversion: MeasuredConversion): MeasuredConversion {
  return { ...conversion, target: { ...conversion.target, of: 'users' } }
}

interface Sums {
  readonly currency: string
  /** Money or occurrences a week, and Σx² / Σx of what each user added. */
  readonly pace: number
  readonly each: number
  readonly occurrencesPerWeek: number
}

/** What the users were worth, or did, in the period. undefined where the source knows no users, or nobody added anything. */
function sumsOf(
  { conversion, what }: Metric,
  currency: string,
  period: Period,
  tally: Tally,
): Sums | undefined {
  const drawn = clusters(conversion, tally, what, (day) => [day >= period.first && day < period.end ? 1 : 0])
  const worth = (drawn?.sums ?? []).map(([sum = 0]) => sum)
  const total = worth.reduce((all, one) => all + one, 0)
  if (total <= 0) return undefined
  return {
    currency,
    pace: (7 * total) / daysSeenIn(period, tally),
    each: worth.reduce((all, one) => all + one ** 2, 0) / total,
    occurrencesPerWeek: occurrencesPerWeek(conversion, period, tally),
  }
}

type Wanted = NonNullable<MeasuredConversion['target']>

function amountQuestion({ amount = 0, per = 'month' }: Wanted, currency: string): string {
  return `target ${amountWords(amount, currency)} per ${per}`
}

function amountQuestions(target: Wanted, sums: Sums | undefined): readonly PowerQuestion[] {
  const to = (target.amount ?? 0) / WEEKS[target.per ?? 'month']
  if (sums === undefined || to === sums.pace || to <= 0) return []
  const needed = Math.max(
    timeToTellFrom(sums.pace, to, sums.each),
    THRESHOLDS.occurrences / sums.occurrencesPerWeek,
  )
  return [
    {
      question: amountQuestion(target, sums.currency),
      from: sums.pace,
      to,
      sides: 1,
      counted: 'occurrences',
      currency: sums.currency,
      units: Math.ceil(needed * sums.occurrencesPerWeek),
      weeks: Math.ceil(10 * needed) / 10,
    },
  ]
}

function targetQuestions(
  target: MeasuredConversion['target'],
  rate: number,
  weeks: (units: number) => number,
  perWeek: number,
): readonly PowerQuestion[] {
  const one = { sides: 1 } as const
  if (target?.rate !== undefined) {
    const to = shareOf(target.rate)
    if (to === rate || to <= 0 || to >= 1) return []
    const units = enoughUnits(unitsToTellFrom(rate, to), Math.max(rate, to))
    const question = `target ${target.rate}`
    return [{ question, from: rate, to, ...one, counted: 'units', units, weeks: weeks(units) }]
  }
  if (target?.count === undefined) return []
  const per = target.per ?? 'month'
  const to = target.count / WEEKS[per]
  if (to === perWeek || to <= 0) return []
  const needed = Math.max(timeToTellFrom(perWeek, to), THRESHOLDS.occurrences / Math.max(perWeek, to))
  return [
    {
      question: `target ${target.count} per ${per}`,
      from: perWeek,
      to,
      ...one,
      counted: 'occurrences',
      units: Math.ceil(needed * perWeek),
      weeks: Math.ceil(10 * needed) / 10,
    },
  ]
}

const YEAR = 365.25 / 7
const WEEKS = { day: 1 / 7, week: 1, month: YEAR / 12, quarter: YEAR / 4, year: YEAR } as const

/** On the days that have data, as it is counted. */
function occurrencesPerWeek(conversion: MeasuredConversion, period: Period, tally: Tally): number {
  const seen = sumOf(within(tally.days(conversion.id), period), counted(conversion))
  return (7 * seen) / daysSeenIn(period, tally)
}

function daysSeenIn({ first, end }: Period, { daysSeen }: Tally): number {
  return Math.max(1, [...daysSeen].filter((day) => day >= first && day < end).length)
}
