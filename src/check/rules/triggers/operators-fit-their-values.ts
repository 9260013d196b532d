import { valueType } from '../../../sources/condition.ts'
import { rule } from '../../rule.ts'

export const operatorsFitTheirValues = rule({
  code: 'operators-fit-their-values',
  severity: 'error',
  profile: 'always',
  title: 'An operator fits what it compares.',
  reason:
    'GTM turns both sides into text, or into numbers for less than and greater than; a text is never less than 10.',
  fix: 'use an operator for texts: equals, contains, startsWith, endsWith or matches.',
  source: 'https://support.google.com/tagmanager/answer/7679316',
  *check(places) {
    for (const { subject, detail, source, test, testAt } of places.conditions) {
      const type = subject === 'value' ? 'any' : valueType(source)
      const what = detail === undefined || type === 'any' ? subject : `${subject} ${detail}`
      for (const operator of ['lessThan', 'greaterThan'] as const) {
        if (test[operator] !== undefined && type !== 'number' && type !== 'any')
          yield {
            at: `${testAt}/${operator}`,
            about: 'key',
            message: `${operator} compares numbers, but ${what} is a text.`,
          }
      }
      if (test.ignoreCase !== undefined && test.matches === undefined)
        yield {
          at: `${testAt}/ignoreCase`,
          about: 'key',
          message: '`ignoreCase` goes with `matches` only; every other operator heeds case.',
          fix: 'write it as `matches`, or remove `ignoreCase`.',
        }
      if (type === 'element' && test.css === undefined) {
        const operator = Object.keys(test).find((key) => key !== 'negate' && key !== 'ignoreCase')
        if (operator !== undefined)
          yield {
            at: `${testAt}/${operator}`,
            about: 'key',
            message: `An element is tested with css, not with ${operator}.`,
            fix: `write css, or test its ${subject === 'form' ? 'id, classes or url' : 'text, id, classes or url'}.`,
          }
      }
    }
  },
})
