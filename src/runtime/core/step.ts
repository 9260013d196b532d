/**
 * One push into the data layer, carried out. Nothing happens here: what should happen comes back as effects, why it
 * should as decisions, and the state is a new one.
 *
 *   push ─▶ data layer ─▶ event? ─▶ triggers asked once ─▶ added tags minus blocked tags ─▶ effects
 *
 * One message at a time: whatever is pushed meanwhile waits at the edge (GTM-RUNTIME 3).
 */
import { allOf, shownValue, test, type Tested, type Verdict } from './conditions.ts'
import { consentAfter, isGranted, NO_CONSENT, type Consent } from './consent.ts'
import { isKnownType, membersOf, type Container, type TagEntity, type TriggerEntity } from './container.ts'
import { called, EMPTY_DATA_LAYER, pushed, readTree, set, type DataLayer } from './data-layer.ts'
import { NO_GA4, runEventTag, runGoogleTag, type Ga4 } from './ga4.ts'
import type { Hit } from './hit.ts'
import { ASKED_BY_ID, type Listener } from './listeners.ts'
import { PERHAPS_BESIDE } from './not-modelled.ts'
import type { Page } from './page.ts'
import { isPlain, isRecord, isUnknown, reasonOf, textOf, type Reason } from './value.ts'
import { parameterValue, type Reading } from './variables.ts'

export interface State {
  readonly layer: DataLayer
  readonly consent: Consent
  readonly ga4: Ga4
  readonly started: boolean
  readonly loaded: boolean
  readonly lastEventId: number
  /** Ids of `oncePerLoad` tags that are used up. */
  readonly usedUp: ReadonlySet<string>
  /** Members of each trigger group that have fired; `done` once its event was sent. */
  readonly groups: { readonly [group: string]: { readonly fired: readonly string[]; readonly done: boolean } }
  /** Triggers of which it is not known whether they could have fired, and why. */
  readonly open: { readonly [trigger: string]: Reason }
}

export function initialState(options: { readonly returning?: boolean } = {}): State {
  return {
    layer: EMPTY_DATA_LAYER,
    consent: NO_CONSENT,
    ga4: { ...NO_GA4, returning: options.returning ?? false },
    started: false,
    loaded: false,
    lastEventId: 0,
    usedUp: new Set(),
    groups: {},
    open: {},
  }
}

type Callable = (...args: readonly unknown[]) => unknown

export type Effect =
  | { readonly kind: 'listen'; readonly trigger: string; readonly listener: Listener }
  /** Goes into the data layer as if the page had pushed it. */
  | { readonly kind: 'push'; readonly message: { readonly [key: string]: unknown } }
  | { readonly kind: 'hit'; readonly hit: Hit }
  /** A Custom HTML tag: its text, with a value for each reference in it. */
  | {
      readonly kind: 'html'
      readonly tag: string
      readonly html: string
      readonly values: ReadonlyMap<string, unknown>
    }
  | { readonly kind: 'image'; readonly tag: string; readonly url: string }
  | {
      readonly kind: 'callback'
      readonly call: Callable
      readonly tags: readonly {
        readonly id: string
        readonly status: string
        readonly executionTime: number
      }[]
    }

/** A trigger that was asked about an event, with every test of it. */
export interface Considered {
  readonly trigger: string
  readonly name: string
  readonly verdict: Verdict
  readonly tests: readonly Tested[]
  readonly because?: Reason
}

export type TagOutcome = 'fired' | 'blocked' | 'used-up' | 'no-consent' | 'paused' | 'nothing' | 'undecided'

export interface TagDecision {
  readonly tag: string
  readonly name: string
  readonly type: string
  readonly outcome: TagOutcome
  /** Names of the triggers that fired or blocked it, or of the consent that is missing. */
  readonly by: readonly string[]
  readonly because?: Reason
}

export interface Decision {
  readonly event: string
  readonly eventId: number
  readonly triggers: readonly Considered[]
  readonly tags: readonly TagDecision[]
  /** The page tells Google's own library of the event, past the container, and names these ids with `send_to`. */
  readonly beside?: { readonly to: readonly string[] }
}

export interface Stepped {
  readonly state: State
  readonly effects: readonly Effect[]
  readonly decisions: readonly Decision[]
}

