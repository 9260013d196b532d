/** The scorecard as the view of templates/pages/scorecard.hbs: one page that needs nothing else. Adds nothing to the value. */
import { directionOf } from '../pages/direction.ts'
import type { Markup, RenderPage } from '../pages/render-page.ts'
import type { Conversion, Funnel, Scorecard, Target } from './scorecard-types.ts'
import {
  changeChart,
  historyChart,
  progressChart,
  ratesChart,
  type PeriodRate,
  type Tone,
} from './scorecard-charts.ts'
import {
  benchmarkWords,
  bucketName,
  CAVEAT,
  countWords,
  interval,
  quartileWords,
  rateWords,
  saidWords,
  segmentWords,
  signedPercent,
  signedPoints,
  SLICE,
  sourceWords,
  STATUS,
  partTargetWords,
  targetWords,
  thresholdWords,
  trendWords,
  unknownWords,
  mixedWords,
  variantSeen,
  reachedWords,
  UNSEEN_STEP,
  withoutWords,
} from './scorecard-words.ts'
import { isKnown } from './statistics/estimate.ts'
import { amountWords, percent, whole } from './words.ts'
import { plural } from '../words/counting.ts'

export function renderScorecardHtml(card: Scorecard, render: RenderPage): string {
  const titles = new Map(card.conversions.map(({ id, title }) => [id, title]))
  const title = (id: string): string => titles.get(id) ?? id
  const view = {
    lang: 'en',
    dir: directionOf(card.title),
    title: card.title,
    period: card.period,
    environment: card.environment,
    source: sourceWords(card),
    caveat: `${CAVEAT} ${thresholdWords(card)}`,
    file: card.file,
    badges: badgesOf(card),
    tiles: tilesOf(card),
    quality: [
      ...card.source.notes.map((text) => ({ severity: 'info', tone: 'accent', text })),
      ...card.quality.map(({ severity, text }) => ({ severity, tone: SEVERITY[severity], text })),
    ],
    alerts: card.alerts,
    guardrails: card.guardrails.map((one) => ({
      title: `${title(one.goal)}, ${one.metric}`,
      verdict: one.verdict.replace('-', ' '),
      tone: GUARD[one.verdict],
      words: isKnown(one.change)
        ? `${interval(one.change, signedPercent)}; ${percent(one.maxDrop)} less is allowed.`
        : undefined,
      reason: one.reason,
      action: one.verdict === 'ok' ? undefined : one.action,
      chart: isKnown(one.change)
        ? changeChart(`${title(one.goal)}, ${one.metric}`, one.change, GUARD[one.verdict], {
            limit: -one.maxDrop,
          })
        : undefined,
    })),
    next: card.next.map(({ rank, what, why, owner, worth }) => ({
      rank,
      what,
      why,
      owner,
      worth:
        worth !== undefined && isKnown(worth) && worth.value > 0
          ? `The gap is worth ${interval(worth, (value) => amountWords(value, card.currency))}, by association.`
          : undefined,
    })),
    targets: [
      ...card.conversions.flatMap(({ id, title, target, targets = [] }) => [
        ...(target === undefined ? [] : [targetView(id, title, target)]),
        ...targets.map((one) => targetView(id, `${title} · ${one.part}`, one.target)),
      ]),
      ...card.stages.map(({ title, target, missing }) =>
        targetView('micros', `${title}, at least one of its micros${withoutWords(missing)}`, target),
      ),
    ],
    tiers: [
      { id: 'goals', title: 'Goals', rows: rowsOf(card, 'goal') },
      { id: 'micros', title: 'Micro conversions', rows: rowsOf(card, 'micro') },
    ].filter(({ rows }) => rows.length > 0),
    slices: slicesOf(card),
    funnels: card.funnels.map(funnelView),
    distinct: card.distinct.map(({ goal, steps }) => ({
      title: title(goal),
      chart: ratesChart(
        `${title(goal)} by number of different micros before it`,
        steps.map(({ micros, rate }) => ({
          label: plural(micros, 'micro'),
          rate,
          enough: isEnough(rate, card),
        })),
      ),
    })),
    assisted: card.assisted.map((one) => ({
      title: title(one.goal),
      together: `${amountWords(one.total, one.valued === 'count' ? '' : card.currency)} from ${whole(one.occurrences)}`,
      shares: one.shares.map(({ micro, value, occurrences }) => ({
        title: micro === '' ? 'No micro before it' : title(micro),
        value: amountWords(value, one.valued === 'count' ? '' : card.currency),
        before: whole(occurrences),
        share: shareOf(value, Math.max(...one.shares.map((each) => each.value))),
      })),
    })),
    experiments: card.experiments.map((one) => ({
      ...one,
      verdict: one.verdict.replaceAll('-', ' '),
      tone: EXPERIMENT[one.verdict] ?? 'open',
      mixed: mixedWords(one),
      variants: one.variants.map(({ variant, control, rate, effect, guards }) => ({
        variant,
        control,
        seen: variantSeen({ rate, effect, guards }),
        chart: isKnown(effect)
          ? changeChart(`${variant} against the control`, effect, EXPERIMENT[one.verdict] ?? 'open', {
              words: signedPoints,
            })
          : undefined,
      })),
    })),
  }
  return render('scorecard', {
    ...view,
    sections: sectionsOf(view),
    sectionBefore: view.assisted.length + view.distinct.length > 0,
  })
}

