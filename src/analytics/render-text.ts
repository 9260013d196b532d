/** The scorecard for a terminal of 80 columns. */
import type { Conversion, Scorecard } from './scorecard-types.ts'
import {
  benchmarkWords,
  bucketWords,
  CAVEAT,
  countWords,
  guardrailWords,
  headline,
  interval,
  quartileWords,
  rateWords,
  saidWords,
  segmentWords,
  SLICE,
  sourceWords,
  stageTargetWords,
  stageWords,
  partTargetWords,
  targetWords,
  thresholdWords,
  trendWords,
  unknownWords,
  UNSEEN_STEP,
  mixedWords,
  variantWords,
} from './scorecard-words.ts'
import { isKnown } from './statistics/estimate.ts'
import { amountWords, percent, whole } from './words.ts'
import { wrapped } from './wrapped.ts'

export function renderScorecardText(card: Scorecard): string {
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['Data', [...card.source.notes, ...card.quality.map(({ severity, text }) => `${severity}: ${text}`)]],
    ['Alarms', card.alerts.map(({ text }) => text)],
    ['Guardrails', card.guardrails.map(guardrailWords)],
    [
      'Do next',
      card.next.map(
        ({ rank, what, why, owner, worth }) =>
          `${rank}. ${what} ${why}${owner === undefined ? '' : ` (${owner})`}${worth !== undefined && isKnown(worth) && worth.value > 0 ? ` The gap is worth ${interval(worth, (value) => amountWords(value, card.currency))}, by association.` : ''}`,
      ),
    ],
  ]
  const blocks = [
    [
      wrapped(headline(card), 0),
      wrapped(sourceWords(card), 0),
      wrapped(`${CAVEAT} ${thresholdWords(card)}`, 0),
    ].join('\n'),
    ...sections.flatMap(([title, lines]) => (lines.length === 0 ? [] : [section(title, lines)])),
    section('Goals', []) + conversions(card, 'goal'),
    section('Micro conversions', []) + conversions(card, 'micro'),
    ...(card.stages.length === 0 ? [] : [section('Stages', card.stages.map(stageTargetWords))]),
    // One part is the whole.
    ...card.breakdowns
      .filter(({ buckets }) => buckets.length > 1)
      .map(({ slice, buckets }) =>
        section(
          `Goals ${SLICE[slice].toLowerCase()}`,
          buckets.map((bucket) => bucketWords(bucket, card.conversions)),
        ),
      ),
    ...card.funnels.map((funnel) => section(`Funnel of ${funnel.unit}`, funnelLines(funnel))),
    ...card.distinct.map(({ goal, steps }) =>
      section(
        `${goal} by number of distinct micros before it`,
        steps.map(({ micros, rate }) => `${micros}: ${rateWords(rate)}`),
      ),
    ),
    ...card.assisted.map((one) =>
      section(`Value of ${one.goal}, shared equally over the micros before it`, [
        ...one.shares.map(
          ({ micro, value, occurrences }) =>
            `${micro === '' ? 'no micro before it' : micro}: ${amountWords(value, card.currency)} (before ${whole(occurrences)})`,
        ),
        ...stageWords(one, card.currency),
        `together: ${amountWords(one.total, card.currency)} of ${whole(one.occurrences)}`,
      ]),
    ),
    ...card.experiments.map((one) =>
      section(`Experiment “${one.title}”: ${one.verdict.replaceAll('-', ' ')}`, [
        one.reason,
        ...mixedWords(one),
        ...one.variants.map(variantWords),
      ]),
    ),
  ]
  return `${blocks.join('\n\n')}\n`
}

function section(title: string, lines: readonly string[]): string {
  return [title, ...lines.map((line) => wrapped(line, 2))].join('\n')
}

function conversions(card: Scorecard, tier: Conversion['tier']): string {
  return card.conversions
    .filter((row) => row.tier === tier)
    .map((row) => `\n${rowLines(row, card.currency).join('\n')}`)
    .join('')
}

function rowLines(row: Conversion, currency: string): string[] {
  const owner = row.owner === undefined ? '' : ` (${row.owner})`
  const lines = isKnown(row.count)
    ? [
        `${countWords(row.count, row.value, currency)}; ${rateWords(row.rate)}`,
        ...(row.target === undefined ? [] : [targetWords(row.target)]),
        ...segmentWords(row.segments ?? []),
        ...(row.targets ?? []).map(partTargetWords),
        ...row.trend.map(trendWords),
        ...row.benchmarks.map(benchmarkWords),
        ...(isKnown(row.timeToAction) ? [`time to it: ${quartileWords(row.timeToAction)}`] : []),
        ...(row.lag !== undefined && isKnown(row.lag)
          ? [`from the last micro: ${quartileWords(row.lag)}`]
          : []),
      ]
    : [unknownWords(row.count)]
  const said = saidWords(row).map(({ name, value }) => `${name.toLowerCase()}: ${value}`)
  return [
    wrapped(`${row.title}${owner}`, 2),
    ...[...lines, ...said, ...row.notes].map((line) => wrapped(line, 4)),
  ]
}

function funnelLines({ steps, slowest, steepest }: Scorecard['funnels'][number]): string[] {
  const first = steps.find(({ seen }) => seen)?.id
  return steps.map(({ id, title, seen, units, rate, lost, time }) => {
    if (!seen) return `${title}: ${UNSEEN_STEP}`
    if (id === first || !isKnown(rate)) return `${title}: ${whole(units)}`
    const marks = [id === slowest ? 'slowest' : '', id === steepest ? 'loses most' : ''].filter(
      (mark) => mark !== '',
    )
    const share = `${percent(rate.value)} (${percent(rate.low)} to ${percent(rate.high)})`
    const took = isKnown(time) ? `, after ${quartileWords(time)}` : ''
    return `${title}: ${whole(units)}, ${share} of the step before, ${whole(lost)} lost${took}${marks.length === 0 ? '' : ` [${marks.join(', ')}]`}`
  })
}
