import { encodedIn } from '../../../sources/addresses.ts'
import { patternsIn } from '../../patterns.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const patternsOfAddressesAreAscii = rule({
  code: 'patterns-of-addresses-are-ascii',
  severity: 'warning',
  profile: 'recommended',
  title: 'A pattern for an address is written as the browser writes addresses.',
  reason:
    'Browsers keep everything but ASCII in percent signs (/caf%C3%A9), so a pattern with é never matches. Plain texts are encoded by the plan, patterns cannot be.',
  fix: 'write the encoded form, or compare with startsWith or equals, which are encoded for you.',
  source: 'https://url.spec.whatwg.org/#path-state',
  *check(places) {
    for (const { at, about, pattern, source } of patternsIn(places)) {
      const encoded = encodedIn(source)
      // Other signs may be a pattern's own.
      if (encoded !== undefined && [...pattern].some((sign) => /[^!-~]/.test(sign) && encoded.test(sign)))
        yield {
          at,
          ...(about === undefined ? {} : { about, fix: OF_A_TABLE }),
          message: `${quoted(pattern)} holds characters that stand encoded in an address.`,
        }
    }
  },
})

const OF_A_TABLE = 'write the encoded form, or a `lookup` of whole paths, whose keys are encoded for you.'
