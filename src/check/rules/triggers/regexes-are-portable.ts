import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { lackingInRe2, textsOf } from '../../texts.ts'

export const regexesArePortable = rule({
  code: 'regexes-are-portable',
  severity: 'warning',
  profile: 'recommended',
  title: 'A regular expression means the same in the browser and at Google.',
  reason:
    "GTM runs JavaScript's expressions, GA4 and BigQuery RE2, which has no lookaround and no backreferences: the same condition could not be used in a report.",
  fix: 'write it without lookaround and backreferences; `negate: true` on the condition replaces most lookaheads.',
  source: 'https://github.com/google/re2/wiki/Syntax',
  catalogue: ['L-T04'],
  *check(places) {
    for (const { at, about, text, sort } of textsOf(places)) {
      if (sort !== 'pattern') continue
      const what = lackingInRe2(text)
      if (what !== undefined)
        yield {
          at,
          ...(about === undefined ? {} : { about }),
          message: `The regular expression ${quoted(text)} uses ${what}, which RE2 does not have.`,
        }
    }
  },
})