const SEVERITY = { error: 'bad', warning: 'open', info: 'accent' } as const
const GUARD = { ok: 'good', watch: 'open', breach: 'bad', 'cannot-tell': 'muted' } as const
const PACE = { 'on-pace': 'good', behind: 'bad', 'cannot-tell': 'open', 'not-enough-data': 'muted' } as const
const EXPERIMENT: Readonly<Record<string, Tone>> = {
  better: 'good',
  worse: 'bad',
  'guard-breached': 'bad',
  'sample-ratio-mismatch': 'bad',
  'no-data': 'muted',
  'not-enough-data': 'muted',
}

interface Sections {
  readonly next: readonly unknown[]
  readonly targets: readonly unknown[]
  readonly tiers: readonly { readonly id: string; readonly title: string }[]
  readonly slices: readonly { readonly id: string; readonly title: string }[]
  readonly funnels: readonly unknown[]
  readonly distinct: readonly unknown[]
  readonly assisted: readonly unknown[]
  readonly experiments: readonly unknown[]
}

function sectionsOf(view: Sections): readonly { readonly id: string; readonly title: string }[] {
  const where = (id: string, title: string, rows: readonly unknown[]) =>
    rows.length === 0 ? [] : [{ id, title }]
  return [
    { id: 'glance', title: 'At a glance' },
    ...where('next', 'Do next', view.next),
    ...where('targets', 'Targets', view.targets),
    ...where('experiments', 'Experiments', view.experiments),
    ...view.tiers.map(({ id, title }) => ({ id, title })),
    ...view.slices.map(({ id, title }) => ({ id, title })),
    ...where('funnel', 'Funnel', view.funnels),
    ...where('before', 'Before the goal', [...view.assisted, ...view.distinct]),
  ]
}

interface Badge {
  readonly tone: Tone
  readonly text: string
}

/** The whole page in a line: what is wrong, and how many of each. */
function badgesOf({ alerts, guardrails, conversions }: Scorecard): readonly Badge[] {
  const paces = conversions.flatMap(({ target }) => target?.status ?? [])
  const count = (status: Target['status'], word: string): Badge[] => {
    const number = paces.filter((one) => one === status).length
    return number === 0 ? [] : [{ tone: PACE[status], text: `${number} ${word}` }]
  }
  const guards = (verdict: keyof typeof GUARD, words: string): Badge[] => {
    const number = guardrails.filter((one) => one.verdict === verdict).length
    const text = `${number} of ${plural(guardrails.length, 'guardrail')} ${words}`
    return number === 0 ? [] : [{ tone: GUARD[verdict], text }]
  }
  const amiss = [
    ...guards('breach', 'broken'),
    ...guards('watch', 'to be watched'),
    ...guards('cannot-tell', 'without a verdict'),
  ]
  return [
    alerts.length === 0
      ? { tone: 'good', text: 'no alarm' }
      : { tone: 'bad', text: plural(alerts.length, 'alarm') },
    // That none is broken can be said only where each is surely above what is allowed.
    ...(guardrails.length > 0 && amiss.length === 0
      ? [{ tone: 'good', text: 'no guardrail broken' } as const]
      : amiss),
    ...count('on-pace', 'on pace'),
    ...count('behind', 'behind'),
    ...count('cannot-tell', 'cannot tell'),
    ...count('not-enough-data', 'not enough data'),
  ]
}

interface Tile {
  readonly name: string
  readonly value: string
  readonly more?: string
}

function tilesOf({ totals, conversions, currency }: Scorecard): readonly Tile[] {
  const goals = conversions.filter(({ tier }) => tier === 'goal')
  const goal = goals.find(({ primary }) => primary) ?? goals[0]
  return [
    { name: 'Sessions', value: whole(totals.sessions) },
    { name: 'Users', value: whole(totals.users) },
    ...(goal === undefined ? [] : goalTiles(goal, currency)),
  ]
}

function goalTiles({ title, count, rate, value, target }: Conversion, currency: string): readonly Tile[] {
  return [
    isKnown(count)
      ? { name: title, value: whole(count.occurrences), ...(target && { more: STATUS[target.status] }) }
      : { name: title, value: '–', more: unknownWords(count) },
    ...(isKnown(rate)
      ? [
          {
            name: `${title}, of ${rate.of}`,
            value: percent(rate.value),
            more: `${percent(rate.low)} to ${percent(rate.high)}`,
          },
        ]
      : []),
    ...(isKnown(value) && value.amount !== 0
      ? [{ name: 'Value', value: amountWords(value.amount, currency) }]
      : []),
  ]
}

