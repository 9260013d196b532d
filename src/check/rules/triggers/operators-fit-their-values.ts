import { pointerOf } from '../../../plan/diagnostic.ts'
import { valueType } from '../../../sources/condition.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

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
    // GA4 compares likewise where it makes an event of another.
    for (const [event, { when = [] }] of Object.entries(places.plan.property?.derived ?? {})) {
      for (const [index, condition] of when.entries()) {
        const at = pointerOf('property', 'derived', event, 'when', index)
        for (const operator of ['lessThan', 'greaterThan'] as const) {
          const value = condition[operator]
          if (value === undefined) continue
          if (!isNumber(value))
            yield {
              at: `${at}/${operator}`,
              message: `${operator} compares numbers, but ${quoted(String(value))} is a text.`,
              fix: 'write a number, or compare texts: equals, contains, startsWith, endsWith or matches.',
            }
          if (condition.ignoreCase === true)
            yield {
              at: `${at}/ignoreCase`,
              about: 'key',
              message: `GA4 has no ${operator} that ignores case: it compares numbers.`,
              fix: 'remove `ignoreCase`.',
            }
        }
      }
    }
  },
})

function isNumber(value: string | number): boolean {
  return typeof value === 'number' || (value.trim() !== '' && Number.isFinite(Number(value)))
}
