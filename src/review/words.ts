/** Triggers, conditions, sources and targets as people say them: `form #newsletter submitted on /pricing`. */
import type { Condition, Scalar, SingleTrigger, Source, Trigger } from '../plan/plan.ts'
import type { Benchmark, Evidence, Guardrail, Target } from '../plan/plan-types.ts'

/** When a conversion counts. */
export function triggerWords(trigger: Trigger): string {
  const happened =
    trigger.kind === 'any'
      ? trigger.triggers.map(triggerWords).join(', or ')
      : trigger.kind === 'all'
        ? `${trigger.triggers.map(triggerWords).join(', and ')}, once all of them have happened`
        : singleTriggerWords(trigger)
  const several = trigger.kind === 'any' || trigger.kind === 'all'
  const narrowed = trigger.when.length + trigger.unless.length > 0
  return [
    several && narrowed ? `(${happened})` : happened,
    ...trigger.when.map((condition, index) => conditionWords(condition, index === 0 ? '' : 'and ')),
    ...trigger.unless.map((condition, index) => conditionWords(condition, index === 0 ? 'but not ' : 'nor ')),
  ].join(' ')
}

function singleTriggerWords(trigger: SingleTrigger): string {
  switch (trigger.kind) {
    case 'dataLayer':
      return `data layer event ${trigger.regex ? 'matching ' : ''}${trigger.event}`
    case 'page':
      return { viewed: 'page viewed', dom_ready: 'page ready', loaded: 'page loaded with all images' }[
        trigger.moment
      ]
    case 'history':
      return `address changed without a page load${trigger.source === undefined ? '' : ` by ${trigger.source}`}`
    case 'click':
      return `click on ${thing(trigger, 'any element')}`
    case 'link':
      return `link ${thing(trigger, 'of any kind')} clicked${patience(trigger)}`
    case 'form':
      return `form ${thing(trigger, 'of any kind')} submitted${patience(trigger)}`
    case 'visible':
      return visibleWords(trigger)
    case 'scroll':
      return `scrolled to ${percents(trigger.percent)}`
    case 'video':
      return videoWords(trigger)
    case 'timer':
      return trigger.limit === 1
        ? `${duration(trigger.every)} on the page`
        : `every ${duration(trigger.every)} on the page, at most ${trigger.limit} times`
    case 'error':
      return 'JavaScript error on the page'
  }
}

function thing(target: { readonly selector?: string; readonly id?: string }, any: string): string {
  const parts = [
    ...(target.selector === undefined ? [] : [target.selector]),
    ...(target.id === undefined ? [] : [`#${target.id}`]),
  ]
  return parts.length === 0 ? any : parts.join(' with id ')
}

function patience(trigger: { readonly waitForTags: boolean; readonly checkValidation: boolean }): string {
  const words = [
    ...(trigger.checkValidation ? ['only when the page does not cancel it'] : []),
    ...(trigger.waitForTags ? ['held back until the tags have fired'] : []),
  ]
  return words.length === 0 ? '' : ` (${words.join(', ')})`
}

function visibleWords(trigger: Extract<SingleTrigger, { kind: 'visible' }>): string {
  const often = { once: 'once per page', once_per_element: 'once per element', every_time: 'every time' }
  const details = [
    `${trigger.percent}% of it`,
    ...(trigger.duration === undefined ? [] : [`for ${duration(trigger.duration)}`]),
    often[trigger.frequency],
    ...(trigger.observeDom ? [] : ['only what is there when the page loads']),
  ]
  return `${thing(trigger, 'any element')} in view (${details.join(', ')})`
}

function videoWords(trigger: Extract<SingleTrigger, { kind: 'video' }>): string {
  const moments = [
    ...(trigger.start ? ['started'] : []),
    ...(trigger.percent.length > 0 ? [`played to ${percents(trigger.percent)}`] : []),
    ...(trigger.complete ? ['ended'] : []),
    ...(trigger.pause ? ['paused or sought'] : []),
  ]
  return `video ${moments.join(' or ')}`
}

const OPERATORS: { readonly [O in Condition['operator']]: readonly [is: string, isNot: string] } = {
  equals: ['is', 'is not'],
  contains: ['contains', 'does not contain'],
  startsWith: ['starts with', 'does not start with'],
  endsWith: ['ends with', 'does not end with'],
  matches: ['matches', 'does not match'],
  css: ['matches the selector', 'does not match the selector'],
  lessThan: ['is less than', 'is not less than'],
  greaterThan: ['is greater than', 'is not greater than'],
}

