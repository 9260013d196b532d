import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { RESERVED_USER_PROPERTIES } from '../../../facts/parameters.ts'

export const userPropertiesAreNotReserved = rule({
  code: 'user-properties-are-not-reserved',
  severity: 'error',
  profile: 'minimal',
  title: 'A user property is not one that GA4 keeps for itself.',
  reason: 'GA4 drops it.',
  fix: 'choose another name. The user id is a setting of the Google tag, not a user property.',
  source: 'https://support.google.com/analytics/answer/13316687',
  catalogue: ['L-N05'],
  *check(places) {
    for (const { at, name, use } of places.sources) {
      if (use === 'user' && RESERVED_USER_PROPERTIES.has(name.toLowerCase()))
        yield { at, about: 'key', message: `GA4 keeps the user property ${quoted(name)} for itself.` }
    }
  },
})