/** @param message whatever was pushed: an object, a command, a function, the arguments of a gtag call */
export function step(container: Container, state: State, message: unknown, page: Page): Stepped {
  if (isCallable(message)) return quiet({ ...state, layer: afterFunction(state.layer, message) })
  if (isArguments(message)) return gtag(container, state, [...message], page)
  if (Array.isArray(message)) return quiet({ ...state, layer: called(state.layer, message as unknown[]) })
  if (!isPlain(message)) return quiet(state)
  const event = message['event']
  if (typeof event !== 'string' || event === '')
    return quiet({ ...state, layer: pushed(state.layer, message) })
  return eventful(container, state, event, message, page)
}

function eventful(
  container: Container,
  state: State,
  event: string,
  message: { readonly [key: string]: unknown },
  page: Page,
): Stepped {
  // A second gtm.js is ignored (GTM-RUNTIME 3).
  if (event === 'gtm.js' && state.loaded) return quiet(state)
  const begun = begin(container, state, page)
  const layer = pushed(begun.state.layer, message)
  const handled = handle(
    container,
    { ...begun.state, layer, loaded: begun.state.loaded || event === 'gtm.js' },
    event,
    page,
  )
  const callback = message['eventCallback']
  const [decision] = handled.decisions
  const effects: Effect[] = !isCallable(callback)
    ? []
    : [
        {
          kind: 'callback',
          call: callback,
          tags: (decision?.tags ?? [])
            .filter(({ outcome }) => outcome === 'fired')
            .map(({ tag }) => ({ id: tag, status: 'success', executionTime: 0 })),
        },
      ]
  return {
    state: handled.state,
    effects: [...begun.effects, ...handled.effects, ...effects],
    decisions: [...begun.decisions, ...handled.decisions],
  }
}

/** Before the first message with an event come `gtm.init_consent` and `gtm.init`; the page never sees them pushed. */
function begin(container: Container, state: State, page: Page): Stepped {
  if (state.started) return quiet(state)
  const consent = handle(container, { ...state, started: true }, 'gtm.init_consent', page)
  const init = handle(container, consent.state, 'gtm.init', page)
  return {
    state: init.state,
    effects: [...consent.effects, ...init.effects],
    decisions: [...consent.decisions, ...init.decisions],
  }
}

/** Asks every trigger that waits for this event, once, and runs what they fire. */
function handle(container: Container, before: State, event: string, page: Page): Stepped {
  const eventId = before.lastEventId + 1
  // Google's have gaps, because internal messages take some too (GTM-RUNTIME 3): only that they rise is re-stated.
  const layer = pushed(before.layer, { 'gtm.uniqueEventId': eventId })
  const reading: Reading = {
    container,
    layer,
    consent: before.consent,
    page,
    event,
    cache: new Map(),
  }
  const considered = new Map<string, Considered>()
  for (const trigger of [...(container.byEvent.get(event) ?? []), ...container.byPattern]) {
    const answer = ask(trigger, container, before, reading)
    if (answer !== undefined) considered.set(trigger.triggerId, answer)
  }
  const beside = PERHAPS_BESIDE[event]
  for (const trigger of beside === undefined ? [] : (container.byEvent.get(beside) ?? []))
    considered.set(trigger.triggerId, leftOpen(trigger, { code: 'event-name', about: beside ?? '' }))
  const groups = afterGroups(container, before, considered)
  const ran = runTags(
    container,
    { ...before, layer, ...groups.state, lastEventId: eventId },
    considered,
    reading,
  )
  const listens = listening(container, event, reading)
  return {
    state: { ...ran.state, open: { ...ran.state.open, ...listens.open } },
    effects: [...ran.effects, ...groups.effects, ...listens.effects],
    decisions: [{ event, eventId, triggers: [...considered.values()], tags: ran.tags }],
  }
}

/** What a trigger says to this event; undefined when it waits for another one. */
function ask(
  trigger: TriggerEntity,
  container: Container,
  state: State,
  reading: Reading,
): Considered | undefined {
  if (!isKnownType(trigger.type)) return leftOpen(trigger, { code: 'trigger-type', about: trigger.type })
  const name = trigger.type === 'customEvent' ? (trigger.customEventFilter ?? []) : []
  const named = name.map((condition) => test(condition, reading))
  if (allOf(named) === 'no') return undefined
  const asked = ASKED_BY_ID.has(trigger.type) ? [askedFor(trigger, container, reading)] : []
  const tests = [...named, ...asked, ...(trigger.filter ?? []).map((condition) => test(condition, reading))]
  const open = state.open[trigger.triggerId]
  const verdict = allOf(tests)
  return {
    trigger: trigger.triggerId,
    name: trigger.name,
    verdict: verdict === 'yes' && open !== undefined ? 'undecided' : verdict,
    tests,
    ...(open === undefined ? {} : { because: open }),
  }
}

