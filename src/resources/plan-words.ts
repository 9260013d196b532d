/**
 * Changes in the words of the plan: not "parameters.eventName of a gaawe tag" but "event". A field that the plan has
 * no word for keeps the name that GTM's interface has for it.
 */
import type { Change, FieldChange, Subject } from './change-set.ts'
import { KINDS, type Resource } from './resource.ts'

/** All changes about one part of the plan. */
export interface ChangeGroup {
  readonly subject: Subject
  readonly changes: readonly Change[]
}

/** By the part of the plan they are about, goals first, then stages, then parameters, then the rest. */
export function groupChanges(changes: readonly Change[]): readonly ChangeGroup[] {
  const groups = new Map<string, Change[]>()
  for (const change of changes) {
    const { what, id, stage = '' } = change.subject
    const identity = what === 'plan' ? 'plan' : `${what} ${stage} ${id}`
    groups.set(identity, [...(groups.get(identity) ?? []), change])
  }
  return [...groups.values()]
    .map((members) => ({ subject: bestSubject(members), changes: [...members].sort(byKind) }))
    .sort((a, b) => rank(a.subject) - rank(b.subject) || lineOf(a.changes) - lineOf(b.changes))
}

/** Within its kind, the order of the plan file; what has left it comes last. */
function lineOf(changes: readonly Change[]): number {
  return Math.min(...changes.map(({ origin }) => origin?.line ?? Number.MAX_SAFE_INTEGER))
}

const ORDER: readonly Subject['what'][] = [
  'goal',
  'micro',
  'conversion',
  'event',
  'stage',
  'parameter',
  'plan',
]

function rank({ what }: Subject): number {
  return ORDER.indexOf(what)
}

function byKind(a: Change, b: Change): number {
  return KINDS.indexOf(b.kind) - KINDS.indexOf(a.kind)
}

function bestSubject(changes: readonly Change[]): Subject {
  const subjects = changes.map((change) => change.subject)
  return subjects.find((subject) => subject.title !== undefined) ?? (subjects[0] as Subject)
}

const SUBJECT_WORDS: { readonly [W in Subject['what']]: string } = {
  goal: 'goal',
  micro: 'micro conversion',
  conversion: 'conversion',
  event: 'event',
  stage: 'stage',
  parameter: 'parameter',
  plan: 'shared',
}

/** `goal purchase`, `micro conversion newsletter_signup (awareness)` */
export function subjectText({ what, id, title, stage }: Subject): string {
  const where = stage === undefined ? '' : ` (${stage})`
  const name = title === undefined ? '' : `  ${title}`
  return what === 'plan' ? 'shared by the whole plan' : `${SUBJECT_WORDS[what]} ${id}${where}${name}`
}

const KIND_WORDS: { readonly [K in Change['kind']]: string } = {
  'gtm/built-in-variable': 'built-in variable',
  'gtm/folder': 'folder',
  'gtm/variable': 'variable',
  'gtm/trigger': 'trigger',
  'gtm/tag': 'tag',
  'ga4/custom-dimension': 'custom dimension',
  'ga4/custom-metric': 'custom metric',
  'ga4/key-event': 'key event',
}

export function kindText(kind: Change['kind']): string {
  return KIND_WORDS[kind]
}

/** `the tag "GA4 - purchase"`; what is of a kind that the product never writes keeps Google's word for it. */
export function thingText({ kind, name }: { readonly kind: string; readonly name: string }): string {
  return `the ${isKind(kind) ? kindText(kind) : kind} "${name}"`
}

function isKind(kind: string): kind is Change['kind'] {
  return Object.hasOwn(KIND_WORDS, kind)
}

export interface Word {
  readonly word: string
  readonly before?: string
  readonly after?: string
}

/** What a change means for the plan, a line each; not every field, and none twice. */
export function wordsOf(change: Change): readonly Word[] {
  return change.fields.flatMap((field) => wordsOfField(change, field))
}

function wordsOfField(change: Change, field: FieldChange): readonly Word[] {
  if (field.path === 'notes') return noteWords(field)
  if (field.path === 'name') return [word('name', field)]
  if (field.path === 'key') return [word('id', field)]
  const rule = RULES[change.kind]?.find(([pattern]) => pattern.test(field.path))
  if (rule) return [word(typeof rule[1] === 'string' ? rule[1] : rule[1](field), field)]
  return [word(field.path.replace(/^(parameters|settings|other)\./, ''), field)]
}

