import type { Asking, Host } from './host.ts'

/** At most this often, in milliseconds (GTM-RUNTIME 5.1). */
const PAUSE = 50

type Side = 'vertical' | 'horizontal'

/** Each threshold once a load, pixels before percent, ascending; what is visible at once fires at once. */
export function listenToScroll(host: Host, asking: readonly Asking<'scrollDepth'>[]): void {
  const done = new Set<string>()
  const check = (): void => {
    for (const side of ['vertical', 'horizontal'] as const) {
      const reached = position(side)
      for (const units of ['pixels', 'percent'] as const) {
        const thresholds = new Set(asking.flatMap(({ listener }) => listener[side][units]))
        for (const threshold of [...thresholds].sort((a, b) => a - b)) {
          const id = `${side} ${units} ${threshold}`
          if (threshold > reached[units] || done.has(id)) continue
          done.add(id)
          host.push({
            event: 'gtm.scrollDepth',
            'gtm.scrollThreshold': threshold,
            'gtm.scrollUnits': units,
            'gtm.scrollDirection': side,
            'gtm.triggers': host.idsOf(
              asking.filter(({ listener }) => listener[side][units].includes(threshold)),
            ),
          })
        }
      }
    }
  }
  let pending: ReturnType<typeof setTimeout> | undefined
  const soon = (): void => {
    pending ??= setTimeout(() => {
      pending = undefined
      check()
    }, PAUSE)
  }
  addEventListener('scroll', soon)
  addEventListener('resize', soon)
  setTimeout(check)
}

/** Depth is scroll offset and window together, over the whole (GTM-RUNTIME 5.1). */
function position(side: Side): { readonly pixels: number; readonly percent: number } {
  const root = document.scrollingElement ?? document.documentElement
  const pixels = side === 'vertical' ? scrollY + innerHeight : scrollX + innerWidth
  const whole = side === 'vertical' ? root.scrollHeight : root.scrollWidth
  // Browsers scroll to whole pixels of the screen: the last one might never be reached.
  return { pixels, percent: whole === 0 ? 0 : ((pixels + 1) / whole) * 100 }
}
