/**
 * A container in a page: what `gtm.js` is to Google's runtime. It takes the data layer over, replays what is in it, and
 * carries out one message at a time; listeners push, and decide nothing.
 */
import { arrange, type ContainerVersion, type PropertyFacts } from '../core/container.ts'
import type { Hit } from '../core/hit.ts'
import type { Listener } from '../core/listeners.ts'
import { initialState, step, type Decision, type Effect } from '../core/step.ts'
import { isRecord } from '../core/value.ts'
import { listenToClicks } from './click.ts'
import { domPage, type Script } from './dom-page.ts'
import { askForImage, insertHtml, sendHit } from './effects.ts'
import { listenToErrors } from './error.ts'
import { listenToForms } from './form.ts'
import { listenToHistory } from './history.ts'
import type { Asking, Host } from './host.ts'
import { listenToLinks } from './link.ts'
import { listenToScroll } from './scroll.ts'
import { listenToTimer } from './timer.ts'
import { listenToVideo } from './video.ts'
import { listenToVisibility } from './visibility.ts'

export interface Start {
  readonly version: ContainerVersion
  readonly property: PropertyFacts
  /** Custom JavaScript variables: source text and the compiled function. */
  readonly scripts: readonly (readonly [code: string, script: Script])[]
}

/** How many entries the array keeps (GTM-RUNTIME 3). */
const KEPT = 1000

/** What the page tells whoever watches it, as JSON through the binding `__planReport`. */
export interface Told {
  readonly push: unknown
  readonly decisions: readonly Decision[]
  readonly hits: readonly Hit[]
  /** Why the message could not be carried out: what Google's runtime does with such a one is not known. */
  readonly problem?: string
}

interface PageGlobals {
  dataLayer?: unknown[]
  __planReport?: (text: string) => unknown
  __planRunning?: Set<string>
}

/** Runs the container on this page. The snippet twice on a page runs it once. */
export function start({ version, property, scripts }: Start): void {
  const globals = window as PageGlobals
  const container = arrange(version, property)
  const running = (globals.__planRunning ??= new Set())
  if (running.has(container.publicId)) return
  running.add(container.publicId)

  const page = domPage(new Map(scripts))
  const from = {
    load: String(Math.round(performance.timeOrigin)),
    // Whoever watches gives the browser a name of its own; what a page sends as it goes no longer carries that name.
    run: / plan\/(\d+)$/.exec(navigator.userAgent)?.[1] ?? '',
  }
  const dataLayer = (globals.dataLayer ??= [])
  const queue: unknown[] = [...dataLayer]
  let state = initialState({ returning: isReturning() })
  let isBusy = false
  const host: Host = {
    push: (message) => void dataLayer.push(message),
    idsOf: (asked) => asked.map(({ trigger }) => `${container.prefix}_${trigger}`).join(','),
  }
  const install = installer(host)

  const append = dataLayer.push.bind(dataLayer)
  // Its answer says whether GTM has carried the messages out (GTM-RUNTIME 3).
  ;(dataLayer as { push: (...messages: unknown[]) => unknown }).push = (...messages) => {
    append(...messages)
    while (dataLayer.length > KEPT) dataLayer.shift()
    queue.push(...messages)
    return drain()
  }

  /** Whether everything was carried out; not while a message that is being carried out pushes another. */
  function drain(): boolean {
    if (isBusy) return false
    isBusy = true
    while (queue.length > 0) {
      carriedOut(queue.shift()).forEach(perform)
    }
    isBusy = false
    return true
  }

  /** What a message causes. One that cannot be read, because it holds itself or throws, causes nothing, and that is told. */
  function carriedOut(message: unknown): readonly Effect[] {
    try {
      const { state: next, effects, decisions } = step(container, state, message, page)
      tell(message, decisions, effects)
      state = next
      return effects
    } catch (error) {
      report({ push: 'a message that cannot be read', decisions: [], hits: [], problem: String(error) })
      return []
    }
  }

  function perform(effect: Effect): void {
    switch (effect.kind) {
      case 'hit':
        return sendHit(effect.hit, from)
      case 'push':
        return host.push(effect.message)
      case 'listen':
        return install(effect.trigger, effect.listener)
      case 'html':
        return insertHtml(effect.html, effect.values)
      case 'image':
        return askForImage(effect.url)
      case 'callback':
        // Not at once: a link's callback leaves the page, and what else this message causes must be done by then.
        setTimeout(() => effect.call(container.publicId, { tags: effect.tags }))
    }
  }

  function tell(push: unknown, decisions: readonly Decision[], effects: readonly Effect[]): void {
    const hits = effects.flatMap((each) => (each.kind === 'hit' ? [each.hit] : []))
    report({ push: shown(push), decisions, hits })
  }

  function report(told: Told): void {
    globals.__planReport?.(JSON.stringify(told))
  }

  drain()
  if (document.readyState === 'loading')
    document.addEventListener('DOMContentLoaded', () => host.push({ event: 'gtm.dom' }))
  else host.push({ event: 'gtm.dom' })
  if (document.readyState === 'complete') host.push({ event: 'gtm.load' })
  else addEventListener('load', () => host.push({ event: 'gtm.load' }))
}

/** Whether this browser was on an earlier page of the site; where storage is refused, it never was. */
function isReturning(): boolean {
  try {
    const before = sessionStorage.getItem('plan.returning') === 'yes'
    sessionStorage.setItem('plan.returning', 'yes')
    return before
  } catch {
    return false
  }
}

/** One listener a kind for all its triggers, where they share an event; else one each. */
function installer(host: Host): (trigger: string, listener: Listener) => void {
  const links: Asking<'linkClick'>[] = []
  const forms: Asking<'formSubmission'>[] = []
  const scrolls: Asking<'scrollDepth'>[] = []
  const videos: Asking<'youTubeVideo'>[] = []
  const installed = new Set<string>()
  const once = (kind: string, install: () => void): void => {
    if (installed.has(kind)) return
    installed.add(kind)
    install()
  }
  return (trigger, listener) => {
    switch (listener.kind) {
      case 'click':
        return once('click', () => listenToClicks(host))
      case 'linkClick':
        links.push({ trigger, listener })
        return once('link', () => listenToLinks(host, links))
      case 'formSubmission':
        forms.push({ trigger, listener })
        return once('form', () => listenToForms(host, forms))
      case 'scrollDepth':
        scrolls.push({ trigger, listener })
        return once('scroll', () => listenToScroll(host, scrolls))
      case 'youTubeVideo':
        videos.push({ trigger, listener })
        return once('video', () => listenToVideo(host, videos))
      case 'historyChange':
        return once('history', () => listenToHistory(host))
      case 'jsError':
        return once('error', () => listenToErrors(host))
      case 'elementVisibility':
        return listenToVisibility(host, { trigger, listener })
      case 'timer':
        return listenToTimer(host, { trigger, listener })
    }
  }
}

/** A push as JSON can carry it: elements and functions by a word, nothing that goes in circles. */
function shown(value: unknown, depth = 0): unknown {
  if (value instanceof Element) return `${value.tagName}${value.id === '' ? '' : `#${value.id}`}`
  if (typeof value === 'function') return 'function'
  if (typeof value === 'bigint' || typeof value === 'symbol') return String(value)
  if (!isRecord(value)) return value
  if (depth > 6) return '…'
  if (Array.isArray(value)) return value.map((each) => shown(each, depth + 1))
  if (Object.prototype.toString.call(value) === '[object Arguments]')
    return Object.values(value).map((each) => shown(each, depth + 1))
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shown(each, depth + 1)]))
}
