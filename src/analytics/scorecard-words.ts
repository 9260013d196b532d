/** The scorecard in sentences: each says its number, its interval and its denominator, or why there is none. */
import { SEGMENTS } from './ask.ts'
import type {
  Benchmark,
  Change,
  Conversion,
  Estimate,
  Guardrail,
  PartTarget,
  Quartiles,
  Rate,
  Scorecard,
  StageSeen,
  Target,
  Unknown,
} from './scorecard-types.ts'
import { isKnown } from './statistics/estimate.ts'
import { amountWords, duration, percent, UNKNOWN_WORDS, whole } from './words.ts'

export function unknownWords({ unknown }: Unknown): string {
  return UNKNOWN_WORDS[unknown]
}

/** `1.2 % of sessions (0.94 % to 1.5 %; 79 of 6,739)`. */
export function rateWords(rate: Rate | Unknown): string {
  if (!isKnown(rate)) return `rate: ${unknownWords(rate)}`
  return `${percent(rate.value)} of ${rate.of} (${percent(rate.low)} to ${percent(rate.high)}; ${whole(rate.k)} of ${whole(rate.n)})`
}

/** `By channel: Email 40, Push 12`, one sentence a way of looking at it. */
export function segmentWords(segments: NonNullable<Conversion['segments']>): readonly string[] {
  return SEGMENTS.flatMap((slice) => {
    const own = segments.filter((one) => one.slice === slice)
    if (own.length === 0) return []
    return [
      `by ${slice}: ${own.map(({ bucket, occurrences }) => `${bucket} ${whole(occurrences)}`).join(', ')}`,
    ]
  })
}

/** What the plan says of it beside numbers: `metric: orders per session; beside it revenue`, who agreed, what is given for it. */
export function saidWords({ metric, metrics = [], approvedBy, incentive }: Conversion): readonly Said[] {
  const beside =
    metrics.length === 0 ? [] : [`${metric === undefined ? '' : 'beside it '}${metrics.join(', ')}`]
  const watched = [...(metric === undefined ? [] : [metric]), ...beside]
  return [
    ...(watched.length === 0 ? [] : [{ name: 'Metric', value: watched.join('; ') }]),
    ...(approvedBy === undefined ? [] : [{ name: 'Approved by', value: approvedBy }]),
    ...(incentive === undefined ? [] : [{ name: 'Incentive', value: `${incentive}: some do it for that` }]),
  ]
}

interface Said {
  readonly name: string
  readonly value: string
}

export function countWords(count: Conversion['count'], value: Conversion['value'], currency: string): string {
  if (!isKnown(count)) return unknownWords(count)
  const worth =
    isKnown(value) && value.amount !== 0
      ? `, ${amountWords(value.amount, currency)}${value.assumed > 0 ? ` (${amountWords(value.assumed, currency)} of it at the plan’s value)` : ''}`
      : ''
  return `${whole(count.occurrences)} ${count.occurrences === 1 ? 'time' : 'times'}${worth}`
}

export const STATUS = {
  'on-pace': 'on pace',
  behind: 'behind',
  'cannot-tell': 'cannot tell',
  'not-enough-data': 'not enough data',
} as const

export function targetWords({ kind, text, wanted, progress, status, by }: Target): string {
  const until = by === undefined ? '' : ` by ${by}`
  if (!isKnown(progress)) return `target ${text}${until}: ${unknownWords(progress)}`
  const here = kind === 'rate' || wanted < 1 ? '' : `, ${few(wanted)} in these days`
  return `target ${text}${until}${here}: ${STATUS[status]}, ${reachedWords(progress)} of it reached`
}

/** How much of a target is reached. Who is behind has not reached all of it, however near the interval comes. */
export function reachedWords(progress: Estimate): string {
  return interval(progress, (share) =>
    share < 1 && percent(share) === percent(1) ? `under ${percent(1)}` : percent(share),
  )
}

/** As many digits as its share of what was reached needs to add up. */
function few(wanted: number): string {
  return wanted < 10 && !Number.isInteger(wanted) ? wanted.toFixed(1) : whole(wanted)
}

/** `Awareness, at least one of its micros: 37 % of sessions (…); target 45 % of sessions: behind, …`. */
export function stageTargetWords({ title, rate, target, missing }: StageSeen): string {
  const of = target.kind === 'count' && isKnown(target.progress) ? ' (sessions with any)' : ''
  return `${title}, at least one of its micros: ${rateWords(rate)}; ${targetWords(target)}${of}${withoutWords(missing)}`
}

export function withoutWords(missing: StageSeen['missing']): string {
  return missing.length === 0 ? '' : `; no session is known of ${missing.join(', ')}`
}

/** `Kuwait: target 140 per month: behind, ...`; a count of a part is one of sessions. */
export function partTargetWords({ part, target }: PartTarget): string {
  const of = target.kind === 'count' && isKnown(target.progress) ? ' (sessions with it)' : ''
  return `${part}: ${targetWords(target)}${of}`
}

export function benchmarkWords({ channel, device, low, high, rate, verdict }: Benchmark): string {
  const where = [channel, device].filter((one) => one !== undefined).join(', ')
  const [named, range] = [where === '' ? 'all' : where, `${percent(low)} to ${percent(high)}`]
  if (!isKnown(rate)) return `${named}: ${unknownWords(rate)}, against ${range}`
  const seen = `${percent(rate.value)} (${percent(rate.low)} to ${percent(rate.high)}, n ${whole(rate.n)})`
  return `${named}: ${seen}, against ${range}: ${verdict === 'not-enough-data' ? 'not enough data' : verdict}`
}

const TREND = {
  up: 'up',
  down: 'down',
  'no-change-seen': 'no change seen',
  'not-enough-data': 'not enough data',
} as const

