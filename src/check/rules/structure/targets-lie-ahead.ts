import { METHOD, rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { isDay } from '../../amounts.ts'

export const targetsLieAhead = rule({
  code: 'targets-lie-ahead',
  severity: 'warning',
  profile: 'recommended',
  title: "A target's day has not passed.",
  reason: 'A target of the past is neither met nor missed any more; it is forgotten.',
  fix: 'set a new target.',
  source: METHOD,
  catalogue: ['L-P12'],
  *check(places) {
    for (const { at, target, owner } of places.targets) {
      if (target.by !== undefined && isDay(target.by) && target.by < places.today)
        yield { at: `${at}/by`, message: `The target of ${quoted(owner)} was to be reached by ${target.by}.` }
    }
  },
})
