import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { GA4_LIMITS, EVENTS_PAGE } from '../../../facts/limits.ts'
import { isOfGa4 } from '../../places.ts'

export const parameterNamesFit = rule({
  code: 'parameter-names-fit',
  severity: 'error',
  profile: 'minimal',
  title: "A parameter's name has at most 40 characters, a user property's 24.",
  reason: 'GA4 drops what is longer.',
  fix: 'shorten the name.',
  source: EVENTS_PAGE,
  catalogue: ['L-N08'],
  *check(places) {
    const seen = new Set<string>()
    const names = [
      ...places.parameters.map(({ at, name, definition }) => ({
        at,
        name,
        user: definition.register === 'user',
      })),
      ...places.sources.filter(isOfGa4).map(({ at, name, use }) => ({ at, name, user: use === 'user' })),
    ]
    for (const { at, name, user } of names) {
      const limit = user ? GA4_LIMITS.userPropertyName : GA4_LIMITS.parameterName
      if (name.length <= limit || seen.has(name)) continue
      seen.add(name)
      yield {
        at,
        about: 'key',
        message: `The ${user ? 'user property' : 'parameter'} ${quoted(name)} has ${name.length} characters; GA4 takes ${limit}.`,
      }
    }
  },
})
