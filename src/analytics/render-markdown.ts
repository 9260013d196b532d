/** The scorecard for an issue: tables, the same sentences. */
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
  mixedWords,
  variantWords,
  UNSEEN_STEP,
} from './scorecard-words.ts'
import { isKnown } from './statistics/estimate.ts'
import { amountWords, percent, whole } from './words.ts'

/** Marks the issue that is edited in place. */
export const MARK = '<!-- plan scorecard -->'

export function renderScorecardMarkdown(card: Scorecard): string {
  const parts = [
    `${MARK}\n# ${text(headline(card))}`,
    `${text(sourceWords(card))} ${CAVEAT} ${thresholdWords(card)}`,
    list('Data', [...card.source.notes, ...card.quality.map((one) => `**${one.severity}** ${one.text}`)]),
    list(
      'Alarms',
      card.alerts.map((one) => one.text),
    ),
    list('Guardrails', card.guardrails.map(guardrailWords)),
    list(
      'Do next',
      card.next.map(
        ({ what, why, owner, worth }) =>
          `${what} ${why}${owner === undefined ? '' : ` (${owner})`}${worth !== undefined && isKnown(worth) && worth.value > 0 ? ` The gap is worth ${interval(worth, (value) => amountWords(value, card.currency))}, by association.` : ''}`,
      ),
      true,
    ),
    table(
      'Goals',
      ['Goal', 'Count', 'Rate', 'Target', 'Trend', 'Benchmarks', 'Owner and notes'],
      card.conversions
        .filter(({ tier }) => tier === 'goal')
        .map((row) => conversionCells(row, card.currency)),
    ),
    table(
      'Micro conversions',
      ['Micro', 'Count', 'Rate', 'Target', 'Trend', 'Benchmarks', 'Owner and notes'],
      card.conversions
        .filter(({ tier }) => tier === 'micro')
        .map((row) => conversionCells(row, card.currency)),
    ),
    list('Stages', card.stages.map(stageTargetWords)),
    // One part is the whole.
    ...card.breakdowns
      .filter(({ buckets }) => buckets.length > 1)
      .map(({ slice, buckets }) =>
        list(
          `Goals ${SLICE[slice].toLowerCase()}`,
          buckets.map((bucket) => bucketWords(bucket, card.conversions)),
        ),
      ),
    ...card.funnels.map(({ unit, steps, slowest, steepest }) =>
      table(
        `Funnel of ${unit}`,
        ['Step', 'Units', 'Of the step before', 'Lost', 'Time'],
        steps.map(({ id, title, seen, units, rate, lost, time }) => [
          `${title}${id === slowest ? ' (slowest)' : ''}${id === steepest ? ' (loses most)' : ''}`,
          seen ? whole(units) : UNSEEN_STEP,
          isKnown(rate) ? `${percent(rate.value)} (${percent(rate.low)} to ${percent(rate.high)})` : '',
          seen ? whole(lost) : '',
          isKnown(time) ? quartileWords(time) : '',
        ]),
      ),
    ),
    ...card.distinct.map(({ goal, steps }) =>
      list(
        `${goal} by number of distinct micros before it`,
        steps.map(({ micros, rate }) => `${micros}: ${rateWords(rate)}`),
      ),
    ),
    ...card.assisted.flatMap(({ goal, shares, total, occurrences, stages, valued }) => [
      table(
        `Value of ${goal}, shared over the micros before it`,
        ['Micro', 'Share', 'Before'],
        [
          ...shares.map(({ micro, value, occurrences: before }) => [
            micro === '' ? 'no micro before it' : micro,
            amountWords(value, card.currency),
            whole(before),
          ]),
          ['together', amountWords(total, card.currency), whole(occurrences)],
        ],
      ),
      ...stageWords({ stages, valued }, card.currency).map((line) => text(line)),
    ]),
    ...card.experiments.map((one) =>
      list(`Experiment “${one.title}”: ${one.verdict.replaceAll('-', ' ')}`, [
        one.reason,
        ...mixedWords(one),
        ...one.variants.map(variantWords),
      ]),
    ),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

function conversionCells(row: Conversion, currency: string): string[] {
  const owner = [
    ...(row.owner === undefined ? [] : [row.owner]),
    ...saidWords(row).map(({ name, value }) => `${name}: ${value}`),
    ...row.notes,
  ].join('\n')
  if (!isKnown(row.count)) return [row.title, unknownWords(row.count), '', '', '', '', owner]
  return [
    row.title,
    [countWords(row.count, row.value, currency), ...segmentWords(row.segments ?? [])].join('\n'),
    [
      rateWords(row.rate),
      ...(isKnown(row.timeToAction) ? [`time to it: ${quartileWords(row.timeToAction)}`] : []),
      ...(row.lag !== undefined && isKnown(row.lag)
        ? [`from the last micro: ${quartileWords(row.lag)}`]
        : []),
    ].join('\n'),
    [
      ...(row.target === undefined ? [] : [targetWords(row.target)]),
      ...(row.targets ?? []).map(partTargetWords),
    ].join('\n'),
    row.trend.map(trendWords).join('\n'),
    row.benchmarks.map(benchmarkWords).join('\n'),
    owner,
  ]
}

function list(title: string, items: readonly string[], numbered = false): string {
  if (items.length === 0) return ''
  const lines = items.map((item) => `${numbered ? '1.' : '-'} ${text(item, true)}`)
  return `## ${text(title)}\n\n${lines.join('\n')}`
}

function table(title: string, heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => text(cell)).join(' | ')} |`
  return [
    `## ${text(title)}`,
    '',
    line(heads),
    `| ${heads.map(() => '---').join(' | ')} |`,
    ...rows.map(line),
  ].join('\n')
}

/** A text that stays one cell or item, and is no markup: a title of the plan is a stranger's. `**` is ours where it is kept. */
function text(value: string, bold = false): string {
  const escaped = value.replaceAll(/[\\`_[\]<>|@#!~]/g, (character) =>
    character === '@' ? '@\u200b' : `\\${character}`,
  )
  const starred = bold
    ? escaped
        .replace(/^\*\*(error|warning|info)\*\*/, '\u0000$1\u0000')
        .replaceAll('*', '\\*')
        .replaceAll('\u0000', '**')
    : escaped.replaceAll('*', '\\*')
  return starred.replaceAll('\n', '<br>')
}
