import { METHOD, rule } from '../../rule.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'
import { quoted } from '../../schema/words.ts'
import { daysBetween, isDay } from '../../amounts.ts'

export const exceptionsAreShort = rule({
  code: 'exceptions-are-short',
  severity: 'info',
  profile: 'strict',
  title: 'A finding is ignored for half a year at most.',
  reason: 'What is put off longer is not put off but given up.',
  fix: 'set an earlier day.',
  source: METHOD,
  catalogue: ['L-G02'],
  *check(places) {
    for (const [index, { until, code }] of (places.plan.ignore ?? []).entries()) {
      if (isDay(until) && daysBetween(places.today, until) > 183)
        yield {
          at: pointerOf('ignore', index, 'until'),
          message: `${quoted(code)} is ignored for ${daysBetween(places.today, until)} days.`,
        }
    }
  },
})
