import { METHOD, rule } from '../../rule.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'
import { didYouMean } from '../../schema/did-you-mean.ts'
import { quoted } from '../../schema/words.ts'

export const touchpointsHaveTitles = rule({
  code: 'touchpoints-have-titles',
  severity: 'warning',
  profile: 'recommended',
  title: 'Every touchpoint that is used has a title, and every titled one is used.',
  reason: 'The title is what people read in the documents; a touchpoint without one is often a misspelt id.',
  fix: 'add it under `touchpoints`.',
  source: METHOD,
  catalogue: ['L-P22'],
  *check(places) {
    const { touchpoints } = places.plan
    if (touchpoints === undefined) return
    const ids = Object.keys(touchpoints)
    for (const { at, data } of places.conversions) {
      const { touchpoint } = data
      if (touchpoint === undefined || ids.includes(touchpoint)) continue
      const meant = didYouMean(touchpoint, ids)
      yield {
        at: `${at}/touchpoint`,
        message: `The touchpoint ${quoted(touchpoint)} has no title.`,
        ...(meant === undefined ? {} : { fix: `did you mean ${quoted(meant)}?` }),
      }
    }
    for (const id of ids) {
      if (!places.conversions.some(({ data }) => data.touchpoint === id))
        yield {
          at: pointerOf('touchpoints', id),
          about: 'key',
          message: `Nothing happens at the touchpoint ${quoted(id)}.`,
          fix: 'remove it, or name it in a conversion.',
        }
    }
  },
})
