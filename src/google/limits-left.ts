import type { WireCustomDimension, WireCustomMetric, WireKeyEvent, WireProperty } from './wire.ts'

export interface LimitLeft {
  readonly what: string
  readonly used: number
  readonly limit: number
  /** False where Google publishes no figure or it was not to be checked. */
  readonly certain: boolean
}

/**
 * Standard property, then 360. Dimensions and metrics:
 *   https://github.com/henkisdabro/wookstar-claude-code-plugins/blob/1e19ab3a948d82c22694680e215c3d9d88becdbb/ga-suite/skills/ga4-custom-dimensions/references/dimension-limits-quotas.md
 * Key events: https://support.google.com/analytics/answer/12229528
 */
const GA4_LIMITS = {
  keyEvents: [30, 50],
  EVENT: [50, 125],
  USER: [25, 100],
  ITEM: [10, 25],
  metrics: [50, 125],
} as const

/** Three at once in a free container, none at all in 360. https://support.google.com/tagmanager/answer/7059647 */
const WORKSPACES = 3

/** What Google's limits leave in a property. Archived dimensions and metrics may count too; nobody can see them. */
export function ga4LimitsLeft(
  property: WireProperty,
  keyEvents: readonly WireKeyEvent[],
  dimensions: readonly WireCustomDimension[],
  metrics: readonly WireCustomMetric[],
): readonly LimitLeft[] {
  const column = property.serviceLevel === 'GOOGLE_ANALYTICS_360' ? 1 : 0
  const inScope = (wanted: string): number => dimensions.filter(({ scope }) => scope === wanted).length
  const row = (what: string, used: number, limits: readonly [number, number]): LimitLeft => ({
    what,
    used,
    limit: limits[column],
    certain: true,
  })
  return [
    // Only those that somebody made count; Google's own do not.
    row('key events', keyEvents.filter(({ custom }) => custom).length, GA4_LIMITS.keyEvents),
    row('event-scoped custom dimensions', inScope('EVENT'), GA4_LIMITS.EVENT),
    row('user-scoped custom dimensions', inScope('USER'), GA4_LIMITS.USER),
    row('item-scoped custom dimensions', inScope('ITEM'), GA4_LIMITS.ITEM),
    row('custom metrics', metrics.length, GA4_LIMITS.metrics),
  ]
}

/** Free containers only; which kind a container is cannot be asked. */
export function workspacesLeft(workspaces: readonly unknown[]): LimitLeft {
  return { what: 'workspaces', used: workspaces.length, limit: WORKSPACES, certain: false }
}
