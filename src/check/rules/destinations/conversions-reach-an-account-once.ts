import { destinationModule } from '../../../destinations/kinds.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { sentTo } from '../../sent-to.ts'

export const conversionsReachAnAccountOnce = rule({
  code: 'conversions-reach-an-account-once',
  severity: 'error',
  profile: 'minimal',
  title: 'A conversion goes to one account of a vendor once under one name.',
  reason: 'Two destinations with one id are one account: it would hear of each occurrence twice.',
  fix: 'keep one of the two destinations, or write `false` for this conversion under the other.',
  source: 'The plan language',
  *check(places) {
    const destinations = Object.entries(places.plan.destinations ?? {})
    for (const conversion of places.conversions) {
      const { id, at, data } = conversion
      const seen = new Map<string, string>()
      for (const [to, destination] of destinations) {
        const { kind, id: account } = destination
        const sent = sentTo(conversion, to, destination)
        if (sent === false || account === undefined) continue
        const name = typeof sent === 'object' ? (sent.as ?? '') : sent === true ? '' : sent
        const key = JSON.stringify([kind, account, name])
        const before = seen.get(key)
        if (before === undefined) seen.set(key, to)
        else {
          const isSaid = data.send?.[to] !== undefined
          yield {
            at: isSaid ? at + pointerOf('send', to) : pointerOf('destinations', to),
            about: 'key',
            message: `${quoted(id)} goes to ${destinationModule(kind).title} twice: ${quoted(before)} and ${quoted(to)} are one account, ${account}.`,
          }
        }
      }
    }
  },
})
