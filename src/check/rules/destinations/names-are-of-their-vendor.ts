import { destinationKinds, destinationModule, type DestinationKind } from '../../../destinations/kinds.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const namesAreOfTheirVendor = rule({
  code: 'names-are-of-their-vendor',
  severity: 'warning',
  profile: 'recommended',
  title: 'A vendor with names of its own for events hears those, not another vendor’s.',
  reason:
    'It takes any other name for an event of the site’s own, which no campaign can aim at or is reported for.',
  fix: 'write `true` for the vendor’s own name.',
  source: 'https://help.pinterest.com/business/article/event-code',
  *check(places) {
    const destinations = places.plan.destinations ?? {}
    for (const { at, data } of places.conversions) {
      for (const [to, sent] of Object.entries(data.send ?? {})) {
        const kind = destinations[to]?.kind
        const said = typeof sent === 'object' ? sent.as : sent
        if (kind === undefined || typeof said !== 'string') continue
        const whose = whoseName(said, kind)
        if (whose === undefined) continue
        const { title, names } = destinationModule(kind)
        const own = names[data.event ?? '']
        yield {
          at: at + pointerOf('send', to, ...(typeof sent === 'object' ? ['as'] : [])),
          message: `${quoted(said)} is a name of ${whose}; ${title} ${own === undefined ? 'has none for it' : `calls it ${quoted(own)}`}.`,
        }
      }
    }
  },
})

/** The vendor whose name for an event it is, where this one has names of its own and it is none of them. */
function whoseName(said: string, here: DestinationKind): string | undefined {
  const namesOf = (kind: DestinationKind): readonly string[] => Object.values(destinationModule(kind).names)
  if (namesOf(here).length === 0 || namesOf(here).includes(said)) return undefined
  const other = destinationKinds().find((kind) => namesOf(kind).includes(said))
  return other === undefined ? undefined : destinationModule(other).title
}
