import type { Diagnostic } from '../plan/diagnostic.ts'
import type { Condition, Conversion, Plan, SingleTrigger, Source } from '../plan/plan.ts'
import { canonicalJson } from '../resources/canonical-json.ts'
import type { Ref } from '../resources/resource.ts'
import { alternativesOf, type Member } from './alternatives.ts'
import { conditionView } from './conditions.ts'
import { keyOf, refTo, type Draft } from './draft.ts'
import { folderOf } from './folders.ts'
import { conversionNotes } from './notes.ts'
import type { Text, View } from './render.ts'

export interface ConversionTriggers {
  readonly drafts: readonly Draft[]
  readonly diagnostics: readonly Diagnostic[]
  readonly firing: readonly Ref[]
  readonly blocking: readonly Ref[]
}

/** What a trigger of GTM is before its conditions: its template, the prefix of its name, the template's view. */
interface Shape {
  readonly template: string
  readonly prefix: string
  readonly view: View
  readonly conditions?: readonly Condition[]
}

/** The triggers that fire a conversion's tag, and those that block it. */
export function compileTriggers(
  plan: Plan,
  conversion: Conversion,
  textOf: (source: Source) => Text,
): ConversionTriggers {
  if (!conversion.trigger) return { drafts: [], diagnostics: [], firing: [], blocking: [] }
  const { fire, block, diagnostics } = alternativesOf(conversion.trigger)
  const used = new Map<string, number>()
  const drafts: Draft[] = []

  const add = (id: string, shape: Shape, conditions: readonly Condition[], at: string): Ref => {
    const suffix = numbered(id, used)
    const keyFor = (conversionId: string): string => keyOf(plan, conversionId + suffix, 'trigger')
    const all = [...(shape.conditions ?? []), ...conditions]
    drafts.push({
      kind: 'gtm/trigger',
      template: `triggers/${shape.template}`,
      key: keyFor(conversion.id),
      ...(conversion.was === undefined ? {} : { was: [keyFor(conversion.was)] }),
      naming: {
        pattern: plan.naming.trigger ?? '{kind} - {id}',
        values: { ...namingValues(plan, conversion), kind: shape.prefix },
        id: conversion.id,
      },
      notes: conversionNotes(plan, conversion),
      origin: at,
      folder: refTo(folderOf(plan, conversion)),
      view: { ...shape.view, filter: all.map((condition) => conditionView(condition, textOf)) },
    })
    return refTo(keyFor(conversion.id))
  }

  const addMember = (id: string, member: Member): Ref =>
    add(id, shapeOf(member.trigger), member.conditions, member.trigger.at)

  const firing = fire.map((each): Ref => {
    const alone = fire.length === 1
    if (!('members' in each)) return addMember(alone ? '' : `.${each.trigger.kind}`, each)
    const id = alone ? '' : '.all'
    const members = each.members.map((member) => addMember(`${id}.${member.trigger.kind}`, member))
    return add(id, { template: 'trigger-group', prefix: 'Group', view: { members } }, [], each.at)
  })

  const moments = distinctShapes(
    fire.map((each) => ('members' in each ? GROUP_COMPLETED : momentOf(each.trigger))),
  )
  const blocking = moments.flatMap((moment) =>
    block.map((condition) => add('.unless', { ...moment, prefix: 'Exception' }, [condition], condition.at)),
  )
  return { drafts, diagnostics, firing, blocking }
}

/** What the placeholders of `naming` stand for in the things of one conversion. */
export function namingValues(plan: Plan, conversion: Conversion): { readonly [placeholder: string]: string } {
  return {
    id: conversion.id,
    event: conversion.event ?? '',
    title: conversion.title,
    stage: conversion.tier === 'goal' ? 'goals' : conversion.stage,
    plan: plan.id,
    source: conversion.touchpoint ?? '',
  }
}