function leftOpen({ triggerId, name }: TriggerEntity, because: Reason): Considered {
  return { trigger: triggerId, name, verdict: 'undecided', tests: [], because }
}

/** Where listeners write for which triggers they noted it. */
export const ASKED_FOR = 'gtm.triggers'

/** Listeners write into their event which triggers asked for it; the rule takes its own id, or an empty text. */
function askedFor(trigger: TriggerEntity, container: Container, { layer }: Reading): Tested {
  const ids = textOf(readTree(layer, 'gtm.triggers') ?? '')
  const own = `${container.prefix}_${trigger.triggerId}`
  return {
    subject: ASKED_FOR,
    operator: 'names',
    negate: false,
    value: own,
    left: shownValue(ids),
    right: shownValue(own),
    verdict: ids === '' || ids.split(',').includes(own) ? 'yes' : 'no',
  }
}

/** A group's event comes when every member has fired at least once; once a page (GTM-RUNTIME 5.1, 12). */
function afterGroups(
  container: Container,
  state: State,
  considered: ReadonlyMap<string, Considered>,
): { readonly state: Pick<State, 'groups' | 'open'>; readonly effects: readonly Effect[] } {
  let { groups, open } = state
  const effects: Effect[] = []
  for (const [member, { verdict, tests, because }] of considered) {
    for (const group of container.groupsOf.get(member) ?? []) {
      const entity = container.triggers.get(group)
      if (verdict === 'no' || entity === undefined) continue
      const now = groups[group] ?? { fired: [], done: false }
      if (verdict === 'undecided') {
        const reason = because ?? tests.find((each) => each.because !== undefined)?.because
        open = { ...open, [group]: reason ?? { code: 'group-member', about: entity.name } }
      }
      const fired = [...new Set([...now.fired, member])]
      const isComplete = membersOf(entity).every((each) => fired.includes(each))
      groups = { ...groups, [group]: { fired, done: now.done || isComplete } }
      if (isComplete && !now.done)
        effects.push({
          kind: 'push',
          message: { event: 'gtm.triggerGroup', 'gtm.triggers': `${container.prefix}_${group}` },
        })
    }
  }
  return { state: { groups, open }, effects }
}

/** The listeners that this event starts. `autoEventFilter` decides where one is installed (GTM-RUNTIME 5.1). */
function listening(
  container: Container,
  event: string,
  reading: Reading,
): { readonly open: State['open']; readonly effects: readonly Effect[] } {
  const open: { [trigger: string]: Reason } = {}
  const effects: Effect[] = []
  for (const { trigger, listener } of container.listeners.get(event) ?? []) {
    const tests = (trigger.autoEventFilter ?? []).map((condition) => test(condition, reading))
    const verdict = allOf(tests)
    if (verdict === 'no') continue
    if (verdict === 'undecided') open[trigger.triggerId] = { code: 'listener-start', about: trigger.name }
    effects.push({ kind: 'listen', trigger: trigger.triggerId, listener })
  }
  return { open, effects }
}

interface Ran {
  readonly state: State
  readonly effects: readonly Effect[]
  readonly tags: readonly TagDecision[]
}

/** All added tags minus all blocked ones, each once, highest priority first (GTM-RUNTIME 6). */
function runTags(
  container: Container,
  before: State,
  considered: ReadonlyMap<string, Considered>,
  reading: Reading,
): Ran {
  const run: Run = { container, reading, state: before, effects: [], tags: [], ran: new Set() }
  for (const tag of tagsFiredBy(container, considered)) {
    const asked = (tag.firingTriggerId ?? []).flatMap((id) => considered.get(id) ?? [])
    const firing = asked.filter(({ verdict }) => verdict === 'yes')
    const maybe = asked.find(({ verdict }) => verdict === 'undecided')
    if (firing.length === 0 && maybe === undefined) continue
    const block = (tag.blockingTriggerId ?? []).flatMap((id) => considered.get(id) ?? [])
    const blocking = block.filter(
      ({ verdict, tests }) => verdict === 'yes' || tests.some(({ threw }) => threw),
    )
    const maybeBlocking = block.find(({ verdict }) => verdict === 'undecided')
    if (blocking.length > 0)
      decide(
        run,
        tag,
        'blocked',
        blocking.map(({ name }) => name),
      )
    else if (firing.length === 0 || maybeBlocking !== undefined) {
      const open = maybeBlocking ?? maybe
      const reason = open?.because ?? open?.tests.find((each) => each.because !== undefined)?.because
      decide(run, tag, 'undecided', [open?.name ?? ''], reason)
    } else {
      const by = firing.map(({ name }) => name)
      const already = run.ran.has(tag.tagId) && tag.tagFiringOption !== 'unlimited'
      if (!already) sequence(run, tag, by, new Set())
    }
  }
  return run
}

