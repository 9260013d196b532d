import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { ITEM_PARAMETERS, PREDEFINED_PARAMETERS, NOT_REGISTRABLE } from '../../../facts/parameters.ts'

export const predefinedParametersAreNotRegistered = rule({
  code: 'predefined-parameters-are-not-registered',
  severity: 'error',
  profile: 'minimal',
  title: 'A parameter that GA4 knows already is not registered again.',
  reason:
    'GA4 refuses some of these names, and for the others a second dimension only takes one of the few places.',
  fix: 'remove `register`; sending the parameter is enough.',
  source: 'https://support.google.com/analytics/answer/13316687',
  catalogue: ['L-D11'],
  *check(places) {
    for (const { at, name, definition } of places.parameters) {
      if (definition.register === undefined) continue
      const place = {
        at: `${at}/register`,
        about: 'key' as const,
        edit: { remove: `${at}/register` } as const,
      }
      if (NOT_REGISTRABLE.has(name.toLowerCase()))
        yield { ...place, message: `GA4 refuses to register ${quoted(name)}.` }
      else if (ITEM_PARAMETERS.has(name) && definition.register === 'item')
        yield { ...place, message: `GA4 has ${quoted(name)} for items already, and refuses to register it.` }
      else if (PREDEFINED_PARAMETERS.has(name))
        yield {
          ...place,
          severity: 'warning',
          message: `GA4 reports on ${quoted(name)} without registering it.`,
        }
    }
  },
})
