/** Whether two triggers hear one and the same action, so that both firing counts it twice. */
import { pointerOf, type Pointer } from '../plan/diagnostic.ts'
import type { Trigger } from '../plan/plan-types.ts'
import { kindsIn, triggerModule } from '../triggers/kinds.ts'
import { visible as visibleModule, type VisibleTrigger } from '../triggers/visible.ts'
import type { TriggerKind } from '../triggers/trigger.ts'
import { milliseconds } from '../triggers/durations.ts'
import { isAbout, selectorsOf, type Selector } from './elements.ts'
import { asksFor, follows, subjectOf, testsOf, waysOf, type Asked } from './implied.ts'

/** One of the triggers that fire a tag by themselves, with all that narrows it. */
export interface Heard {
  readonly at: Pointer
  readonly kind: TriggerKind
  readonly trigger: Trigger
  /** What has to hold, exceptions turned round. */
  readonly asks: readonly Asked[]
  readonly ways: readonly (readonly Asked[])[]
  /** What is clicked or sent, where that is what is heard. */
  readonly target?: Target
  /** What comes into view, where that is what is heard. */
  readonly seen: () => Seen | undefined
  /** Equal where the listeners are: defaults written out change nothing. */
  readonly settings: () => string
}

/** A click on a link is heard by link triggers and by click triggers. */
interface Target {
  readonly hears: 'click' | 'form'
  readonly selectors: readonly Selector[]
}

interface Seen extends VisibleTrigger {
  readonly selectors: readonly Selector[]
}

/** The triggers below `any`, at every depth. The members of a group fire nothing by themselves. */
export function heardBy(trigger: Trigger, at: Pointer, outer: readonly Asked[] = []): Heard[] {
  const [kind] = kindsIn(trigger)
  const asks = [
    ...outer,
    ...nameOfTheEvent(trigger),
    ...asksFor(trigger.when),
    ...asksFor(trigger.armedWhen),
    ...asksFor(trigger.unless, 'unless'),
  ]
  if (trigger.any !== undefined) {
    return trigger.any.flatMap((one, index) => heardBy(one, at + pointerOf('any', index), asks))
  }
  if (kind === undefined || trigger.all !== undefined) return []
  return [
    {
      at,
      kind,
      trigger,
      asks,
      ways: waysOf(asks),
      ...targetOf(trigger),
      seen: once(() => seenBy(trigger)),
      settings: once(() => settingsOf(kind, trigger)),
    },
  ]
}

/** Each is compared with many others. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}

/** A data layer event is asked for as any condition on its name would be. */
function nameOfTheEvent({ dataLayer: said }: Trigger): Asked[] {
  const subject = subjectOf({ kind: 'event' })
  if (said === undefined || subject === undefined) return []
  const tests =
    typeof said === 'string'
      ? [{ operator: 'equals' as const, value: said, ignoreCase: false }]
      : testsOf(said.matches)
  return [{ subject, tests, negate: false }]
}

/**
 * The one has to be about what the other is about and to ask for all that it asks for. Of two that are each narrower in
 * something of its own nobody can tell at sight whether they ever meet.
 */
export function hearOneAction(a: Heard, b: Heard): boolean {
  const narrows = (inner: Heard, outer: Heard): boolean =>
    isOfSameThing(inner, outer) && follows(inner.ways, outer.asks)
  return narrows(a, b) || narrows(b, a)
}

/** Whether one event of GTM is what both hear: a tag that has both of them fires once on it. */
export function hearOneEvent(a: Heard, b: Heard): boolean {
  if (a.kind !== b.kind) return false
  const isOfTheSite = a.trigger.dataLayer !== undefined || a.target !== undefined
  return isOfTheSite || (a.kind === 'page' && a.trigger.page === b.trigger.page)
}

function isOfSameThing(inner: Heard, outer: Heard): boolean {
  if (inner.target !== undefined && outer.target !== undefined)
    return (
      inner.target.hears === outer.target.hears && isAbout(inner.target.selectors, outer.target.selectors)
    )
  if (inner.kind !== outer.kind) return false
  if (inner.kind === 'page') return true
  if (inner.kind === 'dataLayer') {
    const [one, other] = [inner.trigger.dataLayer, outer.trigger.dataLayer]
    // A pattern is held against the name where the conditions are.
    return one === other || typeof one !== 'string' || typeof other !== 'string'
  }
  return inner.settings() === outer.settings() || shareAMoment(inner, outer)
}

/**
 * Each listener tells of its own moments, so that what two of them listen for comes twice. Where conditions choose among the
 * moments, nobody can tell at sight which ones are left.
 */
function shareAMoment(inner: Heard, outer: Heard): boolean {
  const [a, b] = [inner.trigger, outer.trigger]
  if ([a, b].some(choosesMoments)) return false
  if (a.scroll !== undefined && b.scroll !== undefined)
    return haveOneInCommon(a.scroll.percent, b.scroll.percent)
  if (a.video !== undefined && b.video !== undefined)
    return haveOneInCommon(momentsOf(a.video), momentsOf(b.video))
  if (a.timer !== undefined && b.timer !== undefined) {
    return milliseconds(a.timer.every) === milliseconds(b.timer.every)
  }
  const [one, other] = [inner.seen(), outer.seen()]
  return (
    one !== undefined &&
    other !== undefined &&
    isAbout(one.selectors, other.selectors) &&
    (comesAfter(one, other) || comesAfter(other, one))
  )
}

/** Whoever has seen so much of an element for so long has seen less of it for a shorter time, too. */
function comesAfter(late: VisibleTrigger, early: VisibleTrigger): boolean {
  const { duration = 0 } = early
  return (
    late.percent >= early.percent &&
    (late.duration ?? 0) >= duration &&
    (early.observeDom || !late.observeDom)
  )
}

/** Whether they see one element at two moments: what a parameter tells apart is progress then, as with the depths of a scroll. */
export function areSteps(a: Heard, b: Heard): boolean {
  const [one, other] = [a.seen(), b.seen()]
  if (one === undefined || other === undefined) return false
  return one.percent !== other.percent || (one.duration ?? 0) !== (other.duration ?? 0)
}

function seenBy({ visible }: Trigger): Seen | undefined {
  if (visible === undefined) return undefined
  const built = visibleModule.build(visible)
  return { ...built, selectors: selectorsOf(built) }
}

function choosesMoments({ when = [], unless = [] }: Trigger): boolean {
  return [...when, ...unless].some((one) =>
    [one.scroll, one.video, one.visibility, one.value].some((each) => each !== undefined),
  )
}

function momentsOf({
  start,
  complete,
  pause,
  percent = [],
}: NonNullable<Trigger['video']>): readonly unknown[] {
  return [
    ...(start ? ['start'] : []),
    ...(complete ? ['complete'] : []),
    ...(pause ? ['pause'] : []),
    ...percent,
  ]
}

function haveOneInCommon(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.some((one) => others.includes(one))
}

function targetOf({ click, link, form }: Trigger): { readonly target?: Target } {
  const clicked = click ?? link
  if (clicked !== undefined) return { target: { hears: 'click', selectors: selectorsOf(clicked) } }
  return form === undefined ? {} : { target: { hears: 'form', selectors: selectorsOf(form) } }
}

function settingsOf(kind: TriggerKind, trigger: Trigger): string {
  const said = trigger[kind]
  return said === undefined ? '' : JSON.stringify(triggerModule(kind).build(said))
}
