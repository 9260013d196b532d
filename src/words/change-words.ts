/** Changes as people read them: by the part of the plan that they are about, in its words. */
import type { Change, PlanPart, Word } from '../resources/change-set.ts'
import { isKind, kindText, rankOf as rankOfKind } from '../kinds/kinds.ts'
import { GOOGLE_TAG, partsOf, versionVariableKey, withoutKeys } from '../resources/key.ts'
import { LINE_BREAK, NOTES, type Words } from './resource-words.ts'

/** All changes about one part of the plan. */
export interface ChangeGroup {
  readonly subject: PlanPart
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
    .map((members) => ({ subject: bestPart(members), changes: [...members].sort(byKind) }))
    .sort((a, b) => rank(a.subject) - rank(b.subject) || lineOf(a.changes) - lineOf(b.changes))
}

/** Within its kind, the order of the plan file; what has left it comes last. */
function lineOf(changes: readonly Change[]): number {
  return Math.min(...changes.map(({ origin }) => origin?.line ?? Number.MAX_SAFE_INTEGER))
}

const ORDER: readonly PlanPart['what'][] = [
  'goal',
  'micro',
  'conversion',
  'event',
  'stage',
  'parameter',
  'audience',
  'property',
  'as it is',
  'plan',
]

function rank({ what }: PlanPart): number {
  return ORDER.indexOf(what)
}

function byKind(a: Change, b: Change): number {
  return rankOfKind(b.kind) - rankOfKind(a.kind)
}

function bestPart(changes: readonly Change[]): PlanPart {
  const subjects = changes.map((change) => change.subject)
  return subjects.find((subject) => subject.title !== undefined) ?? (subjects[0] as PlanPart)
}

const PART_WORDS: { readonly [W in PlanPart['what']]: string } = {
  goal: 'goal',
  micro: 'micro conversion',
  conversion: 'conversion',
  event: 'event',
  stage: 'stage',
  parameter: 'parameter',
  audience: 'audience',
  property: 'GA4 property',
  'as it is': 'taken in as it is',
  plan: 'shared',
}

/** `goal purchase`, `micro conversion newsletter_signup (awareness)` */
export function planPartText({ what, id, title, stage }: PlanPart): string {
  const where = stage === undefined ? '' : ` (${stage})`
  const name = title === undefined ? '' : `  ${title}`
  if (what === 'as it is') return 'taken in as it is'
  if (what === 'property') return 'the GA4 property'
  return what === 'plan' ? 'shared by the whole plan' : `${PART_WORDS[what]} ${id}${where}${name}`
}

/** `the tag "GA4 - purchase"`; what is of a kind that the product never writes keeps Google's word for it. */
export function thingText({ kind, name }: { readonly kind: string; readonly name: string }): string {
  return `the ${isKind(kind) ? kindText(kind) : kind} "${name}"`
}

/** The verb that goes with a thing's name: the settings of a property are several. */
export function wasOrWere({ name }: { readonly name: string }): 'was' | 'were' {
  return name === 'settings' ? 'were' : 'was'
}

/** `by ana@harbour.example on 2026-11-22 at 12:00 UTC`; undefined where nobody was asked. */
export function moverText({ who }: Pick<Change, 'who'>): string | undefined {
  if (who === undefined) return undefined
  const { by, at, version } = who
  if (version !== undefined)
    return `at the latest with version ${version.id}${version.name === '' ? '' : ` "${version.name}"`}; Tag Manager tells no names`
  if (by === undefined && at === undefined) return "by somebody whom GA4's change history does not tell"
  const when = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(at ?? '')
  const on = when === null ? '' : ` on ${when[1] ?? ''} at ${when[2] ?? ''} UTC`
  return `by ${by ?? 'somebody'}${on}`
}

/** Whether undoing what was done by hand makes it anew. */
export function isGone({ action }: Change): boolean {
  return action === 'create'
}

/** What somebody did to it. */
export function byHand(change: Change): string {
  return isGone(change) ? 'deleted by hand' : 'changed by hand'
}

/** `, by ana@harbour.example on ...`, or nothing. */
export function byText(change: Pick<Change, 'who'>): string {
  const text = moverText(change)
  return text === undefined ? '' : `, ${text}`
}

/** Of what was changed by hand: whether it is in GA4, and nobody has been asked who it was. */
export function isWhoToBeAsked({ kind, who }: Pick<Change, 'kind' | 'who'>): boolean {
  return kind.startsWith('ga4/') && who === undefined
}

