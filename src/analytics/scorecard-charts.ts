/** The charts of the scorecard. Every rate is a dot on its 95 % interval; what no verdict may stand on is hollow. */
import * as Plot from '@observablehq/plot'
import { chart } from '../pages/chart.ts'
import type { Markup } from '../pages/render-page.ts'
import type { Estimate, Rate, Unknown } from './scorecard-types.ts'
import { interval, rateWords, signedPercent, unknownWords } from './scorecard-words.ts'
import { isKnown } from './statistics/estimate.ts'
import { percent } from './words.ts'
import { fit } from '../words/width.ts'

/** What a verdict is drawn in: a meaning of tokens.css. */
export type Tone = 'good' | 'bad' | 'open' | 'muted' | 'accent'

const colour = (tone: Tone): string => `var(--${tone})`

/** In pixels of the picture. */
const WIDTH = 300
const ROW = 24
const AXIS = 24
/** Columns of a label that fit beside a row. */
const LABEL = 15

/** What all axes have in common. */
const TICKS = { tickSize: 0, label: null, fontSize: 11, fill: 'var(--muted)' } as const

export interface RateRow {
  readonly label: string
  readonly rate: Rate | Unknown
  readonly enough: boolean
}

/**
 * Rates of parts of the traffic below one another, from zero on.
 * @param whole the rate of all of it: a line through them
 */
export function ratesChart(title: string, rows: readonly RateRow[], whole?: number): Markup {
  const said = rows.map(({ label, rate }) => `${label} ${rateWords(rate)}`).join('; ')
  const data = rows.map(({ label, rate, enough }, index) => ({
    label: fit(label, LABEL),
    index,
    rate,
    enough,
  }))
  const known = data.flatMap(({ rate, ...row }) => (isKnown(rate) ? [{ ...row, ...rate }] : []))
  return chart(`${title}: ${said}`, {
    width: WIDTH,
    height: rows.length * ROW + AXIS,
    marginTop: 0,
    marginLeft: 104,
    marginRight: 48,
    marginBottom: AXIS,
    x: { axis: null, zero: true, nice: true },
    y: { axis: null, domain: [-0.5, rows.length - 0.5], reverse: true },
    marks: [
      Plot.gridX({ ticks: 3, stroke: 'var(--rule)', strokeOpacity: 1 }),
      Plot.axisX({ ...TICKS, ticks: 3, tickFormat: percentTick }),
      ...(whole === undefined
        ? []
        : [Plot.ruleX([whole], { stroke: 'var(--muted)', strokeDasharray: '2 3' })]),
      Plot.text(data, {
        y: 'index',
        frameAnchor: 'left',
        textAnchor: 'start',
        dx: -102,
        text: 'label',
        fill: 'var(--text)',
        fontSize: 12,
      }),
      ...intervals(known, ({ enough }) => (enough ? 'accent' : 'muted')),
      Plot.text(data, {
        y: 'index',
        frameAnchor: 'right',
        textAnchor: 'end',
        dx: 46,
        text: ({ rate }: { rate: Rate | Unknown }) => (isKnown(rate) ? percent(rate.value) : '–'),
        fill: ({ enough }: { enough: boolean }) => colour(enough ? 'accent' : 'muted'),
        fontSize: 12,
      }),
    ],
  })
}

interface Drawn {
  readonly index: number
  readonly value: number
  readonly low: number
  readonly high: number
}

function intervals<T extends Drawn>(data: readonly T[], tone: (row: T) => Tone): Plot.Markish[] {
  const rows = [...data]
  const stroke = (row: T): string => colour(tone(row))
  return [
    Plot.ruleY(rows, { y: 'index', x1: 'low', x2: 'high', stroke, strokeWidth: 2, strokeLinecap: 'round' }),
    Plot.dot(rows, {
      x: 'value',
      y: 'index',
      r: 4,
      fill: (row: T) => (tone(row) === 'muted' ? 'var(--card)' : stroke(row)),
      stroke,
      strokeWidth: 1.5,
    }),
  ]
}

export interface PeriodRate {
  readonly label: string
  readonly rate: Rate | Unknown
}

/**
 * One rate through the periods, the oldest first; the last is the one that is looked at.
 * @param target a rate that is wanted: a dashed line
 */
