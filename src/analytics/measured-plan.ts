/** What of a plan is measured: its conversions as the data show them, with everything they are held against. */
import { optional } from '../plan/optional-field.ts'
import type { Benchmark, Guardrail, PartTarget, PlanDocument, Target } from '../plan/plan-types.ts'
import { conversionsOf, type Conversion, type Experiment, type Plan } from '../plan/plan.ts'
import { needsOf, type Need } from './needs.ts'
import type { Cadence, WeekStart } from './period.ts'

export interface MeasuredPlan {
  readonly id: string
  readonly file: string
  readonly title: string
  readonly environment: string
  /** '' when the plan names none: then amounts are added up whatever their currency. */
  readonly currency: string
  readonly cadence: Cadence
  readonly weekStart: WeekStart
  /** How long a micro counts towards a goal, in days. */
  readonly windowDays: number
  readonly conversions: readonly MeasuredConversion[]
  readonly stages: readonly MeasuredStage[]
  readonly experiments: readonly Experiment[]
  /** Those of the environment; none where the plan knows no markets, or one alone. */
  readonly markets: readonly MeasuredMarket[]
  /** Parameters that reports can show. */
  readonly registered: readonly string[]
}

export interface MeasuredMarket {
  readonly id: string
  readonly title: string
  readonly weekend?: readonly string[]
}

export interface MeasuredStage {
  readonly id: string
  readonly title: string
  readonly micros: readonly string[]
  /** Of units that did at least one of them. */
  readonly target?: Target
  /** Why the source has no rate of it, in words, where it has none. */
  readonly noRate?: string
}

export interface MeasuredConversion {
  readonly id: string
  readonly title: string
  readonly tier: 'goal' | 'micro'
  readonly primary: boolean
  readonly stage?: string
  readonly owner?: string
  /** Who has agreed to the target. */
  readonly approvedBy?: string
  /** The number that decides, in words, and those that are looked at beside it. */
  readonly metric?: string
  readonly metrics: readonly string[]
  /** What is given for doing it. */
  readonly incentive?: string
  readonly source: Conversion['source']
  readonly system?: string
  /** Absent for what GA4 cannot see. */
  readonly event?: string
  /** What an event must carry besides its name to be this conversion. */
  readonly needs: readonly Need[]
  /** Conditions of the plan that no export can show, in words. */
  readonly unseen: readonly string[]
  /** Other conversions that look the same in the export. */
  readonly sameAs: readonly string[]
  /** Its event and, in words, why the source cannot count it, where it cannot; then it has no event here. */
  readonly unavailable?: { readonly event: string; readonly why: string }
  /** Why the source has no rate of it, in words, where it has none. */
  readonly noRate?: string
  /** What makes several events one occurrence. */
  readonly once: 'event' | 'transaction' | 'session'
  readonly counting: 'occurrences' | 'sessions'
  readonly parameters: readonly {
    readonly name: string
    readonly type?: string
    /** The site may leave it out. */
    readonly optional?: true
  }[]
  readonly feeds: readonly string[]
  readonly value?: number
  readonly weight?: number
  readonly evidence?: { readonly method: string; readonly asOf: string }
  readonly target?: Target
  /** By channel, device or market. */
  readonly targets: readonly PartTarget[]
  readonly benchmarks: readonly Benchmark[]
  readonly guardrail?: Guardrail
  readonly alerts?: Alerts
  readonly effort?: number
  readonly expectedLift?: string
}

export type Alerts = NonNullable<PlanDocument['goals'][string]['alerts']>

