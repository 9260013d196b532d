import { elementKeys, textOf } from './dom-page.ts'
import type { Asking, Host } from './host.ts'

/** Just Links: the bubble phase, the nearest link, not the right button (GTM-RUNTIME 5.1). */
export function listenToLinks(host: Host, asking: readonly Asking<'linkClick'>[]): void {
  const heard = (event: MouseEvent): void => {
    const link = event.target instanceof Element ? event.target.closest('a, area') : null
    if (link === null || event.button === 2) return
    const asked = asking.filter(({ listener }) => !(event.defaultPrevented && listener.checkValidation))
    if (asked.length === 0) return
    const stays = navigatesHere(link, event)
    const waits = stays && !event.defaultPrevented && asked.some(({ listener }) => listener.waitForTags)
    if (waits) event.preventDefault()
    const go = once(() => (location.href = (link as HTMLAnchorElement).href))
    const timeout = Math.max(...asked.map(({ listener }) => listener.timeout))
    host.push({
      event: 'gtm.linkClick',
      ...elementKeys(link),
      'gtm.elementText': textOf(link),
      'gtm.willOpenInNewWindow': !stays,
      'gtm.triggers': host.idsOf(asked),
      ...(waits ? { eventCallback: go } : {}),
      eventTimeout: timeout,
    })
    if (waits) setTimeout(go, timeout)
  }
  document.addEventListener('click', heard)
  document.addEventListener('auxclick', heard)
}

/** Modifier keys, the middle button, another target, a fragment of this page and other protocols do not leave it here. */
function navigatesHere(link: Element, event: MouseEvent): boolean {
  const target = link.getAttribute('target') ?? ''
  const { href } = link as HTMLAnchorElement
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return false
  if (!['', '_self', '_parent', '_top'].includes(target) || !/^https?:/.test(href)) return false
  return !href.includes('#') || href.split('#')[0] !== location.href.split('#')[0]
}

export function once(action: () => unknown): () => void {
  let done = false
  return () => {
    if (done) return
    done = true
    action()
  }
}
