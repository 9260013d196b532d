import { conversionsNamedBy } from '../../audiences.ts'
import { rule } from '../../rule.ts'
import { didYouMean } from '../../schema/did-you-mean.ts'
import { quoted } from '../../schema/words.ts'

export const audiencesNameConversions = rule({
  code: 'audiences-name-conversions',
  severity: 'error',
  profile: 'always',
  title: 'An audience names conversions of the plan.',
  reason: 'An audience is made of what visitors did, and the plan knows that by the ids of its conversions.',
  fix: 'name a goal or a micro conversion by its id.',
  source: 'The plan language',
  *check(places) {
    const ids = places.conversions.map(({ id }) => id)
    for (const { id, at, conversion } of conversionsNamedBy(places)) {
      if (conversion !== undefined) continue
      const isEvent = places.conversions.find(({ data }) => data.event === id)
      const meant = isEvent?.id ?? didYouMean(id, ids)
      yield {
        at,
        message: `The plan has no conversion ${quoted(id)}.`,
        ...(meant === undefined ? {} : { fix: `did you mean ${quoted(meant)}?` }),
      }
    }
  },
})
