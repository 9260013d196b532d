import { GA4_360_LIMITS, GA4_LIMITS, WORKSPACES } from '../facts/limits.ts'
import type { WireCustomDimension, WireCustomMetric, WireKeyEvent, WireProperty } from './wire.ts'

export interface LimitLeft {
  readonly what: string
  readonly used: number
  readonly limit: number
  /** False where Google publishes no figure or it was not to be checked. */
  readonly certain: boolean
}

/** What Google's limits leave in a property. Archived dimensions and metrics may count too; nobody can see them. */
export function ga4LimitsLeft(
  property: WireProperty,
  keyEvents: readonly WireKeyEvent[],
  dimensions: readonly WireCustomDimension[],
  metrics: readonly WireCustomMetric[],
): readonly LimitLeft[] {
  const limits = property.serviceLevel === 'GOOGLE_ANALYTICS_360' ? GA4_360_LIMITS : GA4_LIMITS
  const inScope = (wanted: string): number => dimensions.filter(({ scope }) => scope === wanted).length
  const row = (what: string, used: number, limit: number): LimitLeft => ({
    what,
    used,
    limit,
    certain: true,
  })
  return [
    // Only those that somebody made count; Google's own do not.
    row('key events', keyEvents.filter(({ custom }) => custom).length, limits.keyEvents),
    row('event-scoped custom dimensions', inScope('EVENT'), limits.definitions.event),
    row('user-scoped custom dimensions', inScope('USER'), limits.definitions.user),
    row('item-scoped custom dimensions', inScope('ITEM'), limits.definitions.item),
    row('custom metrics', metrics.length, limits.definitions.metric),
  ]
}

/** Free containers only; which kind a container is cannot be asked. */
export function workspacesLeft(workspaces: readonly unknown[]): LimitLeft {
  return { what: 'workspaces', used: workspaces.length, limit: WORKSPACES, certain: false }
}
