import { rule } from '../../rule.ts'
import { conditionLists } from '../../trigger-tree.ts'

export const conditionsHaveOneSubject = rule({
  code: 'conditions-have-one-subject',
  severity: 'error',
  profile: 'always',
  title: 'A condition is about exactly one thing.',
  reason:
    'A second subject in the same condition is easily read as part of the first. Conditions of a list all have to hold.',
  fix: 'write one list item for each: `when: [{ path: ... }, { host: ... }]`.',
  source: 'The plan language',
  *check(places) {
    for (const { at, condition } of conditionLists(places)) {
      const subjects = Object.keys(condition).filter((key) => key !== 'test')
      if (condition.value !== undefined && condition.test === undefined)
        yield {
          at,
          about: 'key',
          absent: 'test',
          message: 'The condition names a value, but no test on it.',
          fix: 'add `test: { equals: ... }`.',
        }
      if (condition.test !== undefined && condition.value === undefined)
        yield {
          at: `${at}/test`,
          about: 'key',
          message: '`test` goes with `value`, which is not there.',
          fix:
            subjects.length === 1
              ? 'put the operator below the subject: { path: { equals: ... } }.'
              : 'add `value`.',
        }
      else if (subjects.length > 1)
        yield {
          at: `${at}/${subjects[1] ?? ''}`,
          about: 'key',
          message: `The condition is about ${subjects.length} things: ${subjects.join(' and ')}.`,
        }
    }
  },
})
