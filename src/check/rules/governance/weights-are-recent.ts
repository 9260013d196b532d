import { METHOD, rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { daysBetween, isDay } from '../../amounts.ts'

export const weightsAreRecent = rule({
  code: 'weights-are-recent',
  severity: 'info',
  profile: 'strict',
  title: 'Weights are recalculated every quarter.',
  reason: 'What led to sales a year ago need not do so now.',
  fix: 'recalculate the weight and set `asOf`.',
  source: METHOD,
  catalogue: ['L-G02'],
  *check(places) {
    for (const { at, id, data } of places.micros) {
      const { asOf } = data.evidence ?? {}
      if (asOf !== undefined && isDay(asOf) && daysBetween(asOf, places.today) > 90)
        yield {
          at: `${at}/evidence/asOf`,
          message: `The weight of ${quoted(id)} is ${daysBetween(asOf, places.today)} days old.`,
        }
    }
  },
})
