import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const sourceAndCollectorAgree = rule({
  code: 'source-and-collector-agree',
  severity: 'error',
  profile: 'always',
  title:
    'Only what GA4 knows is collected by a tag, by enhanced measurement, by the site or by an event rule.',
  reason: '`collectedBy` says who sends the event to GA4; a conversion of another system is not sent there.',
  fix: 'remove `collectedBy`, or set `source: ga4`.',
  source: 'The plan language',
  *check(places) {
    for (const { at, id, data } of places.conversions) {
      const { source = 'ga4', collectedBy } = data
      if (source !== 'ga4' && collectedBy !== undefined)
        yield {
          at: `${at}/collectedBy`,
          message: `${quoted(id)} comes from ${source}, so nothing collects it for GA4.`,
        }
    }
  },
})
