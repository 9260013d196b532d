import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { DEFINITIONS_PAGE } from '../../../facts/limits.ts'
import { MARKET } from '../../../plan/markets.ts'
import { isNameOfGa4 } from '../../../facts/parameters.ts'
import { isOfGa4 } from '../../places.ts'

export const registeredParametersAreSent = rule({
  code: 'registered-parameters-are-sent',
  severity: 'warning',
  profile: 'recommended',
  title: 'A registered parameter is sent by some event.',
  reason: 'It takes one of the few places for custom definitions and stays empty.',
  fix: 'send it with an event, or remove it from the dictionary.',
  source: DEFINITIONS_PAGE,
  catalogue: ['L-D10'],
  *check(places) {
    const sent = new Set(places.sources.filter(isOfGa4).map(({ name }) => name))
    const elsewhere = places.conversions.some(({ inGa4, tagged }) => inGa4 && !tagged)
    for (const { at, name, definition } of places.parameters) {
      const { register } = definition
      if (
        register === undefined ||
        register === 'item' ||
        !isNameOfGa4(name) ||
        sent.has(name) ||
        (name === MARKET && places.markets.length > 0) ||
        (elsewhere && /^(form|video|file|link)_/.test(name))
      )
        continue
      yield {
        at,
        about: 'key',
        restsOn: ['/stages', '/goals', '/sharedParameters', '/userProperties'],
        message: `${quoted(name)} is registered as ${register === 'metric' ? 'a metric' : `a dimension of ${register} scope`}, but no event sends it.`,
      }
    }
  },
})