/** Tags with a trigger that did not say no, in the order in which they run. */
function tagsFiredBy(
  container: Container,
  considered: ReadonlyMap<string, Considered>,
): readonly TagEntity[] {
  const places = new Set<number>()
  for (const [trigger, { verdict }] of considered)
    if (verdict !== 'no') for (const place of container.placesByTrigger.get(trigger) ?? []) places.add(place)
  return [...places].sort((a, b) => a - b).flatMap((place) => container.tags[place] ?? [])
}

/** What grows while the tags of one event run. It lives no longer than that. */
interface Run {
  readonly container: Container
  readonly reading: Reading
  state: State
  readonly effects: Effect[]
  readonly tags: TagDecision[]
  readonly ran: Set<string>
}

/** Setup tags, the tag, cleanup tags (GTM-RUNTIME 6). Gives whether the tag itself ran. */
function sequence(run: Run, tag: TagEntity, by: readonly string[], above: ReadonlySet<string>): TagOutcome {
  const inside = new Set([...above, tag.tagId])
  for (const { tagName, stopOnSetupFailure } of tag.setupTag ?? []) {
    const outcome = besides(run, tagName, `set up ${tag.name}`, inside)
    if (stopOnSetupFailure !== true || outcome === undefined || outcome === 'fired') continue
    if (outcome === 'no-consent' || outcome === 'undecided' || outcome === 'nothing')
      return decide(run, tag, 'undecided', by, { code: 'setup-outcome', about: tagName ?? '' })
  }
  const outcome = fire(run, tag, by)
  for (const { tagName, stopTeardownOnFailure } of tag.teardownTag ?? []) {
    if (stopTeardownOnFailure === true && outcome === 'nothing') continue
    if (outcome === 'fired' || outcome === 'nothing')
      besides(run, tagName, `clean up after ${tag.name}`, inside)
  }
  return outcome
}

/** A setup or cleanup tag needs no trigger of its own. */
function besides(
  run: Run,
  name: string | undefined,
  why: string,
  above: ReadonlySet<string>,
): TagOutcome | undefined {
  const tag = name === undefined ? undefined : run.container.tagsByName.get(name)
  if (tag === undefined || above.has(tag.tagId)) return undefined
  if (run.ran.has(tag.tagId) && tag.tagFiringOption !== 'unlimited') return 'fired'
  return sequence(run, tag, [why], above)
}

