import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { ENHANCED_EVENTS, TOGGLE_WORDS } from '../../../facts/events.ts'

export const enhancedMeasurementEventsAreNotSentTwice = rule({
  code: 'enhanced-measurement-events-are-not-sent-twice',
  severity: 'error',
  profile: 'minimal',
  title: 'A tag does not send an event that enhanced measurement sends already.',
  reason: 'GA4 does not remove doubles: every action would count twice.',
  fix: 'set `collectedBy: enhanced_measurement`, or give the event another name.',
  source: 'https://support.google.com/analytics/answer/9216061',
  catalogue: ['L-N04'],
  *check(places) {
    for (const { at, data, tagged } of places.conversions) {
      const { event = '' } = data
      const toggle = ENHANCED_EVENTS.get(event)
      if (!tagged || toggle === undefined) continue
      const state = places.plan.enhancedMeasurement?.[toggle]
      if (state === true)
        yield {
          at: `${at}/event`,
          message: `Enhanced measurement (${TOGGLE_WORDS[toggle]}) sends ${quoted(event)} already.`,
        }
      if (state === undefined)
        yield {
          at: `${at}/event`,
          severity: 'warning',
          message: `Enhanced measurement may send ${quoted(event)} already: the plan does not say whether ${quoted(TOGGLE_WORDS[toggle])} is on.`,
          fix: `add \`enhancedMeasurement: { ${toggle}: false }\` once it is off in GA4's data stream.`,
        }
    }
  },
})
