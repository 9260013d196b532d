import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const keyEventsAreNames = rule({
  code: 'key-events-are-names',
  severity: 'warning',
  profile: 'recommended',
  title: 'Conversions that share an event are all key events, or none is.',
  reason:
    'A key event is a name: what is switched on for one of them counts for all that send it, with one value and one way of counting.',
  fix: 'give the key event a name of its own, or write `keyEvent: true` for all of them.',
  source: 'https://support.google.com/analytics/answer/9267568',
  *check(places) {
    const goals = new Set(places.goals.map(({ data }) => data.event))
    for (const { at, id, data, inGa4, keyEvent } of places.micros) {
      const { event } = data
      if (!inGa4 || event === undefined || !keyEvent || goals.has(event)) continue
      const others = places.micros.filter(
        (each) => each.inGa4 && each.data.event === event && !each.keyEvent && each.id !== id,
      )
      if (others.length > 0)
        yield {
          at: `${at}/keyEvent`,
          message: `${quoted(event)} is a key event for ${quoted(id)}, and so it is for ${others.map((each) => quoted(each.id)).join(' and ')}, which ${others.length === 1 ? 'sends' : 'send'} it too.`,
        }
    }
  },
})