function shapeOf(trigger: SingleTrigger): Shape {
  switch (trigger.kind) {
    case 'dataLayer':
      return {
        template: 'custom-event',
        prefix: 'CE',
        view: { event: trigger.event, regex: trigger.regex },
      }
    case 'page': {
      const [type, prefix] = PAGE_MOMENTS[trigger.moment]
      return { template: 'plain', prefix, view: { type } }
    }
    case 'history':
      return {
        template: 'plain',
        prefix: 'History',
        view: { type: 'historyChange' },
        conditions:
          trigger.source === undefined
            ? []
            : [equals(trigger, { kind: 'history', what: 'source' }, trigger.source)],
      }
    case 'click':
      return {
        template: 'plain',
        prefix: 'Click',
        view: { type: 'click' },
        conditions: elementConditions(trigger, 'click'),
      }
    case 'link':
      return {
        template: 'link-click',
        prefix: 'Link',
        view: waitingView(trigger),
        conditions: elementConditions(trigger, 'click'),
      }
    case 'form':
      return {
        template: 'form-submission',
        prefix: 'Form',
        view: waitingView(trigger),
        conditions: elementConditions(trigger, 'form'),
      }
    case 'visible':
      return {
        template: 'element-visibility',
        prefix: 'Visible',
        view: {
          selector: trigger.selector ?? '',
          id: trigger.id ?? '',
          percent: String(trigger.percent),
          duration: trigger.duration === undefined ? '' : String(trigger.duration),
          frequency: FREQUENCIES[trigger.frequency],
          observeDom: trigger.observeDom,
        },
      }
    case 'scroll':
      return { template: 'scroll-depth', prefix: 'Scroll', view: { percent: trigger.percent.join(',') } }
    case 'video':
      return {
        template: 'you-tube-video',
        prefix: 'Video',
        view: {
          start: trigger.start,
          complete: trigger.complete,
          pause: trigger.pause,
          percent: trigger.percent.join(','),
        },
      }
    case 'timer':
      return {
        template: 'timer',
        prefix: 'Timer',
        view: { interval: String(trigger.every), limit: String(trigger.limit) },
      }
    case 'error':
      return { template: 'plain', prefix: 'JS Error', view: { type: 'jsError' } }
  }
}

const PAGE_MOMENTS = {
  viewed: ['pageview', 'Page View'],
  dom_ready: ['domReady', 'DOM Ready'],
  loaded: ['windowLoaded', 'Window Loaded'],
} as const

const FREQUENCIES = {
  once: 'ONCE',
  once_per_element: 'ONCE_PER_ELEMENT',
  every_time: 'MANY_PER_ELEMENT',
} as const

/**
 * A trigger that occurs at the very moment the given one does, for a blocking trigger to stand on. Listeners of
 * links, forms, visibility, scroll, video and timers write into their event which trigger asked for it
 * (`gtm.triggers`), so that a second trigger of the same type would wait for an event of its own and never block.
 * A custom event trigger on the listener's event has no such filter and sees all of them.
 */
function momentOf(trigger: SingleTrigger): Shape {
  switch (trigger.kind) {
    case 'dataLayer':
    case 'page':
    case 'error':
      return shapeOf(trigger)
    case 'history':
    case 'click':
      return { ...shapeOf(trigger), conditions: [] }
    case 'link':
    case 'form':
    case 'visible':
    case 'scroll':
    case 'video':
    case 'timer':
      return customEvent(LISTENER_EVENTS[trigger.kind])
  }
}

const LISTENER_EVENTS = {
  link: 'gtm.linkClick',
  form: 'gtm.formSubmit',
  visible: 'gtm.elementVisibility',
  scroll: 'gtm.scrollDepth',
  video: 'gtm.video',
  timer: 'gtm.timer',
} as const

const GROUP_COMPLETED = customEvent('gtm.triggerGroup')

function customEvent(event: string): Shape {
  return { template: 'custom-event', prefix: 'CE', view: { event, regex: false } }
}

function distinctShapes(shapes: readonly Shape[]): Shape[] {
  return [...new Map(shapes.map((shape) => [canonicalJson(shape), shape])).values()]
}

type WithElement = Extract<SingleTrigger, { readonly kind: 'click' | 'link' | 'form' }>

function elementConditions(trigger: WithElement, kind: 'click' | 'form'): Condition[] {
  return [
    ...(trigger.selector === undefined
      ? []
      : [{ ...equals(trigger, { kind, what: 'element' }, trigger.selector), operator: 'css' as const }]),
    ...(trigger.id === undefined ? [] : [equals(trigger, { kind, what: 'id' }, trigger.id)]),
  ]
}

function equals(trigger: SingleTrigger, subject: Source, value: string): Condition {
  return { at: trigger.at, subject, operator: 'equals', value, negate: false, ignoreCase: false }
}

/** The page on which the listener is armed must be named when GTM holds the visitor back: every page. */
function waitingView(trigger: { readonly waitForTags: boolean; readonly checkValidation: boolean }): View {
  const { waitForTags, checkValidation } = trigger
  return { waitForTags, checkValidation, armed: waitForTags || checkValidation }
}

function numbered(id: string, used: Map<string, number>): string {
  const count = (used.get(id) ?? 0) + 1
  used.set(id, count)
  return count === 1 ? id : `${id}~${count}`
}
