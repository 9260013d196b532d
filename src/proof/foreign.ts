/**
 * What tags of others in the container may send without the runtime showing it: templates of the gallery, and scripts of
 * Custom HTML that call `gtag` or push into the data layer. A proof beside one that ran is open, never proven.
 */
import { holdsBraces } from '../resources/braces.ts'
import type { ContainerVersion, TagEntity } from '../runtime/core/container.ts'
import { textParameter } from '../runtime/core/parameters.ts'
import { isRecord } from '../runtime/core/value.ts'
import type { Level } from './report.ts'

export interface ForeignSender {
  /** What is not shown, after the tag's name: "runs a template that …". */
  readonly what: string
  /** The only events that it may send; absent where any may be. */
  readonly events?: readonly string[]
  /** A tag that is re-stated is open only where whether it runs is. */
  readonly isModelled?: true
}

export interface Foreign {
  /** By the tag's id. */
  readonly senders: ReadonlyMap<string, ForeignSender>
  /** Names of tags that are not re-stated, and show no way to send an event to GA4. */
  readonly others: readonly string[]
}

export function foreignSenders(
  foreign: ContainerVersion,
  isOurs: (tag: TagEntity) => boolean,
  level: Level,
): Foreign {
  // Custom HTML of a plan's is a team's own code as well.
  const tags = (foreign.tag ?? []).filter(
    (tag) => (tag.type === 'html' || !isOurs(tag)) && tag.paused !== true,
  )
  const found = tags.map((tag) => ({ tag, sender: senderOf(tag, foreign, level) }))
  return {
    senders: new Map(found.flatMap(({ tag, sender }) => (sender === undefined ? [] : [[tag.tagId, sender]]))),
    others: found.flatMap(({ tag, sender }) =>
      sender === undefined && tag.type.startsWith('cvt_') ? [tag.name] : [],
    ),
  }
}

function senderOf(tag: TagEntity, container: ContainerVersion, level: Level): ForeignSender | undefined {
  if (tag.type === 'gaawe') {
    const name = textParameter(tag.parameter, 'eventName') ?? ''
    return {
      what: 'is a GA4 event tag, and whether it runs is not known',
      isModelled: true,
      ...(holdsBraces(name) ? {} : { events: [name] }),
    }
  }
  if (tag.type === 'googtag' || tag.type === 'gaawc')
    return {
      what: 'is a Google tag, and whether it runs is not known',
      isModelled: true,
      events: ['page_view'],
    }
  if (tag.type === 'html') return senderOfHtml(textParameter(tag.parameter, 'html') ?? '', level)
  if (tag.type === 'img' && level === 'logic' && speaksToGa4(textParameter(tag.parameter, 'url') ?? ''))
    return { what: 'is an image of GA4’s address, which only a browser asks for' }
  if (!tag.type.startsWith('cvt_')) return undefined
  const template = templateOf(tag.type, container)
  if (template !== undefined && !/gtag|dataLayer|google-analytics|\/collect/i.test(template)) return undefined
  return { what: 'is made from a template, whose code is not run here' }
}

/** What a script pushes, and tells `gtag`, shows in a browser, where it runs; whether it is sent does not. */
function senderOfHtml(html: string, level: Level): ForeignSender | undefined {
  if (/googletagmanager\.com\/gtm\.js/.test(html))
    return { what: 'is Custom HTML that loads another container, which is not run here' }
  const calls = callsOfGtag(html)
  const speaks = speaksToGa4(html)
  const pushes = (pattern: RegExp): boolean => level === 'logic' && pattern.test(html)
  if (calls.length > 0) {
    // Beside gtag's own push of its arguments.
    const isMore = speaks || pushes(/dataLayer[\s\S]{0,40}\.push\s*\((?!\s*arguments\b)/)
    const named = calls.filter((name) => name !== undefined)
    return {
      what: 'is Custom HTML that calls gtag, which is not run here',
      ...(named.length === calls.length && !isMore ? { events: named } : {}),
    }
  }
  if (speaks) return { what: 'is Custom HTML that speaks to GA4 by itself' }
  if (pushes(/dataLayer[\s\S]{0,40}\.push\s*\(/))
    return { what: 'is Custom HTML that pushes into the data layer, which only a browser runs' }
  return undefined
}

/** The events that a script tells `gtag` of, undefined for one whose name is not a plain text. */
function callsOfGtag(html: string): readonly (string | undefined)[] {
  // Not its own definition; `gtag?.(`, `window['gtag'](` and what hands it on under another name.
  const called =
    /(?<!function\s+)\bgtag(?:["']\s*\])?\s*(?:\?\.\s*)?\(\s*(?:(["'])(\w+)\1\s*,\s*(?:(["'])(\w+)\3\s*(?=[,)]))?)?/g
  const handedOn = /\bgtag\s*\.\s*(?:apply|call|bind)\b|[=:]\s*(?:window\.)?gtag\s*[;,}]/g
  return [
    // Consent, set and js send nothing by themselves.
    ...[...html.matchAll(called)].flatMap(([, , command, , name]) =>
      command === 'config' ? ['page_view'] : command === undefined || command === 'event' ? [name] : [],
    ),
    ...[...html.matchAll(handedOn)].map(() => undefined),
  ]
}

function speaksToGa4(text: string): boolean {
  return /google-analytics\.com|\/g\/collect/.test(text)
}

function templateOf(type: string, container: object): string | undefined {
  const { customTemplate } = container as { readonly customTemplate?: unknown }
  if (!Array.isArray(customTemplate)) return undefined
  const found = customTemplate
    .filter(isRecord)
    .find(({ templateId }) => type.endsWith(`_${String(templateId)}`))
  const data = found?.['templateData']
  return typeof data === 'string' ? data : undefined
}
