import { pointerOf } from '../../../plan/diagnostic.ts'
import { destinationKinds, destinationModule } from '../../../destinations/kinds.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const destinationsHaveTheVendorsId = rule({
  code: 'destinations-have-the-vendors-id',
  severity: 'error',
  profile: 'always',
  title: 'The id of a destination looks like one of its vendor.',
  reason:
    'A vendor takes what comes under an id that it does not know without a word, and the numbers never arrive.',
  fix: "copy it from the vendor's own snippet.",
  source: 'The plan language',
  *check(places) {
    for (const [name, { kind, id }] of Object.entries(places.plan.destinations ?? {})) {
      const { title, id: known } = destinationModule(kind)
      if (known === 'none') {
        if (id !== undefined)
          yield {
            at: pointerOf('destinations', name, 'id'),
            about: 'key',
            message: `${quoted(name)} is ${title}, which has no id.`,
            fix: 'remove it.',
          }
        continue
      }
      const noId = (said: string): string =>
        `${quoted(said)} is no id of ${title}: that looks like ${quoted(known.example)}.${whoseElse(said)}`
      if (id === undefined)
        yield {
          at: pointerOf('destinations', name),
          about: 'key',
          absent: 'id',
          message: `${quoted(name)} does not say which id it has at ${title}.`,
          fix: `add \`id: "${known.example}"\` as the vendor's own snippet shows it.`,
        }
      else if (!known.pattern.test(id)) yield { at: pointerOf('destinations', name, 'id'), message: noId(id) }
      for (const { at, market } of places.markets) {
        const own = market.destinations?.[name]
        if (own !== undefined && own !== id && !known.pattern.test(own))
          yield { at: at + pointerOf('destinations', name), message: noId(own) }
      }
    }
  },
})

/** Only an id with letters says whose it is; numbers look alike. */
function whoseElse(id: string): string {
  const other = destinationKinds().find((kind) => {
    const { id: known } = destinationModule(kind)
    return known !== 'none' && known.pattern.test(id)
  })
  return other === undefined || /^\d+$/.test(id) ? '' : ` It is one of ${destinationModule(other).title}.`
}
