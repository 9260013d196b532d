import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { RESERVED_PREFIXES } from '../../../facts/events.ts'
import { madeEvents } from '../../made-events.ts'
import { isOfGa4 } from '../../places.ts'

export const namesHaveNoReservedPrefix = rule({
  code: 'names-have-no-reserved-prefix',
  severity: 'error',
  profile: 'minimal',
  title: "Names of events, parameters and user properties do not begin like Google's own.",
  reason: 'GA4 drops what begins with _, firebase_, ga_, google_ or gtag.',
  fix: 'leave the prefix away.',
  source: 'https://support.google.com/analytics/answer/13316687',
  catalogue: ['L-N05'],
  *check(places) {
    const named: { at: string; about?: 'key'; name: string; what: string }[] = [
      ...places.conversions
        .filter(({ inGa4 }) => inGa4)
        .map(({ at, data }) => ({ at: `${at}/event`, name: data.event ?? '', what: 'event' })),
      ...madeEvents(places).map((made) => ({ ...made, what: 'event' })),
      ...places.parameters.map(({ at, name }) => ({ at, about: 'key' as const, name, what: 'parameter' })),
      ...places.sources
        .filter((source) => isOfGa4(source) && source.use !== 'field')
        .map(({ at, name, use }) => ({
          at,
          about: 'key' as const,
          name,
          what: use === 'user' ? 'user property' : 'parameter',
        })),
    ]
    const seen = new Set<string>()
    for (const { at, about, name, what } of named) {
      const prefix = RESERVED_PREFIXES.find((one) => name.toLowerCase().startsWith(one))
      if (prefix === undefined || seen.has(at)) continue
      seen.add(at)
      yield {
        at,
        ...(about === undefined ? {} : { about }),
        message: `The ${what} ${quoted(name)} begins with ${quoted(prefix)}, which Google keeps for itself.`,
      }
    }
  },
})
