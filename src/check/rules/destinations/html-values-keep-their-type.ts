import { quotedVariablesIn } from '../../../resources/braces.ts'
import { rule } from '../../rule.ts'
import { htmlLines } from '../../html-lines.ts'
import { quoted } from '../../schema/words.ts'

export const htmlValuesKeepTheirType = rule({
  code: 'html-values-keep-their-type',
  severity: 'warning',
  profile: 'recommended',
  title: 'In a script of its own HTML, a plan puts variables outside quotes.',
  reason:
    'Outside quotes GTM puts a value of the right type in their place: a number, a list, undefined. Inside quotes everything is a text, and a missing value an empty one.',
  fix: 'take the quotes away.',
  source: 'https://www.simoahava.com/gtm-tips/mysterious-macro-call-explained/',
  *check(places) {
    for (const { id, at, code } of htmlLines(places)) {
      for (const name of quotedVariablesIn(code))
        yield {
          at,
          message: `The HTML of ${quoted(id)} has {{${name}}} in quotes.`,
          fix: `write {{${name}}} without the quotes.`,
        }
    }
  },
})
