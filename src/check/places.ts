/**
 * Every conversion, trigger, condition and source of a document in a flat list, each with its place, for rules. What the schema
 * refused is left out, so that rules can trust the types.
 *
 * It is not the Plan, because rules speak of plans that cannot be built: a trigger of two kinds, a source of none, a goal
 * that is missing, several environments at once. It adds places to a document and decides nothing: what follows from what is said
 * or left out is asked of `plan/decisions.ts`, what a trigger is and what a source reads of `triggers/` and `sources/`.
 */
import { isInGa4, isKeyEvent, isTagged, ownerOf } from '../plan/decisions.ts'
import { pointerOf, type Pointer } from '../plan/diagnostic.ts'
import {
  entriesOf,
  goalsIn,
  microsIn,
  stagesIn,
  type ConversionPlace,
  type StagePlace,
} from '../plan/places.ts'
import type {
  Audience,
  Condition,
  Destination,
  Environment,
  Market,
  ParameterDefinition,
  PlanDocument,
  Sent,
  Source,
  Test,
  Trigger,
} from '../plan/plan-types.ts'
import { subjectsIn, type SubjectSaid } from '../sources/condition.ts'
import { kindsIn } from '../sources/kinds.ts'
import { inputsIn } from '../sources/said.ts'
import type { SourceKind } from '../sources/source.ts'
import { kindsIn as triggerKindsIn } from '../triggers/kinds.ts'
import type { TriggerKind } from '../triggers/trigger.ts'
import { sentTo } from './sent-to.ts'
import { targetsOf, type PlacedTarget } from './targets.ts'

export interface PlanPlaces {
  readonly plan: PlanDocument
  /** The day of the check, as 2026-11-22. */
  readonly today: string
  readonly goals: readonly PlacedConversion[]
  readonly micros: readonly PlacedConversion[]
  /** Goals, then micro conversions. */
  readonly conversions: readonly PlacedConversion[]
  /** Of conversions, of stages and of markets. */
  readonly targets: readonly PlacedTarget[]
  readonly stages: readonly PlacedStage[]
  readonly environments: readonly {
    readonly id: string
    readonly at: Pointer
    readonly environment: Partial<Environment>
  }[]
  readonly parameters: readonly {
    readonly name: string
    readonly at: Pointer
    readonly definition: ParameterDefinition
  }[]
  readonly audiences: readonly {
    readonly id: string
    readonly at: Pointer
    readonly audience: Partial<Audience>
  }[]
  readonly markets: readonly PlacedMarket[]
  /** Beside GA4, each with the triggers of its own. */
  readonly destinations: readonly {
    readonly id: string
    readonly at: Pointer
    readonly destination: Partial<Destination>
    readonly triggers: readonly PlacedTrigger[]
  }[]
  readonly sources: readonly PlacedSource[]
  readonly conditions: readonly PlacedCondition[]
  /** The names of variables that the plan refers to, as written before they were resolved. */
  readonly usedVariables: ReadonlySet<string>
}

export interface PlacedMarket {
  readonly id: string
  readonly at: Pointer
  readonly market: Partial<Market>
}

export interface PlacedStage extends StagePlace {
  readonly micros: readonly PlacedConversion[]
}

export interface PlacedConversion extends ConversionPlace {
  readonly owner?: string
  /** GA4 knows it. */
  readonly inGa4: boolean
  /** A tag of the plan collects it. */
  readonly tagged: boolean
  /** It is to be a key event in GA4. */
  readonly keyEvent: boolean
  /** All triggers below `any` and `all`, each with the conditions that hold for it. */
  readonly triggers: readonly PlacedTrigger[]
  /** Its own parameters, without those that every event carries. */
  readonly parameters: readonly PlacedSource[]
}

export interface PlacedTrigger {
  readonly at: Pointer
  readonly kind: TriggerKind
  readonly trigger: Trigger
  readonly when: readonly PlacedCondition[]
}

export interface PlacedSource {
  readonly at: Pointer
  /**
   * The parameter, user property or field that it fills, also at a destination; the place in a team's own HTML; what it says
   * of the visitor; the subject, in a condition.
   */
  readonly name: string
  readonly use: 'parameter' | 'shared' | 'user' | 'condition' | 'field' | 'sent' | 'html' | 'visitor'
  readonly source: Source
  /** The one key of a source such as { dataLayer: ... }; `literal` for a plain value. */
  readonly kind: SourceKind | 'literal' | 'none'
  readonly conversion?: ConversionRef
  /** It is what a table looks up, so that nobody is told of it. */
  readonly isCompared?: true
}