export function trendWords({ against, difference, verdict, detectable }: Change): string {
  if (!isKnown(difference)) return `against ${against}: ${unknownWords(difference)}`
  const least = detectable === undefined ? '' : `; from ${points(detectable)} it would have been seen`
  return `against ${against}: ${TREND[verdict]}, ${interval(difference, signedPoints)}${verdict === 'no-change-seen' || verdict === 'not-enough-data' ? least : ''}`
}

export function guardrailWords({ goal, metric, maxDrop, change, verdict, reason }: Guardrail): string {
  const seen = isKnown(change)
    ? `, ${interval(change, signedPercent)} against the same weekdays before; ${percent(maxDrop)} less is allowed${verdict === 'cannot-tell' ? `. ${reason}` : ''}`
    : `: ${reason.replace(/^No verdict: /, '')}`
  return `${goal}, ${metric}: ${verdict === 'cannot-tell' ? 'cannot tell' : verdict}${seen}`
}

/** `19,920 of 27,067 users saw several variants and are in none.`; nothing where nobody did. */
export function mixedWords({ mixed, variants }: Scorecard['experiments'][number]): readonly string[] {
  if (mixed === 0) return []
  const all = variants.reduce((sum, { rate }) => sum + (isKnown(rate) ? rate.n : 0), mixed)
  return [`${whole(mixed)} of ${whole(all)} users saw several variants and are in none.`]
}

type Variant = Scorecard['experiments'][number]['variants'][number]

/** One variant: `new: 1.1 % of users (…), +0.56 points (+0.36 points to +0.78 points) against the control; guard purchase: ok`. */
export function variantWords(one: Variant): string {
  return `${one.variant}${one.control ? ' (control)' : ''}: ${variantSeen(one)}`
}

export function variantSeen({ rate, effect, guards }: Pick<Variant, 'rate' | 'effect' | 'guards'>): string {
  const against = isKnown(effect) ? [`${interval(effect, signedPoints)} against the control`] : []
  const guarded = guards.map(
    ({ goal, verdict }) => `guard ${goal}: ${verdict === 'cannot-tell' ? 'cannot tell' : verdict}`,
  )
  return [rateWords(rate), ...against, ...guarded].join('; ')
}

/** Of a step of the funnel that the data show nothing of. */
export const UNSEEN_STEP = 'no data, left out'

/** `by stage: Awareness 656 USD, Decision 559 USD`; nothing where all is in one. */
export function stageWords(
  { stages, valued }: Pick<Scorecard['assisted'][number], 'stages' | 'valued'>,
  currency: string,
): readonly string[] {
  if (stages.length < 2) return []
  const said = stages.map(
    ({ stage, value }) =>
      `${stage === '' ? 'none' : stage} ${amountWords(value, valued === 'count' ? '' : currency)}`,
  )
  return [`by stage: ${said.join(', ')}`]
}

export const SLICE = {
  device: 'By device',
  channel: 'By channel',
  market: 'By market',
  segment: 'By audience segment',
} as const

type Bucket = Scorecard['breakdowns'][number]['buckets'][number]

export function bucketName({ bucket, title }: Pick<Bucket, 'bucket' | 'title'>): string {
  return title ?? (bucket === '' ? 'not said' : bucket)
}

/** The goals of one part of the visitors: `Kuwait: 560 sessions; Completed purchase 18 % of sessions (…)`. */
export function bucketWords(bucket: Bucket, conversions: readonly Conversion[]): string {
  const goals = conversions.filter(({ tier }) => tier === 'goal')
  const said = goals.flatMap(({ id, title }) => {
    const found = bucket.rates.find(({ conversion }) => conversion === id)
    if (found === undefined || !isKnown(found.rate)) return []
    return [`${title} ${rateWords(found.rate)}${found.enough ? '' : ', too little for a verdict'}`]
  })
  return `${bucketName(bucket)}: ${[`${whole(bucket.sessions)} sessions`, ...said].join('; ')}`
}

export function quartileWords(time: Quartiles): string {
  return `${duration(time.half)} (half of ${whole(time.n)} between ${duration(time.quarter)} and ${duration(time.threeQuarters)})`
}

export function interval(estimate: Estimate, words: (value: number) => string): string {
  return `${words(estimate.value)} (${words(estimate.low)} to ${words(estimate.high)})`
}

function points(share: number): string {
  return `${(share * 100).toFixed(2)} points`
}

export function signedPoints(share: number): string {
  return `${sign(share)}${(Math.abs(share) * 100).toFixed(2)} points`
}

export function signedPercent(share: number): string {
  return `${sign(share)}${percent(Math.abs(share))}`
}

function sign(value: number): string {
  return value > 0 ? '+' : value < 0 ? '−' : ''
}

export function headline(card: Scorecard): string {
  const { period } = card
  const days = period.first === period.last ? period.first : `${period.first} to ${period.last}`
  // Days that were named one by one have no other name.
  return `${card.title}, ${period.label.includes('..') ? days : `${period.label} (${days})`}`
}

export function sourceWords({ source, environment, asOf, totals }: Scorecard): string {
  const events = totals.events === null ? '' : `, ${whole(totals.events)} events`
  const names = source.names.length > 2 ? `${source.names.length} files` : source.names.join(', ')
  return `${environment}, as of ${asOf}, from ${names}: ${whole(totals.sessions)} sessions of ${whole(totals.users)} users${events}.`
}

/** Said once on every scorecard. */
export const CAVEAT =
  'Intervals are 95 %. What stands beside a micro is an association: who does it may have bought anyway.'

export function thresholdWords({ thresholds }: Scorecard): string {
  return `No verdict on fewer than ${thresholds.units} units or ${thresholds.occurrences} occurrences, seen or to be expected.`
}
