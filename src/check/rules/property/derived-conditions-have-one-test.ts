import { pointerOf } from '../../../plan/diagnostic.ts'
import { or } from '../../../words/counting.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

const TESTS = ['equals', 'contains', 'startsWith', 'endsWith', 'matches', 'greaterThan', 'lessThan'] as const

export const derivedConditionsHaveOneTest = rule({
  code: 'derived-conditions-have-one-test',
  severity: 'error',
  profile: 'always',
  title: 'A condition of a derived event tests one thing.',
  reason: 'GA4 has one comparison in each condition; a second one would be lost.',
  fix: 'write a condition for each test: all of them must hold.',
  source:
    'https://github.com/googleapis/googleapis/blob/f8291d2b89f0017ab078a4c7378069bae5686f6f/google/analytics/admin/v1alpha/event_create_and_edit.proto',
  *check(places) {
    for (const [event, { when = [] }] of Object.entries(places.plan.property?.derived ?? {})) {
      for (const [index, condition] of when.entries()) {
        const tests = TESTS.filter((test) => condition[test] !== undefined)
        if (tests.length === 1) continue
        const what = tests.length === 0 ? 'nothing' : tests.map(quoted).join(' and ')
        yield {
          at: pointerOf('property', 'derived', event, 'when', index),
          message: `This condition on ${quoted(condition.parameter)} tests ${what}.`,
          ...(tests.length === 0 ? { fix: `write what it must be beside it: ${or(TESTS)}.` } : {}),
        }
      }
    }
  },
})
