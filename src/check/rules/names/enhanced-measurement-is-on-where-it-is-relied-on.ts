import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { ENHANCED_EVENTS, TOGGLE_WORDS } from '../../../facts/events.ts'
import { or } from '../../../words/counting.ts'

export const enhancedMeasurementIsOnWhereItIsReliedOn = rule({
  code: 'enhanced-measurement-is-on-where-it-is-relied-on',
  severity: 'error',
  profile: 'minimal',
  title: 'What enhanced measurement is to collect is switched on.',
  reason: 'With the switch off the event never comes.',
  fix: "switch it on in GA4's data stream and in the plan, or let a tag collect it.",
  source: 'https://support.google.com/analytics/answer/9216061',
  catalogue: ['L-N04'],
  *check(places) {
    for (const { at, id, data } of places.conversions) {
      if (data.collectedBy !== 'enhanced_measurement' || data.event === undefined) continue
      const toggle = ENHANCED_EVENTS.get(data.event)
      const on = toggle === undefined ? undefined : places.plan.enhancedMeasurement?.[toggle]
      if (toggle === undefined && data.event !== 'page_view')
        yield {
          at: `${at}/event`,
          message: `Enhanced measurement has no event ${quoted(data.event)}.`,
          fix: `it sends ${or([...ENHANCED_EVENTS.keys()])}.`,
        }
      if (on === false)
        yield {
          at: `${at}/collectedBy`,
          message: `${quoted(id)} relies on enhanced measurement, but ${quoted(TOGGLE_WORDS[toggle ?? 'forms'])} is off in the plan.`,
        }
    }
  },
})
