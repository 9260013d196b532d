import { WEEKENDS } from '../../../facts/markets.ts'
import { and } from '../../../words/counting.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const marketWeekendsAreThoseOfTheCountry = rule({
  code: 'market-weekends-are-those-of-the-country',
  severity: 'warning',
  profile: 'recommended',
  title: 'The weekend of a market is the one of its country.',
  reason:
    'Since 2022 it is Saturday and Sunday in the Emirates, and Friday and Saturday in the rest of the Gulf: days compared without that are shopping days against working days.',
  fix: 'correct `weekend`.',
  source: 'https://www.thenationalnews.com (2021-12-07)',
  *check(places) {
    for (const { id, at, market } of places.markets) {
      const [said, known] = [market.weekend, WEEKENDS[id]]
      if (said === undefined || known === undefined) continue
      if (said.length === known.length && known.every((day) => said.includes(day))) continue
      yield {
        at: `${at}/weekend`,
        message: `The weekend of ${quoted(id)} is ${and(known)}, not ${and(said)}.`,
        fix: `write [${known.join(', ')}].`,
        edit: { set: `${at}/weekend`, value: [...known] },
      }
    }
  },
})
