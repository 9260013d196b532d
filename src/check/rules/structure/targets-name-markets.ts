import { pointerOf } from '../../../plan/diagnostic.ts'
import { rule } from '../../rule.ts'
import { didYouMean } from '../../schema/did-you-mean.ts'
import { quoted } from '../../schema/words.ts'

export const targetsNameMarkets = rule({
  code: 'targets-name-markets',
  severity: 'error',
  profile: 'always',
  title: 'A target of a market names a market of the plan.',
  reason: 'Nobody reaches a number in a market that no event is of.',
  fix: 'add it under `markets`.',
  source: 'The plan language',
  *check(places) {
    const known = places.markets.map(({ id }) => id)
    for (const { at, data } of places.conversions) {
      for (const [index, { market }] of (data.targets ?? []).entries()) {
        if (market === undefined || known.includes(market)) continue
        const meant = didYouMean(market, known)
        yield {
          at: at + pointerOf('targets', index, 'market'),
          restsOn: ['/markets'],
          message: `The plan has no market ${quoted(market)}.`,
          ...(meant === undefined ? {} : { fix: `did you mean ${quoted(meant)}?` }),
        }
      }
    }
  },
})
