import { pointerOf } from '../../../plan/diagnostic.ts'
import type { PartTarget } from '../../../plan/plan-types.ts'
import { partWords } from '../../../words/plan-words.ts'
import { METHOD, rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const targetsOfPartsAreToldApart = rule({
  code: 'targets-of-parts-are-told-apart',
  severity: 'error',
  profile: 'always',
  title:
    'A target under `targets` says of which channel, device or market it is, and no two are of the same.',
  reason: 'Of two numbers for the same visitors nobody knows which one holds.',
  fix: 'add `channel`, `device` or `market`; what holds for everybody stands under `target`.',
  source: METHOD,
  *check(places) {
    for (const { id, at, data } of places.conversions) {
      const inMarkets = places.markets.flatMap(({ id: market, market: { targets } }) =>
        targets?.[id] === undefined ? [] : [{ part: { market }, place: `in the market ${quoted(market)}` }],
      )
      for (const [index, part] of (data.targets ?? []).entries()) {
        const place = at + pointerOf('targets', index)
        if (identityOf(part) === '')
          yield {
            at: place,
            message: `Nothing says whose target of ${quoted(id)} this is.`,
            restsOn: ['channel', 'device', 'market'].map((field) => place + pointerOf(field)),
          }
        const earlier = (data.targets ?? [])
          .slice(0, index)
          .some((each) => identityOf(each) === identityOf(part))
        const other = inMarkets.find((each) => identityOf(each.part) === identityOf(part))
        if (identityOf(part) !== '' && (earlier || other !== undefined))
          yield {
            at: place,
            message: `${quoted(id)} has another target of ${partWords(part)}${other === undefined ? '' : ` ${other.place}`}.`,
            fix: 'leave one of the two.',
          }
      }
    }
  },
})

/** Empty for everybody. */
function identityOf({ channel, device, market }: Pick<PartTarget, 'channel' | 'device' | 'market'>): string {
  const parts = [channel, device, market]
  return parts.some((part) => part !== undefined) ? parts.join('/') : ''
}
