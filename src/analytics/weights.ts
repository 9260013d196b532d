/**
 * Weights: how often the goal is reached by those who did a micro before it. A weight is a conditional share, shrunk towards the
 * overall rate; the verdict beside it says whether there is an association that holds when the other micros are looked at too.
 * It never says what brought the goal about.
 */
import type { AnswerRows, Answers } from './ask.ts'
import { AnalyticsError } from './failure.ts'
import { benjaminiHochberg } from './statistics/benjamini-hochberg.ts'
import { betaQuantile } from './statistics/beta-quantile.ts'
import { isKnown, type Estimate } from './statistics/estimate.ts'
import { mantelHaenszel } from './statistics/mantel-haenszel.ts'
import { newcombe } from './statistics/newcombe.ts'
import { oddsRatio } from './statistics/odds-ratio.ts'
import { phi } from './statistics/phi.ts'
import { ridgeLogistic, type Group } from './statistics/ridge-logistic.ts'
import type { TwoByTwo } from './statistics/two-by-two.ts'
import { equalRatesP } from './statistics/two-rates.ts'
import type { MeasuredPlan } from './measured-plan.ts'
import { groupBy, sumOf } from './tally.ts'
import { plural } from '../words/counting.ts'

export type Pattern = AnswerRows['patterns']

/** Printed with every table. `pseudo`: units of the overall rate that each micro starts with; `together`: phi from which two are one signal. */
export const WEIGHT_RULES = {
  units: 100,
  occurrences: 10,
  goals: 50,
  pseudo: 20,
  q: 0.05,
  lambda: 1,
  together: 0.6,
} as const

export type WeightVerdict = 'predictive' | 'weak' | 'not-predictive' | 'not-enough-data' | 'required-step'

export interface MicroWeight {
  readonly micro: string
  /** Sessions: both, the micro only, the goal only, neither. The micro counts only before the goal. */
  readonly table: TwoByTwo
  readonly weight: Estimate
  readonly difference: Estimate
  readonly oddsRatio: Estimate
  readonly phi: Estimate
  /** In the model with the other micros; undefined for required steps, which are in no model. */
  readonly coefficient?: number
  /** The p value of no difference, adjusted for all micros looked at. */
  readonly q: number
  /** The weight in the earlier and in the later half of the weeks. */
  readonly halves: readonly [Estimate, Estimate]
  readonly drifting: boolean
  readonly strata: readonly {
    readonly by: 'device' | 'channel'
    readonly oddsRatio: Estimate
    readonly disagree: boolean
  }[]
  readonly verdict: WeightVerdict
  readonly reason: string
  /** What the plan says now. */
  readonly planned?: number
}

export interface GoalWeights {
  readonly goal: string
  readonly sessions: number
  readonly done: number
  readonly micros: readonly MicroWeight[]
  /** Micros that are done together so often that they are one signal. */
  readonly pairs: readonly { readonly first: string; readonly second: string; readonly phi: Estimate }[]
  readonly check: ScoreCheck
}

/** On weeks that nothing was estimated from: the mean squared error of three guesses. Smaller is better. */
export interface ScoreCheck {
  readonly sessions: number
  readonly baseRate: number
  readonly summedWeights: number
  readonly adjustedModel: number
  /** True when the summed weights beat the base rate; weights are offered only then. undefined when it could not be checked. */
  readonly beats?: boolean
  /** The summed score in groups, and what came of it. */
  readonly calibration: readonly {
    readonly upTo: number
    readonly sessions: number
    readonly expected: number
    readonly seen: number
  }[]
}

/** Throws AnalyticsError when there are too few goals. */
export function weightsOf(plan: MeasuredPlan, answers: Answers): readonly GoalWeights[] {
  const patterns = answers.patterns ?? []
  const goals = plan.conversions.filter(({ tier, event }) => tier === 'goal' && event !== undefined)
  const weighed = goals.flatMap((goal): GoalWeights[] => {
    const mine = patterns.filter((row) => row.goal === goal.id)
    const micros = plan.conversions
      .filter(({ feeds, event }) => feeds.includes(goal.id) && event !== undefined)
      .map(({ id }) => id)
    const done = sumOf(mine, (row) => row.done * row.sessions)
    return done === 0 || micros.length === 0 ? [] : [weigh(goal.id, mine, micros, done, plan)]
  })
  if (weighed.every(({ done }) => done < WEIGHT_RULES.occurrences)) {
    const most = Math.max(0, ...weighed.map(({ done }) => done))
    throw new AnalyticsError(
      'too-few-goals-for-weights',
      `${most === 0 ? 'No session' : `Only ${plural(most, 'session')}`} reached a goal in these days; weights need ${WEIGHT_RULES.occurrences} at the very least.`,
      'name a longer span with --since and --until.',
    )
  }
  return weighed
}

