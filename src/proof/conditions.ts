/** Situations in which conditions of the plan hold, or one of them does not. */
import type { Condition } from '../sources/condition.ts'
import type { Source } from '../sources/source.ts'
import { holdsFor, textsFor } from '../sources/condition-example.ts'
import { Impossible, type Situation } from './situation.ts'
import { assigned, CANNOT_TELL, narrowed, resultsOf, sourceWords, valueIn } from './source-values.ts'

/** A situation in which all these conditions hold. Throws Impossible. */
export function satisfying(start: Situation, conditions: readonly Condition[]): Situation {
  const bySubject = new Map<string, Condition[]>()
  for (const condition of conditions) {
    const subject = subjectText(condition.subject)
    bySubject.set(subject, [...(bySubject.get(subject) ?? []), condition])
  }
  // A whole address first: what is asked of its parts is put into it.
  const groups = [...bySubject.values()].toSorted((a, b) => rank(a) - rank(b))
  const made = groups.reduce((situation, group) => {
    const [first] = group
    if (first === undefined) return situation
    const isMeant = (value: unknown): boolean => group.every((condition) => holds(condition, value))
    const fewer = narrowed(situation, first.subject, isMeant)
    const words = (): string => group.map(conditionWords).join(' and ')
    if (fewer?.length === 0)
      throw new Impossible(
        `no moment of its trigger that is reached without another one at which it fires has ${words()}`,
      )
    if (fewer !== undefined) return fewer.situation
    const now = valueIn(situation, first.subject)
    if (now !== CANNOT_TELL && isMeant(now)) return situation
    const isNumber = typeof now === 'number'
    const isFit = (text: string): boolean =>
      isMeant(text) && (!isNumber || (text !== '' && Number.isInteger(Number(text))))
    const value = firstOf(candidates(first.subject, now, group), isFit)
    if (value === undefined) throw new Impossible(`no example was found for ${words()}`)
    return assigned(situation, first.subject, value)
  }, start)
  // What one subject was given may have undone another: an address and its path, `a` and `a.b` of the data layer.
  const undone = groups.length > 1 ? conditions.find((condition) => !mayHold(made, condition)) : undefined
  if (undone !== undefined)
    throw new Impossible(
      `no example was found for ${[undone, ...conditions.filter((each) => each !== undone)].map(conditionWords).join(' and ')}`,
    )
  return made
}

function rank([first]: readonly Condition[]): number {
  return first?.subject.kind === 'url' && first.subject.part === 'full' ? 0 : 1
}

/** One thing has one, whether a test takes it for a text or for a number. */
export function subjectText(subject: Source): string {
  return JSON.stringify({ ...subject, compared: undefined })
}

/** The condition that holds exactly when this one does not. */
export function opposite(condition: Condition): Condition {
  return { ...condition, negate: !condition.negate }
}

/**
 * Whether the words hold for a value. A missing value holds for nothing but a negation, and for the empty text that is asked
 * for by name: that is what the words say.
 */
export function holds(condition: Condition, actual: unknown): boolean {
  if (condition.operator === 'css' && actual !== undefined && actual !== null)
    throw new Impossible('a condition on a selector is tried with a real page only')
  return holdsFor(condition, actual)
}

/** Whether the words hold in a situation; not where that cannot be told. */
export function holdsIn(situation: Situation, condition: Condition): boolean {
  const value = valueIn(situation, condition.subject)
  return value !== CANNOT_TELL && holds(condition, value)
}

/** Whether it holds, or cannot be told. */
export function mayHold(situation: Situation, condition: Condition): boolean {
  const value = valueIn(situation, condition.subject)
  return value === CANNOT_TELL || holds(condition, value)
}

function firstOf(texts: Iterable<string>, isFit: (text: string) => boolean): string | undefined {
  for (const text of texts) if (isFit(text)) return text
  return undefined
}

/** Values worth trying for conditions on one subject, which has one now. Made as they are asked for: the first mostly does. */
function* candidates(subject: Source, now: unknown, conditions: readonly Condition[]): Generator<string> {
  // An element has several classes: what its selector asks for stays beside what a condition asks for.
  const isClasses = (subject.kind === 'click' || subject.kind === 'form') && subject.what === 'classes'
  if (isClasses && typeof now === 'string' && now !== '')
    for (const text of examples(subject, conditions)) yield `${now} ${text}`
  for (const text of examples(subject, conditions)) yield* valuesFrom(subject, text)
}

/** Texts for which the conditions may hold. */
function examples(subject: Source, conditions: readonly Condition[]): Iterable<string> {
  const others = isHost(subject)
    ? ['other.example']
    : isPath(subject)
      ? ['/', '/elsewhere', '/else/where']
      : undefined
  return textsFor(conditions, resultsOf(subject), others)
}

/** A text as a value of a subject, in the ways in which it can be one. */
function valuesFrom(subject: Source, text: string): readonly string[] {
  if (isPath(subject)) return text.startsWith('/') ? [text] : [`/${text}`, `/x/${text}`]
  if (isHost(subject)) return isHostName(text) ? [text] : []
  if (subject.kind === 'referrer' || (subject.kind === 'url' && subject.part === 'full'))
    return [text, `https://other.example/${text}`].filter((each) => URL.canParse(each))
  return [text]
}

function isPath(subject: Source): boolean {
  return subject.kind === 'url' && subject.part === 'path'
}

function isHost(subject: Source): boolean {
  return subject.kind === 'url' && subject.part === 'host'
}

/** A text that stands for itself as the host of an address. */
function isHostName(text: string): boolean {
  return URL.canParse(`https://${text}/`) && new URL(`https://${text}/`).host === text
}

/** A condition in a scenario's title. */
export function conditionTitle({ subject, operator, value, negate }: Condition): string {
  return `${sourceWords(subject)} ${negate ? 'does not hold' : 'holds'}: ${operator} "${value}"`
}

function conditionWords({ subject, operator, value, negate }: Condition): string {
  return `${sourceWords(subject).replace(/^(its|the) /, '')} ${negate ? 'not ' : ''}${operator} "${value}"`
}
