/** Whether two triggers hear one and the same action, so that both firing counts it twice. */
import { pointerOf, type Pointer } from '../plan/diagnostic.ts'
import type { Trigger } from '../plan/plan-types.ts'
import type { Target } from '../triggers/element.ts'
import { kindsIn, triggerModule } from '../triggers/kinds.ts'
import { visible as visibleModule, type VisibleTrigger } from '../triggers/visible.ts'
import type { TriggerKind } from '../triggers/trigger.ts'
import { milliseconds } from '../triggers/durations.ts'
import { isAbout } from './elements.ts'
import { asksFor, follows, subjectOf, testsOf, waysOf, type Asked } from './implied.ts'

/** One of the triggers that fire a tag by themselves, with all that narrows it. */
export interface Heard {
  readonly at: Pointer
  readonly kind: TriggerKind
  readonly trigger: Trigger
  /** What has to hold, exceptions turned round. */
  readonly asks: readonly Asked[]
  readonly ways: readonly (readonly Asked[])[]
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
  return kind === undefined || trigger.all !== undefined
    ? []
    : [{ at, kind, trigger, asks, ways: waysOf(asks) }]
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
  const isOfTheSite = a.trigger.dataLayer !== undefined || targetOf(a) !== undefined
  return isOfTheSite || (a.kind === 'page' && a.trigger.page === b.trigger.page)
}

function isOfSameThing(inner: Heard, outer: Heard): boolean {
  const [innerTarget, outerTarget] = [targetOf(inner), targetOf(outer)]
  if (innerTarget !== undefined && outerTarget !== undefined)
    return innerTarget.hears === outerTarget.hears && isAbout(innerTarget, outerTarget)
  if (inner.kind !== outer.kind) return false
  // Which event of the data layer it is stands among the conditions.
  if (inner.kind === 'page' || inner.kind === 'dataLayer') return true
  return settingsOf(inner) === settingsOf(outer) || shareAMoment(inner, outer)
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
  const [one, other] = [seenBy(inner), seenBy(outer)]
  return (
    one !== undefined &&
    other !== undefined &&
    isAbout(one, other) &&
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
  const [one, other] = [seenBy(a), seenBy(b)]
  if (one === undefined || other === undefined) return false
  return one.percent !== other.percent || (one.duration ?? 0) !== (other.duration ?? 0)
}

function seenBy({ trigger: { visible } }: Heard): VisibleTrigger | undefined {
  return visible && visibleModule.build(visible)
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

interface Acted extends Target {
  readonly hears: 'click' | 'form'
}

/** A click on a link is heard by link triggers and by click triggers. */
function targetOf({ trigger: { click, link, form } }: Heard): Acted | undefined {
  const clicked = click ?? link
  if (clicked !== undefined) return { ...clicked, hears: 'click' }
  return form && { ...form, hears: 'form' }
}

/** Defaults written out change nothing. */
function settingsOf({ kind, trigger }: Heard): string {
  const said = trigger[kind]
  return said === undefined ? '' : JSON.stringify(triggerModule(kind).build(said))
}
