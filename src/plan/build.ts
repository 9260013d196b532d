import { buildParameterValues, buildSource } from '../sources/build.ts'
import { buildTrigger } from '../triggers/build.ts'
import type { Pointer } from './diagnostic.ts'
import { pointerOf } from './diagnostic.ts'
import {
  consentIn,
  countingOf,
  isInGa4,
  isKeyEvent,
  isOnSite,
  isTagged,
  ownerOf,
  transportUrlOf,
  worthOf,
  type Tier,
} from './decisions.ts'
import { entityFilesOf } from './entities.ts'
import {
  byMarket,
  consentOf,
  MARKET,
  marketParameter,
  marketsIn,
  marketSource,
  targetsIn,
  type InMarkets,
} from './markets.ts'
import { optional } from './optional-field.ts'
import type { Audience, Destination, Environment, Goal, Micro, Parameter, Plan, Sent, Stage } from './plan.ts'
import type {
  Environment as EnvironmentDocument,
  Goal as GoalDocument,
  Micro as MicroDocument,
  ParameterDefinition,
  PlanDocument,
  Sent as SentDocument,
  Source as SourceDocument,
} from './plan-types.ts'
import type { Source } from '../sources/source.ts'

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
  const markets = marketsIn(document.markets, environmentId)
  const marketFrom = marketSource(markets)
  const inMarkets: InMarkets = { markets, ...optional('marketFrom', marketFrom) }
  const goals = Object.entries(document.goals).map(([id, goal]) => buildGoal(id, goal, document, inMarkets))
  return {
    id: document.plan,
    ...optional('was', document.was),
    file: file.replaceAll('\\', '/'),
    title: document.title,
    ...optional('description', document.description),
    ...optional('owner', document.owner),
    ...optional('currency', document.currency),
    ...optional('timezone', document.timezone),
    review: document.review ?? {},
    ...optional('attributionDays', daysOf(document.attributionWindow)),
    site: { hosts: [], singlePageApp: false, languages: [], ...document.site },
    googleTag: document.googleTag ?? 'managed',
    draft: document.draft ?? false,
    ...optional('measurementIdFrom', sourceOf(document.measurementIdFrom)),
    consent: consentIn(document),
    // The schema lets no other text stand there.
    consentRegions: { ...consentOf(markets), ...document.consentRegions } as Plan['consentRegions'],
    enhancedMeasurement: document.enhancedMeasurement ?? {},
    property: document.property ?? {},
    destinations: buildDestinations(document.destinations, inMarkets),
    ...inMarkets,
    userData: Object.entries(document.userData ?? {}).map(([id, fields]) => {
      const at = pointerOf('userData', id)
      return { id, at, fields: buildParameterValues({ ...fields }, at) }
    }),
    ...optional('eventId', sourceOf(document.eventId)),
    entities: entityFilesOf(document),
    ...optional('audiences', document.audiences && buildAudiences(document.audiences)),
    environment,
    containerEnvironments: environments.filter((each) => each.gtm.container === environment.gtm.container),
    parameters: buildParameters(document),
    sharedParameters: [
      ...buildParameterValues(document.sharedParameters, pointerOf('sharedParameters')),
      ...marketParameter(marketFrom),
    ],
    userProperties: buildParameterValues(document.userProperties, pointerOf('userProperties')),
    naming: document.naming ?? {},
    touchpoints: new Map(Object.entries(document.touchpoints ?? {})),
    goals,
    experiments: Object.entries(document.experiments ?? {}).map(([id, experiment]) => ({
      id,
      at: pointerOf('experiments', id),
      ...experiment,
    })),
    stages: Object.entries(document.stages).map(([id, { micro, ...asSaid }]): Stage => {
      const at = pointerOf('stages', id)
      const micros = Object.entries(micro).map(([microId, each]) =>
        buildMicro(microId, each, id, at + pointerOf('micro', microId), document, goals, inMarkets),
      )
      return { id, at, ...asSaid, micros }
    }),
    ignore: document.ignore ?? [],
  }
}

/** The dictionary. The market is in it wherever the plan has markets: a parameter that is not registered shows in no report. */
function buildParameters({ parameters = {}, markets }: PlanDocument): readonly Parameter[] {
  const said = Object.entries(parameters).map(([name, definition]) => ({
    name,
    at: pointerOf('parameters', name),
    definition,
  }))
  if (markets === undefined || Object.hasOwn(parameters, MARKET)) return said
  const definition: ParameterDefinition = {
    type: 'string',
    values: Object.keys(markets).sort(),
    register: 'event',
    displayName: 'Market',
    description: 'The market of the page',
  }
  return [...said, { name: MARKET, at: pointerOf('markets'), definition }]
}

function buildDestinations(
  destinations: PlanDocument['destinations'] = {},
  plan: InMarkets,
): readonly Destination[] {
  return Object.entries(destinations).map(([id, destination]) => {
    const { id: vendorId = '', sends = 'listed', html, trigger, with: values, ...asSaid } = destination
    const at = pointerOf('destinations', id)
    return {
      ...asSaid,
      id,
      at,
      vendorId,
      ...optional(
        'vendorIdFrom',
        byMarket(plan, (market) => market.destinations[id], vendorId),
      ),
      sends,
      with: buildParameterValues(values, at + pointerOf('with')),
      ...optional('html', Array.isArray(html) ? html.join('\n') : html),
      ...optional('trigger', trigger && buildTrigger(trigger, at + pointerOf('trigger'))),
    }
  })
}

