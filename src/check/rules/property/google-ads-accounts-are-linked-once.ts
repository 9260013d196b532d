import { pointerOf } from '../../../plan/diagnostic.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const googleAdsAccountsAreLinkedOnce = rule({
  code: 'google-ads-accounts-are-linked-once',
  severity: 'error',
  profile: 'always',
  title: 'A Google Ads account is linked once.',
  reason: 'With or without hyphens it is one account, and GA4 refuses a second link to it.',
  fix: 'remove one of the two.',
  source: 'https://support.google.com/analytics/answer/9379420',
  *check(places) {
    const first = new Map<string, string>()
    for (const id of Object.keys(places.plan.property?.googleAds ?? {})) {
      const before = first.get(id.replaceAll('-', ''))
      if (before === undefined) first.set(id.replaceAll('-', ''), id)
      else
        yield {
          at: pointerOf('property', 'googleAds', id),
          about: 'key',
          message: `${quoted(id)} and ${quoted(before)} are one account.`,
        }
    }
  },
})
