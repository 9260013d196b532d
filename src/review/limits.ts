/** Limits of a standard GA4 property and what the plan uses of them. */
import { GA4_LIMITS } from '../facts/limits.ts'
import type { Resource } from '../resources/resource.ts'
import type { LimitUse } from './review.ts'

interface Limit {
  readonly what: string
  readonly limit: number
  readonly counts: (resource: Resource) => boolean
}

const scoped =
  (scope: 'EVENT' | 'USER' | 'ITEM') =>
  (resource: Resource): boolean =>
    resource.kind === 'ga4/custom-dimension' && resource.spec.scope === scope

const LIMITS: readonly Limit[] = [
  { what: 'key events', limit: GA4_LIMITS.keyEvents, counts: ({ kind }) => kind === 'ga4/key-event' },
  { what: 'event-scoped custom dimensions', limit: GA4_LIMITS.definitions.event, counts: scoped('EVENT') },
  { what: 'user-scoped custom dimensions', limit: GA4_LIMITS.definitions.user, counts: scoped('USER') },
  { what: 'item-scoped custom dimensions', limit: GA4_LIMITS.definitions.item, counts: scoped('ITEM') },
  {
    what: 'custom metrics',
    limit: GA4_LIMITS.definitions.metric,
    counts: ({ kind }) => kind === 'ga4/custom-metric',
  },
  { what: 'audiences', limit: GA4_LIMITS.audiences, counts: ({ kind }) => kind === 'ga4/audience' },
]

/** The limits that the plan uses anything of, before or after. */
export function limitsOf(before: readonly Resource[], after: readonly Resource[]): LimitUse[] {
  return LIMITS.map(({ what, limit, counts }) => ({
    what,
    limit,
    before: before.filter(counts).length,
    after: after.filter(counts).length,
  })).filter((use) => use.before + use.after > 0)
}
