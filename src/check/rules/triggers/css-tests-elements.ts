import { valueType } from '../../../sources/condition.ts'
import { rule } from '../../rule.ts'

export const cssTestsElements = rule({
  code: 'css-tests-elements',
  severity: 'error',
  profile: 'always',
  title: 'Only elements are tested with a CSS selector.',
  reason:
    'GTM asks the element itself; a path or a text matches no selector, so the trigger would never fire.',
  fix: 'test `{ click: { element: { css: ... } } }`, or use another operator.',
  source: 'https://support.google.com/tagmanager/answer/7679410',
  *check(places) {
    for (const { subject, detail, source, test, testAt } of places.conditions) {
      if (test.css === undefined || subject === 'value' || valueType(source) === 'element') continue
      const what = detail === undefined ? subject : `${subject} ${detail}`
      yield {
        at: `${testAt}/css`,
        about: 'key',
        message: `A CSS selector tests elements, but ${what} is a text.`,
      }
    }
  },
})