type Rule = readonly [RegExp, string | ((field: FieldChange) => string)]

const TRIGGER_RULES: readonly Rule[] = [
  [/^type$/, 'trigger'],
  [/^customEventFilter/, 'trigger: data layer event'],
  [/^filter/, 'trigger: when'],
  [/^autoEventFilter/, 'trigger: waits for tags when'],
  [/^folder$/, 'folder'],
  [/./, ({ path }) => `trigger: ${path.replace(/^(parameters|settings)\./, '')}`],
]

const RULES: { readonly [K in Change['kind']]?: readonly Rule[] } = {
  'gtm/trigger': TRIGGER_RULES,
  'gtm/tag': [
    [/^parameters\.eventName$/, 'event'],
    [/^parameters\.(eventSettingsTable|eventParameters)/, 'event parameters'],
    [/^parameters\.userProperties/, 'user properties'],
    [/^parameters\.(measurementIdOverride|measurementId|tagId)$/, 'measurement id'],
    [/^parameters\.sendEcommerceData$/, 'ecommerce'],
    [/^firingTriggers/, 'fires on'],
    [/^blockingTriggers/, 'blocked by'],
    [/^firingOption$/, 'fires'],
    [/^consent/, 'consent'],
    [/^paused$/, 'paused'],
  ],
  'ga4/key-event': [
    [/^defaultValue/, 'key event value'],
    [/^countingMethod$/, 'key event counts'],
    [/^eventName$/, 'event'],
  ],
}

function word(name: string, { before, after }: FieldChange): Word {
  return {
    word: name,
    ...(before === undefined ? {} : { before: valueText(before) }),
    ...(after === undefined ? {} : { after: valueText(after) }),
  }
}

/** Our notes say `Owner: x` and `Target: y`, a line each. */
function noteWords({ before, after }: FieldChange): readonly Word[] {
  const [from, to] = [notesByLabel(before), notesByLabel(after)]
  return [...new Set([...from.keys(), ...to.keys()])]
    .filter((label) => from.get(label) !== to.get(label))
    .map((label) => {
      const [old, now] = [from.get(label), to.get(label)]
      return {
        word: label,
        ...(old === undefined ? {} : { before: old }),
        ...(now === undefined ? {} : { after: now }),
      }
    })
}

function notesByLabel(notes: unknown): ReadonlyMap<string, string> {
  // The list of the plan's key events is bookkeeping: what happens to each of them is a change of its own.
  const lines =
    typeof notes === 'string' ? notes.split('\n').filter((line) => !/^(Key event .*)?$/.test(line)) : []
  return new Map(
    lines.map((line) => {
      const [, label, text = ''] = /^(Owner|Target|Plan): (.*)$/.exec(line) ?? []
      if (label !== undefined) return [label.toLowerCase(), text]
      return ['title', line]
    }),
  )
}

function isMoney(value: unknown): value is { readonly numericValue: number; readonly currencyCode: string } {
  return typeof value === 'object' && value !== null && 'numericValue' in value && 'currencyCode' in value
}

