import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const displayNamesAreUnique = rule({
  code: 'display-names-are-unique',
  severity: 'error',
  profile: 'minimal',
  title: 'Two registered parameters have different display names.',
  reason: 'GA4 refuses the second one.',
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
  },
})
