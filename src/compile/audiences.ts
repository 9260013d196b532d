import { audience } from '../kinds/audience.ts'
import { audienceClauses } from '../kinds/audience-rule.ts'
import { conversionsOf, type Audience, type Plan } from '../plan/plan.ts'
import { fitDescription } from '../resources/marker.ts'
import type { Resource } from '../resources/resource.ts'
import { keyOf } from './draft.ts'

/** Lists of visitors. Ids of conversions become the events that GA4 knows them by. */
export function compileAudiences(plan: Plan): Resource<'ga4/audience'>[] {
  const events = new Map(
    conversionsOf(plan).flatMap(({ id, event }) => (event === undefined ? [] : [[id, event] as const])),
  )
  return (plan.audiences ?? []).map((each) => ({
    kind: 'ga4/audience',
    key: keyOf(plan, each.id, 'audience'),
    ...(each.was === undefined ? {} : { was: [keyOf(plan, each.was, 'audience')] }),
    name: each.title,
    // In the form that is read, so that the two can be compared.
    spec: audience.fromWire({
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
