import { rule } from '../../rule.ts'
import { allTextsOf, LONGEST_TEXT } from '../../texts.ts'

export const textsAreShort = rule({
  code: 'texts-are-short',
  severity: 'error',
  profile: 'always',
  title: 'A text for GTM has at most 2,000 characters.',
  reason: 'No selector, address or event name is that long, and neither GTM nor GA4 keeps what is.',
  fix: 'shorten it.',
  source: 'https://support.google.com/tagmanager/answer/2772488',
  *check(places) {
    for (const { at, about, text, sort } of allTextsOf(places)) {
      if (sort !== 'code' && text.length > LONGEST_TEXT)
        yield {
          at,
          ...(about === undefined ? {} : { about }),
          message: `The text has ${text.length} characters.`,
        }
    }
  },
})
