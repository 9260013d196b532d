import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const wholeAddressesAreNotSent = rule({
  code: 'whole-addresses-are-not-sent',
  severity: 'warning',
  profile: 'recommended',
  title: 'The whole page address is not sent in a parameter of its own.',
  reason:
    'Queries hold e-mail addresses, tokens and order numbers; GA4 collects the address already, where redaction applies.',
  fix: 'send the path, or one query parameter.',
  source: 'https://support.google.com/analytics/answer/6366371',
  catalogue: ['L-D07'],
  *check(places) {
    for (const { at, name, source, use } of places.sources) {
      if (
        use !== 'condition' &&
        typeof source === 'object' &&
        source.url === 'full' &&
        name !== 'page_location'
      )
        yield { at, message: `${quoted(name)} holds the whole page address, with everything in its query.` }
    }
  },
})
