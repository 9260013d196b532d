/** Which thresholds a scroll reaches (GTM-RUNTIME 5.1): the same in a page and without one. */
import type { Listener } from './listeners.ts'

export type Side = 'vertical' | 'horizontal'

/** One direction of a page, in pixels. */
export interface Extent {
  readonly offset: number
  readonly window: number
  readonly whole: number
}

export interface Reached {
  readonly pixels: number
  readonly percent: number
}

/** Depth is scroll offset and window together, over the whole. */
export function depthOf({ offset, window, whole }: Extent): Reached {
  const pixels = offset + window
  // Browsers scroll to whole pixels of the screen: the last one might never be reached.
  return { pixels, percent: whole === 0 ? 0 : ((pixels + 1) / whole) * 100 }
}

type Asking = { readonly listener: Extract<Listener, { kind: 'scrollDepth' }> }

export interface Crossing<A extends Asking> {
  /** Of the threshold, so that each comes once a load. */
  readonly id: string
  /** The triggers that ask for it: one event for all of them. */
  readonly asked: readonly A[]
  readonly message: { readonly [key: string]: unknown }
}

/** Thresholds that are reached and were not before: pixels before percent, ascending. */
export function crossings<A extends Asking>(
  asking: readonly A[],
  reached: { readonly [side in Side]: Reached },
  done: ReadonlySet<string>,
): readonly Crossing<A>[] {
  return (['vertical', 'horizontal'] as const).flatMap((side) =>
    (['pixels', 'percent'] as const).flatMap((units) =>
      [...new Set(asking.flatMap(({ listener }) => listener[side][units]))]
        .sort((a, b) => a - b)
        .map((threshold) => ({ threshold, id: `${side} ${units} ${threshold}` }))
        .filter(({ threshold, id }) => threshold <= reached[side][units] && !done.has(id))
        .map(({ threshold, id }) => ({
          id,
          asked: asking.filter(({ listener }) => listener[side][units].includes(threshold)),
          message: {
            event: 'gtm.scrollDepth',
            'gtm.scrollThreshold': threshold,
            'gtm.scrollUnits': units,
            'gtm.scrollDirection': side,
          },
        })),
    ),
  )
}
