import { GA4_LIMITS } from '../../../facts/limits.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const descriptionsFit = rule({
  code: 'descriptions-fit',
  severity: 'warning',
  profile: 'recommended',
  title: "A registered parameter's description leaves room for the plan's mark.",
  reason: "GA4 keeps 150 characters, and the plan's mark is one part of them; what is longer is cut.",
  fix: 'shorten the description to about a hundred characters.',
  source:
    'https://developers.google.com/analytics/devguides/config/admin/v1/rest/v1beta/properties.customDimensions',
  catalogue: ['L-D15'],
  *check(places) {
    for (const { at, name, definition } of places.parameters) {
      const length = definition.description?.length ?? 0
      if (definition.register !== undefined && length > GA4_LIMITS.description)
        yield {
          at: `${at}/description`,
          message: `The description of ${quoted(name)} has ${length} characters; GA4 keeps ${GA4_LIMITS.description}.`,
        }
    }
  },
})
