import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const formParametersAreRegistered = rule({
  code: 'form-parameters-are-registered',
  severity: 'warning',
  profile: 'recommended',
  title: "Who relies on enhanced measurement's form events registers their parameters.",
  reason:
    'GA4 has no dimension for form_id, form_name and form_destination: without one, all forms are one number.',
  fix: 'add `form_id: { register: event }` under `parameters`.',
  source: 'https://support.google.com/analytics/answer/9216061',
  catalogue: ['L-D16'],
  *check(places) {
    const registered = places.parameters
      .filter(({ definition }) => definition.register !== undefined)
      .map(({ name }) => name)
    for (const { at, id, data } of places.conversions) {
      if (
        data.collectedBy !== 'enhanced_measurement' ||
        (data.event !== 'form_start' && data.event !== 'form_submit')
      )
        continue
      if (!['form_id', 'form_name', 'form_destination'].some((name) => registered.includes(name)))
        yield {
          at: `${at}/event`,
          message: `${quoted(id)} counts all forms together: neither form_id nor form_name is registered.`,
        }
    }
  },
})