export function historyChart(title: string, periods: readonly PeriodRate[], target?: number): Markup {
  const said = periods.map(({ label, rate }) => `${label} ${rateWords(rate)}`).join('; ')
  const last = periods.length - 1
  const data = periods.map(({ label, rate }, index) => ({ label, rate, index }))
  const known = data.flatMap(({ rate, ...row }) => (isKnown(rate) ? [{ ...row, ...rate }] : []))
  const tone = ({ index }: { index: number }): Tone => (index === last ? 'accent' : 'muted')
  return chart(`${title} by period: ${said}`, {
    width: WIDTH,
    height: 132,
    marginTop: 10,
    marginLeft: 48,
    marginRight: 18,
    marginBottom: AXIS,
    x: { axis: null, domain: [-0.4, last + 0.4] },
    y: { axis: null, zero: true, nice: true },
    marks: [
      Plot.gridY({ ticks: 3, stroke: 'var(--rule)', strokeOpacity: 1 }),
      Plot.axisY({ ...TICKS, ticks: 3, tickFormat: percentTick }),
      ...(target === undefined
        ? []
        : [Plot.ruleY([target], { stroke: 'var(--bad)', strokeWidth: 1.5, strokeDasharray: '4 3' })]),
      Plot.line(known, { x: 'index', y: 'value', stroke: 'var(--edge)', strokeWidth: 1.5 }),
      Plot.ruleX(known, {
        x: 'index',
        y1: 'low',
        y2: 'high',
        stroke: (row: Drawn) => colour(tone(row)),
        strokeWidth: 2,
        strokeLinecap: 'round',
      }),
      Plot.dot(known, { x: 'index', y: 'value', r: 4, fill: (row: Drawn) => colour(tone(row)) }),
      Plot.text(data, {
        x: 'index',
        frameAnchor: 'bottom',
        dy: 18,
        text: ({ label, rate }: PeriodRate) => (isKnown(rate) ? label : `${label} –`),
        fontSize: 11,
        fill: (row: Drawn) => colour(tone(row)),
      }),
    ],
  })
}

/** Reached divided by wanted, on one scale for all targets of a page; what is beyond it is drawn at its edge. */
export function progressChart(title: string, progress: Estimate | Unknown, tone: Tone): Markup {
  const MOST = 2
  const within = (value: number): number => Math.min(value, MOST)
  const said = isKnown(progress) ? `${interval(progress, percent)} of the target` : unknownWords(progress)
  const data = isKnown(progress)
    ? [
        {
          index: 0,
          value: within(progress.value),
          low: within(progress.low),
          high: within(progress.high),
        },
      ]
    : []
  return chart(`${title}: ${said}`, {
    width: WIDTH,
    height: 40,
    marginTop: 0,
    marginLeft: 16,
    marginRight: 22,
    marginBottom: 20,
    x: { axis: null, domain: [0, MOST] },
    y: { axis: null, domain: [-0.5, 0.5] },
    marks: [
      Plot.ruleX([0, 0.5, 1.5, 2], { stroke: 'var(--rule)' }),
      Plot.ruleX([1], { stroke: 'var(--muted)', strokeWidth: 1.5 }),
      Plot.axisX([0, 1, 2], { ...TICKS, tickFormat: percentTick }),
      ...intervals(data, () => tone),
      ...(isKnown(progress) && progress.value > MOST
        ? [Plot.text(['›'], { frameAnchor: 'right', dx: 14, fontSize: 16, fill: colour(tone) })]
        : []),
    ],
  })
}

/**
 * A change with its interval, zero in it, and the limit that it must not pass.
 * @param limit as a share, below zero; none where there is no limit
 * @param words says a change: in percent of what was before, or in points of a rate
 */
export function changeChart(
  title: string,
  change: Estimate,
  tone: Tone,
  { limit, words = signedPercent }: { readonly limit?: number; readonly words?: (change: number) => string },
): Markup {
  const ends = [change.low, change.high, 0, limit ?? 0]
  return chart(`${title}: ${interval(change, words)}`, {
    width: WIDTH,
    height: 46,
    marginTop: 0,
    marginLeft: 24,
    marginRight: 28,
    marginBottom: AXIS,
    x: { axis: null, domain: [Math.min(...ends), Math.max(...ends)], nice: true },
    y: { axis: null, domain: [-0.5, 0.5] },
    marks: [
      Plot.gridX({ ticks: 4, stroke: 'var(--rule)', strokeOpacity: 1 }),
      Plot.ruleX([0], { stroke: 'var(--muted)', strokeWidth: 1.5 }),
      ...(limit === undefined
        ? []
        : [Plot.ruleX([limit], { stroke: 'var(--bad)', strokeWidth: 1.5, strokeDasharray: '4 3' })]),
      Plot.axisX({
        ...TICKS,
        ticks: 4,
        tickFormat: (value: number) => withoutPoints(words(value)),
      }),
      ...intervals([{ index: 0, ...change }], () => tone),
    ],
  })
}

/** `+0.2` of `+0.20 points`, which the text beside the axis says: an axis has no room for the word. Percent stay. */
function withoutPoints(text: string): string {
  return text.endsWith(' points') ? text.slice(0, -' points'.length).replace(/\.?0+$/, '') : text
}

/** A round number: no more digits than it has. */
function percentTick(share: number): string {
  return `${Number((share * 100).toPrecision(6))} %`
}
