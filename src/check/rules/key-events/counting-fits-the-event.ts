import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const countingFitsTheEvent = rule({
  code: 'counting-fits-the-event',
  severity: 'warning',
  profile: 'recommended',
  title: 'Purchases count every time, leads and micro conversions once a session.',
  reason: 'Two purchases in a session are two; three sign-ups in a session are one person and two mistakes.',
  fix: 'remove `counting`: the plan chooses the fitting one.',
  source:
    'https://developers.google.com/analytics/devguides/config/admin/v1/rest/v1beta/properties.keyEvents',
  catalogue: ['L-K05'],
  *check(places) {
    for (const { at, id, tier, data, keyEvent } of places.conversions) {
      const { counting, event } = data
      if (!keyEvent || counting === undefined) continue
      const sale = event === 'purchase' || event === 'refund' || event === 'donate'
      if (sale && counting === 'once_per_session')
        yield {
          at: `${at}/counting`,
          message: `${quoted(id)} is a purchase, but only the first of a session counts.`,
          fix: 'write once_per_event.',
        }
      if (!sale && counting === 'once_per_event' && (tier === 'micro' || data.outcome === 'lead'))
        yield {
          at: `${at}/counting`,
          message: `${quoted(id)} counts every time, so that one eager visitor counts as many.`,
        }
    }
  },
})
