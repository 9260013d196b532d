import { elementKeys } from './dom-page.ts'
import type { Host } from './host.ts'

/** All Elements: the capture phase, so that no handler can hide a click; the primary button; the innermost element. */
export function listenToClicks(host: Host): void {
  document.addEventListener(
    'click',
    ({ target, button }) => {
      if (button === 0 && target instanceof Element) host.push({ event: 'gtm.click', ...elementKeys(target) })
    },
    { capture: true },
  )
}
