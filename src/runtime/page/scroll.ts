import { crossings, depthOf, type Reached, type Side } from '../core/scroll.ts'
import type { Asking, Host } from './host.ts'

/** At most this often, in milliseconds (GTM-RUNTIME 5.1). */
const PAUSE = 50

/** Each threshold once a load; what is visible at once fires at once. */
export function listenToScroll(host: Host, asking: readonly Asking<'scrollDepth'>[]): void {
  const done = new Set<string>()
  const check = (): void => {
    const reached = { vertical: position('vertical'), horizontal: position('horizontal') }
    for (const { id, asked, message } of crossings(asking, reached, done)) {
      done.add(id)
      host.push({ ...message, 'gtm.triggers': host.idsOf(asked) })
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

function position(side: Side): Reached {
  const root = document.scrollingElement ?? document.documentElement
  return depthOf(
    side === 'vertical'
      ? { offset: scrollY, window: innerHeight, whole: root.scrollHeight }
      : { offset: scrollX, window: innerWidth, whole: root.scrollWidth },
  )
}
