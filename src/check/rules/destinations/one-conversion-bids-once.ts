import { pointerOf } from '../../../plan/diagnostic.ts'
import { bidsOn } from '../../bidding.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const oneConversionBidsOnce = rule({
  code: 'one-conversion-bids-once',
  severity: 'error',
  profile: 'minimal',
  title: 'Google Ads bids on one count of a goal.',
  reason:
    'Nothing matches the conversion of a tag with the key event that Google Ads imports from GA4: both as primary actions count each sale twice, and bids double.',
  fix: 'write `ads: secondary`, or `primary: false` under `send`, and set the same in Google Ads.',
  source: 'https://support.google.com/google-ads/answer/11461796',
  *check(places) {
    for (const { at, id, data } of places.conversions) {
      const primaries = Object.entries(places.plan.destinations ?? {}).flatMap(([name, { kind, id }]) =>
        bidsOn(kind, data.send?.[name]) ? [{ name, account: id }] : [],
      )
      const [first] = primaries
      if (first !== undefined && data.ads === 'primary')
        yield {
          at: `${at}/ads`,
          message: `${quoted(id)} is a primary action of Google Ads twice: by its tag (${first.name}) and by the import from GA4.`,
        }
      const again = primaries.find(
        (each, index) => primaries.findIndex((other) => other.account === each.account) !== index,
      )
      if (again !== undefined)
        yield {
          at: at + pointerOf('send', again.name),
          message: `${quoted(id)} goes to the account ${quoted(again.account ?? '')} as a primary action twice.`,
        }
    }
  },
})
