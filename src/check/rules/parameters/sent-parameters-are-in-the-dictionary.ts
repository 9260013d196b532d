import { rule } from '../../rule.ts'
import { didYouMean } from '../../schema/did-you-mean.ts'
import { quoted } from '../../schema/words.ts'
import { DEFINITIONS_PAGE } from '../../../facts/limits.ts'
import { MARKET } from '../../../plan/markets.ts'
import { RECOMMENDED_EVENTS } from '../../../facts/events.ts'
import {
  isNameOfGa4,
  ITEM_PARAMETERS,
  NOT_REGISTRABLE,
  PREDEFINED_PARAMETERS,
} from '../../../facts/parameters.ts'

export const sentParametersAreInTheDictionary = rule({
  code: 'sent-parameters-are-in-the-dictionary',
  severity: 'warning',
  profile: 'recommended',
  title: 'A parameter that is sent is known to GA4 or stands in the dictionary.',
  reason:
    'What is neither predefined nor registered cannot be found in any report; often it is a misspelt name.',
  fix: 'add it under `parameters`, with `register` when it is to be reported on.',
  source: DEFINITIONS_PAGE,
  catalogue: ['L-D10'],
  *check(places) {
    const defined = places.parameters.map(({ name }) => name)
    const recommended = new Set(RECOMMENDED_EVENTS.flatMap(({ required }) => required))
    const said = new Set<string>()
    for (const { at, name, use } of places.sources) {
      if ((use !== 'parameter' && use !== 'shared') || said.has(name) || defined.includes(name)) continue
      if (
        PREDEFINED_PARAMETERS.has(name) ||
        ITEM_PARAMETERS.has(name) ||
        NOT_REGISTRABLE.has(name) ||
        recommended.has(name) ||
        !isNameOfGa4(name) ||
        KNOWN_TO_GA4.has(name) ||
        (name === MARKET && places.markets.length > 0)
      )
        continue
      said.add(name)
      const meant = didYouMean(name, defined)
      yield {
        at,
        about: 'key',
        message: `The parameter ${quoted(name)} is not in the dictionary.`,
        ...(meant === undefined
          ? {}
          : { fix: `did you mean ${quoted(meant)}? Otherwise add it under \`parameters\`.` }),
      }
    }
  },
})

/** Parameters of Google's reference that are sent and read by GA4 itself, or kept for BigQuery. */
const KNOWN_TO_GA4 = new Set(
  'payment_type shipping_tier items lead_source lead_status disqualified_lead_reason unconvert_lead_reason customer_type success description fatal engagement_time_msec debug_mode traffic_type visible video_duration video_current_time'.split(
    ' ',
  ),
)
