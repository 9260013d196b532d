import type { ConsentType, Plan } from '../plan/plan.ts'
import { destinationModule, type DestinationKind } from './kinds.ts'

/**
 * Types of consent without which a vendor's tags wait. A vendor that looks at consent by itself adapts in advanced mode; all
 * others wait wherever consent is asked for at all.
 * @param said what the destination says itself
 * @param own what the conversion requires
 */
export function waitsFor(
  { mode, requires }: Pick<Plan['consent'], 'mode' | 'requires'>,
  kind: DestinationKind,
  said: readonly ConsentType[] | undefined,
  own: readonly ConsentType[] | undefined,
): readonly ConsentType[] {
  const { consent, adapts } = destinationModule(kind)
  // What GA4 waits for is the plan's to say, and a conversion's in its place.
  if (kind === 'ga4') return own ?? (mode === 'basic' ? requires : [])
  const ofVendor = said ?? (mode === 'basic' || (mode === 'advanced' && !adapts) ? consent : [])
  return [...new Set([...ofVendor, ...(own ?? [])])]
}
