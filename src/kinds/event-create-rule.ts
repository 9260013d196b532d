import { pointerOf } from '../plan/diagnostic.ts'
import type { Property } from '../plan/plan-types.ts'
import { canonicalJson } from '../resources/canonical-json.ts'
import type { EventCreateRuleSpec } from '../resources/resource.ts'
import { ga4Key, textOf, type Ga4Module, type Sent } from './kind.ts'
import { textWords } from './said.ts'
import { UNOWNED } from './unowned.ts'

type Derived = NonNullable<Property['derived']>[string]
type DerivedCondition = NonNullable<Derived['when']>[number]

/**
 * An event that GA4 makes of another: a micro conversion without a tag. GA4 makes it in the stream, from then on.
 * https://github.com/googleapis/googleapis/blob/f8291d2b89f0017ab078a4c7378069bae5686f6f/google/analytics/admin/v1alpha/event_create_and_edit.proto
 */
export const eventCreateRule: Ga4Module<'ga4/event-create-rule'> = {
  ...UNOWNED,
  title: 'event create rule',
  titles: 'event create rules',
  compile: (plan) =>
    Object.entries(plan.property.derived ?? {}).map(([event, derived]) => ({
      kind: 'ga4/event-create-rule',
      key: ga4Key(plan, event, 'event-create-rule'),
      name: event,
      spec: {
        destinationEvent: event,
        eventConditions: normalConditions([
          { field: 'event_name', comparisonType: 'EQUALS', value: derived.from },
          ...(derived.when ?? []).map(conditionOf),
        ]),
        sourceCopyParameters: derived.copy ?? true,
        parameterMutations: Object.entries(derived.set ?? {})
          .map(([parameter, value]) => ({ parameter, parameterValue: String(value) }))
          .sort(byText),
      },
      notes: '',
      origin: pointerOf('property', 'derived', event),
      ...(derived.was === undefined ? {} : { was: [ga4Key(plan, derived.was, 'event-create-rule')] }),
    })),
  at: 'stream',
  collection: 'eventCreateRules',
  isAsked: ({ property }) => property.derived !== undefined,
  facet: 'event-create-rule',
  fixed: [],
  effects: {
    destinationEvent: 'GA4 makes it under the new name from now on; what it made before keeps the old one',
    eventConditions: 'GA4 makes the event so from now on; what it made before stays',
  },
  identity: ({ spec }) => spec.destinationEvent,
  formerIdentity: (event) => event,
  nameOf: ({ destinationEvent }) => destinationEvent,
  idOf: ({ destinationEvent }) => destinationEvent,
  fromWire: (sent) => ({
    destinationEvent: textOf(sent.destinationEvent),
    eventConditions: normalConditions(listIn(sent, 'eventConditions')),
    sourceCopyParameters: sent.sourceCopyParameters === true,
    parameterMutations: listIn(sent, 'parameterMutations')
      .map((each) => ({ parameter: textOf(each.parameter), parameterValue: textOf(each.parameterValue) }))
      .sort(byText),
  }),
  toWire: (spec) => ({ ...spec }),
  words: ({ spec }) => [
    ['Event', spec.destinationEvent],
    ['Made when', spec.eventConditions.map(conditionWords).join(' and ')],
    ['Keeps the parameters', spec.sourceCopyParameters ? 'yes' : 'no'],
    ...textWords(
      'Sets',
      spec.parameterMutations.map((each) => `${each.parameter} = ${each.parameterValue}`).join(', '),
    ),
  ],
}

type Condition = EventCreateRuleSpec['eventConditions'][number]

const COMPARISONS = {
  equals: 'EQUALS',
  contains: 'CONTAINS',
  startsWith: 'STARTS_WITH',
  endsWith: 'ENDS_WITH',
  matches: 'REGULAR_EXPRESSION',
  greaterThan: 'GREATER_THAN',
  lessThan: 'LESS_THAN',
} as const
const CASELESS = '_CASE_INSENSITIVE'

function conditionOf(condition: DerivedCondition): Condition {
  const { parameter, not = false, ignoreCase = false } = condition
  const verbs = Object.keys(COMPARISONS) as (keyof typeof COMPARISONS)[]
  const verb = verbs.find((each) => condition[each] !== undefined) ?? 'equals'
  return {
    field: parameter,
    comparisonType: COMPARISONS[verb] + (ignoreCase ? CASELESS : ''),
    value: String(condition[verb] ?? ''),
    ...(not ? { negated: true } : {}),
  }
}

/** All must hold, so their order means nothing. */
function normalConditions(conditions: readonly Sent[]): readonly Condition[] {
  return conditions
    .map(({ field, comparisonType, value, negated }) => ({
      field: textOf(field),
      comparisonType: textOf(comparisonType),
      value: textOf(value),
      ...(negated === true ? { negated } : {}),
    }))
    .sort(byText)
}

function byText(a: object, b: object): number {
  return canonicalJson(Object.values(a)) < canonicalJson(Object.values(b)) ? -1 : 1
}

function conditionWords({ field, comparisonType, value, negated }: Condition): string {
  const verb = comparisonType.replace(CASELESS, '').toLowerCase().replaceAll('_', ' ')
  const caseless = comparisonType.endsWith(CASELESS) ? ' (any case)' : ''
  return `${field} ${negated === true ? 'not ' : ''}${verb} ${value}${caseless}`
}

function listIn(sent: Sent, field: string): readonly Sent[] {
  const value = sent[field]
  return Array.isArray(value) ? (value as readonly Sent[]) : []
}
