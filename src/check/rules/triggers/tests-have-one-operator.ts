import { rule } from '../../rule.ts'
import { OPERATORS, type Operator } from '../../../sources/operators.ts'
import { or } from '../../../words/counting.ts'

export const testsHaveOneOperator = rule({
  code: 'tests-have-one-operator',
  severity: 'error',
  profile: 'always',
  title: 'A test has exactly one operator.',
  reason: 'GTM compares a value in one way at a time; several conditions in a list all have to hold.',
  fix: 'keep one operator, or write a condition for each.',
  source: 'https://support.google.com/tagmanager/answer/7679316',
  *check(places) {
    const operators = Object.keys(OPERATORS) as Operator[]
    for (const { test, testAt } of places.conditions) {
      const found = operators.filter((operator) => test[operator] !== undefined)
      if (found.length === 0)
        yield {
          at: testAt,
          about: 'key',
          absent: '*',
          message: 'The test has no operator.',
          fix: `add one of ${or(operators)}.`,
        }
      if (found.length > 1)
        yield {
          at: `${testAt}/${found[1] ?? ''}`,
          about: 'key',
          message: `The test has ${found.length} operators: ${found.join(' and ')}.`,
        }
    }
  },
})
