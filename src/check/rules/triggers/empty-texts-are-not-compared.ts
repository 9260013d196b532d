import { valuesIn } from '../../../sources/condition.ts'
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
  *check(places) {
    for (const { test, testAt } of places.conditions) {
      for (const operator of ['contains', 'startsWith', 'endsWith', 'matches'] as const) {
        for (const { at, value } of valuesIn(test, operator)) {
          const text = String(value)
          if (text === '' || (operator === 'matches' && /^\^?\(?\.\*\)?\$?$/.test(text)))
            yield { at: testAt + at, message: `${operator} ${quoted(text)} holds for every value.` }
        }
      }
    }
  },
})
