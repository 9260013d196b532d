/**
 * An exception blocks a tag only where it holds for the very event of the data layer that fires the tag (GTM-RUNTIME 6). So what
 * counts is on which events each of the two comes, whatever their types are called: a page view trigger and a custom event
 * trigger on `gtm.js` stand on the same one.
 *
 * What cannot be proved either way is said to be so: an exception is never taken for one without effect by default.
 */
import { isEverywhere } from '../facts/everywhere.ts'
import { textOf } from '../kinds/kind.ts'
import { canonicalJson } from '../resources/canonical-json.ts'
import { holdsBraces } from '../resources/braces.ts'
import type { ConditionSpec, TagSpec, TriggerSpec } from '../resources/resource.ts'
import { isHeldOn, isOpen, momentsOf, namesIn } from './moments.ts'

/** Whether an exception stands on a moment, before its own conditions are asked. */
export type Standing = 'always' | 'never' | 'perhaps'

/** @param moment one of those at which a tag fires */
export function standingOf(moment: TriggerSpec, exception: TriggerSpec): Standing {
  const isRefuted = exception.filter.some((each) => isKnownAt(moment, each) === false)
  return isRefuted ? 'never' : standingOnEvent(moment, exception)
}

/** Its conditions that the trigger of the moment does not settle already: all of them have to hold for it to block. */
export function openConditions(moment: TriggerSpec, exception: TriggerSpec): readonly ConditionSpec[] {
  return exception.filter.filter((each) => isKnownAt(moment, each) !== true)
}

/**
 * The same moments without an exception of several conditions: it blocks where all of them hold, so the tag fires where one of them
 * does not. Only where one event of the data layer serves each of the triggers, which then fire a tag once.
 */
export function firedApart(
  trigger: TriggerSpec,
  { firingOption, blockingTriggers }: TagSpec,
  triggerOf: (ref: string) => TriggerSpec | undefined,
): readonly TriggerSpec[] {
  if (firingOption === 'unlimited' || ASKED_BY_ID.has(trigger.type)) return [trigger]
  const apart = blockingTriggers.reduce<readonly TriggerSpec[]>(
    (specs, ref) => {
      const exception = triggerOf(ref)
      if (exception === undefined || exception.filter.length < 2) return specs
      return specs.flatMap((spec) => {
        const isOnIt = momentsOf(spec).every((moment) => standingOf(moment.spec, exception) === 'always')
        const open = isOnIt ? openConditions(spec, exception) : []
        return open.length < 2
          ? [spec]
          : open.map((each) => ({ ...spec, filter: [...spec.filter, { ...each, negate: !each.negate }] }))
      })
    },
    [trigger],
  )
  return apart.length > MOST_APART ? [trigger] : apart
}

/** What a person would still write. */
const MOST_APART = 4

/** What a trigger asks for holds when it fires. */
function isKnownAt(moment: TriggerSpec, condition: ConditionSpec): boolean | undefined {
  if (moment.filter.some((each) => canonicalJson(each) === canonicalJson(condition))) return true
  const turned = canonicalJson({ ...condition, negate: !condition.negate })
  if (moment.filter.some((each) => canonicalJson(each) === turned)) return false
  const answers = new Set(eventsOf(moment).names?.map((name) => isHeldOn(condition, name)))
  const [only] = answers
  return answers.size === 1 ? only : undefined
}

/** By their events alone. */
function standingOnEvent(moment: TriggerSpec, exception: TriggerSpec): Standing {
  const isSame = isCustom(moment) && isCustom(exception) && filterOf(moment) === filterOf(exception)
  const onEvent = isSame ? 'always' : eventsMeet(eventsOf(moment, moment.filter), eventsOf(exception))
  if (onEvent === 'never' || !ASKED_BY_ID.has(exception.type)) return onEvent
  return isAskedWith(moment, exception) ? onEvent : 'perhaps'
}

/** Whether one event of the data layer may fire both. */
export function mayMeet(one: TriggerSpec, other: TriggerSpec): boolean {
  return eventsMeet(eventsOf(one, one.filter), eventsOf(other, other.filter)) !== 'never'
}

function isCustom({ type, customEventFilter }: TriggerSpec): boolean {
  return type === 'customEvent' && customEventFilter.length > 0
}

function filterOf({ customEventFilter }: TriggerSpec): string {
  return canonicalJson(customEventFilter)
}

