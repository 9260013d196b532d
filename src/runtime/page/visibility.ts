import { elementKeys } from './dom-page.ts'
import type { Asking, Host } from './host.ts'

/** Visibility is asked this often, in milliseconds, and each time adds as much (GTM-RUNTIME 5.1). */
const TICK = 100

interface Watched {
  seen: number
  readonly first: number
  reported: boolean
}

export function listenToVisibility(host: Host, asked: Asking<'elementVisibility'>): void {
  const { listener } = asked
  const start = performance.now()
  const watched = new Map<Element, Watched>()
  const atStart = find(listener.by)
  const timer = setInterval(() => {
    if (document.hidden) return
    const elements = listener.lateElements ? find(listener.by) : atStart
    if (elements.some(isCounted) && listener.frequency === 'ONCE') clearInterval(timer)
  }, TICK)

  /** Looks once more at an element; true when it counts now. */
  function isCounted(element: Element): boolean {
    const ratio = visibleRatio(element)
    const now = performance.now() - start
    if (ratio < listener.percent || ratio === 0) {
      // Left the screen: it may count again where every time counts.
      if (listener.frequency === 'MANY_PER_ELEMENT') watched.delete(element)
      return false
    }
    const state = watched.get(element) ?? { seen: 0, first: now, reported: false }
    watched.set(element, state)
    state.seen += TICK
    if (state.reported || state.seen < listener.duration) return false
    state.reported = true
    host.push({
      event: 'gtm.elementVisibility',
      ...elementKeys(element),
      'gtm.visibleRatio': ratio,
      'gtm.visibleTime': listener.duration,
      'gtm.visibleFirstTime': Math.round(state.first),
      'gtm.visibleLastTime': Math.round(now),
      'gtm.triggers': host.idsOf([asked]),
    })
    return listener.frequency === 'ONCE'
  }
}

function find(by: Asking<'elementVisibility'>['listener']['by']): readonly Element[] {
  if ('id' in by) {
    const element = document.getElementById(by.id)
    return element === null ? [] : [element]
  }
  try {
    return [...document.querySelectorAll(by.selector)]
  } catch {
    return []
  }
}

/** How much of an element is on the screen: 0 to 100, one decimal. */
function visibleRatio(element: Element): number {
  if (!element.checkVisibility({ visibilityProperty: true })) return 0
  const { top, left, bottom, right, width, height } = element.getBoundingClientRect()
  if (width === 0 || height === 0) return 0
  const across = Math.max(0, Math.min(right, innerWidth) - Math.max(left, 0))
  const down = Math.max(0, Math.min(bottom, innerHeight) - Math.max(top, 0))
  return Math.round(((across * down) / (width * height)) * 1000) / 10
}