/** What differs between two sides of one thing, in the order of the new side; what is gone comes last. */
export function wordsBetween(before: Words | undefined, after: Words | undefined): readonly Word[] {
  const was = before ?? new Map<string, string>()
  const is = after ?? new Map<string, string>()
  return [...new Set([...is.keys(), ...was.keys()])].flatMap((word): Word[] => {
    const [old, now] = [was.get(word), is.get(word)]
    if (old === now) return []
    if (word === NOTES && old !== undefined && now !== undefined) return [linesBetween(old, now)]
    return [
      { word, ...(old === undefined ? {} : { before: old }), ...(now === undefined ? {} : { after: now }) },
    ]
  })
}

/** Of the notes only the lines that differ. */
function linesBetween(old: string, now: string): Word {
  const [from, to] = [old.split(LINE_BREAK), now.split(LINE_BREAK)]
  const only = (lines: readonly string[], others: readonly string[]): string =>
    lines.filter((line) => !others.includes(line)).join(LINE_BREAK)
  return { word: NOTES, before: only(from, to), after: only(to, from) }
}

/** What everything new says, and what therefore says nothing of it. */
const USUAL: ReadonlySet<string> = new Set(['Fires once per event', 'Consent not looked at'])

function isUsual({ word, after = '' }: Word, key: Change['key']): boolean {
  const isShared = partsOf(key).id === GOOGLE_TAG
  return after === 'no' || USUAL.has(`${word} ${after}`) || (word === 'Measurement id' && !isShared)
}

/** Whether what the changes are about comes into being: one that stands and only gains a key event does not. */
export function isNew(changes: readonly Change[]): boolean {
  return (
    changes.every(({ action }) => action === 'create') && changes.some(({ kind }) => kind !== 'ga4/key-event')
  )
}

/** Whether what the changes are about goes: a conversion of the plan that only loses its key event stands. */
export function isGoing({ subject: { what }, changes }: ChangeGroup): boolean {
  const stands = what === 'goal' || what === 'micro'
  return changes.every(
    ({ action, kind }) =>
      action === 'delete' && !(stands && kind === 'ga4/key-event' && changes.length === 1),
  )
}

/** What is to be said about a group, none of it twice. */
export interface GroupWords {
  /** What the part of the plan itself says: its event, its trigger, its parameters. */
  readonly own: readonly Word[]
  /** Of what stands beside that, whose words they are: another vendor's tag, a variable. */
  readonly things: readonly ThingWords[]
}

export interface ThingWords {
  /** `variable DLV - method`: as it is called in GTM. */
  readonly thing: string
  readonly words: readonly Word[]
}

export function wordsOfGroup({ subject, changes }: ChangeGroup): GroupWords {
  const told = changes
    .filter(({ key }) => key !== versionVariableKey(partsOf(key).plan))
    .map((change) => ({ change, words: newsOf(change) }))
    .map(keyEventMoves(changes))
  const own = told.flatMap(({ change, words }) =>
    words.flatMap((word) =>
      word.word === NOTES
        ? [word]
        : isOwn(change, subject)
          ? [{ ...word, word: labelOf(word.word, change) }]
          : [],
    ),
  )
  const seen = new Set(own.map(identityOf))
  // What a parameter of the conversion is read from is told with the parameter.
  const values = new Set(own.map(valueOf))
  const things = told.flatMap(({ change, words }): ThingWords[] => {
    // What goes is named as such, and says nothing any more.
    if (isOwn(change, subject) || change.action === 'delete') return []
    const isTold = (word: Word): boolean =>
      seen.has(identityOf(word)) ||
      (change.kind === 'gtm/variable' && word.word === 'Value' && values.has(valueOf(word)))
    const news = words.filter((word) => word.word !== NOTES && !isTold(word))
    return news.length === 0 ? [] : [{ thing: `${kindText(change.kind)} ${change.name}`, words: news }]
  })
  return {
    own: [...new Map(own.map((word) => [identityOf(word), word])).values()].sort(
      (a, b) => rankOf(a.word) - rankOf(b.word),
    ),
    things,
  }
}

/** Both, for who looks for one of them. */
export function allWords({ own, things }: GroupWords): readonly Word[] {
  return [...own, ...things.flatMap(({ words }) => words)]
}

/** Without what has been told elsewhere. */
export function wordsWithout({ own, things }: GroupWords, told: ReadonlySet<string>): GroupWords {
  const left = (words: readonly Word[]): readonly Word[] =>
    words.filter((word) => !told.has(identityOf(word)))
  return {
    own: left(own),
    things: things
      .map(({ thing, words }) => ({ thing, words: left(words) }))
      .filter(({ words }) => words.length > 0),
  }
}