/** The names of data layer events on which a trigger may come. */
interface Events {
  /** All of them, where they can be listed. */
  readonly names?: readonly string[]
  /** Undefined where only the page knows. */
  readonly has: (name: string) => boolean | undefined
  readonly isEvery?: true
}

/** The data layer event that stands for a type of trigger; GTM-RUNTIME has them. */
const EVENTS: { readonly [type: string]: string | undefined } = {
  consentInit: 'gtm.init_consent',
  init: 'gtm.init',
  pageview: 'gtm.js',
  domReady: 'gtm.dom',
  windowLoaded: 'gtm.load',
  click: 'gtm.click',
  linkClick: 'gtm.linkClick',
  formSubmission: 'gtm.formSubmit',
  historyChange: 'gtm.historyChange',
  elementVisibility: 'gtm.elementVisibility',
  scrollDepth: 'gtm.scrollDepth',
  youTubeVideo: 'gtm.video',
  jsError: 'gtm.pageError',
  triggerGroup: 'gtm.triggerGroup',
}

/** @param conditions those of a moment that are asked, too; an exception's come later */
function eventsOf(
  { type, customEventFilter, settings }: TriggerSpec,
  conditions: readonly ConditionSpec[] = [],
): Events {
  if (type === 'customEvent') return eventsOfFilter(customEventFilter, conditions)
  const name = type === 'timer' ? textOf(settings.eventName) || 'gtm.timer' : EVENTS[type]
  return name === undefined || holdsBraces(name)
    ? { has: () => undefined }
    : { names: [name], has: (each) => each === name }
}

function eventsOfFilter(filter: readonly ConditionSpec[], conditions: readonly ConditionSpec[]): Events {
  const has = (name: string): boolean | undefined => {
    const answers = filter.map((each) => isHeldOn(each, name))
    if ([...answers, ...conditions.map((each) => isHeldOn(each, name))].includes(false)) return false
    return answers.includes(undefined) || answers.length === 0 ? undefined : true
  }
  const [only, ...more] = filter
  if (only === undefined || more.length > 0) return { has }
  if (only.type === 'matchRegex' && !only.negate && EVERY_EVENT.has(only.arg1)) return { has, isEvery: true }
  const names = isOpen(only) ? undefined : namesIn(only)
  return names === undefined ? { has } : { names, has }
}

const EVERY_EVENT: ReadonlySet<string> = new Set(['.*', '.+', '^.*$', '^.+$', '.'])

function eventsMeet(moment: Events, exception: Events): Standing {
  if (exception.isEvery) return 'always'
  if (moment.names !== undefined) {
    const answers = new Set(moment.names.map(exception.has))
    const [only] = answers
    return answers.size !== 1 || only === undefined ? 'perhaps' : only ? 'always' : 'never'
  }
  return exception.names?.every((name) => moment.has(name) === false) === true ? 'never' : 'perhaps'
}

/** Types whose events say in `gtm.triggers` which triggers asked for them: no other trigger sees them. */
const ASKED_BY_ID: ReadonlySet<string> = new Set([
  'linkClick',
  'formSubmission',
  'scrollDepth',
  'timer',
  'elementVisibility',
  'youTubeVideo',
  'triggerGroup',
])

/** Whether an event that was made for the one names the other, too. */
function isAskedWith(moment: TriggerSpec, exception: TriggerSpec): boolean {
  if (moment === exception) return true
  if (moment.type !== exception.type) return false
  switch (exception.type) {
    case 'linkClick':
    case 'formSubmission':
      // One event for all of them that listen on this page, and take what the page has cancelled.
      return (
        (exception.settings.checkValidation !== true || moment.settings.checkValidation === true) &&
        (armedOf(exception).length === 0 ||
          canonicalJson(armedOf(exception)) === canonicalJson(armedOf(moment)))
      )
    case 'scrollDepth':
    case 'youTubeVideo':
      // One event for all that asked for this depth, for this state of the film.
      return momentsOf(exception).some(
        ({ spec }) =>
          canonicalJson([spec.parameters, armedOf(spec)]) ===
          canonicalJson([moment.parameters, armedOf(moment)]),
      )
    default:
      // Each timer, each watched element and each group has an event of its own.
      return false
  }
}

function armedOf({ autoEventFilter }: TriggerSpec): readonly ConditionSpec[] {
  return autoEventFilter.filter((each) => !isEverywhere(each))
}