function buildAudiences(audiences: NonNullable<PlanDocument['audiences']>): readonly Audience[] {
  return Object.entries(audiences).map(([id, audience]) => {
    const { did = [], didNot = [], inOrder = [], within, keep, filter, ...asSaid } = audience
    // A file that could not be read has been said; its name is no filter.
    const clauses = typeof filter === 'string' ? undefined : filter
    return {
      id,
      at: pointerOf('audiences', id),
      ...asSaid,
      did,
      didNot,
      inOrder,
      ...optional('withinDays', daysOf(within)),
      keptDays: Number.parseInt(keep, 10),
      ...optional('filter', clauses),
    }
  })
}

function buildEnvironment(id: string, environment: EnvironmentDocument, document: PlanDocument): Environment {
  const { hosts = [], protected: isProtected = false, transportUrl: _, ...asSaid } = environment
  return {
    id,
    at: pointerOf('environments', id),
    ...asSaid,
    hosts,
    protected: isProtected,
    ...optional('transportUrl', transportUrlOf(environment, document)),
  }
}

function buildGoal(id: string, goal: GoalDocument, document: PlanDocument, inMarkets: InMarkets): Goal {
  const { counting: _, ...rest } = goal
  const base = buildConversion(id, rest, pointerOf('goals', id), document, inMarkets)
  return {
    ...base,
    tier: 'goal',
    primary: goal.primary ?? false,
    ...optional('worth', goal.value),
    ...keyEventOf('goal', base.event, goal, goal.value),
  }
}

function buildMicro(
  id: string,
  micro: MicroDocument,
  stage: string,
  at: Pointer,
  document: PlanDocument,
  goals: readonly Goal[],
  inMarkets: InMarkets,
): Micro {
  const { keyEvent: _, counting: __, onsite: ___, ...rest } = micro
  const base = buildConversion(id, rest, at, document, inMarkets)
  const worth = worthOf(micro, goals)
  return {
    ...base,
    tier: 'micro',
    stage,
    onsite: isOnSite(micro),
    ...optional('worth', worth),
    ...keyEventOf('micro', base.event, micro, worth),
  }
}

function keyEventOf(
  tier: Tier,
  event: string | undefined,
  said: GoalDocument | MicroDocument,
  value: number | undefined,
): Pick<Goal, 'keyEvent'> {
  if (event === undefined || !isKeyEvent(tier, said)) return {}
  return { keyEvent: { counting: countingOf(tier, said), ...optional('value', value) } }
}

/** What goals and micro conversions have in common; all other fields stand in it as in the file. */
function buildConversion<T extends Omit<GoalDocument, 'counting'> | Omit<MicroDocument, 'counting'>>(
  id: string,
  conversion: T,
  at: Pointer,
  document: PlanDocument,
  inMarkets: InMarkets,
) {
  const {
    event,
    trigger,
    parameters,
    userProperties,
    ecommerce = false,
    paused = false,
    source = 'ga4',
    collectedBy = 'tag',
    fires = 'once_per_event',
    benchmarks = [],
    target,
    targets,
    measurementIdFrom,
    eventFrom,
    userData,
    send = {},
    owner: _,
    ...asSaid
  } = conversion
  return {
    id,
    at,
    ...asSaid,
    ...optional('owner', ownerOf(conversion, document)),
    ...optional('measurementIdFrom', sourceOf(measurementIdFrom)),
    ...optional('eventFrom', sourceOf(eventFrom)),
    ...optional('userData', sourceOf(userData)),
    // What GA4 does not see has no event there, even where the plan notes the name it would have.
    ...(isInGa4({ source }) ? optional('event', event) : {}),
    ...(trigger && isTagged({ source, collectedBy })
      ? { trigger: buildTrigger(trigger, at + pointerOf('trigger')) }
      : {}),
    parameters: buildParameterValues(parameters, at + pointerOf('parameters')),
    userProperties: buildParameterValues(userProperties, at + pointerOf('userProperties')),
    ecommerce,
    paused,
    source,
    collectedBy,
    fires,
    benchmarks,
    ...targetsIn(inMarkets, id, { ...optional('target', target), ...optional('targets', targets) }),
    send: Object.fromEntries(
      Object.entries(send).map(([to, said]) => {
        const sent = buildSent(said, at + pointerOf('send', to))
        if (sent === false || sent.as === undefined) return [to, sent]
        const asFrom = byMarket(inMarkets, (market) => market.send?.[id]?.[to], sent.as)
        return [to, { ...sent, ...optional('asFrom', asFrom) }]
      }),
    ),
  }
}

function buildSent(said: SentDocument, at: Pointer): Sent | false {
  if (said === false) return false
  if (said === true) return { parameters: [] }
  if (typeof said === 'string') return { as: said, parameters: [] }
  const { value, currency, id, parameters, ...asSaid } = said
  return {
    ...asSaid,
    ...optional('value', value === false ? value : sourceOf(value)),
    ...optional('currency', sourceOf(currency)),
    ...optional('id', id === false ? id : sourceOf(id)),
    parameters: buildParameterValues(parameters, at + pointerOf('parameters')),
  }
}

function sourceOf(source: SourceDocument | undefined): Source | undefined {
  return source === undefined ? undefined : buildSource(source)
}

function daysOf(window: string | undefined): number | undefined {
  return window === undefined ? undefined : Number.parseInt(window, 10)
}
