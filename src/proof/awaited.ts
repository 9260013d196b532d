/** What the triggers of a tag wait for, in words, and what came instead: the reason where none of them was asked. */
import { membersOf, type Container, type TagEntity, type TriggerEntity } from '../runtime/core/container.ts'
import { listenerOf } from '../runtime/core/listeners.ts'
import { textParameter } from '../runtime/core/parameters.ts'
import type { Decision } from '../runtime/core/step.ts'
import type { Why } from './report.ts'

/** How many of the page's own events are named. */
const NAMED = 6

/** @returns `“CE - call” waits for the event "call"; the page pushed "cal"` */
export function whatDidNotCome(
  container: Container,
  tag: TagEntity | undefined,
  decisions: readonly Decision[],
): string {
  const triggers = (tag?.firingTriggerId ?? []).flatMap((id) => singleTriggers(container, id))
  if (triggers.length === 0) return 'no trigger fires its tag'
  const waits = triggers.map((trigger) => `“${trigger.name}” waits for ${awaited(trigger)}`).join(', ')
  const isEvent = triggers.some(({ type }) => type === 'customEvent')
  return `${waits}${isEvent ? `; ${pushedInstead(decisions)}` : ', which did not come'}`
}

/** The operator of a test that is none: whether what was waited for came at all. */
export const CAME = 'came'

/**
 * Where no trigger of a tag was asked: each of the page's own events held against each event that was waited for, as GTM
 * does before it asks anything else; of a click and the like, that it did not come.
 */
export function whatWasAwaited(
  container: Container,
  tag: TagEntity,
  decisions: readonly Decision[],
): readonly Why[] {
  const waiting = (tag.firingTriggerId ?? []).flatMap((id) => singleTriggers(container, id))
  const ofThePage = waiting.filter(({ type }) => type === 'customEvent')
  const events = [...new Set(decisions.map(({ event }) => event).filter(isOfThePage))]
  const held = events.flatMap((event) =>
    ofThePage.map(({ name, customEventFilter = [] }) => ({
      event,
      trigger: name,
      verdict: 'no' as const,
      tests: customEventFilter.map(({ type, parameter }) => ({
        subject: textParameter(parameter, 'arg0') ?? '{{_event}}',
        operator: type,
        value: JSON.stringify(textParameter(parameter, 'arg1') ?? ''),
        left: JSON.stringify(event),
        verdict: 'no' as const,
      })),
    })),
  )
  const others = waiting.filter((trigger) => !ofThePage.includes(trigger))
  const silent = (events.length === 0 ? waiting : others).map((trigger) => ({
    event: eventOf(container, trigger),
    trigger: trigger.name,
    verdict: 'no' as const,
    tests: [
      { subject: awaited(trigger), operator: CAME, value: 'true', left: 'false', verdict: 'no' as const },
    ],
  }))
  return [...held, ...silent]
}

/** The event that it waits for; of one that waits for a pattern, whichever that is. */
function eventOf({ byEvent }: Container, trigger: TriggerEntity): string {
  return [...byEvent].find(([, triggers]) => triggers.includes(trigger))?.[0] ?? 'any event'
}

function isOfThePage(event: string): boolean {
  return !event.startsWith('gtm.')
}

/** A group's members, each by itself. */
function singleTriggers(container: Container, id: string): readonly TriggerEntity[] {
  const trigger = container.triggers.get(id)
  if (trigger === undefined) return []
  if (trigger.type !== 'triggerGroup') return [trigger]
  return membersOf(trigger).flatMap((member) => container.triggers.get(member) ?? [])
}

const MOMENTS: { readonly [type: string]: string } = {
  pageview: 'a page view',
  domReady: 'a page that is read',
  windowLoaded: 'a page that has loaded',
  click: 'a click',
  linkClick: 'a click on a link',
  formSubmission: 'a form that is sent',
  historyChange: 'a change of the address without a page load',
  jsError: 'an error of the page',
  youTubeVideo: 'a moment of a film',
}

function awaited(trigger: TriggerEntity): string {
  if (trigger.type === 'customEvent') return `the event ${eventWords(trigger)}`
  const listener = listenerOf(trigger)
  switch (listener?.kind) {
    case 'elementVisibility': {
      const { by, percent, duration } = listener
      const element = 'selector' in by ? by.selector : `#${by.id}`
      const long = duration > 0 ? ` for ${duration / 1000} s` : ''
      return `${percent} % of ${element} in view${long}`
    }
    case 'scrollDepth':
      return `scrolling to ${listener.vertical.percent.join(', ')} %`
    case 'timer':
      return `${listener.interval / 1000} s on the page`
    default:
      return MOMENTS[trigger.type] ?? `what a trigger of type ${trigger.type} waits for`
  }
}

const TESTS: { readonly [type: string]: string } = {
  matchRegex: 'matches',
  startsWith: 'starts with',
  endsWith: 'ends with',
}

function eventWords({ customEventFilter = [] }: TriggerEntity): string {
  return customEventFilter
    .map(({ type, parameter }) => {
      const name = JSON.stringify(textParameter(parameter, 'arg1') ?? '')
      return type === 'equals' ? name : `that ${TESTS[type] ?? type} ${name}`
    })
    .join(' and ')
}

function pushedInstead(decisions: readonly Decision[]): string {
  const own = [...new Set(decisions.map(({ event }) => event).filter(isOfThePage))]
  if (own.length === 0) return 'the page pushed no event of its own'
  const more = own.length > NAMED ? ` and ${own.length - NAMED} more` : ''
  return `the page pushed ${own
    .slice(0, NAMED)
    .map((event) => JSON.stringify(event))
    .join(', ')}${more}`
}
