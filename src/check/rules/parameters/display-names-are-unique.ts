import { pointerOf } from '../../../plan/diagnostic.ts'
import { rule, type Finding } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const displayNamesAreUnique = rule({
  code: 'display-names-are-unique',
  severity: 'error',
  profile: 'minimal',
  title: 'What stands in one list of GA4 has different names there.',
  reason:
    'GA4 refuses the second parameter of a name; of two audiences, calculated metrics or channel groups nobody can tell which is which, in reports or in Google Ads.',
  fix: 'give one of them another `displayName`.',
  source:
    'https://developers.google.com/analytics/devguides/config/admin/v1/rest/v1beta/properties.customDimensions',
  catalogue: ['L-D15'],
  *check(places) {
    const seen = new Map<string, string>()
    for (const { at, name, definition } of places.parameters) {
      if (definition.register === undefined) continue
      const plain = name.replaceAll('_', ' ')
      const shown = (definition.displayName ?? plain).toLowerCase()
      const before = seen.get(shown)
      if (before === undefined) seen.set(shown, name)
      else
        yield {
          at: definition.displayName === undefined ? at : `${at}/displayName`,
          about: definition.displayName === undefined ? 'key' : 'value',
          message: `${quoted(name)} and ${quoted(before)} have the same display name.`,
        }
    }
    const { audiences = {}, property } = places.plan
    yield* twiceIn(audiences, 'audiences')
    yield* twiceIn(property?.calculated ?? {}, 'property', 'calculated')
    yield* twiceIn(property?.channels ?? {}, 'property', 'channels')
  },
})

/** What is called as another one of the same list. */
function* twiceIn(
  list: { readonly [id: string]: { readonly title: string } },
  ...place: readonly string[]
): Generator<Finding> {
  const seen = new Map<string, string>()
  for (const [id, { title }] of Object.entries(list)) {
    const shown = title.toLowerCase()
    const before = seen.get(shown)
    if (before === undefined) seen.set(shown, id)
    else
      yield {
        at: pointerOf(...place, id, 'title'),
        severity: 'warning',
        message: `${quoted(id)} and ${quoted(before)} are both called ${quoted(title)}.`,
        fix: 'give one of them another `title`.',
      }
  }
}
