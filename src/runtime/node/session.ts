/**
 * A page's life without a page: what a visitor does becomes the messages that the listeners of a browser would push, and
 * effects are collected. A session is a value; doing something gives the next one, so many scenarios can go on from the
 * same loaded page.
 */
import type { Container } from '../core/container.ts'
import { momentsOf, NEW_VIDEO, videoKeys, type Film, type Listener, type Video } from '../core/listeners.ts'
import { crossings, depthOf, type Reached, type Side } from '../core/scroll.ts'
import { initialState, step, type Decision, type Effect, type State } from '../core/step.ts'
import { isUnknown, type Reason } from '../core/value.ts'
import { chain, matchesSelector, type Element } from './element.ts'
import { left, marksOf, type Marks } from './marks.ts'
import { pageOf, type Facts } from './page.ts'

export interface Session {
  readonly container: Container
  readonly facts: Facts
  readonly state: State
  /** Milliseconds since the page began to load. */
  readonly now: number
  readonly listeners: readonly Listening[]
  readonly pushes: readonly unknown[]
  readonly decisions: readonly Decision[]
  readonly effects: readonly Effect[]
  /** What scripts of the container have left on the page. */
  readonly marks: Marks
  /** Thresholds of scroll depth that have been reached. */
  readonly crossed: ReadonlySet<string>
  /** How far each video has come, by its address. */
  readonly videos: { readonly [url: string]: Video }
  /** Elements on the screen, since when. */
  readonly shown: readonly { readonly element: Element; readonly percent: number; readonly since: number }[]
}

interface Listening {
  readonly trigger: string
  readonly listener: Listener
  readonly since: number
}

/** What a visitor or the site does. Durations in milliseconds. */
export type Action =
  | { readonly do: 'push'; readonly message: unknown }
  | {
      readonly do: 'click'
      readonly element: Element
      readonly prevented?: boolean
      readonly stopped?: boolean
    }
  | { readonly do: 'submit'; readonly form: Element; readonly prevented?: boolean }
  | { readonly do: 'scroll'; readonly percent: number }
  | { readonly do: 'wait'; readonly milliseconds: number }
  | { readonly do: 'show'; readonly element: Element; readonly percent: number }
  | {
      readonly do: 'route'
      readonly url: string
      readonly source: 'pushState' | 'replaceState' | 'popstate'
    }
  | ({
      readonly do: 'video'
      readonly status: 'start' | 'pause' | 'progress' | 'complete'
      readonly percent: number
    } & Film)
  | { readonly do: 'error'; readonly message: string; readonly url: string; readonly line: number }

/** A page on which nothing has happened yet. */
export function opened(container: Container, facts: Facts): Session {
  return {
    container,
    facts,
    state: initialState(),
    now: 0,
    listeners: [],
    pushes: [],
    decisions: [],
    effects: [],
    marks: marksOf(container),
    crossed: new Set(),
    videos: {},
    shown: [],
  }
}

/** The page loads: what it pushes before the snippet, the snippet, DOM ready, window loaded. */
export function loaded(session: Session, before: readonly unknown[] = []): Session {
  const start = [...before, { 'gtm.start': 0, event: 'gtm.js' }, { event: 'gtm.dom' }, { event: 'gtm.load' }]
  const at = start.reduce<Session>(push, session)
  return at.facts.size === undefined ? perhapsShown(at) : scrolledTo(at, 0)
}

/** One message and all that it causes, one after another. */
export function push(session: Session, message: unknown): Session {
  const queue: unknown[] = [message]
  let current = session
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const page = pageOf(current.facts, current.marks)
    const { state, effects, decisions } = step(current.container, current.state, next, page)
    const since = current.now
    current = {
      ...current,
      state,
      marks: left(current.marks, effects),
      pushes: [...current.pushes, next],
      effects: [...current.effects, ...effects],
      decisions: [...current.decisions, ...decisions],
      listeners: [
        ...current.listeners,
        ...effects.flatMap((each) =>
          each.kind === 'listen' ? [{ trigger: each.trigger, listener: each.listener, since }] : [],
        ),
      ],
    }
    queue.push(...effects.flatMap((each) => (each.kind === 'push' ? [each.message] : [])))
  }
  return current
}

export function perform(session: Session, action: Action): Session {
  switch (action.do) {
    case 'push':
      return push(session, action.message)
    case 'click':
      return clicked(session, action)
    case 'submit':
      return submitted(session, action)
    case 'scroll':
      return scrolled(session, action.percent)
    case 'wait':
      return waited(session, action.milliseconds)
    case 'show': {
      const { element, percent } = action
      return waited({ ...session, shown: [...session.shown, { element, percent, since: session.now }] }, POLL)
    }
    case 'route':
      return routed(session, action)
    case 'video':
      return played(session, action)
    case 'error':
      return listens(session, 'jsError').length === 0
        ? session
        : push(session, {
            event: 'gtm.pageError',
            'gtm.errorMessage': action.message,
            'gtm.errorUrl': action.url,
            'gtm.errorLineNumber': action.line,
          })
  }
}

