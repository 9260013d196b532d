import { destinationModule } from '../../../destinations/kinds.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const labelsOfMarketsStandForOne = rule({
  code: 'labels-of-markets-stand-for-one',
  severity: 'error',
  profile: 'always',
  title: 'A label of a market stands for one that the conversion has.',
  reason:
    'It is what the conversion is called in the market’s own account; what goes nowhere has no label, and most vendors give none.',
  fix: 'say under `send` of the conversion what it is called elsewhere, or remove the label.',
  source: 'https://support.google.com/tagmanager/answer/6105160',
  *check(places) {
    const destinations = places.plan.destinations ?? {}
    for (const { id, at, market } of places.markets) {
      for (const [name, labels] of Object.entries(market.send ?? {})) {
        const conversion = places.conversions.find((each) => each.id === name)
        if (conversion === undefined) continue
        for (const [to, label] of Object.entries(labels)) {
          const place = at + pointerOf('send', name, to)
          const kind = destinations[to]?.kind
          const vendor = kind === undefined ? undefined : destinationModule(kind)
          const sent = conversion.data.send?.[to]
          const said = typeof sent === 'object' ? sent.as : sent
          if (vendor?.namesByMarket !== true) {
            const why =
              vendor === undefined
                ? 'is no destination of the plan'
                : `is ${vendor.title}, where no market has labels of its own`
            yield {
              at: place,
              about: 'key',
              message: `${quoted(to)} ${why}.`,
              fix: 'name a destination of the kind googleAds, or remove it.',
            }
          } else if (typeof said !== 'string')
            yield {
              at: place,
              about: 'key',
              message: `${quoted(name)} has no label for ${quoted(to)} that the one of ${quoted(id)} could stand for.`,
            }
          else if (typeof vendor.says === 'object' && !vendor.says.pattern.test(label))
            yield {
              at: place,
              message: `${quoted(label)} is no conversion of ${vendor.title}: those look like ${quoted(vendor.says.example)}.`,
              fix: 'write the label as the vendor shows it.',
            }
        }
      }
    }
  },
})
