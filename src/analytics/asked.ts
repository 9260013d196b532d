/** What the plan and the periods say to the questions: the rows that vary, one relation each. */
import { dayOf } from './days.ts'
import { rowsSelect, type Cell, type Columns, type Dialect } from './rows.ts'
import type { Period } from './period.ts'
import type { MeasuredConversion, MeasuredPlan, MeasuredStage } from './measured-plan.ts'

export const SLICES = ['all', 'device', 'channel', 'channel, device', 'market', 'segment', 'traffic'] as const
export type Slice = (typeof SLICES)[number]

interface Table {
  readonly columns: Columns
  readonly rows: readonly Readonly<Record<string, Cell>>[]
}

/** What a question is asked about, beyond the plan itself. */
export interface Asked {
  /** 0 is the period that is looked at; the others came before it, the nearest first. */
  readonly periods: readonly Period[]
  /** The days that weights are estimated from. */
  readonly span: { readonly first: number; readonly end: number }
}

/** The relations of rows, by name, as SELECT texts. */
export function askedRows(plan: MeasuredPlan, asked: Asked, dialect: Dialect): ReadonlyMap<string, string> {
  const tables = Object.entries(tablesOf(plan, asked))
  return new Map(tables.map(([name, { columns, rows }]) => [name, rowsSelect(dialect, columns, rows)]))
}

function tablesOf(plan: MeasuredPlan, { periods, span }: Asked): Readonly<Record<string, Table>> {
  const measured = measurable(plan)
  const staged = plan.stages.filter(({ target }) => target !== undefined)
  const goals = measured.filter(({ tier }) => tier === 'goal')
  const window = plan.windowDays * 86_400_000_000
  return {
    settings: {
      columns: { currency: 'STRING', window_us: 'INT64' },
      rows: [{ currency: plan.currency, window_us: window }],
    },
    period: {
      columns: { id: 'INT64', first_day: 'INT64', end_day: 'INT64' },
      rows: periods.map(({ first, end }, id) => ({ id, first_day: first, end_day: end })),
    },
    span: {
      columns: { first_day: 'INT64', end_day: 'INT64' },
      rows: [{ first_day: span.first, end_day: span.end }],
    },
    conversion: {
      columns: { id: 'STRING', event: 'STRING', once: 'STRING' },
      rows: measured.map(({ id, event, once }) => ({ id, event, once })),
    },
    need: {
      columns: {
        conversion: 'STRING',
        key: 'STRING',
        operator: 'STRING',
        wanted: 'STRING',
        negate: 'BOOL',
        fold: 'BOOL',
      },
      rows: measured.flatMap(({ id, needs }) => needs.map((need) => ({ conversion: id, ...need }))),
    },
    wanted: {
      columns: { key: 'STRING' },
      rows: wantedKeys(measured).map((key) => ({ key })),
    },
    carried: {
      columns: { conversion: 'STRING', key: 'STRING' },
      rows: measured.flatMap(({ id, parameters }) =>
        parameters.map(({ name }) => ({ conversion: id, key: name })),
      ),
    },
    slice: { columns: { name: 'STRING' }, rows: SLICES.map((name) => ({ name })) },
    base: {
      columns: { id: 'STRING' },
      rows: [...new Set([...measured, ...staged].map(baseOf))]
        .filter((id) => id !== '')
        .map((id) => ({ id })),
    },
    asked: {
      columns: { conversion: 'STRING', base: 'STRING' },
      rows: [
        ...measured.map((conversion) => ({ conversion: conversion.id, base: baseOf(conversion) })),
        ...staged.map((stage) => ({ conversion: stageKey(stage), base: baseOf(stage) })),
      ],
    },
    part: {
      columns: { asked: 'STRING', conversion: 'STRING' },
      rows: [
        ...measured.map(({ id }) => ({ asked: id, conversion: id })),
        ...staged.flatMap((stage) =>
          measured
            .filter(({ id }) => stage.micros.includes(id))
            .map(({ id }) => ({ asked: stageKey(stage), conversion: id })),
        ),
      ],
    },
    goal: { columns: { id: 'STRING' }, rows: goals.map(({ id }) => ({ id })) },
    fed: {
      columns: { goal: 'STRING', micro: 'STRING' },
      rows: measured.flatMap(({ id, feeds }) =>
        feeds.filter((goal) => goals.some((one) => one.id === goal)).map((goal) => ({ goal, micro: id })),
      ),
    },
    step: {
      columns: { place: 'INT64', conversion: 'STRING' },
      rows: funnelSteps(plan).flatMap(({ conversions }, index) =>
        conversions.map((conversion) => ({ place: index + 1, conversion })),
      ),
    },
    guarded: {
      columns: { conversion: 'STRING' },
      rows: drawn(measured).map(({ id }) => ({ conversion: id })),
    },
    trial: {
      columns: { id: 'STRING', parameter: 'STRING', first_day: 'INT64', end_day: 'INT64' },
      rows: plan.experiments.map(({ id, parameter, startsOn, endsOn }) => ({
        id,
        parameter,
        first_day: dayOf(startsOn) ?? 0,
        end_day: Math.min(periods[0]?.end ?? 0, (dayOf(endsOn ?? '') ?? Infinity) + 1),
      })),
    },
    outcome: {
      columns: { experiment: 'STRING', conversion: 'STRING' },
      rows: plan.experiments.flatMap(({ id, improves, guards = [] }) =>
        [...new Set([improves, ...guards])].map((conversion) => ({
          experiment: id,
          conversion,
        })),
      ),
    },
  }
}

