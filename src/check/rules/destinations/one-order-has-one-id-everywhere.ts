import { destinationModule } from '../../../destinations/kinds.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'
import { and } from '../../../words/counting.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { sentTo } from '../../sent-to.ts'

export const oneOrderHasOneIdEverywhere = rule({
  code: 'one-order-has-one-id-everywhere',
  severity: 'warning',
  profile: 'recommended',
  title: 'A goal that goes to vendors carries an id by which each counts it once.',
  reason:
    'A page that is loaded again, or a copy that a server sends, is another conversion to a vendor that cannot tell the two apart.',
  fix: 'have the site push one id for each occurrence, and add `eventId: { dataLayer: event_id }` to the plan; or write `id: false` where that cannot happen.',
  source: 'https://support.google.com/google-ads/answer/6386790',
  *check(places) {
    if (places.plan.eventId !== undefined) return
    const destinations = Object.entries(places.plan.destinations ?? {})
    for (const conversion of places.conversions) {
      const { at, id, tier, tagged, data } = conversion
      const hasId =
        data.parameters?.transaction_id !== undefined || (data.ecommerce === true && isOrder(data.event))
      if (tier !== 'goal' || !tagged || hasId) continue
      const titles = destinations.flatMap(([name, destination]) => {
        const { title, carries } = destinationModule(destination.kind)
        const said = sentTo(conversion, name, destination)
        const goes =
          said !== false && !(typeof said === 'object' && (said.id !== undefined || said.as === undefined))
        return goes && (carries.includes('eventId') || carries.includes('transactionId')) ? [title] : []
      })
      if (titles.length > 0)
        yield {
          at: data.send === undefined ? at : at + pointerOf('send'),
          about: 'key',
          message: `${quoted(id)} goes to ${and([...new Set(titles)])} without an id.`,
        }
    }
  },
})

function isOrder(event: string | undefined): boolean {
  return event === 'purchase' || event === 'refund'
}
