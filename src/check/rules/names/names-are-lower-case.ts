import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { isOfGa4 } from '../../places.ts'

export const namesAreLowerCase = rule({
  code: 'names-are-lower-case',
  severity: 'warning',
  profile: 'recommended',
  title: 'Names of events and parameters are lower-case with underscores.',
  reason:
    'GA4 heeds case: `Sign_Up` and `sign_up` are two events, and sooner or later somebody writes the other one.',
  fix: "write it in lower case, as Google's own names.",
  source: 'https://support.google.com/analytics/answer/13316687',
  catalogue: ['L-N06'],
  *check(places) {
    const names: { at: string; about?: 'key'; name: string }[] = [
      ...places.conversions
        .filter(({ inGa4 }) => inGa4)
        .map(({ at, data }) => ({ at: `${at}/event`, name: data.event ?? '' })),
      ...places.sources.filter(isOfGa4).map(({ at, name }) => ({ at, about: 'key' as const, name })),
      ...places.parameters.map(({ at, name }) => ({ at, about: 'key' as const, name })),
    ]
    const seen = new Set<string>()
    for (const { at, about, name } of names) {
      // What an import could not know is asked for by another rule.
      if (name === name.toLowerCase() || /^TODO\b/.test(name) || seen.has(at)) continue
      seen.add(at)
      const better = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase()
      yield {
        at,
        ...(about === undefined ? {} : { about }),
        message: `${quoted(name)} has capital letters.`,
        fix: `write ${better}.`,
      }
    }
  },
})
