import { conversionsNamedBy } from '../../audiences.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const audiencesAreOfWhatGa4Sees = rule({
  code: 'audiences-are-of-what-ga4-sees',
  severity: 'error',
  profile: 'always',
  title: 'An audience is made of conversions that GA4 sees.',
  reason:
    'GA4 makes its lists from the events that it receives; what happens in a CRM, in a product or in an inbox is none of them.',
  fix: 'leave it out, or collect the conversion in GA4 with an event of its own.',
  source: 'https://support.google.com/analytics/answer/9267572',
  *check(places) {
    for (const { id, at, conversion } of conversionsNamedBy(places)) {
      if (conversion === undefined) continue
      const { inGa4, data } = conversion
      if (inGa4 && data.event !== undefined) continue
      const why = inGa4 ? 'has no event' : `comes from ${quoted(data.source ?? '')}, not from GA4`
      yield {
        at,
        message: `${quoted(id)} ${why}, so GA4 cannot tell who did it.`,
        restsOn: [`${conversion.at}/event`],
      }
    }
  },
})