/** Conversions that the export can show, each by an event. */
export function measurable(plan: MeasuredPlan): readonly (MeasuredConversion & { readonly event: string })[] {
  return plan.conversions.filter(
    (one): one is MeasuredConversion & { readonly event: string } => one.event !== undefined,
  )
}

/** The conversion whose sessions a rate is a share of; '' for all sessions or users. */
export function baseOf({ target }: Pick<MeasuredConversion, 'target'>): string {
  const of = target?.of ?? 'sessions'
  return of === 'sessions' || of === 'users' ? '' : of
}

/** A stage among conversions: no id of one holds a colon. */
export function stageKey({ id }: Pick<MeasuredStage, 'id'>): string {
  return `stage:${id}`
}

export interface Step {
  readonly id: string
  readonly title: string
  readonly conversions: readonly string[]
}

/** The stages in the order of the plan, then the primary goal: those of which the export can show anything. */
export function funnelSteps(plan: MeasuredPlan): readonly Step[] {
  const seen = new Set(measurable(plan).map(({ id }) => id))
  const stages = plan.stages.map(({ id, title, micros }) => ({
    id,
    title,
    conversions: micros.filter((micro) => seen.has(micro)),
  }))
  const goals = measurable(plan).filter(({ tier }) => tier === 'goal')
  const goal = goals.find(({ primary }) => primary) ?? goals[0]
  const last = goal === undefined ? [] : [{ id: goal.id, title: goal.title, conversions: [goal.id] }]
  return [...stages, ...last].filter(({ conversions }) => conversions.length > 0)
}

/** Conversions whose amounts or counts are drawn again, user by user: goals, what a guardrail or an alarm of a fall watches, and whatever has a target in money. */
function drawn(measured: readonly MeasuredConversion[]): readonly MeasuredConversion[] {
  const watched = new Set(measured.map(({ guardrail }) => guardrail?.metric))
  return measured.filter(
    ({ id, tier, target, alerts }) =>
      tier === 'goal' || target?.amount !== undefined || alerts?.drop !== undefined || watched.has(id),
  )
}

function wantedKeys(measured: readonly MeasuredConversion[]): readonly string[] {
  const needed = measured.flatMap(({ needs }) => needs.map(({ key }) => key.replace(/:.*$/, '')))
  const carried = measured.flatMap(({ parameters }) => parameters.map(({ name }) => name))
  return [...new Set([...needed, ...carried])].sort()
}
