import { destinationModule } from '../../../destinations/kinds.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

/** Keys that every destination may have. */
const COMMON = ['kind', 'id', 'sends', 'consent', 'loader', 'via', 'acknowledge']

export const optionsGoWithTheirVendor = rule({
  code: 'options-go-with-their-vendor',
  severity: 'error',
  profile: 'always',
  title: 'A destination says only what its vendor has.',
  reason: 'What a vendor knows nothing of would be dropped, and nobody would see that it does nothing.',
  fix: 'remove it.',
  source: 'The plan language',
  *check(places) {
    for (const [name, destination] of Object.entries(places.plan.destinations ?? {})) {
      const { title, options, userData, takesThemOnce } = destinationModule(destination.kind)
      const known: readonly string[] = [...COMMON, ...options, ...(userData === 'none' ? [] : ['userData'])]
      for (const key of Object.keys(destination))
        if (!known.includes(key))
          yield {
            at: pointerOf('destinations', name, key),
            about: 'key',
            message: `${quoted(key)} means nothing to ${title}.`,
          }
      if (userData !== 'none' && takesThemOnce !== true) continue
      for (const { at, id, data } of places.conversions) {
        const said = data.send?.[name]
        if (typeof said !== 'object' || said.userData === undefined) continue
        const place = { at: at + pointerOf('send', name, 'userData'), about: 'key' } as const
        if (userData === 'none')
          yield { ...place, message: `${quoted(id)} sends user data to ${title}, which takes none.` }
        else if (said.userData !== destination.userData)
          yield {
            ...place,
            message: `${quoted(id)} sends user data of its own to ${title}, which takes them once a page, as it is loaded.`,
            fix: `remove it, and write \`userData: ${said.userData}\` on the destination ${quoted(name)} if all that goes there shall have it.`,
          }
      }
    }
  },
})
