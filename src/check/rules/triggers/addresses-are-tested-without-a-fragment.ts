import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { textsOf } from '../../texts.ts'

export const addressesAreTestedWithoutAFragment = rule({
  code: 'addresses-are-tested-without-a-fragment',
  severity: 'error',
  profile: 'always',
  title: 'The page address and its path have no fragment.',
  reason: "GTM's Page URL ends before the #, so a condition on what follows never holds.",
  fix: 'test `fragment`: { fragment: { equals: pricing } }; as a value it is { url: fragment }.',
  source: 'https://support.google.com/tagmanager/answer/7182738',
  *check(places) {
    for (const { at, text, sort, on } of textsOf(places)) {
      if ((on === 'url' || on === 'path') && (sort === 'literal' || sort === 'pattern') && text.includes('#'))
        yield {
          at,
          message: `${quoted(text)} is never part of ${on === 'url' ? 'the page address' : 'the path'}: GTM ends it before the #.`,
        }
    }
  },
})