function fire(run: Run, tag: TagEntity, by: readonly string[]): TagOutcome {
  if (tag.paused === true) return decide(run, tag, 'paused', by)
  const isOnce = tag.tagFiringOption === 'oncePerLoad'
  if (isOnce && run.state.usedUp.has(tag.tagId)) return decide(run, tag, 'used-up', by)
  // What consent holds back is used up all the same (GTM-RUNTIME 12).
  if (isOnce) run.state = { ...run.state, usedUp: new Set([...run.state.usedUp, tag.tagId]) }
  const asked = consentTypes(tag).map((type) => ({ type, granted: isGranted(run.state.consent, type) }))
  const denied = asked.filter(({ granted }) => granted === false)
  if (denied.length > 0)
    return decide(
      run,
      tag,
      'no-consent',
      denied.map(({ type }) => type),
    )
  const open = asked.map(({ granted }) => granted).find(isUnknown)
  if (open !== undefined) return decide(run, tag, 'undecided', by, reasonOf(open))
  run.ran.add(tag.tagId)
  switch (tag.type) {
    case 'googtag':
    case 'gaawc':
    case 'gaawe': {
      const result = (tag.type === 'gaawe' ? runEventTag : runGoogleTag)(tag, run.state.ga4, run.reading)
      if ('nothing' in result) return decide(run, tag, 'nothing', [result.nothing])
      if ('undecided' in result) return decide(run, tag, 'undecided', by, result.undecided)
      run.state = { ...run.state, ga4: result.ga4 }
      run.effects.push(...result.hits.map((hit): Effect => ({ kind: 'hit', hit })))
      break
    }
    case 'html': {
      const html = tag.parameter?.find(({ key }) => key === 'html')?.value ?? ''
      const names = [...html.matchAll(/\{\{([^{}]+)\}\}/g)].map(([, name = '']) => name)
      const values = new Map(
        names.map((name) => [name, parameterValue({ value: `{{${name}}}` }, run.reading)]),
      )
      run.effects.push({ kind: 'html', tag: tag.tagId, html, values })
      break
    }
    case 'img': {
      const url = parameterValue(
        tag.parameter?.find(({ key }) => key === 'url'),
        run.reading,
      )
      if (!isUnknown(url)) run.effects.push({ kind: 'image', tag: tag.tagId, url: textOf(url ?? '') })
      break
    }
    default:
      // That it fires is known; what it then sends is its vendor's.
      break
  }
  return decide(run, tag, 'fired', by)
}

function consentTypes({ consentSettings }: TagEntity): readonly string[] {
  if (consentSettings?.consentStatus !== 'needed') return []
  return (consentSettings.consentType?.list ?? []).flatMap(({ value }) =>
    value === undefined ? [] : [value],
  )
}

function decide(
  run: Run,
  tag: TagEntity,
  outcome: TagOutcome,
  by: readonly string[],
  because?: Reason,
): TagOutcome {
  run.tags.push({
    tag: tag.tagId,
    name: tag.name,
    type: tag.type,
    outcome,
    by,
    ...(because === undefined ? {} : { because }),
  })
  return outcome
}

/** A gtag call. Consent and `set` act on the container; events and configurations go to Google's own library. */
function gtag(container: Container, state: State, args: readonly unknown[], page: Page): Stepped {
  const [command, name, settings] = args
  switch (command) {
    case 'consent':
      return quiet({ ...state, consent: consentAfter(state.consent, name, settings) })
    case 'set': {
      const values = isPlain(name) ? name : typeof name === 'string' ? { [name]: settings } : {}
      return quiet({ ...state, layer: pushed(state.layer, values) })
    }
    case 'event': {
      const begun = begin(container, state, page)
      return {
        ...begun,
        decisions: [...begun.decisions, notThroughTheContainer(container, textOf(name), settings)],
      }
    }
    case 'js':
    case 'config':
    case 'get':
      return begin(container, state, page)
    default:
      return quiet(state)
  }
}

function notThroughTheContainer(container: Container, event: string, settings: unknown): Decision {
  const because: Reason = { code: 'gtag-call', about: event }
  const to = isPlain(settings) ? settings['send_to'] : undefined
  const triggers = (container.byEvent.get(event) ?? []).map((trigger) => leftOpen(trigger, because))
  const ids = new Set(triggers.map(({ trigger }) => trigger))
  return {
    event,
    eventId: 0,
    triggers,
    beside: { to: [to].flat().filter((each) => typeof each === 'string') },
    tags: container.tags
      .filter(({ firingTriggerId }) => firingTriggerId?.some((id) => ids.has(id)))
      .map(({ tagId, name, type }) => ({ tag: tagId, name, type, outcome: 'undecided', by: [], because })),
  }
}

/** A pushed function runs with `this.get` and `this.set` (GTM-RUNTIME 4); one that throws changes nothing more. */
function afterFunction(layer: DataLayer, message: Callable): DataLayer {
  let after = layer
  const self = {
    get: (key: string): unknown => readTree(after, key),
    set: (key: string, value: unknown): void => {
      after = set(after, key, value)
    },
  }
  try {
    Reflect.apply(message, self, [])
  } catch {
    // The page's own mistake; the queue goes on.
  }
  return after
}

function isCallable(value: unknown): value is Callable {
  return typeof value === 'function'
}

function isArguments(value: unknown): value is ArrayLike<unknown> & Iterable<unknown> {
  return isRecord(value) && Object.prototype.toString.call(value) === '[object Arguments]'
}

function quiet(state: State): Stepped {
  return { state, effects: [], decisions: [] }
}
