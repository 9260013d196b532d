import { canBeMissing } from '../../../sources/compared.ts'
import { simpleText } from '../../../sources/read-gtm.ts'
import type { Source } from '../../../sources/source.ts'
import { matches } from '../../../sources/operators.ts'
import { patternsIn } from '../../patterns.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const missingValuesDoNotMatch = rule({
  code: 'missing-values-do-not-match',
  severity: 'warning',
  profile: 'recommended',
  title: 'A pattern does not hold for a value that is not there.',
  reason:
    'Where there is no value, what the plan reads is the empty text, and what others made for GTM the text "undefined"; a pattern that takes either holds on every page.',
  fix: 'ask for the value: `exists: true`; in a table, name the values that are meant.',
  source: 'https://support.google.com/tagmanager/answer/7679316',
  *check(places) {
    for (const { at, about, pattern, source } of patternsIn(places)) {
      const missing = missingText(source)
      if (missing === undefined || !matches(pattern, missing)) continue
      yield {
        at,
        ...(about === undefined ? {} : { about }),
        message: `${quoted(pattern)} also holds where there is no value.`,
      }
    }
  },
})

/** What GTM compares where there is no value; undefined where there always is one. */
function missingText(source: Source): string | undefined {
  if (!canBeMissing(source)) return undefined
  // A variable that the plan does not make has no format of ours.
  return simpleText(source, () => '') === undefined ? '' : 'undefined'
}
