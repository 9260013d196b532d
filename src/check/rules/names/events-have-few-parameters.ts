import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { GA4_LIMITS, EVENTS_PAGE } from '../../../facts/limits.ts'
import { COLLECTED_WITH_EVERY_EVENT } from '../../../facts/parameters.ts'

export const eventsHaveFewParameters = rule({
  code: 'events-have-few-parameters',
  severity: 'error',
  profile: 'minimal',
  title: 'An event has at most 25 parameters, those of every event included.',
  reason: 'GA4 drops the rest, and which ones is not said.',
  fix: 'remove parameters, or shared ones.',
  source: EVENTS_PAGE,
  catalogue: ['L-N09'],
  *check(places) {
    const shared = Object.keys(places.plan.sharedParameters ?? {}).filter(
      (name) => !COLLECTED_WITH_EVERY_EVENT.has(name),
    )
    if (shared.length > GA4_LIMITS.parametersPerEvent) {
      const message = `Every event has the ${shared.length} shared parameters; GA4 takes ${GA4_LIMITS.parametersPerEvent}.`
      yield { at: '/sharedParameters', about: 'key', message }
      return
    }
    for (const { at, id, data, tagged } of places.conversions) {
      const own = Object.keys(data.parameters ?? {}).filter((name) => !COLLECTED_WITH_EVERY_EVENT.has(name))
      const count = new Set([...own, ...shared]).size
      if (tagged && count > GA4_LIMITS.parametersPerEvent)
        yield {
          at: own.length > 0 ? `${at}/parameters` : '/sharedParameters',
          about: 'key',
          message: `${quoted(id)} has ${count} parameters${shared.length > 0 ? ` with the ${shared.length} shared ones` : ''}; GA4 takes ${GA4_LIMITS.parametersPerEvent}.`,
        }
    }
  },
})
