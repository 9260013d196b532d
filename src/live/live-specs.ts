/** GA4's three lists, each with what says whose an entry is. */
import { customDimensionFromWire, customMetricFromWire, keyEventFromWire } from '../resources/from-wire.ts'
import { parseDescription } from '../resources/marker.ts'
import type { Resource } from '../resources/resource.ts'
import { textOf, type LiveState, type Wire } from './live.ts'

export type DefinitionKind = 'ga4/custom-dimension' | 'ga4/custom-metric'

export interface LiveDefinition {
  readonly kind: DefinitionKind
  /** Google's own resource name. */
  readonly path: string
  readonly resource: { readonly name: string; readonly spec: Resource<DefinitionKind>['spec'] }
  readonly marker?: { readonly plan: string; readonly hash: string }
}

export function liveDefinitions(live: LiveState): readonly LiveDefinition[] {
  const read = (kind: DefinitionKind, wire: Wire): LiveDefinition => {
    const spec = kind === 'ga4/custom-dimension' ? customDimensionFromWire(wire) : customMetricFromWire(wire)
    const { marker } = parseDescription(textOf(wire.description))
    return {
      kind,
      path: textOf(wire.name),
      resource: { name: spec.displayName, spec },
      ...(marker && { marker }),
    }
  }
  return [
    ...live.customDimensions.map((wire) => read('ga4/custom-dimension', wire)),
    ...live.customMetrics.map((wire) => read('ga4/custom-metric', wire)),
  ]
}

/** What makes a definition that one, for good. The same parameter may be registered once in every scope. */
export function definitionId(
  kind: DefinitionKind,
  spec: { readonly parameterName: string; readonly scope: string },
): string {
  return `${kind} ${spec.scope} ${spec.parameterName}`
}

export interface LiveKeyEvent {
  readonly path: string
  readonly spec: Resource<'ga4/key-event'>['spec']
}

export function liveKeyEvents(live: LiveState): readonly LiveKeyEvent[] {
  return live.keyEvents.map((wire) => ({ path: textOf(wire.name), spec: keyEventFromWire(wire) }))
}
