/**
 * Changes in the words of the plan: not "parameters.eventName of a gaawe tag" but "event". A field that the plan has
 * no word for keeps the name that GTM's interface has for it.
 */
import type { Change, FieldChange, Subject } from './change-set.ts'
import { KINDS } from './resource.ts'

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
    .sort((a, b) => rank(a.subject) - rank(b.subject))
}

const ORDER: readonly Subject['what'][] = ['goal', 'micro', 'stage', 'parameter', 'plan']

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

/** `goal purchase`, `micro conversion newsletter_signup (awareness)` */
export function subjectText({ what, id, title, stage }: Subject): string {
  const words = {
    goal: 'goal',
    micro: 'micro conversion',
    stage: 'stage',
    parameter: 'parameter',
    plan: 'shared',
  }
  const where = stage === undefined ? '' : ` (${stage})`
  const name = title === undefined ? '' : `  ${title}`
  return what === 'plan' ? 'shared by the whole plan' : `${words[what]} ${id}${where}${name}`
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
  const lines = typeof notes === 'string' && notes !== '' ? notes.split('\n') : []
  return new Map(
    lines.map((line) => {
      const [, label, text = ''] = /^(Owner|Target|Plan): (.*)$/.exec(line) ?? []
      if (label !== undefined) return [label.toLowerCase(), text]
      const [, property, event] = /^Key event (\S+) (\S+) \S+/.exec(line) ?? []
      return property === undefined
        ? ['title', line]
        : [`list of key events: ${event}`, line.split(' ').slice(4).join(' ') || 'ours']
    }),
  )
}

/** A value in a line: `@outfitters/x#trigger` is an inner name and reads as `x`. */
export function valueText(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text
    .replace(/\{\{@[^/{}]+\/([^#{}]+)#[a-z-]+\}\}/g, '{{$1}}')
    .replace(/@[^/"\s]+\/([^#"]+)#[a-z-]+/g, '$1')
}
