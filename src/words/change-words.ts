/**
 * Changes in the words of the plan: not "parameters.eventName of a gaawe tag" but "event". A field that the plan has
 * no word for keeps the name that GTM's interface has for it.
 */
import { isKind, KINDS, kindText, rankOf } from '../kinds/kinds.ts'
import type { Change, FieldChange, Subject } from '../resources/change-set.ts'
import { withoutKeys } from '../resources/key.ts'
import type { Kind, Resource } from '../resources/resource.ts'

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
  return rankOf(b.kind) - rankOf(a.kind)
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

/** `the tag "GA4 - purchase"`; what is of a kind that the product never writes keeps Google's word for it. */
export function thingText({ kind, name }: { readonly kind: string; readonly name: string }): string {
  return `the ${isKind(kind) ? kindText(kind) : kind} "${name}"`
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
  const rule = KINDS[change.kind].fieldWords.find(([pattern]) => pattern.test(field.path))
  if (rule) return [word(typeof rule[1] === 'string' ? rule[1] : rule[1](field.path), field)]
  return [word(field.path.replace(/^(parameters|settings|other)\./, ''), field)]
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
  return withoutKeys(text)
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
  const lines = changes.flatMap(({ desired }) => (desired === undefined ? [] : highlightsIn(desired)))
  const unique = new Map(
    lines.map(([word, after]) => [`${word} ${after}`, { word, after: valueText(after) }]),
  )
  return [...unique.values()].sort((a, b) => HIGHLIGHTS.indexOf(a.word) - HIGHLIGHTS.indexOf(b.word))
}

const HIGHLIGHTS = ['event', 'trigger', 'never on', 'target', 'owner', 'key event', 'registered']

function highlightsIn<K extends Kind>(resource: Resource<K>): readonly (readonly [string, string])[] {
  return KINDS[resource.kind].highlights(resource)
}
