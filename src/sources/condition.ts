/** What must hold: a subject and one test on it. */
import { pointerOf, type Pointer } from '../plan/diagnostic.ts'
import type { Condition as ConditionDocument, Source as SourceDocument, Test } from '../plan/plan-types.ts'
import type { ConditionSpec } from '../resources/resource.ts'
import { buildSource } from './build.ts'
import { compared } from './compared.ts'
import { withoutOrEmpty } from './format.ts'
import { sourceWords } from './source-words.ts'
import { sourceKinds, sourceModule, subjectNamed } from './kinds.ts'
import type { ValueType } from './module.ts'
import { MISSING, OPERATORS, type Operator } from './operators.ts'
import type { Source } from './source.ts'
import { PART_WORDS } from './url.ts'
import { quotedIfEmpty } from './words.ts'

/** A condition without its place: those that a trigger kind adds of itself have none of their own. */
export interface Tested {
  readonly subject: Source
  readonly operator: Operator
  readonly value: string
  /** Any one of these, where the plan names several; `value` has them in words. */
  readonly anyOf?: readonly string[]
  readonly negate: boolean
  readonly ignoreCase: boolean
}

export interface Condition extends Tested {
  readonly at: Pointer
}

export function equals(subject: Source, value: string): Tested {
  return { subject, operator: 'equals', value, negate: false, ignoreCase: false }
}

/** What a condition is about, where the plan says so. */
export interface SubjectSaid {
  /** The key of the condition: `path`, `click`, `value`. */
  readonly subject: string
  /** What follows the key: `url` in { click: { url: ... } }. */
  readonly detail?: string
  readonly source: SourceDocument | Source
  readonly test: Test
  /** From the condition to the test. */
  readonly steps: readonly string[]
}

/** What a test compares with, each with its place below the test. */
export function valuesIn(
  test: Test,
  operator: Operator,
): readonly { readonly at: Pointer; readonly value: unknown }[] {
  const said: unknown = test[operator]
  if (said === undefined) return []
  if (!Array.isArray(said)) return [{ at: pointerOf(operator), value: said }]
  return said.map((value: unknown, index) => ({ at: pointerOf(operator, index), value }))
}

/** Everything that a condition says: one thing, in a plan that has passed the check. */
export function subjectsIn(condition: ConditionDocument): SubjectSaid[] {
  const { value, test, ...named } = condition
  const found = (Object.entries(named) as [string, unknown][]).flatMap(([subject, below]): SubjectSaid[] => {
    const facts = subjectNamed(subject)
    if (facts === undefined) return []
    if (facts.test === 'at once')
      return [{ subject, source: facts.source, test: below as Test, steps: [subject] }]
    return Object.entries(below as Record<string, Test>).map(([detail, inner]) => ({
      subject,
      detail,
      source: facts.source(detail),
      test: inner,
      steps: [subject, detail],
    }))
  })
  if (value === undefined || test === undefined) return found
  return [...found, { subject: 'value', source: value, test, steps: ['test'] }]
}

export function buildCondition(condition: ConditionDocument, at: Pointer): Condition {
  const [said] = subjectsIn(condition)
  if (said === undefined) throw new Error('A condition without a subject passed the check.')
  const { negate = false, ignoreCase = false, ...operators } = said.test
  const [[operator, value] = ['equals', '']] = Object.entries(operators)
  const subject = isBuilt(said.source) ? said.source : buildSource(said.source)
  return {
    at,
    subject: isNumeric(operator as Operator) ? subject : compared(subject),
    operator: operator as Operator,
    value: [value].flat().map(String).join(' or '),
    ...(Array.isArray(value) ? { anyOf: value.map(String) } : {}),
    negate,
    ignoreCase,
  }
}

/** Numbers are compared as they are: an empty text would be 0. */
function isNumeric(operator: Operator): boolean {
  return operator === 'lessThan' || operator === 'greaterThan'
}

/** What the subject of a condition is when it is tested. */
export function valueType(source: SubjectSaid['source']): ValueType {
  const built = isBuilt(source) ? source : buildSource(source)
  return built.kind === 'literal' ? 'text' : sourceModule(built.kind).type(built)
}

/** Whether a subject is a source already; else it is what the plan says. */
export function isBuilt(source: SourceDocument | Source): source is Source {
  return typeof source === 'object' && 'kind' in source
}

/** The condition that holds exactly when this one does not. */
export function negated(condition: Condition): Condition {
  return { ...condition, negate: !condition.negate }
}

/** One condition, with what joins it to the words before: `on /pricing`, `where the path contains shoe`. */
export function conditionWords(condition: Tested, join: string): string {
  const { subject, operator, value, negate } = condition
  if (subject.kind === 'url' && subject.part === 'path' && !negate) {
    if (operator === 'equals') return `${join}on ${value}`
    if (operator === 'startsWith') return `${join}on paths from ${value}`
  }
  if (subject.kind === 'url' && subject.part === 'host' && operator === 'equals' && !negate)
    return `${join}on ${value}`
  if (operator === 'exists')
    return `${join}where ${subjectWords(subject)} ${OPERATORS.exists[(value === 'true') === negate ? 'isNot' : 'is']}`
  const letters = condition.ignoreCase ? ' (in any case of letters)' : ''
  const is = OPERATORS[operator][negate ? 'isNot' : 'is']
  return `${join}where ${subjectWords(subject)} ${is} ${quotedIfEmpty(value)}${letters}`
}

/** There is one page, so what belongs to it has an article. */
function subjectWords(source: Source): string {
  if (source.kind === 'url' && source.part !== 'query') return `the ${PART_WORDS[source.part]}`
  return source.kind === 'referrer' ? 'the referrer' : sourceWords(source)
}

/** The way back: what a condition of GTM says; undefined when the language cannot. @param read its subject. */
export function conditionFromGtm(
  spec: ConditionSpec,
  read: (text: string) => SourceDocument | undefined,
): ConditionDocument | undefined {
  const operator = (Object.keys(OPERATORS) as Operator[]).find((each) => OPERATORS[each].gtm === spec.type)
  const value = withoutOrEmpty(read(spec.arg0))
  if (operator === undefined || value === undefined) return undefined
  if (spec.type === OPERATORS.exists.gtm && spec.arg1 === MISSING)
    return shortForm(value, { exists: spec.negate }) ?? { value, test: { exists: spec.negate } }
  const test: Test = {
    [operator]: isNumeric(operator) ? Number(spec.arg1) : spec.arg1,
    ...(spec.negate ? { negate: true } : {}),
    ...(spec.ignoreCase ? { ignoreCase: true } : {}),
  }
  return shortForm(value, test) ?? { value, test }
}

/** `{ path: ... }` rather than `{ value: { url: path }, test: ... }`, where the language has the word. */
function shortForm(value: SourceDocument, test: Test): ConditionDocument | undefined {
  const wanted = JSON.stringify(buildSource(value))
  for (const kind of sourceKinds()) {
    for (const [name, subject] of Object.entries(sourceModule(kind).subjects)) {
      if (subject.test === 'at once') {
        if (JSON.stringify(subject.source) === wanted) return { [name]: test }
        continue
      }
      const detail = Object.values(buildSource(value)).at(-1)
      if (typeof detail === 'string' && JSON.stringify(subject.source(detail)) === wanted)
        return { [name]: { [detail]: test } }
    }
  }
  return undefined
}