export function measuredPlanOf(plan: Plan): MeasuredPlan {
  const conversions = conversionsOf(plan).map((conversion) => measured(conversion, plan))
  return {
    id: plan.id,
    file: plan.file,
    title: plan.title,
    environment: plan.environment.id,
    currency: plan.currency ?? '',
    cadence: plan.review.scorecard ?? 'weekly',
    weekStart: plan.environment.analytics?.weekStart ?? weekStartOf(plan.markets) ?? 'monday',
    windowDays: plan.attributionDays ?? 30,
    conversions: conversions.map((one) => ({ ...one, sameAs: looksLike(one, conversions) })),
    stages: plan.stages.map(({ id, title, micros, target }) => ({
      id,
      title,
      micros: micros.map((micro) => micro.id),
      ...optional('target', target),
    })),
    markets: plan.markets.map(({ id, title, weekend }) => ({ id, title, ...optional('weekend', weekend) })),
    registered: plan.parameters
      .filter(({ definition }) => definition.register === 'event')
      .map(({ name }) => name),
    experiments: plan.experiments,
  }
}

/** The day after the weekend, where all markets rest on the same days. */
function weekStartOf(markets: readonly Pick<MeasuredMarket, 'weekend'>[]): WeekStart | undefined {
  const weekends = new Set(markets.map(({ weekend = [] }) => [...weekend].sort().join(' ')))
  const [weekend = ''] = weekends
  return weekends.size === 1 ? WEEK_STARTS[weekend] : undefined
}

const WEEK_STARTS: Readonly<Record<string, WeekStart>> = {
  'sat sun': 'monday',
  'fri sat': 'sunday',
  'fri thu': 'saturday',
}

function measured(conversion: Conversion, plan: Plan): MeasuredConversion {
  const { needs, unseen } = needsOf(conversion)
  const counting = conversion.keyEvent?.counting === 'once_per_session' ? 'sessions' : 'occurrences'
  const dictionary = new Map(plan.parameters.map(({ name, definition }) => [name, definition]))
  return {
    id: conversion.id,
    title: conversion.title,
    tier: conversion.tier,
    primary: conversion.tier === 'goal' && conversion.primary,
    ...(conversion.tier === 'micro' ? { stage: conversion.stage } : {}),
    ...optional('owner', conversion.owner),
    ...optional('approvedBy', conversion.approvedBy),
    ...optional('metric', conversion.metric),
    metrics: conversion.metrics ?? [],
    ...optional('incentive', conversion.incentive),
    source: conversion.source,
    ...optional('system', conversion.system),
    ...optional('event', conversion.event),
    needs,
    unseen,
    sameAs: [],
    once: conversion.event === 'purchase' ? 'transaction' : counting === 'sessions' ? 'session' : 'event',
    counting,
    parameters: conversion.parameters.map(({ name }) => ({
      name,
      ...optional('type', dictionary.get(name)?.type),
      ...optional('optional', dictionary.get(name)?.optional || undefined),
    })),
    feeds: conversion.tier === 'micro' ? conversion.feeds : [],
    ...optional('value', conversion.tier === 'goal' ? conversion.value : conversion.keyEvent?.value),
    ...optional('weight', conversion.tier === 'micro' ? conversion.weight : undefined),
    ...optional('evidence', conversion.tier === 'micro' ? conversion.evidence : undefined),
    ...optional('target', conversion.target),
    targets: conversion.targets,
    benchmarks: conversion.benchmarks,
    ...optional('guardrail', conversion.tier === 'goal' ? conversion.guardrail : undefined),
    ...optional('alerts', conversion.alerts),
    ...optional('effort', conversion.effort),
    ...optional('expectedLift', conversion.expectedLift),
  }
}

/**
 * Conversions that share the event and that the export cannot tell from this one: what is needed of both is the same, or what is
 * needed of the other is more and this one is narrowed by what cannot be seen.
 */
function looksLike(one: MeasuredConversion, all: readonly MeasuredConversion[]): readonly string[] {
  if (one.event === undefined) return []
  const mine = one.needs.map((need) => JSON.stringify(need))
  return all
    .filter((other) => other.id !== one.id && other.event === one.event)
    .filter((other) => {
      const theirs = new Set(other.needs.map((need) => JSON.stringify(need)))
      const within = mine.every((need) => theirs.has(need))
      return within && (theirs.size === mine.length || one.unseen.length > 0)
    })
    .map(({ id }) => id)
}