/** How many sessions did the micro before the goal, and how many reached the goal. */
export function twoByTwo(patterns: readonly Pattern[], goal: string, micro: string): TwoByTwo {
  const table = { a: 0, b: 0, c: 0, d: 0 }
  for (const row of patterns) {
    if (row.goal !== goal) continue
    const withMicro = row.micros.split(',').includes(micro)
    table[withMicro ? (row.done === 1 ? 'a' : 'b') : row.done === 1 ? 'c' : 'd'] += row.sessions
  }
  return table
}

/** The share of goals among units with the micro, shrunk to the overall rate; the interval is the beta posterior's. */
function shrunkWeight({ a, b, c, d }: TwoByTwo): Estimate {
  const all = a + b + c + d
  // With nothing seen it would be the overall rate, said of a micro that nobody did.
  if (a + b === 0) return { unknown: 'no-units' }
  const { pseudo } = WEIGHT_RULES
  const prior = pseudo * ((a + c) / all)
  const [won, lost] = [a + prior, b + pseudo - prior]
  if (won === 0) return { unknown: 'not-enough-data' }
  return {
    value: won / (won + lost),
    low: betaQuantile(0.025, won, lost),
    high: betaQuantile(0.975, won, lost),
    n: a + b,
  }
}

/** A half added to each cell makes an odds ratio out of nothing: of what nobody did there is none. */
function oddsOf(table: TwoByTwo): Estimate {
  return table.a + table.b === 0 ? { unknown: 'no-units' } : oddsRatio(table)
}

function weigh(
  goal: string,
  rows: readonly Pattern[],
  micros: readonly string[],
  done: number,
  plan: MeasuredPlan,
): GoalWeights {
  const tables = micros.map((micro) => twoByTwo(rows, goal, micro))
  const required = tables.map(({ a, c }) => c === 0 && a >= WEIGHT_RULES.goals)
  const modelled = micros.filter((_, index) => required[index] !== true)
  const model = ridgeLogistic(groupsOf(rows, modelled), WEIGHT_RULES.lambda)
  const tested = tables.map(({ a, b, c, d }) =>
    a + b === 0 || c + d === 0 ? 1 : equalRatesP(a, a + b, c, c + d),
  )
  const q = benjaminiHochberg(tested)
  const middle = middleWeek(rows)
  const early = rows.filter(({ week }) => week < middle)
  const late = rows.filter(({ week }) => week >= middle)
  const weighed = micros.map((micro, index): MicroWeight => {
    const table = tables[index] ?? { a: 0, b: 0, c: 0, d: 0 }
    const coefficient = required[index] === true ? undefined : model.coefficients[modelled.indexOf(micro)]
    const difference = newcombe(table.a, table.a + table.b, table.c, table.c + table.d)
    const halves = [
      shrunkWeight(twoByTwo(early, goal, micro)),
      shrunkWeight(twoByTwo(late, goal, micro)),
    ] as const
    const strata = (['device', 'channel'] as const).map((by) => stratified(rows, goal, micro, by))
    const planned = plan.conversions.find(({ id }) => id === micro)?.weight
    const facts = {
      micro,
      table,
      weight: shrunkWeight(table),
      difference,
      oddsRatio: oddsOf(table),
      phi: phi(table),
      ...(coefficient === undefined ? {} : { coefficient }),
      q: q[index] ?? 1,
      halves,
      drifting:
        isKnown(halves[0]) &&
        isKnown(halves[1]) &&
        (halves[0].high < halves[1].low || halves[1].high < halves[0].low),
      strata,
      ...(planned === undefined ? {} : { planned }),
    }
    return { ...facts, ...judge(facts, required[index] === true, done) }
  })
  return {
    goal,
    sessions: sumOf(rows, ({ sessions }) => sessions),
    done,
    micros: weighed,
    pairs: pairsOf(rows, micros),
    check: checkScore(rows, goal, modelled),
  }
}

function judge(
  {
    table: { a, b },
    difference,
    q,
    coefficient,
  }: Pick<MicroWeight, 'table' | 'difference' | 'q' | 'coefficient'>,
  required: boolean,
  done: number,
): Pick<MicroWeight, 'verdict' | 'reason'> {
  if (required)
    return {
      verdict: 'required-step',
      reason: `All ${done} goals had it before: it belongs in the funnel, and has no weight.`,
    }
  if (a + b < WEIGHT_RULES.units || a < WEIGHT_RULES.occurrences || !isKnown(difference))
    return {
      verdict: 'not-enough-data',
      reason: `${plural(a + b, 'session')} with it and ${plural(a, 'goal')} among them; ${WEIGHT_RULES.units} and ${WEIGHT_RULES.occurrences} are needed.`,
    }
  if (difference.low <= 0 || q > WEIGHT_RULES.q)
    return {
      verdict: 'not-predictive',
      reason: 'The goal is not surely more frequent with it than without it.',
    }
  if (coefficient === undefined || coefficient <= 0)
    return {
      verdict: 'weak',
      reason:
        'Alone it goes with the goal; beside the other micros it does not, so it says what they say already.',
    }
  return { verdict: 'predictive', reason: 'It goes with the goal alone and beside the other micros.' }
}

