import { rule } from '../../rule.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'
import { quoted } from '../../schema/words.ts'

export const namesAreSafeInGtm = rule({
  code: 'names-are-safe-in-gtm',
  severity: 'warning',
  profile: 'recommended',
  title: 'Naming patterns keep to letters, digits, spaces and a few signs.',
  reason:
    'GTM refuses a colon and a row of other signs in names (none of them stands in 3,694 exported ones), several of its clients strip more, and braces in the name of a variable break references.',
  fix: 'leave the character out.',
  source: 'https://support.google.com/tagmanager/answer/6261285',
  catalogue: ['L-T22'],
  *check(places) {
    for (const [kind, pattern] of Object.entries(places.plan.naming ?? {})) {
      const odd = /[^\p{L}\p{N} \-_().,/|&+'[\]·–—→]/u.exec(pattern.replaceAll(/\{[a-z]+\}/g, ''))?.[0]
      if (odd !== undefined)
        yield {
          at: pointerOf('naming', kind),
          message: `The pattern holds ${quoted(odd)}, which does not belong in a name.`,
        }
    }
  },
})
