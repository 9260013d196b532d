import { isCommonZone, zoneOfCity } from '../../../facts/time-zones.ts'
import { rule } from '../../rule.ts'
import { didYouMean } from '../../schema/did-you-mean.ts'
import { quoted } from '../../schema/words.ts'

export const timeZonesExist = rule({
  code: 'time-zones-exist',
  severity: 'error',
  profile: 'minimal',
  title: 'The time zone is one of the IANA database.',
  reason: 'Days, weeks and targets end at its midnight.',
  fix: 'write a name such as Asia/Dubai.',
  source: 'https://www.iana.org/time-zones',
  catalogue: ['L-M04'],
  *check(places) {
    const found = [
      { at: '/timezone', timezone: places.plan.timezone },
      { at: '/property/timezone', timezone: places.plan.property?.timezone },
      ...places.markets.map(({ at, market: { timezone } }) => ({ at: `${at}/timezone`, timezone })),
    ]
    for (const { at, timezone } of found) {
      if (timezone === undefined || isCommonZone(timezone) || isZone(timezone)) continue
      const meant = zoneOfCity(timezone) ?? didYouMean(timezone, Intl.supportedValuesOf('timeZone'))
      yield {
        at,
        message: `There is no time zone ${quoted(timezone)}.`,
        ...(meant === undefined ? {} : { fix: `did you mean ${quoted(meant)}?` }),
      }
    }
  },
})

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    // The runtime also takes offsets, which have no summer time.
    return !/^[+-]/.test(name)
  } catch {
    return false
  }
}