function groupsOf(rows: readonly Pattern[], micros: readonly string[]): readonly Group[] {
  const groups = groupBy(rows, (row) =>
    micros.map((micro) => (row.micros.split(',').includes(micro) ? 1 : 0)).join(''),
  )
  return [...groups].map(([key, group]) => ({
    x: [...key].map(Number),
    n: sumOf(group, ({ sessions }) => sessions),
    k: sumOf(group, ({ done, sessions }) => done * sessions),
  }))
}

/** The week at which half of the sessions lie before. */
function middleWeek(rows: readonly Pattern[]): number {
  return weekAfter(rows, 0.5)
}

function weekAfter(rows: readonly Pattern[], share: number): number {
  const weeks = [...new Set(rows.map(({ week }) => week))].sort((a, b) => a - b)
  return weeks[Math.ceil(weeks.length * share)] ?? Infinity
}

function stratified(
  rows: readonly Pattern[],
  goal: string,
  micro: string,
  by: 'device' | 'channel',
): MicroWeight['strata'][number] {
  const tables = [...groupBy(rows, (row) => row[by]).values()].map((group) => twoByTwo(group, goal, micro))
  // Only strata large enough for a sign of their own can disagree.
  const signs = tables
    .filter(({ a, b }) => a + b >= WEIGHT_RULES.units)
    .map((table) => oddsRatio(table))
    .flatMap((ratio) => (isKnown(ratio) && (ratio.low > 1 || ratio.high < 1) ? [ratio.value > 1] : []))
  return { by, oddsRatio: mantelHaenszel(tables), disagree: new Set(signs).size > 1 }
}

function pairsOf(rows: readonly Pattern[], micros: readonly string[]): GoalWeights['pairs'] {
  const has = (row: Pattern, micro: string): boolean => row.micros.split(',').includes(micro)
  return micros
    .flatMap((first, index) =>
      micros.slice(index + 1).map((second) => {
        const table = { a: 0, b: 0, c: 0, d: 0 }
        for (const row of rows)
          table[has(row, first) ? (has(row, second) ? 'a' : 'b') : has(row, second) ? 'c' : 'd'] +=
            row.sessions
        return { first, second, phi: phi(table) }
      }),
    )
    .filter((pair) => isKnown(pair.phi) && pair.phi.value > WEIGHT_RULES.together)
}

/** Estimates from the first three quarters of the weeks and looks at the last. */
function checkScore(rows: readonly Pattern[], goal: string, micros: readonly string[]): ScoreCheck {
  const from = weekAfter(rows, 0.75)
  const past = rows.filter(({ week }) => week < from)
  const held = rows.filter(({ week }) => week >= from)
  const [pastSessions, heldSessions] = [
    sumOf(past, ({ sessions }) => sessions),
    sumOf(held, ({ sessions }) => sessions),
  ]
  const goals = sumOf(past, (row) => row.done * row.sessions)
  if (heldSessions === 0 || goals < WEIGHT_RULES.occurrences)
    return { sessions: heldSessions, baseRate: 0, summedWeights: 0, adjustedModel: 0, calibration: [] }
  const base = goals / pastSessions
  const model = ridgeLogistic(groupsOf(past, micros), WEIGHT_RULES.lambda)
  const weights = micros.map((micro) => shrunkWeight(twoByTwo(past, goal, micro)))
  const chosen = (row: Pattern): readonly number[] =>
    micros.map((micro) => (row.micros.split(',').includes(micro) ? 1 : 0))
  const summed = (row: Pattern): number =>
    Math.min(
      1,
      sumOf(
        chosen(row).map((x, index) => ({ x, weight: weights[index] })),
        ({ x, weight }) => (x === 1 && weight !== undefined && isKnown(weight) ? weight.value : 0),
      ),
    )
  const adjusted = (row: Pattern): number =>
    1 /
    (1 +
      Math.exp(
        -chosen(row).reduce((sum, x, index) => sum + x * (model.coefficients[index] ?? 0), model.intercept),
      ))
  const brier = (score: (row: Pattern) => number): number =>
    sumOf(held, (row) => row.sessions * (row.done - score(row)) ** 2) / heldSessions
  const errors = { baseRate: brier(() => base), summedWeights: brier(summed), adjustedModel: brier(adjusted) }
  const edges = [0.01, 0.05, 0.1, 0.25, 1]
  const calibration = edges.flatMap((upTo, index) => {
    const group = held.filter(
      (row) => summed(row) <= upTo && (index === 0 || summed(row) > (edges[index - 1] ?? 0)),
    )
    const sessions = sumOf(group, (row) => row.sessions)
    if (sessions === 0) return []
    return [
      {
        upTo,
        sessions,
        expected: sumOf(group, (row) => row.sessions * summed(row)) / sessions,
        seen: sumOf(group, (row) => row.sessions * row.done) / sessions,
      },
    ]
  })
  return { sessions: heldSessions, ...errors, beats: errors.summedWeights < errors.baseRate, calibration }
}