/** What click, link, form and visibility events say of their element (GTM-RUNTIME 5.1). */
function elementKeys(element: Element, facts: Facts): { readonly [key: string]: unknown } {
  const { attributes } = element
  const url = attributes['formaction'] ?? attributes['action'] ?? attributes['href'] ?? attributes['src']
  return {
    'gtm.element': element,
    'gtm.elementClasses': attributes['class'] ?? '',
    'gtm.elementId': attributes['for'] ?? attributes['id'] ?? '',
    'gtm.elementTarget': attributes['formtarget'] ?? attributes['target'] ?? '',
    'gtm.elementUrl': url === undefined || !URL.canParse(url, facts.url) ? '' : new URL(url, facts.url).href,
  }
}

/** All Elements sees the innermost element; Just Links the nearest link around it (GTM-RUNTIME 5.1). */
function clicked(
  session: Session,
  { element, prevented = false, stopped = false }: Extract<Action, { do: 'click' }>,
): Session {
  const after =
    listens(session, 'click').length === 0
      ? session
      : push(session, { event: 'gtm.click', ...elementKeys(element, session.facts) })
  const link = [element, ...chain(element, 'parent')].find(({ tag }) => tag === 'a' || tag === 'area')
  if (link === undefined || stopped) return after
  const asked = listens(session, 'linkClick').filter(
    ({ listener }) => !(prevented && listener.checkValidation),
  )
  return asked.length === 0
    ? after
    : push(after, {
        event: 'gtm.linkClick',
        ...elementKeys(link, session.facts),
        'gtm.elementText': link.text,
        'gtm.willOpenInNewWindow': !staysHere(link, session.facts),
        'gtm.triggers': idsOf(session, asked),
      })
}

/** Another target, a fragment of this page and other protocols do not leave it here (GTM-RUNTIME 5.1, 10). */
function staysHere({ attributes }: Element, { url }: Facts): boolean {
  const href = attributes['href'] ?? ''
  if (!['', '_self', '_parent', '_top'].includes(attributes['target'] ?? '') || !URL.canParse(href, url))
    return false
  const address = new URL(href, url).href
  const isPart = address.includes('#') && address.split('#')[0] === url.split('#')[0]
  return /^https?:/.test(address) && !isPart
}

function submitted(
  session: Session,
  { form, prevented = false }: Extract<Action, { do: 'submit' }>,
): Session {
  const asked = listens(session, 'formSubmission').filter(
    ({ listener }) => !(prevented && listener.checkValidation),
  )
  if (asked.length === 0) return session
  return push(session, {
    event: 'gtm.formSubmit',
    ...elementKeys(form, session.facts),
    'gtm.formCanceled': prevented,
    'gtm.triggers': idsOf(session, asked),
  })
}

/** To where the window ends at this share of the page's height. */
function scrolled(session: Session, percent: number): Session {
  const { size } = session.facts
  if (size !== undefined)
    return scrolledTo(session, Math.ceil((percent / 100) * size.page.height - size.window.height))
  // Of a page without a size only this share is known.
  const nothing: Reached = { pixels: 0, percent: 0 }
  return crossed(session, { vertical: { pixels: 0, percent }, horizontal: nothing })
}

/** @param top pixels of the page above the window */
function scrolledTo(session: Session, top: number): Session {
  const { size } = session.facts
  if (size === undefined) return session
  const { page, window } = size
  return crossed(session, {
    vertical: depthOf({ offset: Math.max(0, top), window: window.height, whole: page.height }),
    horizontal: depthOf({ offset: 0, window: window.width, whole: page.width }),
  })
}

function crossed(session: Session, reached: { readonly [side in Side]: Reached }): Session {
  const due = crossings(listens(session, 'scrollDepth'), reached, session.crossed)
  const before = { ...session, crossed: new Set([...session.crossed, ...due.map(({ id }) => id)]) }
  return due.reduce<Session>(
    (current, { message, asked }) => push(current, { ...message, 'gtm.triggers': idsOf(session, asked) }),
    before,
  )
}

/**
 * Where the page's size is not known, the window may show any threshold at once (GTM-RUNTIME 5.1): what would fire then is
 * undecided, and nothing of it has been seen.
 */
function perhapsShown(session: Session): Session {
  const asking = listens(session, 'scrollDepth')
  if (asking.length === 0) return session
  const because: Reason = { code: 'needs-a-page', about: 'how much of it the window shows at once' }
  const own = new Set(asking.map(({ trigger }) => trigger))
  const open = Object.fromEntries([...own].map((trigger) => [trigger, because]))
  const whole: Reached = { pixels: Infinity, percent: 100 }
  const state = { ...session.state, open: { ...session.state.open, ...open } }
  const after = crossed({ ...session, state }, { vertical: whole, horizontal: whole })
  // What a group makes of it stays open; the thresholds themselves may still be reached for certain.
  const left = Object.entries(after.state.open).filter(([trigger]) => !own.has(trigger))
  return {
    ...session,
    state: { ...session.state, groups: after.state.groups, open: Object.fromEntries(left) },
    decisions: after.decisions,
  }
}

