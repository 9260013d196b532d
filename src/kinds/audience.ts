import { GA4_LIMITS } from '../facts/limits.ts'
import { conversionsOf, type Audience, type Plan } from '../plan/plan.ts'
import { fitDescription, parseDescription } from '../resources/marker.ts'
import type { AudienceSpec, Json, Resource } from '../resources/resource.ts'
import { filterWords } from './audience-filter-words.ts'
import { audienceClauses, audienceRule, normalClauses, type AudienceRule } from './audience-rule.ts'
import { ga4Key, textOf, type Ga4Module, type Sent } from './kind.ts'
import { textWords, type Said } from './said.ts'

/**
 * A list of visitors by what they did. Its rule can never be changed; no list but a new one has another, and begins at zero.
 * https://developers.google.com/analytics/devguides/config/admin/v1/rest/v1alpha/properties.audiences
 */
export const audience: Ga4Module<'ga4/audience'> = {
  title: 'audience',
  titles: 'audiences',
  // Its name is free text and may be changed by anybody.
  mark: 'description with id',
  removal: 'archive',
  compile: audiences,
  at: 'property',
  collection: 'audiences',
  singleton: false,
  most: GA4_LIMITS.audiences,
  // An empty list says that there are to be none.
  isAsked: (plan) => plan.audiences !== undefined,
  facet: 'audience',
  subject: 'audience',
  sentByTags: false,
  fixed: ['membershipDurationDays', 'exclusionDurationMode', 'filterClauses'],
  replacing:
    'GA4 never changes the rule of an audience: it is archived and made anew, and the list starts again at zero',
  identity: ({ key }) => key,
  nameOf: ({ displayName }) => displayName,
  idOf: ({ displayName }) => displayName,
  fromWire: specOf,
  toWire: (spec) => ({ ...spec }),
  wireFields: {},
  words: ({ spec }) => {
    const { filterClauses, membershipDurationDays: days, exclusionDurationMode, eventTrigger } = spec
    const rule = audienceRule(filterClauses)
    return [
      ['Audience', spec.displayName],
      ...(rule === undefined ? [['Filter', filterWords(filterClauses)] as const] : ruleWords(rule)),
      ...(exclusionDurationMode === 'EXCLUDE_PERMANENTLY' ? [['Left out', 'for ever'] as const] : []),
      ['Kept for', `${days} ${days === 1 ? 'day' : 'days'}`],
      ...(eventTrigger === undefined ? [] : [['Event on joining', joiningWords(eventTrigger)] as const]),
      ...textWords('Description', spec.description),
    ]
  },
}

function specOf(sent: Sent): AudienceSpec {
  const clauses = normalClauses((sent.filterClauses ?? []) as readonly Json[])
  const leavesOut = clauses.some((clause) => (clause as Clause).clauseType === 'EXCLUDE')
  const trigger = sent.eventTrigger as { eventName?: unknown; logCondition?: unknown } | undefined
  return {
    displayName: textOf(sent.displayName),
    description: parseDescription(textOf(sent.description)).text,
    membershipDurationDays: Number(sent.membershipDurationDays ?? 0),
    // Without anybody to leave out Google ignores it.
    ...(leavesOut
      ? { exclusionDurationMode: textOf(sent.exclusionDurationMode) || 'EXCLUDE_TEMPORARILY' }
      : {}),
    filterClauses: clauses,
    ...(trigger === undefined
      ? {}
      : {
          eventTrigger: {
            eventName: textOf(trigger.eventName),
            logCondition: textOf(trigger.logCondition) || 'AUDIENCE_JOINED',
          },
        }),
  }
}

type Clause = { readonly clauseType?: Json }

function ruleWords({ did, didNot, inOrder, withinDays }: AudienceRule): Said {
  const within = withinDays === undefined ? '' : ` within ${withinDays} ${withinDays === 1 ? 'day' : 'days'}`
  return [
    ...textWords('Events', did.join(' and ')),
    ...textWords('In order', inOrder.join(`, then${within} `)),
    ...textWords(
      'Did not',
      didNot.length === 0 ? '' : `${didNot.join(' or ')}${inOrder.length > 0 ? '' : within}`,
    ),
  ]
}

function joiningWords({ eventName, logCondition }: { eventName: string; logCondition: string }): string {
  return logCondition === 'AUDIENCE_JOINED' ? eventName : `${eventName} (again with every renewal)`
}

/** Ids of conversions become the events that GA4 knows them by. */
function audiences(plan: Plan): readonly Resource<'ga4/audience'>[] {
  const events = new Map(
    conversionsOf(plan).flatMap(({ id, event }) => (event === undefined ? [] : [[id, event] as const])),
  )
  return (plan.audiences ?? []).map((each) => ({
    kind: 'ga4/audience',
    key: ga4Key(plan, each.id, 'audience'),
    ...(each.was === undefined ? {} : { was: [ga4Key(plan, each.was, 'audience')] }),
    name: each.title,
    // In the form that is read, so that the two can be compared.
    spec: specOf({
      displayName: each.title,
      description: fitDescription(each.description ?? '', `${plan.id}/${each.id}`),
      membershipDurationDays: each.keptDays,
      ...ruleOf(each, (id) => events.get(id) ?? id),
      ...(each.event === undefined ? {} : { eventTrigger: { eventName: each.event } }),
    }),
    notes: '',
    origin: each.at,
  }))
}

function ruleOf(
  { filter, did, didNot, inOrder, withinDays }: Audience,
  eventOf: (id: string) => string,
): object {
  if (filter !== undefined) return filter
  const rule = { did: did.map(eventOf), didNot: didNot.map(eventOf), inOrder: inOrder.map(eventOf) }
  return { filterClauses: audienceClauses({ ...rule, ...(withinDays === undefined ? {} : { withinDays }) }) }
}
