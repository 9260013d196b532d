import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const userIdsAreOpaque = rule({
  code: 'user-ids-are-opaque',
  severity: 'error',
  profile: 'minimal',
  title: 'A user id tells nothing about the person.',
  reason:
    "An e-mail address or phone number as user id is personal data, which Google's terms forbid to send.",
  fix: 'use an id of your own that means nothing outside your database.',
  source: 'https://support.google.com/analytics/answer/6366371',
  catalogue: ['L-D17'],
  *check(places) {
    for (const { at, name, source } of places.sources) {
      if (!/^(user_?id|customer_?id|uid)$/i.test(name) || typeof source !== 'object') continue
      const origin = source.dataLayer ?? source.cookie ?? source.javascript ?? ''
      if (/mail|phone|tel\b|mobile/i.test(origin))
        yield {
          at,
          message: `${quoted(name)} is read from ${quoted(origin)}, which tells who the person is.`,
        }
    }
  },
})