/** Time passes: timers tick, and what is on the screen has been seen for longer. */
function waited(session: Session, milliseconds: number): Session {
  const until = session.now + milliseconds
  const due = [...ticks(session, until), ...seen(session, until)].sort((a, b) => a.at - b.at)
  const after = due.reduce((current, { at, message }) => push({ ...current, now: at }, message), session)
  return { ...after, now: until }
}

interface Due {
  readonly at: number
  readonly message: { readonly [key: string]: unknown }
}

function ticks(session: Session, until: number): readonly Due[] {
  return listens(session, 'timer').flatMap(({ trigger, listener, since }) => {
    const { event, interval, limit } = listener
    const due: Due[] = []
    const last = limit > 0 ? limit : Math.floor((until - since) / Math.max(interval, 1))
    for (let number = 1; interval > 0 && number <= last && since + number * interval <= until; number++) {
      const at = since + number * interval
      if (at <= session.now) continue
      due.push({
        at,
        message: {
          event,
          'gtm.timerId': trigger,
          'gtm.timerEventNumber': number,
          'gtm.timerInterval': interval,
          'gtm.timerLimit': limit,
          'gtm.timerStartTime': since,
          'gtm.timerCurrentTime': at,
          'gtm.timerElapsedTime': at - since,
          'gtm.triggers': `${session.container.prefix}_${trigger}`,
        },
      })
    }
    return due
  })
}

/** Visibility is asked this often, in milliseconds (GTM-RUNTIME 5.1). */
const POLL = 100

/** Visibility is asked every 100 ms; an element counts once it has been on the screen for the configured time. */
function seen(session: Session, until: number): readonly Due[] {
  return listens(session, 'elementVisibility').flatMap(({ trigger, listener }) => {
    const fits = session.shown
      .filter(({ element, percent }) => percent >= listener.percent && isMeant(element, listener))
      .map(({ element, percent, since }) => ({
        element,
        percent,
        since,
        at: since + Math.max(listener.duration, POLL),
      }))
      .sort((x, y) => x.at - y.at)
    const wanted =
      listener.frequency === 'ONCE'
        ? fits.slice(0, 1)
        : listener.frequency === 'ONCE_PER_ELEMENT'
          ? fits.filter((each, index) => fits.findIndex(({ element }) => element === each.element) === index)
          : fits
    const due = wanted.filter(({ at }) => at > session.now && at <= until)
    return due.map(({ element, percent, since, at }) => ({
      at,
      message: {
        event: 'gtm.elementVisibility',
        ...elementKeys(element, session.facts),
        'gtm.visibleRatio': percent,
        'gtm.visibleTime': listener.duration,
        'gtm.visibleFirstTime': since,
        'gtm.visibleLastTime': at,
        'gtm.triggers': `${session.container.prefix}_${trigger}`,
      },
    }))
  })
}

function isMeant(element: Element, { by }: Extract<Listener, { kind: 'elementVisibility' }>): boolean {
  if ('id' in by) return element.attributes['id'] === by.id
  const matches = matchesSelector(element, by.selector)
  // The element was declared to be the one that is meant.
  return isUnknown(matches) || matches
}

/** One event a route, also when `replaceState` keeps the address (GTM-RUNTIME 5.1). */
function routed(session: Session, { url, source }: Extract<Action, { do: 'route' }>): Session {
  const oldUrl = new URL(session.facts.url)
  const newUrl = new URL(url, oldUrl)
  const moved = { ...session, facts: { ...session.facts, url: newUrl.href } }
  if (listens(session, 'historyChange').length === 0) return moved
  return push(moved, {
    event: 'gtm.historyChange',
    'gtm.historyChangeSource': source,
    'gtm.oldUrlFragment': oldUrl.hash.slice(1),
    'gtm.newUrlFragment': newUrl.hash.slice(1),
    'gtm.oldHistoryState': null,
    'gtm.newHistoryState': null,
    'gtm.oldUrl': oldUrl.href.replace(oldUrl.hash, ''),
    'gtm.newUrl': newUrl.href.replace(newUrl.hash, ''),
  })
}

function played(session: Session, film: Extract<Action, { do: 'video' }>): Session {
  const asking = listens(session, 'youTubeVideo')
  const { video, moments } = momentsOf(asking, session.videos[film.url] ?? NEW_VIDEO, film)
  const begun: Session = { ...session, videos: { ...session.videos, [film.url]: video } }
  return moments.reduce(
    (current, moment) =>
      push(current, { ...videoKeys(film, moment), 'gtm.triggers': idsOf(session, moment.asked) }),
    begun,
  )
}

type OfKind<K extends Listener['kind']> = Listening & { readonly listener: Extract<Listener, { kind: K }> }

function listens<K extends Listener['kind']>({ listeners }: Session, kind: K): readonly OfKind<K>[] {
  return listeners.filter((each): each is OfKind<K> => each.listener.kind === kind)
}

function idsOf({ container }: Session, asked: readonly Listening[]): string {
  return asked.map(({ trigger }) => `${container.prefix}_${trigger}`).join(',')
}