function valueOf({ before, after }: Word): string {
  return JSON.stringify([before, after])
}

/** Equal for words that say the same. */
export function identityOf(word: Word): string {
  return JSON.stringify([word.word, word.before, word.after])
}

interface Told {
  readonly change: Change
  readonly words: readonly Word[]
}

/** A key event goes and another comes in its place: what stands in GA4 under two names is one key event of the plan. */
function keyEventMoves(changes: readonly Change[]): (told: Told) => Told {
  const named = (action: Change['action']): readonly string[] =>
    changes.filter((each) => each.kind === 'ga4/key-event' && each.action === action).map(({ name }) => name)
  const [[made, ...alsoMade], [gone, ...alsoGone]] = [named('create'), named('delete')]
  if (made === undefined || gone === undefined || alsoMade.length + alsoGone.length > 0) return (told) => told
  return ({ change, words }) => ({
    change,
    words:
      change.kind !== 'ga4/key-event'
        ? words
        : words.flatMap((word) =>
            word.word !== 'Key event'
              ? [word]
              : change.action === 'delete'
                ? []
                : [{ ...word, before: gone, after: made }],
          ),
  })
}

function newsOf({ action, kind, key, words }: Change): readonly Word[] {
  // The event stays: how it was counted is no news once it is no key event.
  if (kind === 'ga4/key-event' && action === 'delete')
    return [{ word: 'Key event', before: 'yes', after: 'no' }]
  return action === 'create' ? words.filter((one) => !isUsual(one, key)) : words
}

/** What a conversion, a parameter or the property says is told as its own; whatever the plan shares or takes in by thing. */
function isOwn({ kind, key }: Change, { what, id }: PlanPart): boolean {
  if (what === 'plan' || what === 'as it is' || kind === 'gtm/variable') return false
  return kind !== 'gtm/tag' || partsOf(key).id === id
}

function labelOf(word: string, { kind, key }: Change): string {
  if (word === 'Name') return `Name of the ${kindText(kind)}`
  if (kind === 'gtm/trigger' && word === 'Trigger' && partsOf(key).id.endsWith('.unless')) return 'Never'
  return word
}

/** A thing that says nothing but what it is needs no word for that beside its name. */
export function soleText({ words }: ThingWords): Word | undefined {
  const [first, ...more] = words
  return more.length === 0 && first !== undefined && (first.word === 'Value' || first.word === 'Trigger')
    ? first
    : undefined
}

const FIRST = ['Event', 'Trigger', 'Never']

function rankOf(word: string): number {
  const first = FIRST.indexOf(word)
  if (first !== -1) return first
  return word === NOTES ? FIRST.length + 1 : FIRST.length
}

/** A word that many conversions share, told once. */
export interface SharedWord {
  readonly word: Word
  readonly groups: readonly ChangeGroup[]
}

/** From so many conversions on, what changes alike in all of them is one line. */
const MANY = 3

export function sharedWords(groups: readonly ChangeGroup[]): readonly SharedWord[] {
  const users = new Map<string, { readonly word: Word; readonly groups: ChangeGroup[] }>()
  for (const group of groups.filter(({ changes }) => changes.some(({ action }) => action === 'update'))) {
    const words = new Map(allWords(wordsOfGroup(group)).map((word) => [identityOf(word), word]))
    for (const [id, word] of words) {
      if (word.before === undefined && word.after === undefined) continue
      users.set(id, { word, groups: [...(users.get(id)?.groups ?? []), group] })
    }
  }
  return [...users.values()].filter(({ groups: all }) => all.length >= MANY)
}

/** In a list of ids. */
export const WHAT_IS_SHARED = 'what the whole plan shares'

/** Said where something new looks like what goes. */
export function sameUnderNewId(id: string): string {
  return `Looks like ${id} under a new id. With \`was: ${id}\` its tag and trigger are renamed; without it they are deleted and made anew.`
}

/** Said where an event gets another name. */
export function renamedEvent(before: string, after: string): string {
  return `To GA4, ${after} is a new event: reports, audiences and funnels that name ${before} stop growing.`
}

/**
 * Said before something is archived: archived things are in no list, so no diff can tell later, and whether GA4 takes such a
 * name a second time is not documented.
 */
export const ARCHIVED_NAME = 'if GA4 refuses its name later, all else is done and it needs another'

/** A value of Google's in a line, for those who ask for every field. */
export function valueText(value: unknown): string {
  return withoutKeys(typeof value === 'string' ? value : JSON.stringify(value))
}
