/** The charts of the documents, drawn by Plot. */
import * as Plot from '@observablehq/plot'
import { chart } from '../pages/chart.ts'
import type { Markup } from '../pages/render-page.ts'
import type { BenchmarkRow } from './page.ts'

/** Usual ranges as bars on one scale, and the target as a line through them, where it is a rate of the same kind. */
export function benchmarkChart(
  title: string,
  rows: readonly BenchmarkRow[],
  target: number | undefined,
): Markup {
  const said = rows.map(({ words }) => words).join('; ')
  const data = rows.map((row, index) => ({ ...row, index }))
  return chart(`Benchmarks of ${title}: ${said}`, {
    width: WIDTH,
    height: AXIS + rows.length * ROW,
    marginTop: 0,
    marginLeft: 14,
    marginRight: 16,
    marginBottom: AXIS,
    x: { axis: null, label: null, zero: true },
    // A band for the words, and below it one for the bar.
    y: { axis: null, domain: [rows.length, 0] },
    marks: [
      Plot.gridX({ ticks: 4, stroke: 'var(--rule)', strokeOpacity: 1 }),
      Plot.rect(data, {
        x1: 'low',
        x2: 'high',
        y1: ({ index }: Row) => index + 0.58,
        y2: ({ index }: Row) => index + 0.86,
        fill: 'var(--accent)',
        rx: 3,
      }),
      Plot.text(data, {
        x: 0,
        y: ({ index }: Row) => index + 0.3,
        text: ({ who, low, high }: Row) => `${who}: ${low}–${high}%`,
        textAnchor: 'start',
        fill: 'var(--text)',
        stroke: 'var(--card)',
        strokeWidth: 4,
        fontSize: 12,
      }),
      Plot.axisX({
        ticks: 4,
        tickSize: 0,
        tickFormat: (value: number) => `${value}%`,
        fontSize: 11,
        fill: 'var(--muted)',
      }),
      ...(target === undefined
        ? []
        : [Plot.ruleX([target], { stroke: 'var(--bad)', strokeWidth: 2, strokeDasharray: '4 3' })]),
    ],
  })
}

type Row = BenchmarkRow & { readonly index: number }

/** In pixels of the picture. */
const WIDTH = 320
const ROW = 46
const AXIS = 24