/** Whether GA4 hears of it by its name: not so what a condition asks, or what only another destination is told. */
export function isOfGa4({ use }: PlacedSource): boolean {
  return !NOT_OF_GA4.has(use)
}
const NOT_OF_GA4: ReadonlySet<PlacedSource['use']> = new Set(['condition', 'sent', 'html', 'visitor'])

/**
 * What a source or condition needs to know of its conversion; of a condition that tells a market, that; of what a destination
 * reads, that.
 */
export interface ConversionRef {
  readonly id: string
  readonly at: Pointer
  /** The kinds of trigger on which it is read. */
  readonly kinds: readonly TriggerKind[]
}

export interface PlacedCondition {
  readonly at: Pointer
  /** `path`, `click`, `value`, ... */
  readonly subject: string
  /** What follows the subject: `url` in { click: { url: ... } }. */
  readonly detail?: string
  readonly source: SubjectSaid['source']
  readonly test: Test
  readonly testAt: Pointer
  readonly negative: boolean
  readonly conversion: ConversionRef
}

/** Lays a document out. It must be without what the schema refused. */
export function placesOf(plan: PlanDocument, today: string, usedVariables: ReadonlySet<string>): PlanPlaces {
  const sources: PlacedSource[] = []
  const conditions: PlacedCondition[] = []

  const collect = (
    source: Source,
    at: Pointer,
    rest: Omit<PlacedSource, 'at' | 'source' | 'kind'>,
  ): PlacedSource => {
    const found: PlacedSource = { at, source, kind: sourceKind(source), ...rest }
    sources.push(found)
    for (const { value, at: place, isCompared } of inputsIn(source, at))
      collect(value, place, { ...rest, ...(isCompared && { isCompared }) })
    return found
  }

  const conditionsOf = (
    list: readonly Condition[] | undefined,
    at: Pointer,
    negative: boolean,
    conversion: ConversionRef,
  ): PlacedCondition[] =>
    (list ?? []).flatMap((condition, index) => {
      const here = at + pointerOf(index)
      return subjectsIn(condition).map(({ subject, detail, source, test, steps }) => {
        if (condition.value !== undefined && subject === 'value') {
          collect(condition.value, here + pointerOf('value'), { name: subject, use: 'condition', conversion })
        }
        const found = {
          at: here,
          subject,
          source,
          test,
          testAt: here + pointerOf(...steps),
          negative,
          conversion,
          ...(detail === undefined ? {} : { detail }),
        }
        conditions.push(found)
        return found
      })
    })

  const triggersOf = (
    trigger: Trigger,
    at: Pointer,
    inherited: readonly PlacedCondition[],
    owner: { id: string; at: Pointer },
  ): PlacedTrigger[] => {
    const conversion: ConversionRef = { ...owner, kinds: [...new Set(kindsOf(trigger))] }
    const when = [...inherited, ...conditionsOf(trigger.when, at + pointerOf('when'), false, conversion)]
    // They are read as the page begins, on no event of a trigger.
    const armed = conditionsOf(trigger.armedWhen, at + pointerOf('armedWhen'), false, { ...owner, kinds: [] })
    conditionsOf(trigger.unless, at + pointerOf('unless'), true, conversion)
    const nested = (['any', 'all'] as const).flatMap((group) =>
      (trigger[group] ?? []).flatMap((one, index) =>
        triggersOf(one, at + pointerOf(group, index), when, owner),
      ),
    )
    const own = triggerKindsIn(trigger).map((kind) => ({ at, kind, trigger, when: [...when, ...armed] }))
    return [...own, ...nested]
  }

  const conversionOf = (place: ConversionPlace): PlacedConversion => {
    const { id, tier, at, data } = place
    const owner = ownerOf(data, plan)
    const triggers =
      data.trigger === undefined ? [] : triggersOf(data.trigger, at + pointerOf('trigger'), [], { id, at })
    const conversion: ConversionRef = { id, at, kinds: [...new Set(triggers.map((trigger) => trigger.kind))] }
    const parameters = Object.entries(data.parameters ?? {}).map(([name, source]) =>
      collect(source, at + pointerOf('parameters', name), { name, use: 'parameter', conversion }),
    )
    for (const [name, source] of Object.entries(data.userProperties ?? {}))
      collect(source, at + pointerOf('userProperties', name), { name, use: 'user', conversion })
    for (const [field, source] of fieldsOf(data, ['measurementIdFrom', 'eventFrom', 'userData']))
      collect(source, at + pointerOf(field), { name: FIELDS[field], use: 'field', conversion })
    for (const [to, said] of Object.entries(data.send ?? {}))
      for (const [name, source, ...steps] of sentSources(said))
        collect(source, at + pointerOf('send', to, ...steps), { name, use: 'sent', conversion })
    return {
      ...place,
      ...(owner === undefined ? {} : { owner }),
      inGa4: isInGa4(data),
      tagged: isTagged(data),
      keyEvent: isKeyEvent(tier, data),
      triggers,
      parameters,
    }
  }

  const goals = goalsIn(plan).map(conversionOf)
  const stages = stagesIn(plan).map((stage) => ({ ...stage, micros: microsIn(stage).map(conversionOf) }))
  for (const [use, list] of [
    ['shared', plan.sharedParameters],
    ['user', plan.userProperties],
  ] as const) {
    const key = use === 'shared' ? 'sharedParameters' : 'userProperties'
    for (const [name, source] of entriesOf(list)) collect(source, pointerOf(key, name), { name, use })
  }
  for (const [field, source] of fieldsOf(plan, ['measurementIdFrom', 'eventId']))
    collect(source, pointerOf(field), { name: FIELDS[field], use: 'field' })
  for (const [id, said] of entriesOf(plan.userData))
    for (const [name, source] of entriesOf<Source>({ ...said }))
      collect(source, pointerOf('userData', id, name), { name, use: 'visitor' })
  const markets = entriesOf(plan.markets).map(([id, market]) => ({
    id,
    at: pointerOf('markets', id),
    market,
  }))
  for (const { id, at, market } of markets)
    conditionsOf(market.when, at + pointerOf('when'), false, { id, at, kinds: [] })
  const micros = stages.flatMap((stage) => stage.micros)
  const conversions = [...goals, ...micros]
  const destinations = entriesOf(plan.destinations).map(([id, destination]) => {
    const at = pointerOf('destinations', id)
    const { trigger } = destination
    const triggers =
      trigger === undefined ? [] : triggersOf(trigger, at + pointerOf('trigger'), [], { id, at })
    // Without a trigger of its own it runs on those of the conversions that are sent there.
    const on =
      trigger === undefined
        ? conversions
            .filter((each) => each.tagged && sentTo(each, id, destination) !== false)
            .flatMap((each) => each.triggers)
        : triggers
    const conversion: ConversionRef = { id, at, kinds: [...new Set(on.map(({ kind }) => kind))] }
    for (const [name, source] of entriesOf(destination.with))
      collect(source, at + pointerOf('with', name), { name, use: 'html', conversion })
    return { id, at, destination, triggers }
  })
  return {
    plan,
    today,
    goals,
    micros,
    conversions,
    targets: targetsOf({ stages, conversions, markets }),
    stages,
    environments: entriesOf(plan.environments).map(([id, environment]) => ({
      id,
      at: pointerOf('environments', id),
      environment,
    })),
    parameters: entriesOf(plan.parameters).map(([name, definition]) => ({
      name,
      at: pointerOf('parameters', name),
      definition,
    })),
    audiences: entriesOf(plan.audiences).map(([id, audience]) => ({
      id,
      at: pointerOf('audiences', id),
      audience,
    })),
    markets,
    destinations,
    sources,
    conditions,
    usedVariables,
  }
}

