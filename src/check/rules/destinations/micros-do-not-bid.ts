import { pointerOf } from '../../../plan/diagnostic.ts'
import { bidsOn } from '../../bidding.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const microsDoNotBid = rule({
  code: 'micros-do-not-bid',
  severity: 'warning',
  profile: 'recommended',
  title: 'A micro conversion is a secondary action in Google Ads.',
  reason: 'As a primary one it is what bids buy: many cheap steps in place of few sales.',
  fix: 'write `primary: false` under `send`, or `ads: secondary`, and set the action to secondary in Google Ads.',
  source: 'https://support.google.com/google-ads/answer/11461796',
  *check(places) {
    for (const { at, id, data } of places.micros) {
      if (data.ads === 'primary')
        yield {
          at: `${at}/ads`,
          message: `${quoted(id)} is a micro conversion, and Google Ads would bid on it.`,
        }
      for (const [name, { kind }] of Object.entries(places.plan.destinations ?? {})) {
        const said = data.send?.[name]
        if (bidsOn(kind, said))
          yield {
            at: at + pointerOf('send', name),
            message: `${quoted(id)} is a micro conversion, and Google Ads bids on it unless it is a secondary action.`,
            ...(typeof said === 'string'
              ? {
                  fix: `write \`{ as: ${said}, primary: false }\`, and set the action to secondary in Google Ads.`,
                }
              : {}),
          }
      }
    }
  },
})
