import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { textsOf } from '../../texts.ts'

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
    for (const { at, about, text, sort, on } of textsOf(places)) {
      if (sort === 'pattern' && on !== undefined && ADDRESSES.has(on) && /[^\x20-\x7e]/.test(text))
        yield {
          at,
          ...(about === undefined ? {} : { about }),
          message: `${quoted(text)} holds characters that stand encoded in an address.`,
        }
    }
  },
})

const ADDRESSES = new Set(['path', 'url', 'referrer', 'click.url', 'form.url'])