/** One condition, with what joins it to the words before: `on /pricing`, `where the path contains shoe`. */
function conditionWords(condition: Condition, join: string): string {
  const { subject, operator, value, negate } = condition
  if (subject.kind === 'page' && subject.part === 'path' && !negate) {
    if (operator === 'equals') return `${join}on ${value}`
    if (operator === 'startsWith') return `${join}on paths from ${value}`
  }
  if (subject.kind === 'page' && subject.part === 'host' && operator === 'equals' && !negate)
    return `${join}on ${value}`
  const letters = condition.ignoreCase ? ' (in any case of letters)' : ''
  return `${join}where ${subjectWords(subject)} ${OPERATORS[operator][negate ? 1 : 0]} ${quotedIfEmpty(value)}${letters}`
}

function subjectWords(source: Source): string {
  return source.kind === 'page' ? `the ${PAGE[source.part]}` : sourceWords(source)
}

const PAGE = {
  full: 'address',
  host: 'host',
  path: 'path',
  fragment: 'fragment',
  referrer: 'referrer',
} as const

/** Where a value comes from. */
export function sourceWords(source: Source): string {
  switch (source.kind) {
    case 'literal':
      return JSON.stringify(source.value)
    case 'dataLayer':
      return `data layer key ${source.key}${otherwise(source.default)}`
    case 'page':
      return `page ${PAGE[source.part]}`
    case 'query':
      return `query parameter ${source.name}`
    case 'cookie':
      return `cookie ${source.name}`
    case 'element':
      return `${source.attribute === undefined ? 'text' : `attribute ${source.attribute}`} of ${thing(source, 'an element')}`
    case 'click':
      return `${source.what} of the clicked element`
    case 'form':
      return `${source.what} of the form`
    case 'scroll':
      return `scroll ${source.what}`
    case 'video':
      return `video ${source.what.replaceAll('_', ' ')}`
    case 'visibility':
      return `visible ${source.what}`
    case 'history':
      return `${source.what.replaceAll('_', ' ')} of the address change`
    case 'error':
      return `${source.what} of the JavaScript error`
    case 'lookup':
      return `${sourceWords(source.from)} by table: ${rows(source.rows)}${otherwise(source.default)}`
    case 'match': {
      const how = [
        ...(source.ignoreCase ? [] : ['letters of the same case']),
        ...(source.fullMatch ? ['the whole value'] : []),
      ]
      const details = how.length === 0 ? '' : ` (${how.join(', ')})`
      return `${sourceWords(source.from)} by pattern${details}: ${rows(source.rows)}${otherwise(source.default)}`
    }
    case 'javascript':
      return `JavaScript ${source.code.trim()}`
    case 'variable':
      return `GTM variable ${source.name}`
  }
}

function rows(list: readonly { readonly key: string; readonly value: Scalar }[]): string {
  return list.map(({ key, value }) => `${quotedIfEmpty(key)} → ${quotedIfEmpty(String(value))}`).join(', ')
}

function otherwise(value: Scalar | undefined): string {
  return value === undefined ? '' : `, else ${JSON.stringify(value)}`
}

/** `1200 per month by 2027-03-31`, `8% of sessions`. */
export function targetWords(target: Target, currency?: string): string {
  const { count, rate, amount, per, of, by } = target
  return [
    ...(count === undefined ? [] : [String(count)]),
    ...(amount === undefined ? [] : [money(amount, currency)]),
    ...(rate === undefined ? [] : [rate]),
    ...(of === undefined ? [] : [`of ${of}`]),
    ...(per === undefined ? [] : [`per ${per}`]),
    ...(by === undefined ? [] : [`by ${by}`]),
  ].join(' ')
}

export function money(amount: number, currency: string | undefined): string {
  return currency === undefined ? String(amount) : `${amount} ${currency}`
}

export function benchmarkWords(benchmark: Benchmark): string {
  const { channel, device, rate, source } = benchmark
  const who = [channel, device].filter((part) => part !== undefined).join(', ')
  return `${who === '' ? '' : `${who}: `}${rate}${source === undefined ? '' : ` (${source})`}`
}

export function guardrailWords(guardrail: Guardrail): string {
  const { metric, maxDrop, action } = guardrail
  return `${metric} may drop by ${maxDrop} at most${action === undefined ? '' : `, else: ${action}`}`
}

export function evidenceWords(evidence: Evidence): string {
  return `${evidence.method}, as of ${evidence.asOf}`
}

function percents(list: readonly number[]): string {
  const all = list.map((percent) => `${percent}%`)
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} or ${all.at(-1) ?? ''}`
}

function duration(milliseconds: number): string {
  if (milliseconds % 60_000 === 0) return `${milliseconds / 60_000} min`
  return milliseconds % 1000 === 0 ? `${milliseconds / 1000} s` : `${milliseconds} ms`
}

function quotedIfEmpty(text: string): string {
  return text.trim() === '' ? JSON.stringify(text) : text
}
