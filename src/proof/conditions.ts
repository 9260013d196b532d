/** Situations in which conditions of the plan hold, or one of them does not. */
import type { Condition } from '../sources/condition.ts'
import type { Source } from '../sources/source.ts'
import { examplesOf } from './pattern-example.ts'
import { Impossible, type Situation } from './situation.ts'
import { assigned, CANNOT_TELL, narrowed, sourceWords, valueIn } from './source-values.ts'

/** A situation in which all these conditions hold. Throws Impossible. */
export function satisfying(start: Situation, conditions: readonly Condition[]): Situation {
  const bySubject = new Map<string, Condition[]>()
  for (const condition of conditions) {
    const subject = subjectText(condition.subject)
    bySubject.set(subject, [...(bySubject.get(subject) ?? []), condition])
  }
  return [...bySubject.values()].reduce((situation, group) => {
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
    const tried = candidates(first.subject, group)
    const value = [...besides(first.subject, now, tried), ...tried].find(
      (each) => isMeant(each) && (!isNumber || (each !== '' && Number.isInteger(Number(each)))),
    )
    if (value === undefined) throw new Impossible(`no example was found for ${words()}`)
    return assigned(situation, first.subject, value)
  }, start)
}

/** One thing has one, whether a test takes it for a text or for a number. */
export function subjectText(subject: Source): string {
  return JSON.stringify({ ...subject, compared: undefined })
}

/** The condition that holds exactly when this one does not. */
export function opposite(condition: Condition): Condition {
  return { ...condition, negate: !condition.negate }
}

/** Whether the words hold for a value. A missing value holds for nothing but a negation: that is what the words say. */
export function holds(condition: Condition, actual: unknown): boolean {
  const { operator, value, anyOf = [value], negate, ignoreCase } = condition
  const text = actual === undefined || actual === null ? undefined : String(actual as string)
  if (operator === 'exists') return (text !== undefined && text !== '') === ((value === 'true') !== negate)
  const result = text !== undefined && anyOf.some((each) => compared(operator, text, each, ignoreCase))
  return result !== negate
}

/** Whether the words hold in a situation; not where that cannot be told. */
export function holdsIn(situation: Situation, condition: Condition): boolean {
  const value = valueIn(situation, condition.subject)
  return value !== CANNOT_TELL && holds(condition, value)
}

function compared(
  operator: Condition['operator'],
  text: string,
  value: string,
  ignoreCase: boolean,
): boolean {
  switch (operator) {
    case 'equals':
      return text === value
    case 'contains':
      return text.includes(value)
    case 'startsWith':
      return text.startsWith(value)
    case 'endsWith':
      return text.endsWith(value)
    case 'matches':
      return new RegExp(value, ignoreCase ? 'i' : '').test(text)
    case 'lessThan':
      return Number(text) < Number(value)
    case 'greaterThan':
      return Number(text) > Number(value)
    case 'exists':
      return (text !== '') === (value === 'true')
    case 'css':
      throw new Impossible('a condition on a selector is tried with a real page only')
  }
}

/** An element has several classes: what its selector asks for stays beside what a condition asks for. */
function besides(subject: Source, now: unknown, texts: readonly string[]): readonly string[] {
  const isClasses = (subject.kind === 'click' || subject.kind === 'form') && subject.what === 'classes'
  return isClasses && typeof now === 'string' && now !== '' ? texts.map((text) => `${now} ${text}`) : []
}

/** Texts worth trying for conditions on one subject. */
function candidates(subject: Source, conditions: readonly Condition[]): readonly string[] {
  // Of several values the first will do.
  const positive = conditions
    .filter(({ negate }) => !negate)
    .map((condition) => ({ ...condition, value: condition.anyOf?.[0] ?? condition.value }))
  const one = (operator: Condition['operator']): string =>
    positive.find((condition) => condition.operator === operator)?.value ?? ''
  const plain = positive.flatMap(({ operator, value }): readonly string[] => {
    switch (operator) {
      case 'matches':
        return examplesOf(value)
      case 'lessThan':
        return [String(Number(value) - 1)]
      case 'greaterThan':
        return [String(Number(value) + 1)]
      case 'exists':
        return [value === 'true' ? 'x' : '']
      default:
        return [value, `${value}x`, `x${value}`]
    }
  })
  // Where less or more is not meant, the number itself is on the other side.
  const bounds = conditions.flatMap(({ operator, value, negate }) =>
    negate && (operator === 'lessThan' || operator === 'greaterThan') ? [value] : [],
  )
  const built = `${one('startsWith')}${one('contains')}${one('endsWith')}`
  const isPath = subject.kind === 'url' && subject.part === 'path'
  const isHost = subject.kind === 'url' && subject.part === 'host'
  const isUrl = subject.kind === 'referrer' || (subject.kind === 'url' && subject.part === 'full')
  const neutral = isHost
    ? ['other.example']
    : isPath
      ? ['/', '/elsewhere', '/else/where']
      : ['other', '1', '']
  const all = [
    built,
    `${one('startsWith')}/${one('contains')}/${one('endsWith')}`,
    ...plain,
    ...bounds,
    ...neutral,
  ]
  if (isPath) return all.flatMap((text) => (text.startsWith('/') ? [text] : [`/${text}`, `/x/${text}`]))
  if (isHost) return all.filter((text) => isHostName(text))
  if (isUrl)
    return all.flatMap((text) => [text, `https://other.example/${text}`]).filter((text) => URL.canParse(text))
  return all
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