function targetView(id: string, title: string, target: Target): object {
  const tone = PACE[target.status]
  return {
    id,
    title,
    wanted: `${target.text}${target.by === undefined ? '' : ` by ${target.by}`}`,
    status: STATUS[target.status],
    tone,
    reached: isKnown(target.progress) ? reachedWords(target.progress) : unknownWords(target.progress),
    chart: progressChart(title, target.progress, tone),
  }
}

function rowsOf(card: Scorecard, tier: Conversion['tier']): readonly object[] {
  const firsts = new Map([card.period, ...card.compared].map(({ label, first }) => [label, first]))
  return card.conversions
    .filter((row) => row.tier === tier)
    .map((row) => {
      const { id, title, owner, target, rate, history, notes } = row
      return {
        id,
        title,
        owner,
        status: target === undefined ? undefined : STATUS[target.status],
        tone: target === undefined ? undefined : PACE[target.status],
        lines: linesOf(row, card.currency),
        notes,
        chart: isKnown(rate)
          ? historyChart(
              title,
              history.map(({ period, rate }): PeriodRate => ({ label: shortPeriod(period, firsts), rate })),
              target?.kind === 'rate' ? target.wanted : undefined,
            )
          : undefined,
        hasTargetLine: target?.kind === 'rate',
      }
    })
}

/** What tells periods of one chart apart: W03, 01-04 for days that were named. */
function shortPeriod(label: string, firsts: ReadonlyMap<string, string>): string {
  return label.includes('..') ? (firsts.get(label) ?? label).slice(5) : label.replace(/^\d{4}-(?=W)/, '')
}

function linesOf(
  row: Conversion,
  currency: string,
): readonly { readonly name: string; readonly value: string }[] {
  if (!isKnown(row.count)) return [{ name: 'Count', value: unknownWords(row.count) }, ...saidWords(row)]
  return [
    { name: 'Count', value: countWords(row.count, row.value, currency) },
    ...segmentWords(row.segments ?? []).map((value) => ({ name: 'Parts', value })),
    { name: 'Rate', value: rateWords(row.rate) },
    ...(row.target === undefined ? [] : [{ name: 'Target', value: targetWords(row.target) }]),
    ...(row.targets ?? []).map((one) => ({ name: 'Target', value: partTargetWords(one) })),
    ...row.trend.map((change) => ({ name: 'Trend', value: trendWords(change) })),
    ...row.benchmarks.map((benchmark) => ({ name: 'Benchmark', value: benchmarkWords(benchmark) })),
    ...(isKnown(row.timeToAction) ? [{ name: 'Time to it', value: quartileWords(row.timeToAction) }] : []),
    ...(row.lag !== undefined && isKnown(row.lag)
      ? [{ name: 'From the last micro', value: quartileWords(row.lag) }]
      : []),
    ...saidWords(row),
  ]
}

function isEnough(rate: Conversion['rate'], { thresholds }: Scorecard): boolean {
  return isKnown(rate) && rate.n >= thresholds.units && rate.k >= thresholds.occurrences
}

interface SliceView {
  readonly id: string
  readonly title: string
  readonly buckets: string
  readonly charts: readonly { readonly title: string; readonly of: string; readonly chart: Markup }[]
}

function slicesOf(card: Scorecard): readonly SliceView[] {
  return card.breakdowns.map(({ slice, buckets }) => ({
    id: `by-${slice}`,
    title: SLICE[slice],
    buckets: buckets.map((each) => `${bucketName(each)} ${whole(each.sessions)}`).join(', '),
    charts: card.conversions.flatMap(({ id, title, rate }) => {
      if (!isKnown(rate)) return []
      const rows = buckets.flatMap((each) =>
        each.rates
          .filter(({ conversion }) => conversion === id)
          .map(({ rate, enough }) => ({ label: bucketName(each), rate, enough })),
      )
      const of = card.conversions.find((one) => one.id === rate.of)?.title ?? rate.of
      return [{ title, of, chart: ratesChart(`${title} ${SLICE[slice].toLowerCase()}`, rows, rate.value) }]
    }),
  }))
}

/** The length of a bar, in percent. */
function shareOf(value: number, most: number): number {
  return most <= 0 ? 0 : Math.round((value / most) * 1000) / 10
}

function funnelView({ unit, steps, slowest, steepest }: Funnel): object {
  const most = Math.max(...steps.map(({ units }) => units))
  return {
    unit,
    steps: steps.map(({ id, title, seen, units, rate, lost, time }, index) => ({
      title,
      units: seen ? whole(units) : UNSEEN_STEP,
      share: shareOf(units, most),
      rate: isKnown(rate) ? `${percent(rate.value)} (${percent(rate.low)} to ${percent(rate.high)})` : '',
      lost: index === 0 || !seen ? '' : whole(lost),
      time: isKnown(time) ? quartileWords(time) : '',
      marks: [
        ...(id === slowest ? [{ tone: 'open', text: 'slowest' }] : []),
        ...(id === steepest ? [{ tone: 'bad', text: 'loses most' }] : []),
      ],
    })),
  }
}
