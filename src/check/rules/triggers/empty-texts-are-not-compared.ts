import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const emptyTextsAreNotCompared = rule({
  code: 'empty-texts-are-not-compared',
  severity: 'warning',
  profile: 'recommended',
  title: 'A condition compares with something.',
  reason:
    'Every text contains, begins and ends with nothing, and every expression that may match nothing does: the condition always holds.',
  fix: 'write what is to be compared, or remove the condition.',
  source: 'https://support.google.com/tagmanager/answer/7679316',
  catalogue: ['L-T05'],
  *check(view) {
    for (const { test, testAt } of view.conditions) {
      for (const operator of ['contains', 'startsWith', 'endsWith', 'matches'] as const) {
        const value = test[operator]
        if (
          value === '' ||
          (operator === 'matches' && value !== undefined && /^\^?\(?\.\*\)?\$?$/.test(value))
        )
          yield {
            at: `${testAt}/${operator}`,
            message: `${operator} ${quoted(value)} holds for every value.`,
          }
      }
    }
  },
})
