import { pointerOf, type Pointer } from '../../../plan/diagnostic.ts'
import { rule } from '../../rule.ts'

export const audienceFiltersAreNested = rule({
  code: 'audience-filters-are-nested',
  severity: 'error',
  profile: 'always',
  title: 'A filter of an audience is nested and said as GA4 wants it.',
  reason:
    'An expression is an andGroup of orGroups, and only these hold what is tested, in the words of Google’s API; everything else is refused, after all that came before has been written.',
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
  yield* unknownFields(clause, CLAUSE, at)
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
  if (isPlain(simpleFilter)) {
    const here = at + pointerOf('simpleFilter')
    yield* unknownFields(simpleFilter, SIMPLE, here)
    yield* wordProblems(simpleFilter, 'scope', SCOPES, here)
    yield* partProblems(simpleFilter, here)
  }
  if (isPlain(sequenceFilter)) {
    const here = at + pointerOf('sequenceFilter')
    yield* unknownFields(sequenceFilter, SEQUENCE, here)
    yield* wordProblems(sequenceFilter, 'scope', SCOPES.slice(1), here)
    yield* durationProblems(sequenceFilter, 'sequenceMaximumDuration', here)
    const steps = listIn(sequenceFilter, 'sequenceSteps')
    if (steps.length === 0)
      yield { at, message: 'A sequenceFilter has no steps.', fix: 'write them under "sequenceSteps".' }
    for (const [index, step] of steps.entries()) {
      const there = here + pointerOf('sequenceSteps', index)
      if (isPlain(step)) {
        yield* unknownFields(step, STEP, there)
        yield* wordProblems(step, 'scope', SCOPES, there)
        yield* durationProblems(step, 'constraintDuration', there)
      }
      yield* partProblems(step, there)
    }
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
    const leaves = listIn(or, 'filterExpressions')
    if (leaves.length === 0)
      yield { at: there, message: 'An orGroup holds nothing.', fix: `write one of ${LEAVES.join(', ')}.` }
    const scope = isPlain(part) ? part.scope : undefined
    for (const [place, leaf] of leaves.entries())
      yield* leafProblems(leaf, there + pointerOf('orGroup', 'filterExpressions', place), scope)
  }
}

function* leafProblems(leaf: unknown, at: Pointer, scope: unknown): Generator<Problem> {
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
  yield* testProblems(leaf, at, scope)
  if (isPlain(leaf.eventFilter)) yield* unknownFields(leaf.eventFilter, EVENT, at + pointerOf('eventFilter'))
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
  for (const [index, test] of tests.entries())
    yield* testProblems(test, here + pointerOf('andGroup', 'filterExpressions', index), scope)
}

/** Of a dimensionOrMetricFilter, alone or within a notExpression; of nothing else. */
function* testProblems(leaf: unknown, at: Pointer, scope: unknown): Generator<Problem> {
  if (!isPlain(leaf)) return
  if (leaf.notExpression !== undefined) {
    yield* testProblems(leaf.notExpression, at + pointerOf('notExpression'), scope)
    return
  }
  const test = leaf.dimensionOrMetricFilter
  if (!isPlain(test)) return
  const here = at + pointerOf('dimensionOrMetricFilter')
  yield* unknownFields(test, TEST, here)
  if (isPlain(test.stringFilter))
    yield* wordProblems(test.stringFilter, 'matchType', MATCHES, here + pointerOf('stringFilter'))
  if (isPlain(test.numericFilter))
    yield* wordProblems(test.numericFilter, 'operation', OPERATIONS, here + pointerOf('numericFilter'))
  const days = test.inAnyNDayPeriod
  if (days !== undefined && !(Number.isInteger(days) && Number(days) >= 1 && Number(days) <= 60))
    yield {
      at: here + pointerOf('inAnyNDayPeriod'),
      message: 'GA4 looks at periods of 1 to 60 days.',
      fix: 'write a number of days from 1 to 60.',
    }
  const timed = ['inAnyNDayPeriod', 'atAnyPointInTime'].find((field) => test[field] !== undefined)
  if (timed !== undefined && scope !== undefined && scope !== SCOPES[2])
    yield {
      at: here + pointerOf(timed),
      message: `"${timed}" goes with the scope of all sessions only.`,
      fix: `write "scope": "${SCOPES[2]}" in the filter, or remove it.`,
    }
}

function* unknownFields(value: Plain, known: readonly string[], at: Pointer): Generator<Problem> {
  for (const field of Object.keys(value).filter((name) => !known.includes(name)))
    yield {
      at: at + pointerOf(field),
      message: `Google's API has no "${field}" there.`,
      fix: `remove it, or write one of ${known.join(', ')}.`,
    }
}

function* wordProblems(
  value: Plain,
  field: string,
  words: readonly string[],
  at: Pointer,
): Generator<Problem> {
  const word = value[field]
  if (word === undefined || (typeof word === 'string' && words.includes(word))) return
  yield {
    at: at + pointerOf(field),
    message: `GA4 does not take ${JSON.stringify(word)} for "${field}" there.`,
    fix: `write one of ${words.join(', ')}.`,
  }
}

function* durationProblems(value: Plain, field: string, at: Pointer): Generator<Problem> {
  const duration = value[field]
  if (duration === undefined || (typeof duration === 'string' && /^\d+(\.\d{1,9})?s$/.test(duration))) return
  yield {
    at: at + pointerOf(field),
    message: `${JSON.stringify(duration)} is no duration: Google's API takes seconds.`,
    fix: `write seconds with an s, for example "604800s" for seven days.`,
  }
}

const LEAVES: readonly string[] = ['eventFilter', 'dimensionOrMetricFilter', 'notExpression']
const CLAUSE = ['clauseType', 'simpleFilter', 'sequenceFilter']
const SIMPLE = ['scope', 'filterExpression']
const SEQUENCE = ['scope', 'sequenceMaximumDuration', 'sequenceSteps']
const STEP = ['scope', 'immediatelyFollows', 'constraintDuration', 'filterExpression']
const EVENT = ['eventName', 'eventParameterFilterExpression']
const TEST = [
  'fieldName',
  'stringFilter',
  'inListFilter',
  'numericFilter',
  'betweenFilter',
  'atAnyPointInTime',
  'inAnyNDayPeriod',
]
/** From the narrowest; a sequence as a whole takes the last two. */
const SCOPES: readonly string[] = ['WITHIN_SAME_EVENT', 'WITHIN_SAME_SESSION', 'ACROSS_ALL_SESSIONS'].map(
  (scope) => `AUDIENCE_FILTER_SCOPE_${scope}`,
)
const MATCHES = ['EXACT', 'BEGINS_WITH', 'ENDS_WITH', 'CONTAINS', 'FULL_REGEXP']
const OPERATIONS = ['EQUAL', 'LESS_THAN', 'GREATER_THAN']

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function listIn(value: Plain, field: string): readonly unknown[] {
  const list = value[field]
  return Array.isArray(list) ? (list as readonly unknown[]) : []
}