/** A value in a line: `@outfitters/x#trigger` is an inner name and reads as `x`. */
export function valueText(value: unknown): string {
  if (isMoney(value)) return `${value.numericValue} ${value.currencyCode}`
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text
    .replace(/\{\{@[^/{}]+\/([^#{}]+)#[a-z-]+\}\}/g, '{{$1}}')
    .replace(/@[^/"\s]+\/([^#"]+)#[a-z-]+/g, '$1')
}

/** All that is to be said about a group: what is new, and what changes. */
export function wordsOfGroup(changes: readonly Change[]): readonly Word[] {
  const changed = changes.filter(({ action }) => action !== 'create' && action !== 'delete')
  const words = changed.flatMap((change) =>
    wordsOf(change).map((word) =>
      word.word === 'name' ? { ...word, word: `name of the ${kindText(change.kind)}` } : word,
    ),
  )
  const all = [...highlightsOf(changes.filter(({ action }) => action === 'create')), ...words]
  return [...new Map(all.map((word) => [JSON.stringify(word), word])).values()]
}

/** What something new is, in a few lines: the most telling fields of everything that comes into being for it. */
export function highlightsOf(changes: readonly Change[]): readonly Word[] {
  const lines = changes.flatMap(({ desired }): readonly (readonly [string, string])[] => {
    switch (desired?.kind) {
      case 'gtm/tag':
        return [...eventOf(desired.spec.parameters.eventName), ...noteLines(desired.notes)]
      case 'gtm/trigger':
        return [[desired.key.endsWith('.unless#trigger') ? 'never on' : 'trigger', triggerText(desired.spec)]]
      case 'ga4/key-event':
        return [['key event', keyEventText(desired.spec)]]
      case 'ga4/custom-dimension':
        return [
          [
            'registered',
            `${desired.spec.displayName} (dimension, scope ${desired.spec.scope.toLowerCase()})`,
          ],
        ]
      case 'ga4/custom-metric':
        return [
          [
            'registered',
            `${desired.spec.displayName} (metric, ${desired.spec.measurementUnit.toLowerCase()})`,
          ],
        ]
      default:
        return []
    }
  })
  const unique = new Map(
    lines.map(([word, after]) => [`${word} ${after}`, { word, after: valueText(after) }]),
  )
  return [...unique.values()].sort((a, b) => HIGHLIGHTS.indexOf(a.word) - HIGHLIGHTS.indexOf(b.word))
}

const HIGHLIGHTS = ['event', 'trigger', 'never on', 'target', 'owner', 'key event', 'registered']

function eventOf(eventName: unknown): readonly (readonly [string, string])[] {
  return typeof eventName === 'string' ? [['event', eventName]] : []
}

function noteLines(notes: string): readonly (readonly [string, string])[] {
  const lines = notes.split('\n').flatMap((line) => {
    const [, label, text] = /^(Owner|Target): (.*)$/.exec(line) ?? []
    return label === undefined || text === undefined ? [] : [[label.toLowerCase(), text] as const]
  })
  return lines
}

const TRIGGER_TYPES: { readonly [type: string]: string } = {
  pageview: 'page viewed',
  domReady: 'page read (DOM ready)',
  windowLoaded: 'page loaded',
  historyChange: 'history change',
  click: 'click',
  linkClick: 'click on a link',
  formSubmission: 'form sent',
  elementVisibility: 'element seen',
  scrollDepth: 'scrolled',
  youTubeVideo: 'video',
  timer: 'timer',
  jsError: 'script error',
  triggerGroup: 'all of several',
}

const CONDITION_WORDS: { readonly [type: string]: string } = {
  equals: 'is',
  contains: 'contains',
  startsWith: 'starts with',
  endsWith: 'ends with',
  matchRegex: 'matches',
  cssSelector: 'matches',
  less: 'is less than',
  greater: 'is greater than',
}

/** What every page matches is no condition: GTM only asks that a timer or a waiting link has one. */
const EVERYWHERE = '.*'

function triggerText(spec: Resource<'gtm/trigger'>['spec']): string {
  const event = spec.customEventFilter[0]?.arg1
  const kind = event === undefined ? (TRIGGER_TYPES[spec.type] ?? spec.type) : `data layer event ${event}`
  const conditions = [...spec.filter, ...spec.autoEventFilter]
    .filter(({ arg1 }) => arg1 !== EVERYWHERE)
    .map(({ arg0, type, arg1, negate }) => {
      const subject = arg0.replace(/^\{\{|\}\}$/g, '')
      return `${subject} ${negate ? 'not: ' : ''}${CONDITION_WORDS[type] ?? type} ${arg1}`
    })
  return [kind, ...conditions].join(', ').replace(/@[^/\s]+\/([^#\s]+)#[a-z-]+/g, '$1')
}

function keyEventText({ countingMethod, defaultValue }: Resource<'ga4/key-event'>['spec']): string {
  const counted = countingMethod === 'ONCE_PER_SESSION' ? 'once per session' : 'once per event'
  return defaultValue === undefined
    ? counted
    : `${counted}, worth ${defaultValue.numericValue} ${defaultValue.currencyCode}`
}