/** Fields that are a source, and what they fill. */
const FIELDS = {
  measurementIdFrom: 'measurement_id',
  eventFrom: 'event_name',
  userData: 'user_data',
  eventId: 'event_id',
} as const
type SourceField = keyof typeof FIELDS

function fieldsOf<F extends SourceField>(
  said: { readonly [P in F]?: Source },
  fields: readonly F[],
): (readonly [F, Source])[] {
  return fields.flatMap((field) => {
    const source = said[field]
    return source === undefined ? [] : [[field, source] as const]
  })
}

/** What `send` reads for a destination, and what it fills there. */
function sentSources(said: Sent): (readonly [string, Source, ...string[]])[] {
  if (typeof said !== 'object') return []
  const own = SENT.flatMap((field) => {
    const source = said[field]
    return source === undefined || source === false ? [] : [[SENT_NAMES[field], source, field] as const]
  })
  const more = Object.entries(said.parameters ?? {}).map(
    ([name, source]) => [name, source, 'parameters', name] as const,
  )
  return [...own, ...more]
}

const SENT = ['value', 'currency', 'id'] as const
const SENT_NAMES = { value: 'value', currency: 'currency', id: 'event_id' } as const

function kindsOf(trigger: Trigger): TriggerKind[] {
  const nested = [...(trigger.any ?? []), ...(trigger.all ?? [])].flatMap(kindsOf)
  return [...triggerKindsIn(trigger), ...nested]
}

/** `none` for an object that names no source. */
function sourceKind(source: Source): PlacedSource['kind'] {
  return typeof source === 'object' ? (kindsIn(source)[0] ?? 'none') : 'literal'
}
