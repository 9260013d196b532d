import { buildParameterValues } from '../sources/build.ts'
import { buildTrigger } from '../triggers/build.ts'
import type { Pointer } from './diagnostic.ts'
import { pointerOf } from './diagnostic.ts'
import type { Environment, Goal, Micro, Plan, Stage } from './plan.ts'
import type {
  Environment as EnvironmentDocument,
  Goal as GoalDocument,
  Micro as MicroDocument,
  PlanDocument,
} from './plan-types.ts'

/**
 * Builds the Plan for one environment from a document that has passed the check and whose `${NAME}` are resolved.
 * @param file the plan file as the user named it; it stands in GTM's notes.
 */
export function buildPlan(document: PlanDocument, environmentId: string, file: string): Plan {
  const environments = Object.entries(document.environments).map(([id, environment]) =>
    buildEnvironment(id, environment, document),
  )
  const environment = environments.find((each) => each.id === environmentId)
  if (!environment) throw new Error(`The plan has no environment "${environmentId}".`)
  const goals = Object.entries(document.goals).map(([id, goal]) => buildGoal(id, goal, document))
  return {
    id: document.plan,
    file: file.replaceAll('\\', '/'),
    title: document.title,
    ...optional('currency', document.currency),
    ...optional('timezone', document.timezone),
    ...optional('attributionDays', daysOf(document.attributionWindow)),
    singlePageApp: document.site?.singlePageApp ?? false,
    googleTag: document.googleTag ?? 'managed',
    consent: {
      mode: document.consent?.mode ?? 'none',
      requires: document.consent?.requires ?? ['analytics_storage'],
      defaults: document.consent?.defaults ?? {},
    },
    enhancedMeasurement: document.enhancedMeasurement ?? {},
    environment,
    containerEnvironments: environments.filter((each) => each.gtm.container === environment.gtm.container),
    parameters: Object.entries(document.parameters ?? {}).map(([name, definition]) => ({
      name,
      at: pointerOf('parameters', name),
      definition,
    })),
    sharedParameters: buildParameterValues(document.sharedParameters, pointerOf('sharedParameters')),
    userProperties: buildParameterValues(document.userProperties, pointerOf('userProperties')),
    naming: document.naming ?? {},
    goals,
    stages: Object.entries(document.stages).map(([id, stage]): Stage => {
      const at = pointerOf('stages', id)
      const micros = Object.entries(stage.micro).map(([microId, micro]) =>
        buildMicro(microId, micro, id, at + pointerOf('micro', microId), document, goals),
      )
      return { id, at, title: stage.title, ...optional('was', stage.was), micros }
    }),
  }
}

function buildEnvironment(id: string, environment: EnvironmentDocument, document: PlanDocument): Environment {
  return {
    id,
    at: pointerOf('environments', id),
    gtm: environment.gtm,
    ga4: environment.ga4,
    hosts: environment.hosts ?? [],
    protected: environment.protected ?? false,
    ...optional('transportUrl', environment.transportUrl ?? document.transportUrl),
  }
}

function buildGoal(id: string, goal: GoalDocument, document: PlanDocument): Goal {
  const base = buildConversion(id, goal, pointerOf('goals', id), document)
  // A purchase is worth counting each time; a lead sent twice is one lead.
  const counting = goal.counting ?? (isPurchase(goal) ? 'once_per_event' : 'once_per_session')
  return {
    ...base,
    tier: 'goal',
    primary: goal.primary ?? false,
    ...optional('value', goal.value),
    // A goal is always a key event, whoever sends the event.
    ...(base.event === undefined ? {} : { keyEvent: { counting, ...optional('value', goal.value) } }),
  }
}

function buildMicro(
  id: string,
  micro: MicroDocument,
  stage: string,
  at: Pointer,
  document: PlanDocument,
  goals: readonly Goal[],
): Micro {
  const base = buildConversion(id, micro, at, document)
  const keyEvent = {
    counting: micro.counting ?? 'once_per_session',
    ...optional('value', micro.value ?? shareOfGoal(micro, goals)),
  } as const
  return {
    ...base,
    tier: 'micro',
    stage,
    feeds: micro.feeds,
    ...optional('weight', micro.weight),
    ...(micro.keyEvent && base.event !== undefined ? { keyEvent } : {}),
  }
}

function buildConversion(
  id: string,
  conversion: GoalDocument | MicroDocument,
  at: Pointer,
  document: PlanDocument,
): Omit<Goal, 'tier' | 'primary' | 'value' | 'keyEvent'> {
  const source = conversion.source ?? 'ga4'
  const collectedBy = conversion.collectedBy ?? 'tag'
  const byTag = source === 'ga4' && collectedBy === 'tag'
  return {
    id,
    at,
    title: conversion.title,
    ...optional('was', conversion.was),
    ...optional('touchpoint', conversion.touchpoint),
    ...optional('owner', conversion.owner ?? document.owner),
    ...optional('target', conversion.target),
    // What GA4 does not see has no event there, even where the plan notes the name it would have.
    ...(source === 'ga4' ? optional('event', conversion.event) : {}),
    ...(byTag && conversion.trigger
      ? { trigger: buildTrigger(conversion.trigger, at + pointerOf('trigger')) }
      : {}),
    parameters: buildParameterValues(conversion.parameters, at + pointerOf('parameters')),
    ecommerce: conversion.ecommerce ?? false,
    source,
    collectedBy,
    fires: conversion.fires ?? 'once_per_event',
    ...optional('requires', conversion.requires),
  }
}

function isPurchase(goal: GoalDocument): boolean {
  return goal.event === 'purchase' || (goal.ecommerce === true && goal.outcome === 'revenue')
}

/** The weight's share of the value of the primary goal it feeds, else of the first goal it feeds. */
function shareOfGoal(micro: MicroDocument, goals: readonly Goal[]): number | undefined {
  const fed = goals.filter((goal) => micro.feeds.includes(goal.id))
  const goal = fed.find((each) => each.primary) ?? fed.find((each) => each.id === micro.feeds[0])
  if (micro.weight === undefined || goal?.value === undefined) return undefined
  // 0.03 x 180 is 5.4, not 5.3999999999999995.
  return Number((micro.weight * goal.value).toFixed(4))
}

function daysOf(window: string | undefined): number | undefined {
  return window === undefined ? undefined : Number.parseInt(window, 10)
}

/** A field that is left out rather than undefined, so that equal plans are equal. */
function optional<K extends string, V>(name: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [name]: value } as { [P in K]: V })
}
