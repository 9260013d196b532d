import { pointerOf, type Pointer } from '../../../plan/diagnostic.ts'
import { rule } from '../../rule.ts'

export const audienceFiltersAreNested = rule({
  code: 'audience-filters-are-nested',
  severity: 'error',
  profile: 'always',
  title: 'A filter of an audience is nested as GA4 wants it.',
  reason:
    'An expression is an andGroup of orGroups, and only these hold what is tested; everything else is refused, after all that came before has been written.',
  fix: 'nest it as { "andGroup": { "filterExpressions": [{ "orGroup": { "filterExpressions": [...] } }] } }.',
  source:
    'https://github.com/googleapis/googleapis/blob/f8291d2b89f0017ab078a4c7378069bae5686f6f/google/analytics/admin/v1alpha/audience.proto',
  *check(places) {
    for (const { at, audience } of places.audiences) {
      const { filter } = audience
      if (typeof filter !== 'object') continue
      for (const [index, clause] of filter.filterClauses.entries())
        yield* clauseProblems(clause as Plain, at + pointerOf('filter', 'filterClauses', index))
    }
  },
})

type Plain = { readonly [field: string]: unknown }
interface Problem {
  readonly at: Pointer
  readonly message: string
  readonly fix?: string
}

function* clauseProblems(clause: Plain, at: Pointer): Generator<Problem> {
  const { clauseType, simpleFilter, sequenceFilter } = clause
  if (clauseType !== 'INCLUDE' && clauseType !== 'EXCLUDE')
    yield {
      at,
      message: 'A clause is of the type INCLUDE or EXCLUDE.',
      fix: 'write "clauseType": "INCLUDE".',
    }
  if ((simpleFilter === undefined) === (sequenceFilter === undefined))
    yield {
      at,
      message: 'A clause has either a simpleFilter or a sequenceFilter.',
      fix: 'write one of the two.',
    }
  if (isPlain(simpleFilter)) yield* partProblems(simpleFilter, at + pointerOf('simpleFilter'))
  if (isPlain(sequenceFilter)) {
    const steps = listIn(sequenceFilter, 'sequenceSteps')
    if (steps.length === 0)
      yield { at, message: 'A sequenceFilter has no steps.', fix: 'write them under "sequenceSteps".' }
    for (const [index, step] of steps.entries())
      yield* partProblems(step, at + pointerOf('sequenceFilter', 'sequenceSteps', index))
  }
}

function* partProblems(part: unknown, at: Pointer): Generator<Problem> {
  const expression = isPlain(part) ? part.filterExpression : undefined
  const here = expression === undefined ? at : at + pointerOf('filterExpression')
  const and = isPlain(expression) ? expression.andGroup : undefined
  if (!isPlain(and)) {
    yield { at: here, message: 'The top of a filterExpression is not an andGroup.' }
    return
  }
  const members = listIn(and, 'filterExpressions')
  for (const [index, member] of members.entries()) {
    const there = here + pointerOf('andGroup', 'filterExpressions', index)
    const or = isPlain(member) ? member.orGroup : undefined
    if (!isPlain(or)) {
      yield { at: there, message: 'An andGroup holds something else than orGroups.' }
      continue
    }
    for (const [place, leaf] of listIn(or, 'filterExpressions').entries())
      yield* leafProblems(leaf, there + pointerOf('orGroup', 'filterExpressions', place))
  }
}

function* leafProblems(leaf: unknown, at: Pointer): Generator<Problem> {
  const kinds = isPlain(leaf) ? Object.keys(leaf) : []
  if (!isPlain(leaf) || kinds.length !== 1 || !LEAVES.includes(kinds[0] ?? '')) {
    yield {
      at,
      message: `An orGroup holds ${kinds.length === 0 ? 'nothing that can be tested' : `"${kinds.join('", "')}"`}.`,
      fix: `write one of ${LEAVES.join(', ')}.`,
    }
    return
  }
  if (isPlain(leaf.notExpression) && leaf.notExpression.dimensionOrMetricFilter === undefined)
    yield {
      at,
      message: 'A notExpression stands around something else than a dimensionOrMetricFilter.',
      fix: 'write an EXCLUDE clause for an event that must not have happened.',
    }
  const inner = isPlain(leaf.eventFilter) ? leaf.eventFilter.eventParameterFilterExpression : undefined
  if (inner === undefined) return
  const tests = isPlain(inner) && isPlain(inner.andGroup) ? listIn(inner.andGroup, 'filterExpressions') : []
  const here = at + pointerOf('eventFilter', 'eventParameterFilterExpression')
  if (
    tests.length === 0 ||
    tests.some((test) => !isPlain(test) || test.orGroup !== undefined || test.eventFilter !== undefined)
  )
    yield {
      at: here,
      message: 'Below an event there is one andGroup of tests, without orGroups and without events.',
      fix: 'write { "andGroup": { "filterExpressions": [{ "dimensionOrMetricFilter": ... }] } }.',
    }
  else if (tests.length > 1 && JSON.stringify(tests).includes('"fieldName":"eventCount"'))
    yield {
      at: here,
      message: 'Beside a test of eventCount GA4 ignores all others.',
      fix: 'put the others in a clause of their own.',
    }
}

const LEAVES: readonly string[] = ['eventFilter', 'dimensionOrMetricFilter', 'notExpression']

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function listIn(value: Plain, field: string): readonly unknown[] {
  const list = value[field]
  return Array.isArray(list) ? (list as readonly unknown[]) : []
}
