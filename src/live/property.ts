/** GA4's lists become live resources, each with what says whose it is. */
import { customDimensionFromWire, customMetricFromWire, keyEventFromWire } from '../resources/from-wire.ts'
import { keyOf } from '../resources/key.ts'
import { parseDescription } from '../resources/marker.ts'
import type { ListedKeyEvent } from './key-event-list.ts'
import type { Ga4Kind, Live, Mark, Sent } from './live.ts'
import { textOf } from './sent.ts'

/** Google's name for the list that holds a kind. */
export const COLLECTIONS = {
  'ga4/key-event': 'keyEvents',
  'ga4/custom-dimension': 'customDimensions',
  'ga4/custom-metric': 'customMetrics',
} as const satisfies { readonly [K in Ga4Kind]: string }

/** One list of a property, as the plan sees it. */
export function ga4ListOf(
  kind: Ga4Kind,
  sent: readonly object[],
  plan: string,
  listed: ReadonlyMap<string, ListedKeyEvent>,
): readonly Live<Ga4Kind>[] {
  return sent.map((wire): Live<Ga4Kind> => {
    switch (kind) {
      case 'ga4/key-event': {
        const spec = keyEventFromWire(wire)
        return {
          kind,
          name: spec.eventName,
          spec,
          ...standing(wire, plan, markOf(spec.eventName, plan, listed)),
        }
      }
      case 'ga4/custom-dimension': {
        const spec = customDimensionFromWire(wire)
        const mark = markIn(wire, spec.parameterName, 'custom-dimension')
        return { kind, name: spec.displayName, spec, ...standing(wire, plan, mark) }
      }
      case 'ga4/custom-metric': {
        const spec = customMetricFromWire(wire)
        const mark = markIn(wire, spec.parameterName, 'custom-metric')
        return { kind, name: spec.displayName, spec, ...standing(wire, plan, mark) }
      }
    }
  })
}

/** A key event carries no mark of its own; the plan's list does. */
function markOf(event: string, plan: string, listed: ReadonlyMap<string, ListedKeyEvent>): Mark | undefined {
  const entry = listed.get(event)
  if (entry === undefined) return undefined
  const key = keyOf({ plan, id: event, facet: 'key-event' })
  return { plan, key, hash: entry.hash, ...(entry.found ? { found: true } : {}) }
}

function markIn(wire: object, id: string, facet: string): Mark | undefined {
  const { marker } = parseDescription(textOf((wire as Sent).description))
  return marker && { plan: marker.plan, key: keyOf({ plan: marker.plan, id, facet }), hash: marker.hash }
}

function standing(
  wire: object,
  plan: string,
  mark: Mark | undefined,
): Pick<Live, 'key' | 'notes' | 'human' | 'remote' | 'ours' | 'mark'> {
  const sent = wire as Sent
  const id = textOf(sent.name)
  const ours = mark?.plan === plan && mark.found !== true
  return {
    key: ours ? mark.key : `#${id}`,
    notes: '',
    human: '',
    remote: { id, sent },
    ours,
    ...(mark && { mark }),
  }
}
