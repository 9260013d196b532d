import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { textsOf } from '../../texts.ts'

export const missingValuesDoNotMatch = rule({
  code: 'missing-values-do-not-match',
  severity: 'warning',
  profile: 'recommended',
  title: 'A pattern does not hold for a value that is not there.',
  reason:
    'GTM compares a missing value as the text "undefined", so that .+ holds on every page and a table answers where its default should.',
  fix: 'ask for the value: `exists: true`; in a table, name the values that are meant.',
  source: 'https://support.google.com/tagmanager/answer/7679316',
  *check(view) {
    for (const { at, about, text, sort, on } of textsOf(view)) {
      if (sort !== 'pattern' || on === 'event' || ALWAYS_THERE.has(on ?? '') || !holdsForUndefined(text))
        continue
      yield {
        at,
        ...(about === undefined ? {} : { about }),
        message: `${quoted(text)} also holds where there is no value.`,
      }
    }
  },
})

/** Parts of the page's address are texts on every page. */
const ALWAYS_THERE = new Set(['path', 'host', 'url', 'fragment', 'referrer'])

function holdsForUndefined(pattern: string): boolean {
  try {
    return new RegExp(pattern).test('undefined')
  } catch {
    return false
  }
}
