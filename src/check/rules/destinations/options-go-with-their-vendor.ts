import { moduleFor } from '../../../destinations/kinds.ts'
import type { Sent } from '../../../plan/plan-types.ts'
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
      const module = moduleFor(destination)
      const { title, options, userData, takesThemOnce, regions } = module
      const known: readonly string[] = [...COMMON, ...options, ...(userData === 'none' ? [] : ['userData'])]
      for (const key of Object.keys(destination))
        if (!known.includes(key))
          yield {
            at: pointerOf('destinations', name, key),
            about: 'key',
            message: `${quoted(key)} means nothing to ${title}.`,
          }
      const { region, loader, via } = destination
      if (region !== undefined && regions?.includes(region) === false)
        yield {
          at: pointerOf('destinations', name, 'region'),
          message: `${title} keeps no accounts in the region ${quoted(region)}.`,
          fix: `write ${regions.join(' or ')}, or leave it out.`,
        }
      if (
        destination.userData !== undefined &&
        userData !== 'none' &&
        takesThemOnce === true &&
        loader === 'existing' &&
        via === undefined
      )
        yield {
          at: pointerOf('destinations', name, 'userData'),
          about: 'key',
          message: `${title} takes user data once a page, as it is loaded, and the plan does not load it.`,
          fix: 'remove it, and have the site give them where it loads the vendor; or remove `loader: existing`.',
        }
      for (const { at, id, data } of places.conversions) {
        const said = data.send?.[name]
        if (typeof said !== 'object') continue
        if (module.says !== 'nothing')
          for (const key of unheard(module, said))
            yield {
              at: at + pointerOf('send', name, ...key.split('/')),
              about: 'key',
              message: `${quoted(key.split('/').at(-1) ?? key)} of ${quoted(id)} means nothing to ${title}.`,
            }
        if (said.userData === undefined || (userData !== 'none' && takesThemOnce !== true)) continue
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

type Module = ReturnType<typeof moduleFor>

/** Keys of `send` that no tag of the vendor has a place for, as paths. `false` leaves out what would not come anyway. */
function unheard(
  { carries, counts, parameters }: Module,
  said: Exclude<Sent, string | boolean>,
): readonly string[] {
  const carriesId = carries.includes('eventId') || carries.includes('transactionId')
  const places = { value: carries.includes('value'), currency: carries.includes('currency'), id: carriesId }
  return [
    ...Object.entries(places).flatMap(([key, has]) => {
      const value = said[key as keyof typeof places]
      return has || value === undefined || value === false ? [] : [key]
    }),
    ...(said.primary !== undefined && counts === undefined ? ['primary'] : []),
    ...(parameters === undefined
      ? []
      : Object.keys(said.parameters ?? {})
          .filter((key) => !parameters.includes(key))
          .map((key) => `parameters/${key}`)),
  ]
}
