/** What must hold, for people who know neither CSS nor regular expressions. */
import { or } from '../words/counting.ts'
import type { Tested } from './condition.ts'
import { sourceModule } from './kinds.ts'
import { OPERATORS } from './operators.ts'
import { patternShapes } from './pattern-words.ts'
import { plainElement } from './plain-element.ts'
import type { Source } from './source.ts'
import { sourceWords } from './source-words.ts'
import { quotedIfEmpty } from './words.ts'

/** `on pages under /pricing`, `where the site’s “plan type” is pro`. */
export function plainCondition(condition: Tested): string {
  const { subject, operator, value, negate } = condition
  const not = negate ? 'not ' : ''
  if (subject.kind === 'url' && subject.part === 'path') {
    if (operator === 'startsWith' && value === '/' && !negate) return 'on any page'
    const pages = pagesNamed(condition)
    if (pages !== undefined) return `${not}on ${pages}`
  }
  if (subject.kind === 'url' && subject.part === 'host' && operator === 'equals') return `${not}on ${value}`
  if (operator === 'exists') {
    const isThere = (value === 'true') !== negate
    return `where ${plainSource(subject)} ${OPERATORS.exists[isThere ? 'is' : 'isNot']}`
  }
  return `where ${plainSource(subject)} ${testWords(condition)}`
}

function pagesNamed({ operator, value }: Tested): string | undefined {
  if (operator === 'equals') return `the page ${value}`
  if (operator === 'startsWith') return `pages under ${value}`
  const shapes = operator === 'matches' ? patternShapes(value) : undefined
  return shapes && `pages ${or(shapes)}`
}

function testWords({ operator, value, negate }: Tested): string {
  const is = negate ? 'is not' : 'is'
  if (operator === 'css') return `${is} ${plainElement({ selector: value }, 'element')}`
  if (operator !== 'matches') return `${OPERATORS[operator][negate ? 'isNot' : 'is']} ${quotedIfEmpty(value)}`
  const shapes = patternShapes(value)
  return shapes === undefined ? `${is} of a certain form` : `${is} ${or(shapes)}`
}

function plainSource(source: Source): string {
  if (source.kind === 'literal') return sourceWords(source)
  return sourceModule(source.kind).plain?.(source) ?? sourceWords(source)
}
